"""Second stage: page → document."""

from collections.abc import Sequence

from articlecli.blocks.from_text import text_blocks
from articlecli.document import Block, Declared, Document, Page
from articlecli.text.lines import line_spans

__all__ = ["split_page"]


def split_page(page: Page) -> Document:
    """The document of a page: one block a paragraph, heading, list item or table row."""
    if page.source.format != "html":
        lines = tuple(line_spans(page.text))
        blocks = text_blocks(page.text, lines, markdown=page.source.format == "markdown")
        declared = _told(page.text, blocks) if any(block.field for block in blocks) else None
        return Document(page, page.text, lines, tuple(blocks), declared)
    # Only here, so that a page of text never waits for an HTML parser to load.
    from articlecli.blocks.from_html import html_text

    declared, blocks, text = html_text(page.text)
    lines = tuple([block.span for block in blocks])
    return Document(page, text, lines, tuple(blocks), declared)


def _told(text: str, blocks: Sequence[Block]) -> Declared | None:
    """What front matter or the head of a mail tells; `None` of a page without."""
    from articlecli.blocks.front_matter import declared_of, front_lines, front_values
    from articlecli.blocks.letters import mail_values

    if lines := front_lines(text):
        return declared_of(front_values(lines))
    values = mail_values(blocks)
    return declared_of(values) if values else None
