"""`<meta>`: OpenGraph, Dublin Core, and what single systems write."""

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks.declared.values import clean_text

DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "sailthru.date",
    "parsely-pub-date", "pubdate", "publishdate", "publish-date", "publication_date",
    "article.published", "cxenseparse:recs:publishtime", "article:post_date", "created",
    "published", "ms.date", "datecreated", "uploaddate",
)  # fmt: skip
AUTHORS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "twitter:creator:name", "article:author_name",
)  # fmt: skip
DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
HEADLINES = ("og:title", "twitter:title")
SITES = ("og:site_name", "application-name")
KEYWORDS = ("keywords", "news_keywords")


def read_meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Name (or property), lower-cased → content; of several with one name the first."""
    meta: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        for key in ("property", "name", "itemprop"):
            if name := attributes.get(key):
                meta.setdefault(name.strip().lower(), (attributes["content"] or "").strip())
    return meta


def texts_of(meta: dict[str, str], names: Sequence[str]) -> Iterator[str]:
    """What a page says under some names, in their order; nothing for names that say nothing."""
    return (text for name in names if (text := clean_text(meta.get(name))))
