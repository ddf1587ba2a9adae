"""Tables and lists of plain text: rows by columns, cells a line, numbered lines."""

from collections.abc import Iterator, Sequence

from articlecli.blocks.marks import NO_MARK, Mark
from articlecli.blocks.measures import CELL, CELL_ENDS, LEAST_ROWS, MOST_COLUMNS
from articlecli.blocks.rows import Row
from articlecli.text.patterns import lazy

_FIGURE = lazy(r"[^\w\s]{0,2}\d[\d.,:%\s]*(?:[^\W\d]{1,4}\.?|[^\w\s]{1,2})?$")
"""A figure with its unit: "3.1 m", "12 %", "€ 40"."""
_UNIT = lazy(r"[^\W\d]|[%‰°$€£¥]|\d[.,]\d{1,2}(?!\d)")
_DATE = lazy(r"(?:19|20)\d\d$|\d{1,2}[:.]\d\d$|\d+[./-]\d+[./-]\d+$")
_NUMBER = lazy(r"(\(?)(\d{1,3})([.)])\s+\S")


def without_lone_columns(rows: Sequence[Row]) -> None:
    """A table has two rows alike at least: one line with a wide gap in it is text."""
    kinds = [row.mark.level if row.mark.kind == "table" else 0 for row in rows]
    for i, row in enumerate(rows):
        if kinds[i] and kinds[i] not in (*kinds[max(i - 1, 0) : i], *kinds[i + 1 : i + 2]):
            row.mark = NO_MARK


def mark_cells(rows: list[Row]) -> list[Row]:
    """Tables that came a cell a line, their rows put together; the same list where there are none.

    Such a table has a head without figures, and what is a figure in one row is one in all. Dates,
    times and counts in brackets, as menus and lists of articles have them, make no table.
    """
    shape = [
        shape_of(row.text) if len(row.text) <= CELL and row.mark is NO_MARK else "" for row in rows
    ]
    out: list[Row] = []
    done = 0
    for start, stop, width in _tables(rows, shape):
        out += rows[done:start]
        for at in range(start, stop, width):
            first, *others = rows[at : at + width]
            line = " | ".join(cell.text for cell in (first, *others))
            mark = Mark("table", width, line)
            out.append(Row(first.number, first.start, first.end, line, first.gap, mark))
            for cell in others:
                cell.silent = True
                out.append(cell)
        done = stop
    return out + rows[done:] if out else rows


def _tables(rows: Sequence[Row], shape: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """First row, end and columns of each table whose cells are lines."""
    end = 0
    for i, kind in enumerate(shape):
        if i < end or kind not in ("8", "9"):
            continue
        start, end = i, i + 1
        while start and shape[start - 1] and rows[start].gap == 0:
            start -= 1
        while end < len(rows) and shape[end] and rows[end].gap == 0:
            end += 1
        width, stop = grid_of(shape[start:end])
        if width:
            yield start, start + stop, width


def shape_of(text: str) -> str:
    """`9` for a figure, `8` for one without a unit, `a` for words, empty for no cell."""
    if len(text) > CELL or text[-1] in CELL_ENDS:
        return ""
    if text[0].isnumeric() and not text[0].isdecimal():  # ½ cup
        return "8"
    if text[0].isalpha():  # most lines: no figure begins so
        return "a"
    if not any(map(str.isalnum, text)):
        return ""
    if not _FIGURE.match(text):
        return "a"
    if _DATE.match(text):
        return ""
    return "9" if _UNIT.search(text) else "8"


def grid_of(shape: Sequence[str]) -> tuple[int, int]:
    """Columns of the table that a run of cells begins with, and where it ends; 0, 0 for none."""
    for width in range(MOST_COLUMNS, 1, -1):
        head, first = shape[:width], shape[width : 2 * width]
        # Of two columns, the second has units: numbers alone are counts beside a menu's words.
        figures = "9" in first or ("8" in first and width > 2)
        half = width // 2
        if set(head) != {"a"} or not figures or first[0] != "a":
            continue
        if width % 2 == 0 and half > 1 and first[:half] == first[half:]:
            continue
        end = 2 * width
        while _alike(shape[end : end + width], first):
            end += width
        if end >= LEAST_ROWS * width:
            return width, end
    return 0, 0


def _alike(row: Sequence[str], other: Sequence[str]) -> bool:
    return len(row) == len(other) and all(
        (a == "a") == (b == "a") for a, b in zip(row, other, strict=True)
    )


def mark_numbers(rows: Sequence[Row]) -> None:
    """Lines numbered one after another are items of a list; their numbers stay in their text."""
    said = {
        i: own
        for i, row in enumerate(rows)
        if row.text[0] in "(0123456789" and row.mark is NO_MARK and (own := _NUMBER.match(row.text))
    }
    for i, own in said.items():
        near = [
            j for j in (i - 1, i + 1) if 0 <= j < len(rows) and max(rows[max(i, j)].gap, 0) <= 1
        ]
        if any(
            (other := said.get(j))
            and int(other[2]) - int(own[2]) == j - i
            and other.group(1, 3) == own.group(1, 3)
            for j in near
        ):
            rows[i].mark = Mark("list_item", 1, rows[i].text)
