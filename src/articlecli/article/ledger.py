"""Which part of the output each line of the page is in."""

from collections.abc import Sequence
from itertools import pairwise
from operator import eq
from typing import TypeVar

from articlecli.document import Document, Range, Span
from articlecli.output import Part

T = TypeVar("T")


class Ledger:
    """Lines and spans of a page's blocks, each line owned by one block.

    A line that was cut belongs to the block that holds most of its characters, to the first of
    equals; the others have it in their spans alone.
    """

    def __init__(self, document: Document) -> None:
        self._text, self._lines = document.text, document.lines
        self._blocks = blocks = document.blocks
        self._ranges = ranges = [block.lines for block in blocks]
        self._lost: set[tuple[int, int]] = set()
        self._firsts = firsts = [first for first, _ in ranges]
        lasts = [last for _, last in ranges]
        shared: set[int] = set()
        if any(map(eq, lasts, firsts[1:])):
            above = {i for i, (a, b) in enumerate(pairwise(ranges)) if a[1] == b[0]}
            shared = above | {i + 1 for i in above}
            self._settle()
        several = {i for i, (first, last) in enumerate(ranges) if first != last}
        self._owned = {i: self._own_lines(i) for i in sorted(several | shared)}
        """Lines of the blocks that are not of one line, all theirs."""

    def _settle(self) -> None:
        """Say which blocks lose which of the lines that they share with others."""
        line = owner = -1
        for i, (first, last) in enumerate(self._ranges):
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
        first, last = self._ranges[i]
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
        owned, firsts = self._owned, self._firsts
        if len(members) == 1 and members[0] not in owned:
            return (self._ranges[members[0]],)
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
        if len(members) == 1 and members[0] not in self._owned:  # as of most parts
            return (self._ranges[members[0]],), (self._blocks[members[0]].span,)
        return self.lines(members), self.spans(members)

    def part(self, text: str, members: Sequence[int]) -> Part:
        """A part of the output that some blocks make up."""
        return Part(text, *self.place(members))

    def by_line(self, values: Sequence[T]) -> tuple[T | None, ...]:
        """Value of the block that owns each line of the page, `None` for a blank line."""
        if len(values) == len(self._lines) and not self._owned:  # a block a line, as of HTML
            return tuple(values)
        out: list[T | None] = [None] * len(self._lines)
        for first, value in zip(self._firsts, values, strict=True):
            out[first - 1] = value
        for i, numbers in self._owned.items():  # of lines that are shared, the owner comes last
            for n in numbers:
                out[n - 1] = values[i]
        return tuple(out)
