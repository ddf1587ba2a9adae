"""Second stage: page → blocks."""

from msgspec.structs import replace

from articlecli.blocks.lines import line_spans
from articlecli.blocks.text import text_blocks
from articlecli.types import Block, Page

__all__ = ["flat_page", "line_spans", "split_blocks"]


def flat_page(page: Page) -> Page:
    """The page as lines: HTML becomes the text of its blocks, one a line; text stays as it is."""
    if page.source.format != "html":
        return page
    # Only here, so that a page of text never waits for an HTML parser to load.
    from articlecli.blocks.html import html_text

    return replace(page, text=html_text(page.text))


def split_blocks(page: Page) -> list[Block]:
    """Blocks of a flat page in reading order.

    Returns:
        One block a paragraph, heading, list item or table row; empty for a page without a
        visible character.

    """
    return text_blocks(page.text, markdown=page.source.format == "markdown")
