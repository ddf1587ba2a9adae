"""Second stage: page → document."""

from articlecli.blocks.from_text import text_blocks
from articlecli.document import Document, Page
from articlecli.text.lines import line_spans

__all__ = ["split_page"]


def split_page(page: Page) -> Document:
    """The document of a page: one block a paragraph, heading, list item or table row."""
    if page.source.format != "html":
        lines = tuple(line_spans(page.text))
        blocks = text_blocks(page.text, lines, markdown=page.source.format == "markdown")
        return Document(page, page.text, lines, tuple(blocks))
    # Only here, so that a page of text never waits for an HTML parser to load.
    from articlecli.blocks.from_html import flat_text, html_blocks

    declared, blocks = html_blocks(page.text)
    text = flat_text(blocks)
    return Document(page, text, tuple(line_spans(text)), tuple(blocks), declared)
