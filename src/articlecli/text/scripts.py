"""Scripts that write no spaces between words: Chinese, Japanese."""

from articlecli.text.patterns import lazy

UNSPACED = "\u2e80"
"""First character of those scripts and their punctuation. Korean, which has spaces, and emoji stand
above it too: a test of one character or of a few words can live with that."""
_UNSPACED = lazy(rb"\xe2[\xba-\xbf]|[\xe3-\xf4]")
"""From that character on, in UTF-8."""
LEADS = bytes([*range(0xE3, 0xEA)])
"""First bytes, in UTF-8, of the characters from U+3000 to U+9FFF: kana, ideographs and their
punctuation, without Korean."""


def begins_unspaced(text: str) -> bool:
    """Whether the first character is of such a script; an empty text has none."""
    return text >= UNSPACED


def holds_unspaced(text: str) -> bool:
    """Whether any character is of such a script."""
    if text.isascii():
        return False
    return _UNSPACED.search(text.encode("utf-8", "surrogatepass")) is not None


def is_unspaced(data: bytes) -> bool:
    """Whether a line, in UTF-8, holds kana or ideographs. Korean counts as written with spaces."""
    return len(data) != len(data.translate(None, LEADS))
