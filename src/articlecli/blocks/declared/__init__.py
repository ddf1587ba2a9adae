"""What a page of HTML declares: `<head>`, `<meta>`, OpenGraph, JSON-LD.

Declarations are written by templates and not by the story's author. They become evidence for the
zones (a block that says what the headline is declared to be), and fill what the page leaves open.
"""

from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks.declared.authors import read_authors
from articlecli.blocks.declared.json_ld import first_text, own_story, read_things, site_names
from articlecli.blocks.declared.meta_tags import (
    DATES,
    DESCRIPTIONS,
    HEADLINES,
    KEYWORDS,
    SITES,
    read_meta,
    texts_of,
)
from articlecli.blocks.declared.values import attribute, clean_text, split_words
from articlecli.document import Declared
from articlecli.text.folding import letters

_DATED = ('[itemprop~="dateCreated"]', '[itemprop~="datePublished"]', "time[pubdate]")
"""Elements that hold the story's date, the surest first."""


def read_head(tree: LexborHTMLParser) -> Declared:
    """Everything that a page declares; empty where it declares nothing."""
    meta = read_meta(tree)
    things = read_things(tree)
    title = _first_text(tree, "head > title") or _first_text(tree, "title")
    canonical = attribute(tree.css_first('link[rel="canonical"]'), "href") or meta.get("og:url", "")
    story = own_story(things, (clean_text(meta.get("og:title")), title), canonical)
    known = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str)}
    site = next(texts_of(meta, SITES), "")
    sites = frozenset(map(letters, (site, *site_names(things, canonical)))) - {""}
    told = [story.get("keywords"), *map(meta.get, KEYWORDS)]
    return Declared(
        title=title,
        language=attribute(tree.root, "lang").lower(),
        base=attribute(tree.css_first("base[href]"), "href"),
        canonical=canonical,
        headline=first_text(story, "headline", "name") or next(texts_of(meta, HEADLINES), ""),
        description=first_text(story, "description") or next(texts_of(meta, DESCRIPTIONS), ""),
        body=first_text(story, "articleBody", "reviewBody"),
        authors=read_authors(story, meta, (sites, frozenset({letters(site)})), known, tree),
        published=first_text(story, "datePublished")
        or next(texts_of(meta, DATES), "")
        or _marked_time(tree),
        time=attribute(tree.css_first("time[datetime]"), "datetime"),
        site_name=site,
        keywords=next(filter(None, map(split_words, told)), ()),
    )


def _first_text(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css_first(selector)
    return clean_text(found.text()) if found is not None else ""


def _marked_time(tree: LexborHTMLParser) -> str:
    """The date that an element of the page is marked with, as its attribute or text has it."""
    for selector in _DATED:
        if (node := tree.css_first(selector)) is not None:
            told = attribute(node, "datetime") or attribute(node, "content")
            if text := told or " ".join(node.text().split()):
                return text
    return ""
