"""`<meta>`: OpenGraph, Dublin Core, what libraries and single systems write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from articlecli.blocks.declared.values import clean_text

Meta = dict[str, list[str]]
"""Name (or property), lower-cased → contents, in page order."""
DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "dcterms.issued",
    "sailthru.date", "parsely-pub-date", "pubdate", "publishdate", "publish-date",
    "publication_date", "article.published", "cxenseparse:recs:publishtime", "article:post_date",
    "created", "published", "ms.date", "datecreated", "uploaddate", "citation_publication_date",
    "citation_date", "citation_online_date", "article:published", "article:published_date",
    "article_published_time", "article:first_published_time", "og:article:published",
    "og:published_time", "og:publish_date", "og:pubdate", "published_time", "published_at",
    "published-date", "published_date", "publisheddate", "publish_date", "publish_time", "pub_date",
    "date_published", "originalpublicationdate", "iso-8601-publish-date", "prism.publicationdate",
    "dc.created", "dc.date.created", "date.created", "cxenseparse:publishtime", "bt:pubdate",
    "dcsext.articlefirstpublished", "shareaholic:article_published_time", "story:published_time",
    "firstcreate",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "article:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "modified",
    "article:modified", "article:modified_date", "article_modified_time",
    "og:article:modified_time", "dc.modified", "date.modified", "last_updated_date", "lastupdate",
)  # fmt: skip
CITED = ("citation_author", "citation_authors")
"""Where libraries look for authors: the family name may stand first, before a comma."""
AUTHORS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "twitter:creator:name", "article:author_name", *CITED,
)  # fmt: skip
DESCRIPTIONS = (
    "og:description", "description", "twitter:description", "dc.description",
    "dcterms.description", "dcterms.abstract", "citation_abstract", "sailthru.description",
)  # fmt: skip
HEADLINES = ("og:title", "twitter:title", "dc.title", "citation_title")
SITES = ("og:site_name", "application-name")
PUBLISHERS = (
    "apple-mobile-web-app-title", "citation_journal_title", "dc.publisher", "dcterms.publisher",
    "publisher",
)  # fmt: skip
KEYWORDS = ("keywords", "news_keywords", "article:tag", "citation_keywords", "parsely-tags")
SECTIONS = ("article:section", "articlesection", "parsely-section", "og:article:section", "section")
ADDRESSES = ("og:url", "twitter:url", "parsely-link", "citation_public_url", "dc.identifier.uri")
PICTURES = (
    "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src",
    "image", "thumbnail", "sailthru.image.full", "parsely-image-url",
)  # fmt: skip
LICENSES = ("dcterms.license", "dc.rights.license", "license")
MOST_VALUES = 50
"""Contents of one name that are kept."""


def read_meta(tags: Iterable[Mapping[str, str | None]]) -> Meta:
    """All that `<meta>` says, of the attributes of each."""
    meta: Meta = {}
    for attributes in tags:
        content = (attributes["content"] or "").strip()
        for key in ("property", "name", "itemprop"):
            for name in told.lower().split()[:3] if (told := attributes.get(key)) else ():
                plain = name
                if ":" in name:
                    plain = name.removeprefix("schema:").replace("dc:", "dc.")
                    plain = plain.replace("terms:", "terms.")
                values = meta.setdefault(plain, [])
                if content and content not in values and len(values) < MOST_VALUES:
                    values.append(content)
    return meta


def texts_of(meta: Meta, names: Sequence[str]) -> Iterator[str]:
    """What a page says under some names, in their order; nothing for names that say nothing."""
    for name in names:
        for value in meta.get(name, ()):
            if text := clean_text(value):
                yield text
