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
from articlecli.blocks.paragraphs import join
from articlecli.blocks.printed import mark_sheets
from articlecli.blocks.rows import Row, read_rows
from articlecli.document import Block, Span


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
    rows = read_rows(text, lines)
    mark_mail(rows)
    mark_quotes(rows)
    mark_code(rows, text)
    without_lone_columns(rows)
    mark_numbers(rows)
    rows = cut_single_line(cut_glued(mark_cells(rows), text), text)
    mark_sheets(rows, text)
    return rows
