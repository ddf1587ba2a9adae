"""Text of a page that no terminal takes for a command."""

import re

from articlecli.text.characters import shown

_UNSAFE = re.compile("[\x80-\x9f\u2028\u2029\r\x0b\x0c]")
"""The second set of control characters (ECMA-48), and what else may end a line."""


def safe(text: str) -> str:
    """A page's text as it may be printed.

    Escape sequences are taken out whole; control characters, which move the cursor or ring the
    bell, become spaces; marks and overrides of direction are taken out. LF and tab stay.
    """
    return _UNSAFE.sub(" ", shown(text, keep_entities=True)).replace("\x1b", " ")


def safe_line(text: str) -> str:
    """The same on one line."""
    return " ".join(safe(text).split())
