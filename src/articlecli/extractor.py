"""The road a page takes: read → blocks → model → article."""

from collections.abc import Callable, Sequence

from articlecli.article import assemble
from articlecli.blocks import split_page
from articlecli.document import Block, Page, SiteCounts
from articlecli.model import label_blocks
from articlecli.options import Options
from articlecli.output import Article
from articlecli.read import read_page

Furniture = Callable[[Page, Sequence[Block]], SiteCounts | None]
"""What is known of a page's site: how many of its pages hold the page's lines too."""


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


def extract_page(page: Page, *, options: Options, furniture: Furniture | None = None) -> Article:
    """The road after reading, for callers that read pages themselves.

    Args:
        page: The page.
        options: Choices.
        furniture: What is known of the page's site. It can thin out a story, and never take the
            last of it: a page that would have none then is done without.

    """
    page, blocks = split_page(page)
    shared = furniture(page, blocks) if furniture is not None else None
    article = _article(page, blocks, shared, options)
    if shared is not None and article.status == "no_article":
        return _article(page, blocks, None, options)
    return article


def _article(
    page: Page, blocks: Sequence[Block], shared: SiteCounts | None, options: Options
) -> Article:
    return assemble(
        page,
        blocks,
        label_blocks(blocks, options.phrases, shared),
        language=options.language,
        min_confidence=options.min_confidence,
    )
