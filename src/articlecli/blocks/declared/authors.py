"""Authors that a page declares, in its head or by marks in its text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial

from selectolax.lexbor import LexborNode

from articlecli.blocks.declared.json_ld import Thing, is_organization
from articlecli.blocks.declared.marked import Marks
from articlecli.blocks.declared.meta_tags import AUTHORS, CITED, Meta
from articlecli.blocks.declared.values import attribute, clean_text
from articlecli.text.folding import letters
from articlecli.text.lexicon import words_of
from articlecli.text.patterns import lazy

_NO_NAME = lazy(r"(?i)://|@|^www\.|\.(com|org|net|de|fr|ch|html?)$|^(admin|publisher)$")
"""Addresses, file names, and what systems call whoever is logged in."""
LONGEST_NAME = 80
MOST_SIGNED = 2
"""Authors of one story; where more elements are marked so, the first is the story's."""
SIGNED_WORDS = 5
"""Words of the longest name that is taken from an element's text."""


def _signed(nodes: Sequence[LexborNode], sites: frozenset[str]) -> tuple[str, ...]:
    """Names in elements that are marked as the author's; the first of many, readers sign so too."""
    names: dict[str, None] = {}
    for node in nodes:
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


def read_authors(
    story: Thing,
    meta: Meta,
    sites: tuple[frozenset[str], frozenset[str]],
    known: dict[str, Thing],
    marks: Marks,
) -> tuple[str, ...]:
    """Authors, as declared, else as marked in the text.

    Args:
        story: The page's own story in JSON-LD.
        meta: Its `<meta>`.
        sites: All names that the site may have, and its declared one: a blog's publisher may be
            its only author and is taken where nobody else is named.
        known: Things of the page's JSON-LD by their `@id`.
        marks: The elements that it marks.

    """
    first = story.get("author") or story.get("creator")
    told = [first, *(_turned(name, meta.get(name, [])) for name in AUTHORS)]
    persons = [_persons(first, known), *told[1:]]
    every, own = sites
    ways: tuple[Callable[[], Iterable[str]], ...] = (
        *(partial(_names, value, every, known) for value in persons),
        partial(_signed, marks.itemprop.get("author", ()), every),
        partial(_names, first, every, known),
        *(partial(_names, value, own, known) for value in told),
        partial(_signed, marks.rel.get("author", ()), every),
    )
    for way in ways:
        if found := tuple(dict.fromkeys(way())):
            return found
    return ()


def _persons(value: object, known: dict[str, Thing]) -> object:
    """Declared authors less those that are organisations."""
    items = value if isinstance(value, list) else [value]
    things = [(known.get(str(v.get("@id")), v) if isinstance(v, dict) else {}) for v in items]
    return [
        item
        for item, thing in zip(items, things, strict=True)
        if not is_organization(thing) and not (isinstance(item, dict) and is_organization(item))
    ]


def _turned(name: str, values: list[str]) -> list[str]:
    """Names as they are said: libraries write "Moser, Carla"."""
    if name not in CITED:
        return values
    single = [one for value in values for one in value.split(";")]
    return [
        f"{given.strip()} {family.strip()}" if given.strip() and "," not in given else value
        for value in single
        for family, _, given in [value.partition(",")]
    ]


def _names(value: object, sites: frozenset[str], known: dict[str, Thing]) -> Iterator[str]:
    """Names of people: no addresses, no name of the site."""
    if isinstance(value, list):
        for item in value:
            yield from _names(item, sites, known)
    elif isinstance(value, dict):
        there = value if "name" in value else known.get(str(value.get("@id")), value)
        given = " ".join(
            filter(None, map(clean_text, (there.get("givenName"), there.get("familyName"))))
        )
        yield from _names(there.get("name") or given, sites, {})
    else:
        name = clean_text(value)
        if before := _by().match(name):
            name = name[before.end() :]
        if 0 < len(name) <= LONGEST_NAME and any(map(str.isalpha, name)):
            if not _NO_NAME.search(name) and letters(name) not in sites:
                yield name


@cache
def _by() -> re.Pattern[str]:
    """What templates put before a name: "by", "Author:", "View all posts by"."""
    words = words_of("by") | words_of("signed") | words_of("all_by")
    every = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?i)^(?:[,\s]+|(?:{every})\b:?\s+)+")
