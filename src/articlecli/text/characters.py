"""Characters that a reader sees: entities decoded, colours and invisible characters taken out."""

import re

from articlecli.text.patterns import lazy

WHITE = ("\t\r", "\x1c ", "\x85", "\xa0", "\u1680", "\u2000\u200a", "\u2028\u2029", "\u202f",
         "\u205f", "\u3000")  # fmt: skip
"""White space, as `str.isspace` has it: first and last of each range."""
INVISIBLE = lazy(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0001\U000e0020-\U000e007f]"
    # A joiner belongs to the word where the letters before it join (Persian, Hindi), or where it
    # makes one picture of two (emoji). At the end of a word and among Latin letters it is idle.
    "|(?<![\u0600-\u1fff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
    "|(?<![\u0900-\u0dff])[\u200c\u200d](?!\\S)"
)
"""Characters without a shape inside words: soft hyphens, spaces of no width, marks of direction."""
_MAY_BE_INVISIBLE = lazy(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0001-\U000e007f]"
)
"""All of them, joiners at any place: a class alone is found ten times as fast."""
CONTROLS = lazy("[\0-\x08\x0b\x0e-\x1f\x7f]")
_COLOUR = lazy("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]{0,500}(?:\x07|\x1b\\\\)|[@-_])")
"""Escape sequences of terminals (ECMA-48)."""
ENTITY = lazy(r"&(?:amp;)?(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_PIECE = lazy(rf"{_COLOUR.pattern}|{ENTITY.pattern}|.", re.DOTALL)


def without_invisible(text: str) -> str:
    """The text without characters that have no shape and part no words."""
    if text.isascii() or not _MAY_BE_INVISIBLE.search(text):
        return text
    return INVISIBLE.sub("", text)


def decode_entities(text: str) -> str:
    """Entities of HTML that were left in a text, also those escaped twice, as characters."""
    if "&" not in text:
        return text
    from html import unescape  # its table of names is large, and few pages of text have entities

    return ENTITY.sub(lambda match: unescape(unescape(match[0])), text)


def shown(text: str, *, keep_entities: bool = False) -> str:
    """A line of text as a reader would see it; its white space is not folded.

    Args:
        text: The line as the page has it.
        keep_entities: Leave `&amp;` as it is: the line is code, or Markdown, whose parser decodes.

    """
    if "\x1b" in text:
        text = _COLOUR.sub("", text)
    if not keep_entities:
        text = decode_entities(text)
    return without_invisible(CONTROLS.sub(" ", text))


def place_of(text: str, count: int) -> int:
    """Where in a raw line its first `count` visible characters end.

    Args:
        text: The line as the page has it.
        count: Characters of `shown(text)` that are no white space.

    """
    for match in _PIECE.finditer(text):
        if count <= 0:
            return match.start()
        piece = match[0]
        if len(piece) == 1 and piece.isprintable():  # most
            count -= piece != " "
        elif len(piece) > 1 or not piece.isspace():
            count -= sum(not char.isspace() for char in shown(piece))
    return len(text)
