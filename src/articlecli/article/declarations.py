"""Where in the page a fact stands that the page declares: a tag, a script of JSON-LD, a line."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from articlecli.article.context import Context
from articlecli.article.fields import DECLARED
from articlecli.document import Declared, Span
from articlecli.text.patterns import lazy

_SOURCES = frozenset(
    """
    canonical time_tag lang_attribute page_title whole_headline confirmed_date confirmed_persons
    confirmed_handle confirmed_authors
    """.split()
)
"""Sources that read declarations and do not say so by their names."""
_TOGETHER = {"authors": "byline", "published_at": "published", "modified_at": "modified"}
"""Facts that a page declares in one place, which is looked for once."""
MOST_PLACES = 20
"""Places of one value that are looked at."""
_PLAIN = lazy(r"[A-Za-z0-9 .,:;!?()_-]+")
"""What HTML and JSON write as it is."""
HEAD_LINES = 4000
"""Characters of front matter, or of the head of a mail, that are looked at."""


def spans_of_declarations(context: Context, told: Mapping[str, Any]) -> dict[str, Span]:
    """Where the page itself has each declared fact; nothing for one that it writes otherwise.

    Args:
        context: What the sources looked at.
        told: The facts, by field, and `sources`.

    Returns:
        Characters of the page as it was read (of HTML, with its tags), the end excluded.

    """
    page, head = context.document.page, context.document.declared
    ways = _lines if page.source.format != "html" else _tags
    known: dict[tuple[str, tuple[str, ...]], Span | None] = {}
    found: dict[str, Span] = {}
    if head is None:
        return found
    every = _values(head, told)
    for field, source in told["sources"].items():
        if source in _SOURCES or DECLARED in source:
            values = (
                (head.time,) if source == "time_tag" else every.get(field.removesuffix("_at"), ())
            )
            place = _TOGETHER.get(field, field), values
            if place not in known:
                spans = (
                    span for value in filter(None, values) for span in ways(page.text, value, field)
                )
                known[place] = next(spans, None)
            if span := known[place]:
                found[field] = span
    return dict(sorted(found.items()))


@cache
def _names() -> dict[str, Sequence[str]]:
    """For each fact, what a tag that declares it has in it."""
    from articlecli.blocks.declared import meta_tags as meta  # text needs no parser of HTML

    return {
        "title": ("<title", *meta.HEADLINES),
        "alternative_titles": ("<title", *meta.HEADLINES),
        "byline": (*meta.AUTHORS, "rel="),
        "authors": (*meta.AUTHORS, "rel="),
        "published": ("<time", *meta.DATES),
        "published_at": ("<time", *meta.DATES),
        "modified": ("<time", *meta.MODIFIED),
        "modified_at": ("<time", *meta.MODIFIED),
        "url": ("canonical", "hreflang", *meta.ADDRESSES),
        "site_name": (*meta.SITES, *meta.PUBLISHERS),
        "description": meta.DESCRIPTIONS,
        "image": (*meta.PICTURES, "image_src"),
        "categories": (*meta.SECTIONS, "category"),
        "keywords": meta.KEYWORDS,
        "license": (*meta.LICENSES, "rel="),
        "language": ("<html",),
    }


def _values(head: Declared, told: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What the page may declare each fact with, the surest first."""
    return {
        "title": (head.headline, head.title),
        "alternative_titles": tuple(told.get("alternative_titles") or ()),
        "byline": head.authors,
        "authors": head.authors,
        "published": (head.published,),
        "modified": (head.modified,),
        "url": head.addresses,
        "site_name": (head.site_name, head.publisher),
        "image": head.pictures,
        "categories": head.categories,
        "keywords": head.keywords,
        "license": (head.license,),
        "language": (head.language,),
        "description": (head.description,),
    }


def _forms(value: str, page: str) -> Iterator[str]:
    """How HTML and JSON may write a value on a page, the plain way first."""
    yield value
    if max(_PLAIN.findall(value), key=len, default="") not in page:
        return
    import json  # text needs neither of these, and they take time to load
    from html import escape

    quoted = json.dumps(value)[1:-1]
    ways = (escape(value), escape(value, quote=False), quoted, quoted.replace("/", "\\/"))
    yield from (way for way in dict.fromkeys(ways) if way != value)


def _tags(page: str, value: str, field: str) -> Iterator[Span]:
    """Tags that declare a fact and hold its value, and scripts of JSON-LD that do."""
    names = _names()[field]
    for form in _forms(value, page):
        at = -1
        for _ in range(MOST_PLACES):
            if (at := page.find(form, at + 1)) < 0:
                break
            script = page.rfind("<script", 0, at)
            if script >= 0 and page.find("</script", script, at) < 0:
                if "ld+json" in page[script : page.find(">", script)].lower():
                    yield script, _end(page, "</script>", at)
                continue
            start = page.rfind("<", 0, at)
            tag = page[start : page.find(">", start) + 1]
            lower = tag.lower()
            if start >= 0 and any(map(lower.__contains__, names)):
                yield start, start + len(tag) if at < start + len(tag) else _end(page, ">", at)


def _end(page: str, mark: str, at: int) -> int:
    end = page.find(mark, at)
    return len(page) if end < 0 else end + len(mark)


def _lines(page: str, value: str, _field: str) -> Iterator[Span]:
    """The line of front matter, or of the head of a mail, that holds a value."""
    at = page.find(value, 0, HEAD_LINES)
    if at >= 0:
        end = page.find("\n", at)
        yield page.rfind("\n", 0, at) + 1, len(page) if end < 0 else end
