"""Lines of a flattened page → blocks, whatever program flattened it.

What flattening did is undone here: hard wrapping (80-column text, html2text), words cut at line
ends, sentences cut at links (one line a text node) or by the end of a sheet, a headline glued to
the menu in front of it, a whole page in one line. Each is undone only on evidence from the page
itself; in doubt a line stays a block of its own, since the zone model sees the neighbours anyway
and a wrong join cannot be mended later.
"""

from collections.abc import Sequence

from articlecli.blocks.glued import cut_glued, cut_single_line
from articlecli.blocks.grids import mark_cells, mark_numbers, without_lone_columns
from articlecli.blocks.letters import mark_mail, mark_quotes
from articlecli.blocks.listing import mark_code
from articlecli.blocks.printed import mark_sheets
from articlecli.blocks.rows import (
    ALL,
    CELLS,
    COLUMNS,
    GLUED,
    MAIL,
    NUMBERS,
    ONE_LINE,
    QUOTES,
    SHEETS,
    Row,
    has_written_ends,
    read_rows,
)
from articlecli.core import core_runs
from articlecli.document import Block, Span

if core_runs():
    from articlecli.blocks.compiled import join
    from articlecli.blocks.compiled import read_rows as looked_at
else:
    from articlecli.blocks.paragraphs import join

    looked_at = None


def text_blocks(text: str, lines: Sequence[Span], *, markdown: bool = False) -> list[Block]:
    """Blocks of a page that is text.

    Args:
        text: The decoded page.
        lines: Where its lines begin and end.
        markdown: Take `#`, `-`, `>`, fences, tables and inline marks for what they mean.

    Returns:
        Blocks in page order. Every non-blank line is in exactly one, save a line that was cut.

    """
    if markdown:
        # Only here, so that plain text never waits for a parser to load.
        from articlecli.blocks.markdown import markdown_rows

        rows = cut_glued(markdown_rows(text, lines), text)
    else:
        rows = _plain_rows(text, lines)
    return join(rows)


def _plain_rows(text: str, lines: Sequence[Span]) -> list[Row]:
    if looked_at is None or "\f" in text or has_written_ends(text, lines):
        return passed(text, read_rows(text, lines))
    return passed(text, *looked_at(text, lines))


def passed(text: str, rows: list[Row], has: int = ALL, code: list[int] | None = None) -> list[Row]:
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
