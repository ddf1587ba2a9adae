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
from articlecli.blocks.declared.marked import Marks, read_marks, tagged
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
from articlecli.blocks.source import ANY, Source
from articlecli.document import Declared
from articlecli.text.folding import letters
from articlecli.text.patterns import lazy

_PUBLISHED = "time[pubdate]", "schema:datePublished", "schema:dateCreated"
"""Elements that hold the story's date, behind those marked so by `itemprop`, the surest first."""
_CHANGED = ("schema:dateModified",)
_DIGITS = lazy(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
"""20240501, as libraries write a day."""
_DATED = lazy(r"(?:19|20)\d\d|\d[./-]\d")


def read_head(tree: LexborHTMLParser, source: Source = ANY) -> Declared:
    """Everything that a page declares; empty where it declares nothing.

    Args:
        tree: The page.
        source: What its source tells: what it lacks is not looked for.

    """
    marks = read_marks(tree, source)
    meta = read_meta(marks.meta)
    things = read_things(marks.data)
    language = attribute(tree.root, "lang").lower()
    title = _first_text(tree, "head > title") or _first_text(tree, "title")
    links = tagged(marks.alone.get("canonical"), "link")
    canonical = attribute(next(iter(links), None), "href")
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
        language=language,
        base=attribute(marks.first.get("base[href]"), "href"),
        canonical=canonical,
        headline=first_text(story, "headline", "name") or next(texts_of(meta, HEADLINES), ""),
        headlines=headlines(story, meta),
        description=first_text(story, "description") or next(texts_of(meta, DESCRIPTIONS), ""),
        body=first_text(story, "articleBody", "reviewBody"),
        authors=read_authors(story, meta, (sites, frozenset({letters(site)})), known, marks),
        published=_first_date(
            chain(
                published,
                _marked(marks, ("dateCreated", "datePublished"), _PUBLISHED),
                (story.get("dateCreated"),),
            )
        ),
        modified=_first_date(chain(modified, _marked(marks, ("dateModified",), _CHANGED))),
        time=attribute(marks.first.get("time[datetime]"), "datetime"),
        site_name=site,
        publisher=next(filter(None, (*publishers(things), *texts_of(meta, PUBLISHERS))), ""),
        keywords=next(filter(None, map(split_words, told)), ()),
        addresses=addresses(story, meta, marks, language),
        pictures=pictures(story, meta, known, marks),
        categories=categories(story, meta, marks),
        license=license_of(story, meta, marks),
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


def _marked(marks: Marks, items: Iterable[str], first: Iterable[str]) -> Iterator[str]:
    """The dates that elements of the page are marked with, as attribute or text has them."""
    marked = (marks.itemprop.get(item, (None,))[0] for item in items)
    for node in chain(marked, map(marks.first.get, first)):
        if node is not None:
            told = attribute(node, "datetime") or attribute(node, "content")
            if text := told or " ".join(node.text().split()):
                yield text
