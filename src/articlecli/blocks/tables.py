"""Tables of HTML: which hold data, and their rows as blocks."""

from collections.abc import Iterator, Sequence
from functools import reduce

from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from articlecli.document import Block, Image, Mark

CELL_LENGTH = 200
"""Characters of the longest cell of a table that holds data and not the page's layout."""
WIDEST = 50
"""Columns of a cell at most."""


def lays_out(node: LexborNode, attributes: dict[str, str | None]) -> bool:
    """Whether a table places parts of the page: it says so, or has tables inside."""
    return is_told_to_lay_out(attributes) or inner_table(node) is not None


def is_told_to_lay_out(attributes: dict[str, str | None]) -> bool:
    """Whether a table says that it places parts of the page."""
    return (attributes.get("role") or "").lower() in ("presentation", "none")


def inner_table(node: LexborNode) -> LexborNode | None:
    """The first table inside of one."""
    return next((inner for inner in node.css("table") if inner.mem_id != node.mem_id), None)


def columns_of(attributes: dict[str, str | None]) -> int:
    """Columns that a cell takes."""
    told = attributes.get("colspan") or ""
    return min(int(told), WIDEST) if told.isdecimal() and told.isascii() and len(told) < 4 else 1


def with_rows(blocks: Sequence[Block], images: list[Image]) -> list[Block]:
    """Cells of a row of data become one block; cells of a table that lays out the page stay."""
    rows: dict[int, list[int]] = {}
    headed: set[int] = set()
    for i, block in enumerate(blocks):
        markup = block.markup
        if markup and markup.row and markup.cell:
            rows.setdefault(markup.row, []).append(i)
            if "/th" in markup.path and markup.path.rpartition("/table/")[2].count("/th"):
                headed.add(markup.table)
    whole = {cells[0]: cells for cells in rows.values() if _is_row(blocks, cells, headed)}
    out: list[Block] = []
    at: list[int] = []  # where each block went
    for i, block in enumerate(blocks):
        if i < len(at):
            continue
        if cells := whole.get(i):
            out.append(_row([blocks[k] for k in cells]))
            at += [len(out) - 1] * len(cells)
            continue
        if block.text:  # an empty cell is none, outside a row of data
            out.append(block)
        at.append(max(len(out) - 1, 0))
    at.append(len(out))  # of pictures behind the last block
    images[:] = [
        image if at[image.block] == image.block else replace(image, block=at[image.block])
        for image in images
    ]
    return out


def _is_row(blocks: Sequence[Block], cells: Sequence[int], headed: set[int]) -> bool:
    """Whether the blocks of a row are its cells, short ones and nothing between them.

    A cell of several lines is one only in a table that has a head: others may lay out the page.
    """
    if cells[-1] - cells[0] != len(cells) - 1:
        return False
    sizes: dict[int, int] = {}
    for i in cells:
        markup, text = blocks[i].markup, blocks[i].text
        if markup is None or blocks[i].kind not in (None, "paragraph", "list_item"):
            return False
        if markup.cell in sizes or blocks[i].kind == "list_item":
            if markup.table not in headed:
                return False
        sizes[markup.cell] = sizes.get(markup.cell, 0) + len(text)
    return sum(map(bool, sizes.values())) > 1 and max(sizes.values()) < CELL_LENGTH


def _row(cells: Sequence[Block]) -> Block:
    texts: dict[int, str] = {}
    for block in cells:
        cell, text = block.markup.cell if block.markup else 0, _cell(block.text)
        texts[cell] = _lines(texts[cell], text) if cell in texts else text
    told = [block.markup for block in cells if block.markup]
    seen = next((markup for markup in told if markup.path), told[0])  # an empty cell has no path
    markup = replace(
        seen,
        marks=next((markup.marks for markup in told if markup.marks), ""),
        inline=frozenset().union(*(markup.inline for markup in told)),
        links=tuple(link for markup in told for link in markup.links),
        style=tuple(_style(cells, texts)),
        linked=reduce(lambda left, right: (left + right) / 2, (m.linked for m in told)),
    )
    return replace(cells[0], text=" | ".join(texts.values()), kind="table", level=0, markup=markup)


def _style(cells: Sequence[Block], texts: dict[int, str]) -> Iterator[Mark]:
    """What stands out in a row, of cells that are one block each."""
    at = 0
    starts = {}
    for cell, text in texts.items():
        starts[cell] = at
        at += len(text) + len(" | ")
    for block in cells:
        if block.markup and texts[block.markup.cell] == block.text:
            start = starts[block.markup.cell]
            for mark in block.markup.style:
                yield Mark(mark.kind, mark.start + start, mark.end + start)


def _lines(above: str, below: str) -> str:
    """Two lines of a cell in one."""
    return f"{above} {below}" if above[-1:] in ".,;:!?…。" else f"{above}, {below}"


def _cell(text: str) -> str:
    """Text of a cell, in which a bar parts no cells."""
    return text.replace(" | ", "|")
