"""Rows → CSV, TSV, and a table to be read on a screen."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from articlecli.write.escaping import printable
from articlecli.write.fields import Row

Separator = Literal["csv", "tsv"]
WIDEST = 48
"""Screen columns of the widest column of a table."""
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def separated(rows: Sequence[Sequence[Any]], separator: Separator) -> str:
    """Rows of CSV (RFC 4180 with line ends of Unix) or of TSV, whose cells have no line ends."""
    if separator == "tsv":
        return "".join(
            "\t".join(_BREAKS.sub(" ", cell_of(value)) for value in row) + "\n" for row in rows
        )
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[cell_of(v) for v in row] for row in rows])
    return out.getvalue()


def cell_of(value: Any) -> str:
    """A value as the text of a cell; lists of texts by `; `, what is nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return printable("; ".join(value))
    return msgspec.json.encode(value).decode()


def table(rows: Sequence[Row], columns: Sequence[str], *, widest: int = WIDEST) -> str:
    """Rows below their names, in columns of even width; long texts are cut with `…`.

    Args:
        rows: The rows; all of them have all columns.
        columns: Names of the columns, in their order.
        widest: Screen columns of the widest column.

    """
    lines = [list(columns), *([_short(row[name], widest) for name in columns] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["─" * width for width in widths])
    numbers = [
        bool(rows) and all(isinstance(row[name], int | float) for row in rows) for name in columns
    ]
    return "".join("  ".join(map(_padded, line, widths, numbers)).rstrip() + "\n" for line in lines)


def _short(value: Any, widest: int) -> str:
    text = _CONTROLS.sub(" ", cell_of(value))
    if len(text) * 2 <= widest or _width(text) <= widest:
        return text
    text = text[:widest]
    while _width(text) >= widest:
        text = text[:-1]
    return text.rstrip() + "…"


def _width(text: str) -> int:
    """Columns of a screen: two for signs of East Asia, none for marks on another sign."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf"
               else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)  # fmt: skip


def _padded(text: str, width: int, number: bool) -> str:  # noqa: FBT001  # called by `map`
    gap = " " * (width - _width(text))
    return gap + text if number else text + gap
