"""Tables of HTML: which hold data, and their rows as blocks."""

from collections.abc import Sequence

from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from articlecli.document import Block, Image, Markup

CELL_LENGTH = 200
"""Characters of the longest cell of a table that holds data and not the page's layout."""
WIDEST = 50
"""Columns of a cell at most."""


def lays_out(node: LexborNode, attributes: dict[str, str | None]) -> bool:
    """Whether a table places parts of the page: it says so, or has tables inside."""
    return (attributes.get("role") or "").lower() in ("presentation", "none") or any(
        inner.mem_id != node.mem_id for inner in node.css("table")
    )


def columns_of(attributes: dict[str, str | None]) -> int:
    """Columns that a cell takes."""
    told = attributes.get("colspan") or ""
    return min(int(told), WIDEST) if told.isdecimal() and told.isascii() and len(told) < 4 else 1


def with_rows(blocks: Sequence[Block], images: list[Image]) -> list[Block]:
    """Cells of a row of data become one block; cells of a table that lays out the page stay."""
    rows: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        if block.markup and block.markup.row and block.markup.cell:
            rows.setdefault(block.markup.row, []).append(i)
    data = {
        row: cells
        for row, cells in rows.items()
        if sum(bool(blocks[i].text) for i in cells) > 1
        and cells[-1] - cells[0] == len(cells) - 1
        and len({blocks[i].markup.cell for i in cells}) == len(cells)  # type: ignore[union-attr]
        and all(
            len(blocks[i].text) < CELL_LENGTH and blocks[i].kind in (None, "paragraph")
            for i in cells
        )
    }
    out: list[Block] = []
    at: list[int] = []  # where each block went
    for i, block in enumerate(blocks):
        cells = data.get(block.markup.row, []) if block.markup else []
        if cells and i in cells:
            if i == cells[0]:
                out.append(replace(block, text=_cell(block.text), kind="table"))
            else:
                whole = out[-1]
                out[-1] = replace(
                    whole,
                    text=f"{whole.text} | {_cell(block.text)}",
                    markup=_joined(whole.markup, block.markup),
                )
        elif block.text:  # an empty cell is none, outside a row of data
            out.append(block)
        at.append(max(len(out) - 1, 0))
    images[:] = [
        replace(image, block=at[image.block] if image.block < len(at) else len(out))
        for image in images
    ]
    return out


def _cell(text: str) -> str:
    """Text of a cell, in which a bar parts no cells."""
    return text.replace(" | ", "|")


def _joined(left: Markup | None, right: Markup | None) -> Markup | None:
    if left is None or right is None:
        return left
    path = left.path or right.path  # an empty cell has none
    return replace(left, path=path, marks=left.marks or right.marks,
                   inline=left.inline | right.inline, links=left.links + right.links,
                   linked=(left.linked + right.linked) / 2)  # fmt: skip
