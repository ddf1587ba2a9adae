"""Fields of the article: for each the sources of its value, in order of trust.

A source is a function of the page's context that gives a value or `None`; the first that gives one
decides, and its name tells who said so. To change where a field comes from, change its list here.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from msgspec import Struct

from articlecli.article.author_lines import lines_about
from articlecli.article.byline import signed_names
from articlecli.article.published import (
    agrees,
    day_in_headline,
    day_of_opening,
    day_of_rights,
    declared_day,
    find_ago,
    find_published,
    is_short,
    is_today,
    says_published,
)
from articlecli.article.story import Story
from articlecli.article.teasers import TEASER_ZONES
from articlecli.document import Declared, Document
from articlecli.text.addresses import host_of
from articlecli.text.dates import date_in_address, find_date, told_order, with_region
from articlecli.text.language import identify_language, language_code
from articlecli.text.patterns import lazy
from articlecli.zone import BODY, CAPTION, COMMENT, HEADING, LEAD, META
from articlecli.zone import TITLE as TITLE_ZONE

T = TypeVar("T")

SHORT_LINE = 60
"""Characters under which a line may be a date that tells in which order the page writes them."""
_ARCHIVED = lazy(r"https?://(?:web\.)?archive\.org/(?:web/)?(\d{14})[a-z_]*/")
"""An address of the Wayback Machine, which has the moment at which it fetched the page."""
_ELSEWHERE = TEASER_ZONES | {COMMENT, TITLE_ZONE}
_STORY = frozenset({LEAD, BODY, CAPTION, HEADING})
NEAR_TITLE = 3
"""Blocks above the headline among which a line that the zones left out may have the date."""


class Context(
    Struct, frozen=True, dict=True
):  # a dict, as that is where cached properties are kept
    """What the sources of a field may look at; what several of them ask for is worked out once."""

    document: Document
    story: Story
    text: str
    """Lead and body; of a page without a story all its blocks."""
    asked_language: str | None = None
    """ISO 639-1 code given by the caller."""
    language: str | None = None
    """Value of the field `language`, for those that come after it."""

    @cached_property
    def head(self) -> Declared:
        """What the page declares; nothing for a page of text."""
        return self.document.declared or Declared()

    @cached_property
    def meta(self) -> list[str]:
        """The story's meta lines in page order; none on a page without a story."""
        if not self.story.found:
            return []
        blocks, zones = self.document.blocks, self.story.zones
        return [block.text for block, zone in zip(blocks, zones, strict=True) if zone is META]

    @cached_property
    def page(self) -> list[str]:
        """All lines of the page."""
        return [block.text for block in self.document.blocks]

    @cached_property
    def near_title(self) -> list[str]:
        """Short lines about the headline that may have the date, whatever zone they are in.

        One with a weekday that is not next to the headline is the day on which the page was saved.
        """
        story, lines = self.story, self.page
        head = min([*story.title[-1:], *story.lead, *story.body], default=0)
        end = min(story.body, default=head) + 1
        return [
            lines[i]
            for i in range(max(head - NEAR_TITLE, 0), end)
            if story.zones[i] not in _ELSEWHERE
            and is_short(lines[i])
            and not (i < head - 1 and is_today(lines[i]))
        ]

    @cached_property
    def fetched(self) -> str | None:
        """When the page was fetched: its reader or the address of an archive knows."""
        page = self.document.page
        archived = _ARCHIVED.match(page.source.url or "")
        return page.fetched or (archived[1] if archived else None)

    @cached_property
    def about(self) -> list[int]:
        """Blocks about the story that may name its author."""
        return lines_about(self.story, self.document.blocks)

    @cached_property
    def signed(self) -> str | None:
        """Names that a meta line says are the authors'."""
        return signed_names(self.meta)

    @cached_property
    def locale(self) -> str | None:
        """The story's language and region, by which its numeric dates are read."""
        address = self.document.page.source.url or self.head.canonical
        locale = with_region(self.language, self.head.language, host_of(address))
        if locale == "en":
            short = [line for line in self.page if len(line) < SHORT_LINE]
            told = (self.head.published, self.head.modified, self.head.time)
            known = {day for text in told if (day := find_date(text[:10], None))}
            return told_order(short, known | {address_date(self) or ""}) or locale
        return locale


Source = Callable[[Context], T | None]
"""Gives the value of a field, or `None` where it has nothing to say."""


class Choice(Struct, Generic[T], frozen=True):
    """The value of a field, and who said so."""

    value: T | None = None
    source: str | None = None
    """Name of the source; `None` where none gave a value."""


