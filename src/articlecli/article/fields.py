"""Fields of the article: for each the sources of its value, in order of trust.

A source is a function of the page's context that gives a value or `None`; the first that gives one
decides, and its name tells who said so. To change where a field comes from, change its list here.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from articlecli.article.context import Context
from articlecli.article.published import (
    OPENING,
    agrees,
    day_in_headline,
    day_of_opening,
    day_of_rights,
    declared_day,
    find_ago,
    may_say_updated,
    that_say_published,
)
from articlecli.text.figures import with_figure
from articlecli.text.language import identify_language, language_code
from articlecli.zone import TITLE as TITLE_ZONE

T = TypeVar("T")

DECLARED = "declared"
"""In names of sources that read declarations only."""
Source = Callable[[Context], T | None]
"""Gives the value of a field, or `None` where it has nothing to say."""


class Choice(Struct, Generic[T], frozen=True, gc=False):
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


def _first(days: Iterable[str | None]) -> str | None:
    return next(filter(None, days), None)


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
    return context.declared_day


def meta_line(context: Context) -> str | None:
    """The date on a meta line that is not said to be of an update."""
    shown = context.days.find(context.figured)
    declared = declared_date(context)
    # A day that is declared to be that of a later change is shown for it, whatever its line says.
    changed = declared_day(context.head.modified, context.language_of) if declared else None
    return None if shown and declared and declared < shown == changed else shown


def time_tag(context: Context) -> str | None:
    """The first `<time>` of the page; of a list it is that of an entry."""
    if not context.story.found:
        return None
    return declared_day(context.head.time, context.language_of)


def near_title(context: Context) -> str | None:
    """A date on a short line about the headline, whatever zone it is in."""
    return context.days.find(with_figure(context.near_title))


def said_published(context: Context) -> str | None:
    """A date on a line anywhere that says that it is of publication."""
    return context.days.find(that_say_published(context.around), ("published",))


def ago(context: Context) -> str | None:
    """The day that a line of the meta, or about the headline, tells from that of fetching."""
    if not context.fetched:
        return None
    lines = (*context.meta, *context.near_title)
    return find_ago(lines, context.language, context.fetched, ("published", "plain"))


def opening(context: Context) -> str | None:
    """The date that the lead or the body begins with, alone or behind a place."""
    story = context.story
    starts = [context.page[i][:OPENING] for i in sorted((*story.lead, *story.body))[:2]]
    return _first(day_of_opening(text, context.language_of) for text in with_figure(starts))


def in_headline(context: Context) -> str | None:
    """A date in the headline, where joined lines left it."""
    heads = [context.page[i] for i in context.story.where[TITLE_ZONE]]
    return _first(day_in_headline(line, context.language_of) for line in with_figure(heads))


def address_date(context: Context) -> str | None:
    """The date in the address of the page."""
    return context.address_day


def copyright_line(context: Context) -> str | None:
    """The day of a copyright line, which may stand anywhere but in the story or a teaser."""
    return day_of_rights(context.around, context.language_of)


def updated_ago(context: Context) -> str | None:
    """The day of an update, told from that of fetching."""
    if not context.fetched:
        return None
    return find_ago(context.meta, context.language, context.fetched, ("updated",))


def updated_line(context: Context) -> str | None:
    """The date of an update on a meta line: all that some pages show."""
    lines = context.figured
    return context.days.find(lines, ("updated",)) if may_say_updated(lines) else None


LANGUAGE = (option, words, lang_attribute)
PUBLISHED = (
    confirmed_date, meta_line, declared_date, time_tag, near_title, said_published, ago, opening,
    in_headline, copyright_line, address_date, updated_line,
)  # fmt: skip
"""What a page shows comes before what it declares: where the two differ by more than the zones of
time do, gold has the shown day three times as often."""
PUBLISHED_WITHOUT_STORY = (declared_date, address_date)
"""On a page without a story only what it declares is surely its own day, and no teaser's."""
