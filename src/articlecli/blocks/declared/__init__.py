"""What a page of HTML declares: `<head>`, `<meta>`, OpenGraph, JSON-LD, microdata.

Declarations are written by templates and not by the story's author. They become evidence for the
zones (a block that says what the headline is declared to be), and fill what the page leaves open.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks.declared.authors import read_authors
from articlecli.blocks.declared.facts import (
    addresses,
    categories,
    headlines,
    license_of,
    pictures,
)
from articlecli.blocks.declared.json_ld import (
    first_text,
    kinds_of,
    own_story,
    publishers,
    read_things,
    site_names,
)
from articlecli.blocks.declared.meta_tags import (
    DATES,
    DESCRIPTIONS,
    HEADLINES,
    KEYWORDS,
    MODIFIED,
    PUBLISHERS,
    SITES,
    read_meta,
    texts_of,
)
from articlecli.blocks.declared.values import attribute, clean_text, split_words
from articlecli.document import Declared
from articlecli.text.folding import letters
from articlecli.text.patterns import lazy

_PUBLISHED = (
    '[itemprop~="dateCreated"]', '[itemprop~="datePublished"]', "time[pubdate]",
    '[property="schema:datePublished"]', '[property="schema:dateCreated"]',
)  # fmt: skip
"""Elements that hold the story's date, the surest first."""
_CHANGED = ('[itemprop~="dateModified"]', '[property="schema:dateModified"]')
_DIGITS = lazy(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
"""20240501, as libraries write a day."""
_DATED = lazy(r"(?:19|20)\d\d|\d[./-]\d")


def read_head(tree: LexborHTMLParser) -> Declared:
    """Everything that a page declares; empty where it declares nothing."""
    meta = read_meta(tree)
    things = read_things(tree)
    title = _first_text(tree, "head > title") or _first_text(tree, "title")
    canonical = attribute(tree.css_first('link[rel="canonical"]'), "href")
    canonical = canonical or next(iter(meta.get("og:url", ())), "")
    story = own_story(things, (next(texts_of(meta, ("og:title",)), ""), title), canonical)
    known = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str)}
    site = next(texts_of(meta, SITES), "")
    sites = frozenset(map(letters, (site, *site_names(things, canonical)))) - {""}
    published = (first_text(story, "datePublished"), *texts_of(meta, DATES))
    modified = (first_text(story, "dateModified"), *texts_of(meta, MODIFIED))
    told = [story.get("keywords"), *(_joined(meta.get(name, [])) for name in KEYWORDS)]
    return Declared(
        title=title,
        language=attribute(tree.root, "lang").lower(),
        base=attribute(tree.css_first("base[href]"), "href"),
        canonical=canonical,
        headline=first_text(story, "headline", "name") or next(texts_of(meta, HEADLINES), ""),
        headlines=headlines(story, meta),
        description=first_text(story, "description") or next(texts_of(meta, DESCRIPTIONS), ""),
        body=first_text(story, "articleBody", "reviewBody"),
        authors=read_authors(story, meta, (sites, frozenset({letters(site)})), known, tree),
        published=_first_date(
            chain(published, _marked(tree, _PUBLISHED), (story.get("dateCreated"),))
        ),
        modified=_first_date(chain(modified, _marked(tree, _CHANGED))),
        time=attribute(tree.css_first("time[datetime]"), "datetime"),
        site_name=site,
        publisher=next(filter(None, (*publishers(things), *texts_of(meta, PUBLISHERS))), ""),
        keywords=next(filter(None, map(split_words, told)), ()),
        addresses=addresses(story, meta, tree),
        pictures=pictures(story, meta, known, tree),
        categories=categories(story, meta, tree),
        license=license_of(story, meta, tree),
        kinds=tuple(
            dict.fromkeys([*(k.lower() for k in meta.get("og:type", ())), *kinds_of(things)])
        ),
    )


def _first_text(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css_first(selector)
    return clean_text(found.text()) if found is not None else ""


def _joined(values: list[str]) -> object:
    """Several contents of one name are a list, one alone is a text with commas."""
    return values if len(values) > 1 else "".join(values)


def _first_date(told: Iterable[object]) -> str:
    """The first text that has something of a date in it, its digits parted."""
    texts = (_DIGITS.sub(r"\1-\2-\3", text, count=1) for text in told if isinstance(text, str))
    return next(filter(_DATED.search, texts), "")


def _marked(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> Iterator[str]:
    """The dates that elements of the page are marked with, as attribute or text has them."""
    for selector in selectors:
        if (node := tree.css_first(selector)) is not None:
            told = attribute(node, "datetime") or attribute(node, "content")
            if text := told or " ".join(node.text().split()):
                yield text
