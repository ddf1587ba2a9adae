"""Fields of the article: for each the sources of its value, in order of trust.

A source is a function of the page's context that gives a value or `None`; the first that gives one
decides, and its name tells who said so. To change where a field comes from, change its list here.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from articlecli.article.byline import names_beside_date, names_told_of, signed_names
from articlecli.article.published import agrees, day_on_short_line, declared_day, find_published
from articlecli.article.story import Story
from articlecli.article.teasers import TEASER_ZONES
from articlecli.article.title import strip_site
from articlecli.document import Declared, Document
from articlecli.text.addresses import host_of
from articlecli.text.dates import told_order, with_region
from articlecli.text.language import identify_language
from articlecli.zone import META

T = TypeVar("T")

SHORT_LINE = 60
"""Characters under which a line may be a date that tells in which order the page writes them."""

NEAR_TITLE = 3
"""Blocks above the headline among which a line that the zones left out may have the date."""


class Context(Struct, frozen=True):
    """What the sources of a field may look at."""

    document: Document
    story: Story
    text: str
    """Lead and body; of a page without a story all its blocks."""
    asked_language: str | None = None
    """ISO 639-1 code given by the caller."""
    language: str | None = None
    """Value of the field `language`, for those that come after it."""

    @property
    def head(self) -> Declared:
        """What the page declares; nothing for a page of text."""
        return self.document.declared or Declared()

    @property
    def meta(self) -> list[str]:
        """The story's meta lines in page order; none on a page without a story."""
        if not self.story.found:
            return []
        blocks, zones = self.document.blocks, self.story.zones
        return [block.text for block, zone in zip(blocks, zones, strict=True) if zone is META]

    @property
    def page(self) -> list[str]:
        """All lines of the page."""
        return [block.text for block in self.document.blocks]

    @property
    def locale(self) -> str | None:
        """The story's language and region, by which its numeric dates are read."""
        address = self.document.page.source.url or self.head.canonical
        locale = with_region(self.language, self.head.language, host_of(address))
        if locale == "en":
            short = (line for line in self.page if len(line) < SHORT_LINE)
            return told_order("\n".join(short)) or locale
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
    return identify_language(context.text)


def lang_attribute(context: Context) -> str | None:
    """The language that the root of the page declares."""
    code = context.head.language.partition("-")[0]
    return code if len(code) == 2 else None


def whole_headline(context: Context) -> str | None:
    """The declared headline where the page's is a piece of it, has a kicker or the site's name."""
    shown, declared = context.story.headline, context.head.headline
    if not shown or not declared or shown == declared:
        return None
    if shown.endswith(declared):
        return declared
    if declared.endswith(shown):
        # What stands before a sign is a kicker that the page does not show.
        before = declared[: -len(shown)].rstrip()
        return declared if before[-1:].isalnum() or shown[0].islower() else None
    if shown.startswith(declared) and context.story.title[:1] == (0,):
        return declared
    rest = declared[len(shown) :].strip() if declared.startswith(shown) else ""
    return declared if rest[:1].isalnum() else None


def shown_headline(context: Context) -> str | None:
    """The headline on the page, the site's name taken off."""
    return context.story.headline


def declared_headline(context: Context) -> str | None:
    """The declared headline."""
    return context.head.headline


def page_title(context: Context) -> str | None:
    """The text of `<title>`, of a page without a story; without the site's name."""
    if context.story.found:
        return None
    head = context.head
    names = [*filter(None, (head.site_name, head.publisher)), *context.page[1:]]
    return strip_site(head.title, (), names, host_of(head.canonical), opening="")


def confirmed_authors(context: Context) -> str | None:
    """Declared authors one of whom stands on the page."""
    blocks = context.document.blocks
    shown = any(block.markup and "author" in block.markup.declared for block in blocks)
    return declared_authors(context) if shown else None


def signed_line(context: Context) -> str | None:
    """Names that a meta line says are the authors'."""
    return signed_names(context.meta)


def beside_date(context: Context) -> str | None:
    """A name in a meta line with a date, or beside one."""
    return names_beside_date(context.meta, context.page)


def told_of(context: Context) -> str | None:
    """A name on a meta line that the page says more of."""
    return names_told_of(context.meta, context.page)


def declared_authors(context: Context) -> str | None:
    """Declared authors, shown or not."""
    return ", ".join(context.head.authors)


def confirmed_date(context: Context) -> str | None:
    """The date on a meta line, where a declared one is near it."""
    declared = declared_date(context)
    shown = meta_line(context) if declared else None
    return shown if declared and shown and agrees(shown, declared) else None


def declared_date(context: Context) -> str | None:
    """The declared date of publication."""
    return declared_day(context.head.published, context.locale)


def meta_line(context: Context) -> str | None:
    """The date on a meta line."""
    return find_published(context.meta, context.locale)


def time_tag(context: Context) -> str | None:
    """The first `<time>` of the page."""
    return declared_day(context.head.time, context.locale)


def near_title(context: Context) -> str | None:
    """A date on a short line about the headline of a page of HTML, whatever zone it is in."""
    if context.document.declared is None:
        return None
    story, lines = context.story, context.page
    start = max(min([*story.title[-1:], *story.lead, *story.body], default=0) - NEAR_TITLE, 0)
    end = min(story.body, default=start) + 1
    near = [lines[i] for i in range(start, end) if story.zones[i] not in TEASER_ZONES]
    return day_on_short_line(near, context.locale)


LANGUAGE = (option, words, lang_attribute)
TITLE = (whole_headline, shown_headline, declared_headline, page_title)
BYLINE = (confirmed_authors, signed_line, beside_date, told_of, declared_authors)
PUBLISHED = (confirmed_date, declared_date, meta_line, time_tag, near_title)