def choose(sources: Sequence[Source[T]], context: Context) -> Choice[T]:
    """The value that the first source with one gives."""
    for source in sources:
        value = source(context)
        if value:
            return Choice(value, source.__name__)
    return Choice()


def option(context: Context) -> str | None:
    """The language that the caller gave."""
    return context.asked_language


def words(context: Context) -> str | None:
    """The language that the words are of."""
    return identify_language(context.text, language_code(context.head.language))


def lang_attribute(context: Context) -> str | None:
    """The language that the root of the page declares."""
    code = context.head.language.partition("-")[0]
    return code if len(code) == 2 else None


def confirmed_date(context: Context) -> str | None:
    """The date on a meta line, where a declared one is near it."""
    if not (declared := declared_date(context)) or not (shown := meta_line(context)):
        return None
    return shown if agrees(shown, declared) else None


def declared_date(context: Context) -> str | None:
    """The declared date of publication."""
    return declared_day(context.head.published, context.locale)


def meta_line(context: Context) -> str | None:
    """The date on a meta line that is not said to be of an update."""
    shown = find_published(context.meta, context.locale)
    declared = declared_date(context)
    # A day that is declared to be that of a later change is shown for it, whatever its line says.
    changed = declared_day(context.head.modified, context.locale) if declared else None
    return None if shown and declared and declared < shown == changed else shown


def time_tag(context: Context) -> str | None:
    """The first `<time>` of the page; of a list it is that of an entry."""
    if not context.story.found:
        return None
    return declared_day(context.head.time, context.locale)


def near_title(context: Context) -> str | None:
    """A date on a short line about the headline, whatever zone it is in."""
    return find_published(context.near_title, context.locale)


def said_published(context: Context) -> str | None:
    """A date on a line anywhere that says that it is of publication."""
    zones = context.story.zones if context.story.found else ()
    lines = zip(context.page, zones, strict=False)
    around = (line for line, zone in lines if zone not in _ELSEWHERE and zone not in _STORY)
    return find_published(filter(says_published, around), context.locale, ("published",))


def ago(context: Context) -> str | None:
    """The day that a line of the meta, or about the headline, tells from that of fetching."""
    lines = (*context.meta, *context.near_title) if context.fetched else ()
    return find_ago(lines, context.language, context.fetched, ("published", "plain"))


def opening(context: Context) -> str | None:
    """The date that the lead or the body begins with, alone or behind a place."""
    story, lines = context.story, context.page
    starts = (lines[i] for i in sorted((*story.lead, *story.body))[:2])
    return next(filter(None, (day_of_opening(line, context.locale) for line in starts)), None)


def in_headline(context: Context) -> str | None:
    """A date in the headline, where joined lines left it."""
    zones = zip(context.page, context.story.zones, strict=True)
    heads = (line for line, zone in zones if zone is TITLE_ZONE)
    return next(filter(None, (day_in_headline(line, context.locale) for line in heads)), None)


def address_date(context: Context) -> str | None:
    """The date in the address of the page."""
    head = context.head
    told = (context.document.page.source.url or "", head.canonical, *head.addresses)
    return next(filter(None, map(date_in_address, told)), None)


def copyright_line(context: Context) -> str | None:
    """The day of a copyright line, which may stand anywhere but in the story or a teaser."""
    zones = context.story.zones if context.story.found else ()
    lines = (
        line
        for line, zone in zip(context.page, zones, strict=False)
        if zone not in _ELSEWHERE and zone not in _STORY
    )
    return next(filter(None, (day_of_rights(line, context.locale) for line in lines)), None)


def updated_ago(context: Context) -> str | None:
    """The day of an update, told from that of fetching."""
    return find_ago(context.meta, context.language, context.fetched, ("updated",))


def updated_line(context: Context) -> str | None:
    """The date of an update on a meta line: all that some pages show."""
    return find_published(context.meta, context.locale, ("updated",))


LANGUAGE = (option, words, lang_attribute)
PUBLISHED = (
    confirmed_date, meta_line, declared_date, time_tag, near_title, said_published, ago, opening,
    in_headline, copyright_line, address_date, updated_line,
)  # fmt: skip
"""What a page shows comes before what it declares: where the two differ by more than the zones of
time do, gold has the shown day three times as often."""
PUBLISHED_WITHOUT_STORY = (declared_date, address_date)
"""On a page without a story only what it declares is surely its own day, and no teaser's."""
