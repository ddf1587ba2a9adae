"""Name of the site: declared, or what several parts of the page agree on.

A part of the title is the site's name where the host, the copyright line, a picture's text or a
line at the head or foot of the page says so too. Text has all of these but the declaration.
"""

import re
from collections.abc import Iterator
from itertools import islice

from articlecli.article.context import Context
from articlecli.article.published import may_be_right
from articlecli.text.addresses import host_of
from articlecli.text.folding import letters
from articlecli.text.lines import holding
from articlecli.text.patterns import lazy
from articlecli.text.scripts import holds_unspaced

LONGEST_NAME = 60
"""Characters of the longest name of a site."""
SHORTEST_NAME = 3
"""Letters of the shortest part of a title that a line beside it may confirm."""
_PARTS = lazy(r"(?<!\s)\s++(?:[-–—|·•:»«/_]++\s++|\|\s*+)|\|\s*+|:\s++|[＿_－：]|--++")
_SOLID_PARTS = lazy(rf"{_PARTS.pattern}|(?<=\w)-(?=[\u3000-\u9fff])")
"""The same of Chinese and Japanese."""
_SIGN = lazy(r"[-–—|·•:»«/_＿－：]", needs="-–—|·•:»«/_＿－：")
"""What each separator has."""
_HOST_NOISE = frozenset(
    ("www", "m", "amp", "mobile", "news", "blog", "web", "archive", "com", "org", "co")
)
_RIGHTS = lazy(r"(?i)©|\(c\)|\bcopyright\b|版权所有")
_LOGO = lazy(r"(?i)\b(?:logo|home|homepage|startseite|accueil)\b")
_MAKER = lazy(r"(?i)powered by|proudly|theme")
_DOMAIN = lazy(r"(?i)\.[a-z]{2,3}$")
MOST_HOSTS = 4
"""Addresses whose hosts are looked at."""


def site_declared(context: Context) -> str | None:
    """The name that the site declares, without its motto and the headline."""
    name = context.head.site_name
    # Few pages of text declare one, and the pattern takes long to compile.
    parts = [part.strip() for part in _split(name) if part.strip()] if name else []
    if len(parts) < 2:
        return name
    known = {letters(context.head.publisher), *_host_names(context)}
    for part in parts:
        if {letters(part), letters(_DOMAIN.sub("", part))} & known:
            return part
    head = letters(context.story.headline or context.head.headline)
    return parts[-1] if head and head == letters(name.removesuffix(parts[-1])) else name


def publisher_declared(context: Context) -> str | None:
    """The publisher's name, as declared; the author of a blog is none."""
    if not (name := context.head.publisher):
        return None
    people = set(map(letters, context.head.authors))
    return name if len(name) <= LONGEST_NAME and letters(name) not in people else None


def site_in_title(context: Context) -> str | None:
    """The part of the title that the host is named after; the last and the first come first."""
    names = _host_names(context)
    for part in _title_parts(context) if names else ():
        name = letters(part)
        if {name, letters(_DOMAIN.sub("", part)), name.removeprefix("the")} & names:
            return part
    return None


def site_shown(context: Context) -> str | None:
    """The first or last part of the title that a copyright line or a logo has too."""
    head = letters(context.story.headline or "")
    for place, part in enumerate(islice(_title_parts(context), 2)):
        name = letters(part)
        if len(name) < SHORTEST_NAME or name == head:
            continue
        # A picture with the words of the first part may be the story's own.
        logos = (letters(_LOGO.sub("", image.alt)) for image in context.head.images if not place)
        lines = [context.page[i] for i in holding(context.page, part)]
        shown = any(may_be_right(line) and _RIGHTS.search(line) for line in lines)
        if (shown or name in logos) and not _MAKER.search(part):
            return part
    return None


def site_as_host(context: Context) -> str | None:
    """A short line or a picture's text that is the host's name, in the site's own spelling."""
    names = {name for name in _own_names(context) if len(name) > SHORTEST_NAME}
    if not names:
        return None
    alts = (_LOGO.sub("", image.alt).strip(" -–|") for image in context.head.images)
    first = {name[0] for name in names}
    lines = (
        _bare(line)
        for line in context.page
        if len(line) <= LONGEST_NAME
        and (line[0].lower()[0] in first or not line[0].isalnum() or may_be_right(line))
    )
    found = (text for text in (*alts, *lines) if letters(text) in names)
    return next((text for text in found if not text.islower()), None)


def _bare(text: str) -> str:
    """A line without what a copyright line has beside the name."""
    if may_be_right(text) and _RIGHTS.search(text):
        text = re.sub(
            r"(?i)©|\(c\)|copyright|all rights reserved|by |[\d–-]|, ?(?:inc|llc|ltd|gmbh)\b",
            "",
            text,
        )
    return text.strip(" .,|")


def _split(text: str) -> list[str]:
    """The parts of a title; the pattern for Chinese and Japanese takes much longer to compile."""
    sign = _SIGN.search(text)
    if sign is None:
        return [text]
    # No part ends before the first sign and the space in front of it.
    pattern, start = _SOLID_PARTS if holds_unspaced(text) else _PARTS, sign.start()
    ends = [mark.span() for mark in pattern.finditer(text, len(text[:start].rstrip()))]
    starts = [0, *(end for _, end in ends)]
    return [text[a:b] for a, b in zip(starts, [*(at for at, _ in ends), len(text)], strict=True)]


def _title_parts(context: Context) -> Iterator[str]:
    """The last and the first part of the page's title, then the others; short ones only."""
    document = context.document
    title = context.head.title
    if not title and document.declared is None and document.blocks:
        title = document.blocks[0].text
    parts = _split(title)
    for part in (parts[-1], parts[0], *parts[1:-1]) if len(parts) > 1 else ():
        if 0 < len(part) <= LONGEST_NAME:
            yield part.strip()


def _hosts(context: Context) -> list[str]:
    head, given = context.head, context.document.page.source.url
    told = (given, *head.addresses, head.canonical, head.base, *head.pictures)
    return [host_of(address) for address in told if address][:MOST_HOSTS]


def _host_names(context: Context) -> frozenset[str]:
    """Names in the hosts of the page's addresses, of the site and its parts."""
    labels = {label for host in _hosts(context) for label in host.split(".")[:-1]} - _HOST_NOISE
    return frozenset(map(letters, labels)) - {""}


def _own_names(context: Context) -> frozenset[str]:
    """The names that the page's own host is registered under."""
    labels = [label for host in _hosts(context)[:1] for label in host.split(".")[:-1]]
    return frozenset(map(letters, [label for label in labels if label not in _HOST_NOISE][-1:]))


SITE_NAME = (site_declared, publisher_declared, site_in_title, site_shown, site_as_host)
