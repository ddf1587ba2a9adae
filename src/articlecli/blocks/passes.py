"""Passes over the rows of plain text: each looks for one thing and marks or cuts what it finds."""

from articlecli.blocks.glued import cut_glued, cut_single_line
from articlecli.blocks.grids import mark_cells, mark_numbers, without_lone_columns
from articlecli.blocks.letters import mark_mail, mark_quotes
from articlecli.blocks.listing import mark_code
from articlecli.blocks.printed import mark_sheets
from articlecli.blocks.rows import Row

MAIL, QUOTES, COLUMNS, NUMBERS, CELLS, GLUED, ONE_LINE, SHEETS = (1 << bit for bit in range(8))
ALL = 255
"""What the rows of a page may have, a bit for each pass that looks for it; code has none."""


def passed(text: str, rows: list[Row], has: int = ALL, code: set[int] | None = None) -> list[Row]:
    """Rows of plain text after all passes over them.

    Args:
        text: The page.
        rows: Its rows, as they were read; changed here.
        has: Bits of what they may have: a pass that looks for something else has nothing to do,
            as long as none before it changed a row.
        code: Places of the rows that may be code, where somebody has looked.

    """
    if has & MAIL and mark_mail(rows):
        has, code = ALL, None
    if has & QUOTES:
        mark_quotes(rows)
    if (code is None or code) and mark_code(rows, text, code):
        has = ALL
    if has & COLUMNS:
        without_lone_columns(rows)
        has |= NUMBERS
    if has & NUMBERS:
        mark_numbers(rows)
    if has & (QUOTES | NUMBERS | CELLS) and (celled := mark_cells(rows)) is not rows:
        rows, has = celled, ALL
    if has & GLUED and len(cut := cut_glued(rows, text)) > len(rows):
        rows, has = cut, ALL
    if has & ONE_LINE and len(cut := cut_single_line(rows, text)) > len(rows):
        rows, has = cut, ALL
    if has & SHEETS:
        mark_sheets(rows, text)
    return rows
