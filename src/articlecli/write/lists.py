"""Runs of blocks that belong together, and items as lists inside lists."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from articlecli.document import Kind
from articlecli.output import BodyPart

_NUMBER = re.compile(r"(\d{1,9})[.)] (.+)", re.DOTALL)
TOGETHER: frozenset[Kind] = frozenset({"list_item", "table", "quote"})
"""Kinds of which blocks that follow each other are one list, one table, one quotation."""


class Item(Struct):
    """An item of a list, and the items below it."""

    part: BodyPart
    start: int
    """Where its own words begin in the part's text, behind a number."""
    number: int | None
    """`None` of an item that has a bullet."""
    below: list["Item"] = []


def runs(body: Iterable[BodyPart]) -> Iterator[tuple[Kind, list[BodyPart]]]:
    """The blocks of a story, those together that are one thing."""
    for kind, run in groupby(body, key=lambda part: part.kind):
        if kind in TOGETHER:
            yield kind, list(run)
        else:
            yield from ((kind, [part]) for part in run)


def nested(parts: Iterable[BodyPart]) -> list[Item]:
    """Items as a tree. A list begins at the margin and goes one step deeper at a time."""
    top: list[Item] = []
    above: list[Item] = []
    for part in parts:
        found = _NUMBER.fullmatch(part.text)
        number = int(found[1]) if found else part.number or None
        item = Item(part, found.start(2) if found else 0, number, [])
        del above[max(part.level - 1, 0) :]
        (above[-1].below if above else top).append(item)
        above.append(item)
    return top


def cells(part: BodyPart) -> list[tuple[int, int]]:
    """Where the cells of a row of a table begin and end in its text."""
    found, at = [], 0
    for cell in part.text.split(" | "):
        start = at + len(cell) - len(cell.lstrip())
        found.append((start, start + len(cell.strip())))
        at += len(cell) + len(" | ")
    return found
