"""What a page of HTML declares: `<head>`, `<meta>`, OpenGraph, JSON-LD.

Declarations are written by templates and not by the story's author. They become evidence for the
zones (a block that says what the headline is declared to be), and fill what the page leaves open.
"""

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articlecli.document import Declared
from articlecli.text.characters import without_invisible
from articlecli.text.folding import letters
from articlecli.text.lexicon import words_of

_STORIES = re.compile(r"(Article|(?<!Job)Posting|Report|Review|Recipe)$")
"""Types of schema.org that are a story."""
_PLAIN = re.compile(r"(Article|Posting|Report)$")
"""Those that a page is about, where a review may be a customer's."""
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "sailthru.date",
    "parsely-pub-date", "pubdate", "publishdate", "publish-date", "publication_date",
    "article.published", "cxenseparse:recs:publishtime", "article:post_date", "created",
    "published", "ms.date", "datecreated", "uploaddate",
)  # fmt: skip
_AUTHORS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "twitter:creator:name", "article:author_name",
)  # fmt: skip
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_NO_NAME = re.compile(r"(?i)://|@|^www\.|\.(com|org|net|de|fr|ch|html?)$|^(admin|publisher)$")
"""Addresses, file names, and what systems call whoever is logged in."""
_DATED = ('[itemprop~="dateCreated"]', '[itemprop~="datePublished"]', "time[pubdate]")
"""Elements that hold the story's date, the surest first."""
LONGEST_NAME = 80
MOST_SIGNED = 2
"""Authors of one story; where more elements are marked so, the first is the story's."""
SIGNED_WORDS = 5
"""Words of the longest name that is taken from an element's text."""
DEEPEST = 6
"""Levels of JSON-LD that are looked at."""


def read_head(tree: LexborHTMLParser) -> Declared:
    """Everything that a page declares; empty where it declares nothing."""
    meta: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        for key in ("property", "name", "itemprop"):
            if name := attributes.get(key):
                meta.setdefault(name.strip().lower(), (attributes["content"] or "").strip())
    scripts = [
        node.text() or ""
        for node in tree.css("script[type]")
        if "ld+json" in (node.attributes.get("type") or "").lower()
    ]
    things = [thing for script in scripts for thing in _things(script)]
    title = _first_text(tree, "head > title") or _first_text(tree, "title")
    canonical = attribute(tree.css_first('link[rel="canonical"]'), "href") or meta.get("og:url", "")
    heads = (_text(meta.get("og:title")), title)
    stories = sorted(
        filter(_is_story, things), key=lambda story: _rank(story, heads, canonical), reverse=True
    )[:1]  # the fields of one: others are teasers or reviews
    known = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str)}
    site = _text(meta.get("og:site_name")) or _text(meta.get("application-name"))
    sites = frozenset(map(letters, (site, *_publishers(things, canonical)))) - {""}
    return Declared(
        title=title,
        language=attribute(tree.root, "lang").lower(),
        base=attribute(tree.css_first("base[href]"), "href"),
        canonical=canonical,
        headline=_first(stories, "headline", "name")
        or _text(meta.get("og:title"))
        or _text(meta.get("twitter:title")),
        description=_first(stories, "description")
        or next((text for name in _DESCRIPTIONS if (text := _text(meta.get(name)))), ""),
        body=_first(stories, "articleBody", "reviewBody"),
        authors=_authors(stories, meta, (sites, frozenset({letters(site)})), known, tree),
        published=_first(stories, "datePublished")
        or next((text for name in _DATES if (text := _text(meta.get(name)))), "")
        or _marked_time(tree),
        time=attribute(tree.css_first("time[datetime]"), "datetime"),
        site_name=site,
        keywords=_keywords(stories, meta),
    )


def attribute(node: LexborNode | None, name: str) -> str:
    """An attribute of an element, the empty string where either is missing."""
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def _first_text(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css_first(selector)
    return _text(found.text()) if found is not None else ""


def _things(script: str) -> Iterator[dict[str, Any]]:
    """All objects of a JSON-LD script, outermost first; none where it is not JSON."""
    script = script.strip()
    for start, end in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        script = script.removeprefix(start).removesuffix(end).strip()
    script = script.rstrip(";")
    try:
        # Line breaks in strings are common there, and `strict=False` bears them.
        top = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return
    todo: deque[tuple[Any, int]] = deque([(top, 0)])
    while todo:
        value, depth = todo.popleft()
        if isinstance(value, dict):
            yield value
            if depth < DEEPEST:
                inner = ("@graph", "mainEntity", "mainEntityOfPage")
                todo += [(value[key], depth + 1) for key in inner if key in value]
        elif isinstance(value, list) and depth < DEEPEST:
            todo += [(item, depth + 1) for item in value[:50]]


def _is_story(thing: dict[str, Any], named: re.Pattern[str] = _STORIES) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and named.search(kind) for kind in kinds)


