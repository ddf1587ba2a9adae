"""Lines of a flattened page → blocks, whatever program flattened it.

What flattening did is undone here: hard wrapping (80-column text, html2text), words cut at line
ends, sentences cut at links (one line a text node) or by the end of a sheet, a headline glued to
the menu in front of it, a whole page in one line. Each is undone only on evidence from the page
itself; in doubt a line stays a block of its own, since the zone model sees the neighbours anyway
and a wrong join cannot be mended later.
"""

from collections.abc import Sequence

from articlecli.blocks.rows import has_written_ends, read_rows
from articlecli.core import core_runs
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
        from articlecli.blocks.glued import cut_glued
        from articlecli.blocks.markdown import markdown_rows

        return join(cut_glued(markdown_rows(text, lines), text))
    if "\f" in text or has_written_ends(text, lines):
        return by_python(text, lines)
    return plain_blocks(text, lines)


def by_python(text: str, lines: Sequence[Span]) -> list[Block]:
    """Blocks of a page of plain text; this form says what is right."""
    from articlecli.blocks import paragraphs  # the core does without
    from articlecli.blocks.passes import passed

    return paragraphs.join(passed(text, read_rows(text, lines)))


if core_runs():
    from articlecli.blocks.compiled_text import join, plain_blocks
else:
    from articlecli.blocks.paragraphs import join

    plain_blocks = by_python
