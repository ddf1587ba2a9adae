"""All foldings of text: what counts as the same word, the same line, the same name.

Each has one purpose, and differs from the others for it. All but `straight` lower-case.
"""

from articlecli.text.patterns import lazy

EDGES = '.,:;!?…()[]|>»›«<*•·-–—+#"“”„→←↑▼▾▲►'
"""Signs round a phrase or a word that are no part of it."""

_WORD = lazy(r"\w+")
_SIGN = lazy(r"[^\w\n]+")
_DIGITS = lazy(r"\d+")
FOLDED = bytes(
    48 if chr(b) in "0123456789" else 32 if b < 128 and not chr(b).isalnum() else b
    for b in range(256)
)
_ZEROS = lazy(r"00+")
_DIGITS_ZERO = bytes(48 if chr(b) in "0123456789" else b for b in range(256))
_ASCII = bytes(range(128))
_BREAKS = bytes(b for b in range(128) if chr(b).isspace() and b != 32)
"""White space of ASCII, the space left out."""
_SIGNS = bytes(b for b in range(128) if not chr(b).isalnum())
_SIGNS_BUT_LINES = _SIGNS.replace(b"\n", b"")


def straight(text: str) -> str:
    """Apostrophes made straight: phrase lists and word lists write them so."""
    return text.replace("’", "'") if "’" in text else text


def phrase_line(text: str) -> str:
    """A line or phrase as a user's phrases are compared: white space and edges do not count."""
    return " ".join(straight(text.lower()).split()).strip(EDGES + " '")


def word_list(text: str) -> list[str]:
    """The words in order: two headlines are the same where these are."""
    return _WORD.findall(text.lower())


def letters(text: str) -> str:
    """Letters and digits alone: declarations and pages differ in the rest."""
    # Bytes lose the signs of ASCII twenty times as fast as text does; most lines have no others.
    kept = text.lower().encode("utf-8", "surrogatepass").translate(None, _SIGNS)
    rest = kept.decode("utf-8", "surrogatepass")
    return rest if rest.isalnum() else _SIGN.sub("", rest)


def letters_of_lines(text: str) -> list[str]:
    """`letters` of every line of a text, in a fifth of the time."""
    kept = text.lower().encode("utf-8", "surrogatepass").translate(None, _SIGNS_BUT_LINES)
    rest = kept.decode("utf-8", "surrogatepass")
    return (rest if rest.isascii() else _SIGN.sub("", rest)).split("\n")


def numberless(text: str) -> str:
    """White space folded, each number a 0: lines of a site's pages that differ in a date."""
    # In bytes, as above: most texts have even spaces and no digits beyond ASCII.
    folded = text.lower()
    kept = folded.encode("utf-8", "surrogatepass")
    rest = kept.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    even = "".join(rest.split()) == rest and b"  " not in kept and kept == kept.strip(b" ")
    if not even or len(kept.translate(None, _BREAKS)) < len(kept):
        folded = " ".join(folded.split())
        kept = folded.encode("utf-8", "surrogatepass")
    if _DIGITS.search(rest):
        return _DIGITS.sub("0", folded)
    return _ZEROS.sub("0", kept.translate(_DIGITS_ZERO).decode("utf-8", "surrogatepass"))


def word_bytes(lower: str) -> bytes:
    """A lower-cased line in UTF-8, each digit a 0 and ASCII punctuation a space, for the model.

    Bytes, because `translate` and `split` of bytes are several times as fast as those of text.
    """
    return lower.encode().translate(FOLDED).strip()


def pairs(lower: str) -> list[bytes]:
    """Overlapping pairs of a lower-cased line's characters: words of scripts without spaces."""
    folded = lower.replace(" ", "")
    return [folded[i : i + 2].encode() for i in range(len(folded) - 1)] or [folded.encode()]
