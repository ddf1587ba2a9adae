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
from articlecli.blocks.joining import (
    continues,
    join_rows,
    page_words,
    wrap_width,
)
from articlecli.blocks.letters import mark_mail, mark_quotes
from articlecli.blocks.listing import mark_code
from articlecli.blocks.marks import NO_MARK
from articlecli.blocks.printed import mark_sheets
from articlecli.blocks.rows import Row, read_rows
from articlecli.blocks.verse import verse_lines
from articlecli.document import Block, Kind, Span


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
    width = wrap_width([row for row in rows if row.field is None])
    known = page_words(rows)
    verse = frozenset() if width is not None else verse_lines(rows)
    blocks: list[Block] = []
    run: list[Row] = []
    for index, row in enumerate(rows):
        after = rows[index + 1] if index + 1 < len(rows) else None
        apart = verse and row.number in verse and not row.silent
        if run and not apart and continues(run, row, after, width):
            run.append(row)
            continue
        if run:
            blocks.append(_block(run, known))
        run = [row]
    if run:
        blocks.append(_block(run, known))
    return blocks


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


def _block(run: list[Row], known: frozenset[str]) -> Block:
    first, last = run[0], run[-1]
    if first is last and first.mark is NO_MARK:  # most lines
        return Block(
            text=first.text,
            lines=(first.number, first.number),
            span=(first.start, first.end),
            gap=first.gap,
            field=first.field,
            resumes=first.resumes,
        )
    told = [row for row in run if not row.silent]
    head = told[0] if told else first
    mark = head.mark
    kind: Kind | None = mark.kind
    if kind == "code":
        lines = ["\n" * (row.gap if i else 0) + row.mark.text for i, row in enumerate(told)]
        text = "\n".join(lines).strip("\n")
    elif kind == "quote":
        text = join_rows([_bare(row) for row in told], known)
    else:
        text = join_rows(told, known) if told else ""
    return Block(
        text=text or first.text,
        lines=(first.number, last.number),
        span=(first.start, last.end),
        gap=first.gap,
        kind=kind,
        level=mark.level if kind in ("heading", "list_item") else 0,
        field=head.field,
        resumes=head.resumes,
    )


def _bare(row: Row) -> Row:
    return Row(row.number, row.start, row.end, row.mark.text or row.text, row.gap, row.mark)
