"""The road a page takes: read → blocks → evidence → model → rules → article."""

from collections.abc import Callable, Sequence

from articlecli.article import assemble
from articlecli.blocks import split_page
from articlecli.document import Document, Page, SiteCounts
from articlecli.evidence import Evidence, evidence_of
from articlecli.model import label_blocks
from articlecli.options import Options
from articlecli.output import Article
from articlecli.read import read_page
from articlecli.rules import apply_rules

Furniture = Callable[[Document], SiteCounts | None]
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
        TypeError: `source` is no str or bytes, `url` no str, or `options` no `Options`.

    """
    if options is None:
        options = Options()
    elif not isinstance(options, Options):
        raise TypeError(
            f"options is {type(options).__name__}; give articlecli.Options(...), "
            "such as Options(language='fr')"
        )
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url is {type(url).__name__}; give the page's address as str")
    return extract_page(read_page(source, url=url, options=options), options=options)


def extract_page(page: Page, *, options: Options, furniture: Furniture | None = None) -> Article:
    """The road after reading, for callers that read pages themselves.

    Args:
        page: The page.
        options: Choices.
        furniture: What is known of the page's site. It can thin out a story, and never take the
            last of it: a page that would have none then is done without.

    """
    document = split_page(page)
    evidence = evidence_of(document.blocks)
    shared = furniture(document) if furniture is not None else None
    article = _article(document, evidence, shared, options)
    if shared is not None and article.status == "no_article":
        return _article(document, evidence, None, options)
    return article


def _article(
    document: Document,
    evidence: Sequence[Evidence],
    shared: SiteCounts | None,
    options: Options,
) -> Article:
    verdicts = label_blocks(document.blocks, evidence, options.phrases, shared)
    return assemble(
        document,
        evidence,
        apply_rules(document, evidence, verdicts),
        language=options.language,
        min_confidence=options.min_confidence,
    )
