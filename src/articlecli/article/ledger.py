"""Which part of the output each line of the page is in."""

from collections.abc import Sequence
from typing import TypeVar

from articlecli.document import Document, Range, Span
from articlecli.output import Part

T = TypeVar("T")


class Ledger:
    """Lines and spans of a page's blocks, each line owned by one block.

    A line that was cut in two belongs to the block that holds most of its characters, to the
    first of equals; the other block has it in its span alone.
    """

    def __init__(self, document: Document) -> None:
        self._text, self._spans = document.text, document.lines
        self._blocks = blocks = document.blocks
        self._lost: set[tuple[int, int]] = set()
        for i in range(1, len(blocks)):
            number = blocks[i].lines[0]
            if blocks[i - 1].lines[1] == number:
                self._settle(i - 1, i, number)

    def _settle(self, left: int, right: int, number: int) -> None:
        start, end = self._spans[number - 1]
        first = self._blocks[left].span[1] - max(self._blocks[left].span[0], start)
        second = min(self._blocks[right].span[1], end) - self._blocks[right].span[0]
        self._lost.add((right if first >= second else left, number))

    def numbers(self, i: int) -> list[int]:
        """Lines that block `i` owns; blank lines inside it are not among them."""
        first, last = self._blocks[i].lines
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
            for n in self.numbers(i):
                if ranges and ranges[-1][1] == n - 1:
                    ranges[-1] = (ranges[-1][0], n)
                else:
                    ranges.append((n, n))
        return tuple(ranges)

    def spans(self, members: Sequence[int]) -> tuple[Span, ...]:
        """Character spans of some blocks."""
        return tuple(self._blocks[i].span for i in members)

    def part(self, text: str, members: Sequence[int]) -> Part:
        """A part of the output that some blocks make up."""
        return Part(text=text, lines=self.lines(members), spans=self.spans(members))

    def by_line(self, values: Sequence[T]) -> tuple[T | None, ...]:
        """Value of the block that owns each line of the page, `None` for a blank line."""
        out: list[T | None] = [None] * len(self._spans)
        for i, value in enumerate(values):
            for n in self.numbers(i):
                out[n - 1] = value
        return tuple(out)
