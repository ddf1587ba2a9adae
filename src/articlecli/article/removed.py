"""Why a line was left out, in a few words of a fixed list.

What the line says decides first, then its tags and classes, its form, and its place on the page.
"""

from collections.abc import Callable, Sequence
from functools import cache

from articlecli.article.ledger import Ledger, core_tables
from articlecli.article.places import (
    BAR_SIGNS,
    BARS,
    CORE_REASONS,
    DIGITS,
    ENDS,
    ENTRIES,
    LETTERS,
    LINKED,
    REPEATED,
    RUN,
    SHORT,
    Places,
)
from articlecli.article.story import Story
from articlecli.core import core_runs
from articlecli.document import Block, Document, Markup
from articlecli.evidence import Evidence
from articlecli.output import Removed
from articlecli.text.phrases import END, START, WHOLE, concept_at
from articlecli.zone import BOILERPLATE, Zone

LEGAL, OTHER = "footer and legal", "other boilerplate"
REASONS = {
    "skip_link": "skip link",
    "menu": "menu",
    "home": "menu",
    "services": "menu",
    "language": "menu",
    "search": "search",
    "login": "login or subscription",
    "subscribe": "login or subscription",
    "paywall": "paywall",
    "newsletter": "newsletter",
    "share": "share and follow",
    "social": "share and follow",
    "app": "share and follow",
    "follow_author": "share and follow",
    "comments": "comment form",
    "comment_form": "comment form",
    "reply": "comment form",
    "breadcrumb": "breadcrumb",
    "previous_next": "paging and buttons",
    "close": "paging and buttons",
    "read_more": "paging and buttons",
    "advertisement": "advertisement",
    "cookies": "cookies",
    "legal": LEGAL,
    "rights_reserved": LEGAL,
    "about_site": LEGAL,
    "about_company": LEGAL,
    "js_error": "technical notice",
    "shop": "shop",
    "most_read": "links to other pages",
    "related": "links to other pages",
    "latest": "links to other pages",
    "read_also": "links to other pages",
    "video": "picture or video",
    "photo_credit": "picture or video",
    "tags": "tags and topics",
    "by_author": "author or date",
    "published": "author or date",
    "updated": "author or date",
    "reading_time": "author or date",
    "ago": "author or date",
}
"""Concept of `data/concepts.txt` → reason."""
HIDDEN = "hidden"
ALL_REASONS = (
    *dict.fromkeys(REASONS.values()),
    "site name", "form", "sidebar", "pop-up", "about the author", "repeat of another line",
    "date or number", "contact", "list of links", "list of short lines", "head of the page",
    "foot of the page", HIDDEN, "text apart from the story", "link", "single short line", OTHER,
)  # fmt: skip
"""Every reason for boilerplate."""
COPYRIGHT = ("©", "copyright")
"""What the phrase table has for words of scripts with spaces only, and only beside a space."""
FEW_WORDS = 5
"""Words of the longest line whose last words tell what it is."""


def reasons_for(document: Document, evidence: Sequence[Evidence], story: Story) -> list[str]:
    """The reason of each block of boilerplate, in page order.

    Args:
        document: The page.
        evidence: Of its blocks.
        story: Their zones, and the title, which may stand beside the site's name elsewhere.

    """
    places = Places(document, evidence, story.where, story.headline)
    return (_by_core if core_runs() else by_python)(document.blocks, evidence, places)


def by_python(blocks: Sequence[Block], evidence: Sequence[Evidence], places: Places) -> list[str]:
    """The reasons; this form says what is right, and runs where no core was built."""
    told: dict[tuple[str, str], str | None] = {}
    return [
        reason_by_words(evidence[i])
        or places.reason_by_form(i)
        or (_by_markup(markup, told) if (markup := blocks[i].markup) else None)
        or places.reason_by_place(i)
        for i in places.removed
    ]


def _by_markup(markup: Markup, told: dict[tuple[str, str], str | None]) -> str | None:
    """What tags and classes say; else whether the page hides it from those who see the page.

    `told` takes what they say: many blocks of a page have the same.
    """
    place = markup.path, markup.marks
    if place not in told:
        told[place] = _tags()(markup)
    return told[place] or (HIDDEN if markup.hidden else None)


