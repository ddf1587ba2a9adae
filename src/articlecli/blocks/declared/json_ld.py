"""JSON-LD: the things that a page's scripts describe, and which of them is its story."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from articlecli.blocks.declared.values import clean_text
from articlecli.text.patterns import lazy

Thing = dict[str, Any]
"""An object of a JSON-LD script."""
_STORIES = lazy(r"(Article|(?<!Job)Posting|Report|Review|Recipe)$")
"""Types of schema.org that are a story."""
_PLAIN = lazy(r"(Article|Posting|Report)$")
"""Those that a page is about, where a review may be a customer's."""
_PAGES = lazy(r"(WebPage|ItemPage|QAPage|AboutPage|Question|Product)$")
"""Types that are no story, and yet say when a page was published and by whom."""
_QUESTION = lazy(r"Question$")
_NAMED = lazy(r"(Question|Product)$")
"""Those whose name is the headline; a page's is its `<title>`."""
_ORGANIZATIONS = lazy(r"(Organization|Corporation|WebSite|Publisher|Newspaper|Periodical)$")
_TOLD_BY_PAGE = (
    "author", "creator", "datePublished", "dateModified", "description", "keywords", "image",
    "license", "url", "primaryImageOfPage",
)  # fmt: skip
"""What a page says for its story where that does not."""
_STRING = r'"(?:\\.|[^"\\])*+(?:"|\\?\Z)'
_COMMENT = lazy(rf"(?s){_STRING}|//[^\n]*|/\*.*?(?:\*/|\Z)")
_LAST_COMMA = lazy(rf"(?s){_STRING}|,\s*(?=[}}\]])")
_BETWEEN = lazy(r"[\s,;]*")
MOST_VALUES = 20
"""Values of one script that are looked at."""
DEEPEST = 6
"""Levels of JSON-LD that are looked at."""


def read_things(scripts: Iterable[LexborNode]) -> list[Thing]:
    """All objects of a page's JSON-LD scripts, outermost first."""
    return [thing for script in scripts for thing in _things(script.text() or "")]


def own_story(things: Iterable[Thing], heads: tuple[str, str], canonical: str) -> Thing:
    """The story that a page is about, empty where none is declared: others are teasers or reviews.

    Args:
        things: All declared objects.
        heads: Titles that the page declares elsewhere.
        canonical: The page's own address, as it declares it.

    """
    things = list(things)
    best: Thing = {}
    asked = [thing for thing in things if is_a(thing, _QUESTION)]
    for named in (_PAGES, _STORIES):
        found = [thing for thing in things if is_a(thing, named)]
        # Of a list of questions none is the page's.
        found = [thing for thing in found if len(asked) < 2 or thing not in asked]
        own = max(found, key=lambda story: _rank(story, heads, canonical), default={})
        if named is _STORIES or is_a(own, _NAMED):
            best |= own
        else:
            best |= {key: own[key] for key in _TOLD_BY_PAGE if own.get(key)}
    return best


def first_text(story: Thing, *names: str) -> str:
    """The first of some values that is a text; the empty string where none is."""
    return next((text for name in names if (text := clean_text(story.get(name)))), "")


def _things(script: str) -> Iterator[Thing]:
    """All objects of a JSON-LD script, outermost first; none where it is not JSON."""
    todo: deque[tuple[Any, int]] = deque((top, 0) for top in _values(script))
    while todo:
        value, depth = todo.popleft()
        if isinstance(value, dict):
            yield value
            if depth < DEEPEST:
                inner = ("@graph", "mainEntity", "mainEntityOfPage")
                todo += [(value[key], depth + 1) for key in inner if key in value]
        elif isinstance(value, list) and depth < DEEPEST:
            todo += [(item, depth + 1) for item in value[:50]]


def _values(script: str) -> list[Any]:
    """The values of a script: one, or several one after the other; comments and commas forgiven."""
    script = script.strip()
    for start, end in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        script = script.removeprefix(start).removesuffix(end).strip()
    script = script.rstrip(";")
    try:
        # Line breaks in strings are common there, and `strict=False` bears them.
        return [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        pass
    for noise in (_COMMENT, _LAST_COMMA):
        script = noise.sub(lambda m: m[0] if m[0][0] == '"' else " ", script)
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = len(script) - len(script.lstrip())
    while at < len(script) and len(found) < MOST_VALUES:
        try:
            value, at = decoder.raw_decode(script, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
        at = _BETWEEN.match(script, at).end()  # type: ignore[union-attr]  # it matches anything
    return found


def kinds_of(things: Iterable[Thing]) -> Iterator[str]:
    """Types of all things, lower-cased."""
    for thing in things:
        kinds = thing.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str):
                yield kind.lower()


def is_a(thing: Thing, named: re.Pattern[str]) -> bool:
    """Whether the type of a thing, or one of its types, ends so."""
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and named.search(kind) for kind in kinds)


def _rank(story: Thing, heads: tuple[str, str], canonical: str) -> tuple[bool, ...]:
    """How surely a declared story is the page's own."""
    headline = clean_text(story.get("headline")) or clean_text(story.get("name"))
    where = [story.get("url"), story.get("@id"), story.get("mainEntityOfPage")]
    where += [value.get("@id") for value in where if isinstance(value, dict)]
    return (
        bool(headline) and any(headline in head for head in heads),
        bool(canonical) and canonical in [v for v in where if isinstance(v, str)],
        is_a(story, _PLAIN),
        "author" in story or "datePublished" in story,
    )


def is_organization(thing: Thing) -> bool:
    """Whether a thing is no person."""
    return is_a(thing, _ORGANIZATIONS)


def publishers(things: Iterable[Thing]) -> Iterator[str]:
    """Names that JSON-LD has for the site: its own, its publisher's."""
    for thing in things:
        if thing.get("@type") == "WebSite":
            yield clean_text(thing.get("name"))
    for thing in things:
        publisher = thing.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            yield clean_text(one.get("name") if isinstance(one, dict) else one)
        if is_organization(thing):
            yield clean_text(thing.get("name"))


def site_names(things: Iterable[Thing], canonical: str) -> Iterator[str]:
    """All names that the site may have: those of JSON-LD, and its host."""
    yield from publishers(things)
    host = re.match(r"https?://(?:www\.)?([^/:]+)", canonical)
    if host:
        yield host[1]
        yield host[1].rpartition(".")[0]
