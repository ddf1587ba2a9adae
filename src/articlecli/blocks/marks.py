"""Marks that a line carries of what it is: bullets and indents."""

import re

from msgspec import Struct

from articlecli.document import Kind


class Mark(Struct, frozen=True, gc=False):
    """What the marks at the head of a line say."""

    kind: Kind | None
    level: int
    """Depth of a heading or list item; columns of a table row, or `RULE`; `OPENING` of a fence."""
    text: str
    """The line without the marks."""


NO_MARK = Mark(None, 0, "")

OPENING = 1
"""Level of the line that opens a fence of code."""
RULE = -1
"""Level of the line under a table's head, which holds no cells."""
CELL = 80
"""Characters of the longest cell: more is running text with a wide gap in it."""

BULLETS = frozenset("•*·▪◦‣●■►▸-–")


def bullet(folded: str) -> Mark:
    """A bullet at the head of a plain-text line; `NO_MARK` where there is none.

    The hyphen and the dash count only with a space after them: "-5 °C" is no list item.
    """
    if folded[:1] in BULLETS and folded[1:2] == " " and len(folded) > 2:
        return Mark("list_item", 1, folded[2:])
    return NO_MARK


def columns(raw: str) -> Mark:
    """A row of a table laid out by tabs or by three spaces and more; `NO_MARK` for another line."""
    cells = [" ".join(cell.split()) for cell in re.split(r"\t+|\s{3,}", raw.strip())]
    if len(cells) < 2 or max(map(len, cells)) > CELL:
        return NO_MARK
    return Mark("table", len(cells), " | ".join(cells))
