"""Rows → blocks: a block is a row, or several that go on with one another."""

from collections.abc import Sequence

from articlecli.blocks.joining import continues, join_rows, page_words, wrap_width
from articlecli.blocks.marks import NO_MARK
from articlecli.blocks.rows import Row
from articlecli.blocks.verse import verse_lines
from articlecli.document import Block, Kind


def join(rows: Sequence[Row]) -> list[Block]:
    """Blocks of a page's rows, in page order."""
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
            blocks.append(block_of(run, known))
        run = [row]
    if run:
        blocks.append(block_of(run, known))
    return blocks


def block_of(run: list[Row], known: frozenset[str]) -> Block:
    """The block that a run of rows is; `known` as from `page_words`."""
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
