"""Second stage: page → blocks."""

from msgspec.structs import replace

from articlecli.blocks.from_text import text_blocks
from articlecli.document import Block, Page
from articlecli.text.lines import line_spans

__all__ = ["line_spans", "split_page"]


def split_page(page: Page) -> tuple[Page, list[Block]]:
    """Blocks of a page in reading order, and the page they count in.

    Returns:
        The page (of HTML, the text of its blocks, one a line) and one block a paragraph, heading,
        list item or table row; no blocks for a page without a visible character.

    """
    if page.source.format != "html":
        return page, text_blocks(page.text, markdown=page.source.format == "markdown")
    # Only here, so that a page of text never waits for an HTML parser to load.
    from articlecli.blocks.from_html import flat_text, html_blocks

    head, blocks = html_blocks(page.text)
    return replace(page, text=flat_text(blocks), head=head), blocks
