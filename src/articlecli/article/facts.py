"""Facts that stand beside the story: its address, site, picture, sections, moments, other titles.

Each has its sources in order of trust, as the fields of `fields` have; most are declared. Where a
declaration cannot be right (a change before the day of publication, the address of the front page)
it says nothing.
"""

import re
from collections.abc import Iterator
from typing import Any

from articlecli.article.context import Context
from articlecli.article.fields import DECLARED, Choice, Source, choose, updated_ago, updated_line
from articlecli.article.links import pictures_of
from articlecli.article.moments import moments_of
from articlecli.article.published import declared_day
from articlecli.article.site_name import SITE_NAME
from articlecli.text.addresses import host_of, whole_address
from articlecli.text.folding import letters
from articlecli.text.names import split_names
from articlecli.text.patterns import lazy

_NO_PICTURE = lazy(r"(?i)logo|placeholder|default[-_.]|blank\.|spacer|favicon|1x1|pixel\.")
"""In names of files that stand for the site and not for the story."""


def canonical(context: Context) -> str | None:
    """The address that the page declares as its own; a front page's only where it is one."""
    given = context.document.page.source.url
    for told in context.head.addresses:
        address = whole_address(told, context.base)
        if address and host_of(address) and not (_is_front(address) and _is_inner(context, given)):
            return address.partition("#")[0]
    return None


def _is_front(address: str) -> bool:
    return re.fullmatch(r"[a-z]+://[^/?#]+/?(?:index\.\w+)?", address) is not None


def _is_inner(context: Context, given: str | None) -> bool:
    """Whether a page is surely no front page."""
    if given:
        return not _is_front(given)
    others = (whole_address(told, "") for told in context.head.addresses)
    return any(address and host_of(address) and not _is_front(address) for address in others)


def given_address(context: Context) -> str | None:
    """The address that the caller gave."""
    return context.document.page.source.url


def description_declared(context: Context) -> str | None:
    """What the page declares that it is about."""
    return context.head.description


def picture_declared(context: Context) -> str | None:
    """The picture that the page declares."""
    for told in context.head.pictures:
        address = whole_address(told, context.base)
        if address and host_of(address) and not _NO_PICTURE.search(address.rpartition("/")[2]):
            return address
    return None


def first_picture(context: Context) -> str | None:
    """The first picture of the story."""
    shown = pictures_of(context.document, context.story, context.base)
    found = (image.source for image in shown if host_of(image.source))
    return next((source for source in found if not _NO_PICTURE.search(source)), None)


def categories_declared(context: Context) -> tuple[str, ...] | None:
    """The sections of the site that the page declares."""
    return context.head.categories


def keywords_declared(context: Context) -> tuple[str, ...] | None:
    """The story's keywords, as declared."""
    return context.head.keywords


def license_declared(context: Context) -> str | None:
    """The licence, its address whole."""
    told = context.head.license
    return whole_address(told, context.base) if "/" in told else told


def modified_declared(context: Context) -> str | None:
    """The day of the last change, as declared."""
    told = context.head.modified
    return declared_day(told, context.language_of) if told else None


URL = (canonical, given_address)
DESCRIPTION = (description_declared,)
IMAGE = (picture_declared, first_picture)
CATEGORIES = (categories_declared,)
KEYWORDS = (keywords_declared,)
LICENSE = (license_declared,)
MODIFIED = (modified_declared, updated_line, updated_ago)
FACTS: dict[str, tuple[Source[Any], ...]] = {
    "url": URL,
    "site_name": SITE_NAME,
    "description": DESCRIPTION,
    "image": IMAGE,
    "categories": CATEGORIES,
    "keywords": KEYWORDS,
    "license": LICENSE,
    "modified": MODIFIED,
}
_SHOWN = {
    name: told
    for name, sources in FACTS.items()
    if (told := tuple(source for source in sources if DECLARED not in source.__name__))
}
"""The same without the sources that read declarations only, for a page that has none."""


def facts_of(context: Context, told: dict[str, Choice[str]]) -> dict[str, Any]:
    """Fields of the article that are facts, and `sources`: who told each of them.

    Args:
        context: What the sources look at.
        told: `title`, `byline`, `published` and `language`, as chosen.

    """
    chosen: dict[str, Choice[Any]] = dict(told)
    every = FACTS if context.document.declared is not None else _SHOWN
    chosen |= {name: choose(sources, context) for name, sources in every.items()}
    facts = {name: choice.value for name, choice in chosen.items() if choice.value}
    published = facts.get("published")
    if published and (facts.get("modified") or published) < published:
        del facts["modified"]
    extra: dict[str, tuple[Any, str | None]] = {
        "authors": (split_names(facts.get("byline")), told["byline"].source),
        "alternative_titles": (_other_titles(context, facts.get("title")), "declared_headline"),
        **moments_of(context, told["published"], facts.get("modified")),
    }
    sources = {name: chosen[name].source for name in facts}
    for name, (value, source) in extra.items():
        if value:
            facts[name], sources[name] = value, source
    return {**facts, "sources": dict(sorted(sources.items()))}


def _other_titles(context: Context, title: str | None) -> tuple[str, ...]:
    """Declared headlines that are neither the title nor a piece of it, nor it with the site."""
    if not title or not context.head.headlines:
        return ()
    return tuple(_apart(context.head.headlines, letters(title)))


def _apart(headlines: tuple[str, ...], title: str) -> Iterator[str]:
    known = [title]
    for headline in headlines:
        key = letters(headline)
        if key and not any(key in other or other in key for other in known):
            known.append(key)
            yield headline
