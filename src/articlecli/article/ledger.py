"""Which part of the output each line of the page is in."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TypeVar

from articlecli.core import core_runs
from articlecli.document import Block, Document, Range, Span
from articlecli.output import Part, Removed

T = TypeVar("T")


class Ledger:
    """Lines and spans of a page's blocks, each line owned by one block.

    A line that was cut belongs to the block that holds most of its characters, to the first of
    equals; the others have it in their spans alone.
    """

    def __init__(self, document: Document) -> None:
        self._text, self._lines = document.text, document.lines
        self._blocks = document.blocks
        self._lost: set[tuple[int, int]] = set()
        owners = _owners_by_core if core_runs() else owners_by_python
        self._firsts, several, shared = owners(self._blocks)
        if shared:
            self._settle()
        self.owned = {i: self._own_lines(i) for i in several}
        """Lines of the blocks that are not of one line, all theirs."""

    def _settle(self) -> None:
        """Say which blocks lose which of the lines that they share with others."""
        line = owner = -1
        for i, (first, last) in enumerate([block.lines for block in self._blocks]):
            if line == first:
                more = self._share(i, first) > self._share(owner, first)
                self._lost.add((owner if more else i, first))
                owner = i if more else owner
            if line != last:
                line, owner = last, i

    def _share(self, i: int, number: int) -> int:
        """Characters of a line that a block holds."""
        start, end = self._lines[number - 1]
        left, right = self._blocks[i].span
        return min(right, end) - max(left, start)

    def _own_lines(self, i: int) -> list[int]:
        """Lines that block `i` owns; blank lines inside it are not among them."""
        first, last = self._blocks[i].lines
        lines = self._lines
        return [
            n
            for n in range(first, last + 1)
            if (i, n) not in self._lost
            and (first == last or self._text[lines[n - 1][0] : lines[n - 1][1]].strip())
        ]

    def sign(self, i: int) -> str:
        """The first character that is seen of block `i`, marks and all."""
        start, end = self._blocks[i].span
        return self._text[start:end].lstrip()[:1]

    def lines(self, members: Sequence[int]) -> tuple[Range, ...]:
        """Ranges of the lines that some blocks own."""
        owned, firsts = self.owned, self._firsts
        if len(members) == 1 and members[0] not in owned:
            return (self._blocks[members[0]].lines,)
        if members and owned.keys().isdisjoint(members):
            first, last = firsts[members[0]], firsts[members[-1]]
            if last - first == members[-1] - members[0] == len(members) - 1:
                return ((first, last),)  # lines in a row, as most are
        ranges: list[Range] = []
        start = end = -1
        for i in members:
            for n in owned[i] if i in owned else firsts[i : i + 1]:
                if n - 1 != end:
                    if end > 0:
                        ranges.append((start, end))
                    start = n
                end = n
        if end > 0:
            ranges.append((start, end))
        return tuple(ranges)

    def spans(self, members: Sequence[int]) -> tuple[Span, ...]:
        """Character spans of some blocks."""
        if len(members) == 1:
            return (self._blocks[members[0]].span,)
        return tuple([self._blocks[i].span for i in members])

    def place(self, members: Sequence[int]) -> tuple[tuple[Range, ...], tuple[Span, ...]]:
        """Lines and spans of some blocks."""
        if len(members) == 1 and members[0] not in self.owned:  # as of most parts
            block = self._blocks[members[0]]
            return (block.lines,), (block.span,)
        return self.lines(members), self.spans(members)

    def part(self, text: str, members: Sequence[int]) -> Part:
        """A part of the output that some blocks make up."""
        return Part(text, *self.place(members))

    def by_line(self, values: Sequence[T]) -> tuple[T | None, ...]:
        """Value of the block that owns each line of the page, `None` for a blank line."""
        if len(values) == len(self._lines) and not self.owned:  # a block a line, as of HTML
            return tuple(values)
        values_of = _by_core if core_runs() else by_python
        return values_of(self._lines, self._firsts, self.owned, values)


def owners_by_python(blocks: Sequence[Block]) -> tuple[list[int], list[int], bool]:
    """Which blocks are not of one line that is all theirs; this form says what is right.

    Returns:
        The first line of each block; the blocks of several lines and those that share one with a
        block beside them, in page order; whether any share one.

    """
    ranges = [block.lines for block in blocks]
    several = {i for i, (first, last) in enumerate(ranges) if first != last}
    above = {i for i, (own, below) in enumerate(pairwise(ranges)) if own[1] == below[0]}
    shared = above | {i + 1 for i in above}
    return [first for first, _ in ranges], sorted(several | shared), bool(shared)


def _owners_by_core(blocks: Sequence[Block]) -> tuple[list[int], list[int], bool]:
    from articlecli._core import line_owners  # there only where it was built

    return line_owners(core_tables(), tuple(blocks))


def by_python(
    lines: tuple[Span, ...], firsts: Sequence[int], owned: dict[int, list[int]], values: Sequence[T]
) -> tuple[T | None, ...]:
    """What `Ledger.by_line` gives; this form says what is right.

    Args:
        lines: Of the page.
        firsts: The first line of each block.
        owned: All lines of those blocks that are not of one line.
        values: A value a block.

    """
    out: list[T | None] = [None] * len(lines)
    for first, value in zip(firsts, values, strict=True):
        out[first - 1] = value
    for i, numbers in owned.items():  # of lines that are shared, the owner comes last
        for n in numbers:
            out[n - 1] = values[i]
    return tuple(out)


def _by_core(
    lines: tuple[Span, ...], firsts: list[int], owned: dict[int, list[int]], values: Sequence[T]
) -> tuple[T | None, ...]:
    from articlecli._core import by_line  # likewise

    return by_line(lines, firsts, owned, values)


@cache
def core_tables() -> object:
    """What the core works with."""
    from articlecli._core import ledger_tables  # likewise

    return ledger_tables(Block, Removed)