def _rank(story: dict[str, Any], heads: tuple[str, str], canonical: str) -> tuple[bool, ...]:
    """How surely a declared story is the page's own."""
    headline = _text(story.get("headline")) or _text(story.get("name"))
    where = [story.get("url"), story.get("@id"), story.get("mainEntityOfPage")]
    where += [value.get("@id") for value in where if isinstance(value, dict)]
    return (
        bool(headline) and any(headline in head for head in heads),
        bool(canonical) and canonical in [v for v in where if isinstance(v, str)],
        _is_story(story, _PLAIN),
        "author" in story or "datePublished" in story,
    )


def _text(value: object) -> str:
    """A declared text, unescaped (often twice), folded, without soft hyphens; empty for others."""
    if not isinstance(value, str):
        return ""
    # JSON may hold half a character.
    whole = value.encode("utf-8", "replace").decode()
    return " ".join(without_invisible(_plain(_plain(whole))).split())


def _plain(text: str) -> str:
    """A text unescaped; as it is where it holds a number that Python refuses (4,300 digits)."""
    try:
        return unescape(text)
    except ValueError:
        return text


def _first(stories: list[dict[str, Any]], *names: str) -> str:
    return next((t for story in stories for name in names if (t := _text(story.get(name)))), "")


def _marked_time(tree: LexborHTMLParser) -> str:
    """The date that an element of the page is marked with, as its attribute or text has it."""
    for selector in _DATED:
        if (node := tree.css_first(selector)) is not None:
            told = attribute(node, "datetime") or attribute(node, "content")
            if text := told or " ".join(node.text().split()):
                return text
    return ""


def _publishers(things: list[dict[str, Any]], canonical: str) -> Iterator[str]:
    """Names of the site: its publisher's, its own, its host's."""
    for thing in things:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict):
            yield _text(publisher.get("name"))
        if thing.get("@type") in ("WebSite", "NewsMediaOrganization"):
            yield _text(thing.get("name"))
    host = re.match(r"https?://(?:www\.)?([^/:]+)", canonical)
    if host:
        yield host[1]
        yield host[1].rpartition(".")[0]


def _signed(tree: LexborHTMLParser, selector: str, sites: frozenset[str]) -> tuple[str, ...]:
    """Names in elements that are marked as the author's; the first of many, readers sign so too."""
    names: dict[str, None] = {}
    for node in tree.css(selector):
        if len(names) > MOST_SIGNED:
            break
        inner = node.css_first('[itemprop~="name"]') or node
        told = attribute(inner, "content") or " ".join(inner.text(separator=" ").split())
        for name in _names(told, sites, {}):
            if (
                len(name.split()) <= SIGNED_WORDS
                and name[-1] not in "→»›:"
                and not any(known in name for known in names)
            ):
                names[name] = None
    return tuple(names)[: None if len(names) <= MOST_SIGNED else 1]


def _authors(
    stories: list[dict[str, Any]],
    meta: dict[str, str],
    sites: tuple[frozenset[str], frozenset[str]],
    known: dict[str, dict[str, Any]],
    tree: LexborHTMLParser,
) -> tuple[str, ...]:
    """Authors, as declared, else as marked in the text.

    `sites` are all names that the site may have, and its declared one: a blog's publisher may be
    its only author and is taken where nobody else is named.
    """
    told = [story.get("author") or story.get("creator") for story in stories]
    told += [meta.get(name) for name in _AUTHORS]
    every, own = sites
    ways: tuple[Callable[[], Iterable[str]], ...] = (
        *(partial(_names, value, every, known) for value in told),
        partial(_signed, tree, '[itemprop~="author"]', every),
        *(partial(_names, value, own, known) for value in told),
        partial(_signed, tree, '[rel~="author"]', every),
    )
    for way in ways:
        if found := tuple(dict.fromkeys(way())):
            return found
    return ()


def _names(value: object, sites: frozenset[str], known: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Names of people: no addresses, no name of the site."""
    if isinstance(value, list):
        for item in value:
            yield from _names(item, sites, known)
    elif isinstance(value, dict):
        there = value if "name" in value else known.get(str(value.get("@id")), value)
        given = " ".join(
            filter(None, map(_text, (there.get("givenName"), there.get("familyName"))))
        )
        yield from _names(there.get("name") or given, sites, {})
    else:
        name = _by().sub("", _text(value))
        if 0 < len(name) <= LONGEST_NAME and any(map(str.isalpha, name)):
            if not _NO_NAME.search(name) and letters(name) not in sites:
                yield name


@cache
def _by() -> re.Pattern[str]:
    """What templates put before a name: "by", "Author:", "View all posts by"."""
    words = words_of("by") | words_of("signed") | words_of("all_by")
    every = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?i)^(?:[,\s]+|(?:{every})\b:?\s+)+")


def _keywords(stories: list[dict[str, Any]], meta: dict[str, str]) -> tuple[str, ...]:
    told = [story.get("keywords") for story in stories]
    for value in [*told, meta.get("keywords"), meta.get("news_keywords")]:
        words = re.split(r"[,;]", value) if isinstance(value, str) else value
        if isinstance(words, list) and (found := [w for word in words[:30] if (w := _text(word))]):
            return tuple(found)
    return ()
