"""Facts that a page declares beside authors and dates: address, picture, headlines, section."""

from collections.abc import Iterator

from articlecli.blocks.declared.json_ld import Thing, first_text
from articlecli.blocks.declared.marked import Marks, tagged
from articlecli.blocks.declared.meta_tags import (
    ADDRESSES,
    HEADLINES,
    LICENSES,
    PICTURES,
    SECTIONS,
    Meta,
    texts_of,
)
from articlecli.blocks.declared.values import MOST_WORDS, attribute, clean_text, split_words


def headlines(story: Thing, meta: Meta) -> tuple[str, ...]:
    """All declared headlines, each once."""
    told = (first_text(story, name) for name in ("headline", "name", "alternativeHeadline"))
    return tuple(dict.fromkeys(filter(None, (*told, *texts_of(meta, HEADLINES)))))


def addresses(story: Thing, meta: Meta, marks: Marks, language: str) -> tuple[str, ...]:
    """Addresses that the page may have of its own, the surest first."""
    links = (attribute(node, "href") for node in tagged(marks.rel.get("canonical"), "link")[:1])
    told = (*links, *texts_of(meta, ADDRESSES), *_addresses(story.get("url"), {}),
            *_addresses(story.get("mainEntityOfPage"), {}),
            *_own_language(marks, language))  # fmt: skip
    return tuple(dict.fromkeys(filter(None, told)))


def _own_language(marks: Marks, language: str) -> Iterator[str]:
    """The page's own address among those of its translations."""
    for node in tagged(marks.alone.get("alternate"), "link") if language else ():
        if attribute(node, "hreflang").lower() == language:
            yield attribute(node, "href")
            return


def pictures(story: Thing, meta: Meta, known: dict[str, Thing], marks: Marks) -> tuple[str, ...]:
    """Addresses of pictures that stand for the page."""
    named = tagged(marks.alone.get("image_src"), "link")
    links = (attribute(node, "href") for node in named[:1])
    marked = (
        attribute(node, "content") or attribute(node, "src") or attribute(node, "href")
        for node in marks.itemprop.get("image", ())[:3]
    )
    told = (
        *texts_of(meta, PICTURES),
        *_addresses(story.get("image"), known),
        *_addresses(story.get("primaryImageOfPage"), known),
        *links,
        *marked,
    )
    return tuple(dict.fromkeys(filter(None, told)))[:MOST_WORDS]


def categories(story: Thing, meta: Meta, marks: Marks) -> tuple[str, ...]:
    """Sections that the story stands in."""
    for name in ("articleSection", "recipeCategory", "category"):
        if found := split_words(story.get(name)):
            return found
    if told := tuple(dict.fromkeys(texts_of(meta, SECTIONS)))[:MOST_WORDS]:
        return told
    links = marks.rel.get("category", ())[:MOST_WORDS]
    return tuple(dict.fromkeys(filter(None, (clean_text(node.text()) for node in links))))


def license_of(story: Thing, meta: Meta, marks: Marks) -> str:
    """Address or name of the licence."""
    links = (attribute(node, "href") for node in tagged(marks.rel.get("license"), "link", "a")[:1])
    told = (*_addresses(story.get("license"), {}), *texts_of(meta, LICENSES), *links)
    return next(filter(None, told), "")


def _addresses(value: object, known: dict[str, Thing]) -> Iterator[str]:
    """Addresses in a value of JSON-LD: a text, a thing that has one, a list of these."""
    if isinstance(value, list):
        for item in value[:MOST_WORDS]:
            if not isinstance(item, list):
                yield from _addresses(item, known)
    elif isinstance(value, dict):
        there = known.get(str(value.get("@id")), value)
        yield first_text(there, "url", "contentUrl", "@id")
    else:
        yield clean_text(value)
