"""The road a page takes: read → blocks → features → zones → article."""

from articlecli.article import assemble
from articlecli.blocks import split_page
from articlecli.options import Options
from articlecli.read import read_page
from articlecli.types import Article, Page
from articlecli.zones import label_blocks


def extract(
    source: str | bytes, *, url: str | None = None, options: Options | None = None
) -> Article:
    """Turn one page into an article.

    Args:
        source: The page itself, text or bytes (flattened text, Markdown or HTML), not its path.
        url: Address of the page, if known; returned in `Article.source`.
        options: Choices; the defaults suit any page.

    Returns:
        The article. A page without a story gives one too, with `status` `no_article`, a reason
        and whatever teasers and comments the page holds.

    Raises:
        InputError: The bytes are no text at all, or not in the encoding named in `options`.

    """
    options = options or Options()
    return extract_page(read_page(source, url=url, options=options), options=options)


def extract_page(page: Page, *, options: Options) -> Article:
    """The road after reading, for callers that read pages themselves."""
    page, blocks = split_page(page)
    labels = label_blocks(blocks, options.phrases)
    return assemble(
        page,
        blocks,
        labels,
        language=options.language,
        min_confidence=options.min_confidence,
    )
