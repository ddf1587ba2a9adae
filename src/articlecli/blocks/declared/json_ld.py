"""JSON-LD: the things that a page's scripts describe, and which of them is its story."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks.declared.values import clean_text

Thing = dict[str, Any]
"""An object of a JSON-LD script."""
_STORIES = re.compile(r"(Article|(?<!Job)Posting|Report|Review|Recipe)$")
"""Types of schema.org that are a story."""
_PLAIN = re.compile(r"(Article|Posting|Report)$")
"""Those that a page is about, where a review may be a customer's."""
DEEPEST = 6
"""Levels of JSON-LD that are looked at."""


def read_things(tree: LexborHTMLParser) -> list[Thing]:
    """All objects of a page's JSON-LD scripts, outermost first."""
    scripts = [
        node.text() or ""
        for node in tree.css("script[type]")
        if "ld+json" in (node.attributes.get("type") or "").lower()
    ]
    return [thing for script in scripts for thing in _things(script)]


def own_story(things: Iterable[Thing], heads: tuple[str, str], canonical: str) -> Thing:
    """The story that a page is about, empty where none is declared: others are teasers or reviews.

    Args:
        things: All declared objects.
        heads: Titles that the page declares elsewhere.
        canonical: The page's own address, as it declares it.

    """
    stories = list(filter(_is_story, things))
    return max(stories, key=lambda story: _rank(story, heads, canonical), default={})


def first_text(story: Thing, *names: str) -> str:
    """The first of some values that is a text; the empty string where none is."""
    return next((text for name in names if (text := clean_text(story.get(name)))), "")


def _things(script: str) -> Iterator[Thing]:
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
    todo: list[tuple[Any, int]] = [(top, 0)]
    while todo:
        value, depth = todo.pop(0)
        if isinstance(value, dict):
            yield value
            if depth < DEEPEST:
                inner = ("@graph", "mainEntity", "mainEntityOfPage")
                todo += [(value[key], depth + 1) for key in inner if key in value]
        elif isinstance(value, list) and depth < DEEPEST:
            todo += [(item, depth + 1) for item in value[:50]]


def _is_story(thing: Thing, named: re.Pattern[str] = _STORIES) -> bool:
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
        _is_story(story, _PLAIN),
        "author" in story or "datePublished" in story,
    )


def site_names(things: Iterable[Thing], canonical: str) -> Iterator[str]:
    """Names of the site: its publisher's, its own, its host's."""
    for thing in things:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict):
            yield clean_text(publisher.get("name"))
        if thing.get("@type") in ("WebSite", "NewsMediaOrganization"):
            yield clean_text(thing.get("name"))
    host = re.match(r"https?://(?:www\.)?([^/:]+)", canonical)
    if host:
        yield host[1]
        yield host[1].rpartition(".")[0]