@cache  # asked for each block of HTML, looked up once
def _tags() -> Callable[[Markup], str | None]:
    from articlecli.article.tags import reason_by_tags  # a page of text needs none

    return reason_by_tags


def _by_core(blocks: Sequence[Block], evidence: Sequence[Evidence], places: Places) -> list[str]:
    from articlecli._core import reasons  # there only where it was built

    ask = places.reason_by_signs, _tag_tables, places.is_menu
    around = places.first, places.last
    removed = list(places.removed)
    site = tuple(places.site)
    return reasons(_tables(), tuple(evidence), tuple(blocks), removed, site, around, ask)


@cache
def _tables() -> object:
    """What the core works with; each table stands where Python has it."""
    from articlecli._core import removal_tables  # likewise

    return removal_tables(
        (Block, Evidence, Markup), (_reasons_at_start(), _reasons_here()),
        (LEGAL, *CORE_REASONS), HIDDEN, COPYRIGHT,
        (SHORT, REPEATED, RUN, ENTRIES, FEW_WORDS, BARS), (DIGITS, LINKED),
        (LETTERS, tuple(BAR_SIGNS), tuple(ENDS)),
    )  # fmt: skip


@cache  # asked for by the core, for pages with markup
def _tag_tables() -> object:
    from articlecli._core import tag_tables  # likewise
    from articlecli.article.tags import NEAR, REASON_OF, TAGS  # a page of text needs none

    return tag_tables(TAGS, REASON_OF, NEAR)


def reason_by_words(evidence: Evidence) -> str | None:
    """That of the longest stock phrase that a line is, begins with, or, where short, ends with."""
    if evidence.lower.startswith(COPYRIGHT):
        return LEGAL
    if not evidence.concepts:
        return None
    reasons = _reasons_here() if evidence.count <= FEW_WORDS else _reasons_at_start()
    longest, found = 0, None
    for at, size in evidence.concepts.items():
        if size > longest and (reason := reasons.get(at)):
            longest, found = size, reason
    return found


@cache
def _reasons_at_start() -> dict[int, str]:
    """Concept and place, as `phrases.match` tells them → reason."""
    return {
        concept_at(name, at): reason for name, reason in REASONS.items() for at in (WHOLE, START)
    }


@cache
def _reasons_here() -> dict[int, str]:
    """The same for a short line, whose last words count too."""
    ends = {concept_at(name, END): reason for name, reason in REASONS.items()}
    return _reasons_at_start() | ends


def group_removed(
    document: Document, evidence: Sequence[Evidence], story: Story, ledger: Ledger
) -> list[Removed]:
    """What is in no other part: boilerplate by reason, repeats, and a story that is none."""
    reasons = reasons_for(document, evidence, story)
    group = _groups_by_core if core_runs() else groups_by_python
    return group(document.blocks, story, reasons, ledger)


def groups_by_python(
    blocks: Sequence[Block], story: Story, reasons: Sequence[str], ledger: Ledger
) -> list[Removed]:
    """The same; this form says what is right, and runs where no core was built.

    Args:
        blocks: All blocks of the page.
        story: Their zones, and what of the story itself is left out.
        reasons: Of the blocks of boilerplate, from `reasons_for`.
        ledger: Lines and spans of the blocks.

    """
    told = dict(zip(story.where[BOILERPLATE], reasons, strict=True)) | story.left_out
    groups: list[tuple[Zone, str, list[int]]] = []
    last = -1
    for i, reason in sorted(told.items()):
        zone = story.zones[i]
        if groups and i == last + 1 and groups[-1][:2] == (zone, reason):
            groups[-1][2].append(i)
        else:
            groups.append((zone, reason, [i]))
        last = i
    return [
        Removed(
            "\n".join([blocks[i].text for i in group]),
            *ledger.place(group),
            zone=zone,
            reason=reason,
        )
        for zone, reason, group in groups
    ]


def _groups_by_core(
    blocks: Sequence[Block], story: Story, reasons: Sequence[str], ledger: Ledger
) -> list[Removed]:
    from articlecli._core import group_removed as of_core  # there only where it was built

    left_out = sorted(story.left_out.items())
    boilerplate = story.where[BOILERPLATE]
    return of_core(
        core_tables(), tuple(blocks), ledger.owned, story.zones, boilerplate, reasons, left_out
    )
