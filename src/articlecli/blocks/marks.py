"""Marks that a line carries of what it is: bullets and indents."""

from msgspec import Struct

from articlecli.types import Kind


class Mark(Struct, frozen=True):
    """What the marks at the head of a line say."""

    kind: Kind | None
    level: int
    text: str
    """The line without the marks."""


NO_MARK = Mark(None, 0, "")

BULLETS = frozenset("•*·▪◦‣●■►▸-–")


def bullet(folded: str) -> Mark:
    """A bullet at the head of a plain-text line; `NO_MARK` where there is none.

    The hyphen and the dash count only with a space after them: "-5 °C" is no list item.
    """
    if folded[:1] in BULLETS and folded[1:2] == " " and len(folded) > 2:
        return Mark("list_item", 1, folded[2:])
    return NO_MARK
