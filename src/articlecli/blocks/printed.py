"""Pages of print as text: what stands at the head and foot of each sheet."""

from collections import Counter
from collections.abc import Sequence

from articlecli.blocks.marks import NO_MARK
from articlecli.blocks.measures import SHEET_NUMBER, SHEET_ROWS
from articlecli.blocks.rows import Row
from articlecli.text.patterns import lazy
from articlecli.text.sentences import TERMINAL

_SHEET = lazy(
    r"[-–—\[(|\s]*(?:[^\W\d]{1,7}\.?\s)?\d{1,4}(?:\s?(?:/|[^\W\d]{1,3})\s?\d{1,4})?[-–—\])|\s]*$"
)
"""A sheet's number: "12", "- 12 -", "Page 3 of 9", "S. 4"."""
_DIGITS = lazy(r"\d+")
NEAR = 2
"""Rows from the end of a sheet among which its heads and feet stand."""


def mark_sheets(rows: Sequence[Row], text: str) -> None:
    """Mark heads, feet and numbers of sheets, and let the sentence that they cut go on.

    They are looked for where form feeds end the sheets, or numbers that rise by one; what stands
    beside them and is the same on two sheets, its number aside, is a head or a foot.
    """
    breaks = _breaks(rows, text)
    if not breaks:
        return
    masked = [_DIGITS.sub("0", row.text) for row in rows]
    often = Counter(masked)
    first = {i for i, row in enumerate(rows) if not row.gap and not i}
    for at in sorted(breaks | first):
        for i in range(max(at - NEAR, 0), min(at + NEAR, len(rows))):
            row = rows[i]
            number = _SHEET.match(row.text) and (row.mark is NO_MARK or row.text[0] in "-–—")
            if len(row.text) <= 80 and ((number and i) or (often[masked[i]] > 1)):
                row.field, row.mark = "other", NO_MARK
    for i, row in enumerate(rows):
        if row.field == "other" and i and rows[i - 1].field is None:
            after = next((other for other in rows[i:] if other.field != "other"), None)
            if after is not None and _goes_on(rows[i - 1], after):
                after.resumes = True


def sheet_number(text: str) -> int | None:
    """The number of a sheet that a line may be."""
    number = _DIGITS.search(text)
    return int(number[0]) if number and _SHEET.match(text) else None


def _breaks(rows: Sequence[Row], text: str) -> set[int]:
    """Rows that begin a sheet."""
    if "\f" in text:
        return {
            i for i, row in enumerate(rows) if i and "\f" in text[rows[i - 1].end : row.start + 1]
        }
    found: list[tuple[int, int]] = []
    for i in sorted({j for k, row in enumerate(rows) if row.gap for j in (k - 1, k) if j >= 0}):
        if len(rows[i].text) <= SHEET_NUMBER and (number := sheet_number(rows[i].text)) is not None:
            found.append((i, number))
    return {
        j
        for (i, a), (j, b) in zip(found, found[1:], strict=False)
        if b == a + 1 and j > i + SHEET_ROWS
        for j in (i, j)
    }


def _goes_on(before: Row, after: Row) -> bool:
    return (
        before.mark is NO_MARK
        and after.mark is NO_MARK
        and after.text[0].islower()
        and before.text[-1] not in TERMINAL
        and len(before.text) > 20
    )
