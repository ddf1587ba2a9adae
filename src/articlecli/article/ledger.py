"""Which part of the output each line of the page is in."""

from collections.abc import Sequence
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
        self._text, self._spans = document.text, document.lines
        self._blocks = blocks = document.blocks
        self._lost: set[tuple[int, int]] = set()
        line = owner = -1
        """The last line that may be shared, and its owner."""
        for i, block in enumerate(blocks):
            first, last = block.lines
            if line == first:
                more = self._share(i, first) > self._share(owner, first)
                self._lost.add((owner if more else i, first))
                owner = i if more else owner
            if line != last:
                line, owner = last, i
        self._numbers = [self._owned(i) for i in range(len(blocks))]

    def _share(self, i: int, number: int) -> int:
        """Characters of a line that a block holds."""
        start, end = self._spans[number - 1]
        left, right = self._blocks[i].span
        return min(right, end) - max(left, start)

    def _owned(self, i: int) -> list[int]:
        """Lines that block `i` owns; blank lines inside it are not among them."""
        first, last = self._blocks[i].lines
        if first == last and not self._lost:
            return [first]
        spans = self._spans
        return [
            n
            for n in range(first, last + 1)
            if (i, n) not in self._lost
            and (first == last or self._text[spans[n - 1][0] : spans[n - 1][1]].strip())
        ]

    def lines(self, members: Sequence[int]) -> tuple[Range, ...]:
        """Ranges of the lines that some blocks own."""
        ranges: list[Range] = []
        for i in members:
            for n in self._numbers[i]:
                if ranges and ranges[-1][1] == n - 1:
                    ranges[-1] = (ranges[-1][0], n)
                else:
                    ranges.append((n, n))
        return tuple(ranges)

    def spans(self, members: Sequence[int]) -> tuple[Span, ...]:
        """Character spans of some blocks."""
        return tuple([self._blocks[i].span for i in members])

    def part(self, text: str, members: Sequence[int]) -> Part:
        """A part of the output that some blocks make up."""
        return Part(text=text, lines=self.lines(members), spans=self.spans(members))

    def by_line(self, values: Sequence[T]) -> tuple[T | None, ...]:
        """Value of the block that owns each line of the page, `None` for a blank line."""
        out: list[T | None] = [None] * len(self._spans)
        for numbers, value in zip(self._numbers, values, strict=True):
            for n in numbers:
                out[n - 1] = value
        return tuple(out)
