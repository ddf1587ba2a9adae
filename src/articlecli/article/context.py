"""What the sources of a field may look at."""

from msgspec import Struct

from articlecli.article.author_lines import lines_about, marked_names
from articlecli.article.byline import signed_names
from articlecli.article.links import base_of
from articlecli.article.once import once
from articlecli.article.published import Days, declared_day, is_short, is_today
from articlecli.article.story import Story
from articlecli.article.teasers import TEASER_ZONES
from articlecli.document import Declared, Document
from articlecli.text.addresses import host_of
from articlecli.text.date_order import told_order, with_region
from articlecli.text.dates import date_in_address, find_date, may_be_figures
from articlecli.text.figures import with_figure
from articlecli.text.patterns import lazy
from articlecli.zone import BOILERPLATE, COMMENT, META, TITLE

SHORT_LINE = 60
"""Characters under which a line may be a date that tells in which order the page writes them."""
_ARCHIVED = lazy(r"https?://(?:web\.)?archive\.org/(?:web/)?(\d{14})[a-z_]*/", needs=("archive",))
"""An address of the Wayback Machine, which has the moment at which it fetched the page."""
_ELSEWHERE = TEASER_ZONES | {COMMENT, TITLE}
NEAR_TITLE = 3
"""Blocks above the headline among which a line that the zones left out may have the date."""


class Context(Struct, frozen=True, dict=True):  # a dict, as that is where `once` keeps its values
    """What the sources of a field may look at; what several of them ask for is worked out once."""

    document: Document
    story: Story
    text: str
    """Lead and body; of a page without a story all its blocks."""
    asked_language: str | None = None
    """ISO 639-1 code given by the caller."""
    language: str | None = None
    """Value of the field `language`, for those that come after it."""

    @once
    def head(self) -> Declared:
        """What the page declares; nothing for a page of text."""
        return self.document.declared or Declared()

    @once
    def meta(self) -> list[str]:
        """The story's meta lines in page order; none on a page without a story."""
        if not self.story.found:
            return []
        return [self.page[i] for i in self.story.where[META]]

    @once
    def page(self) -> list[str]:
        """All lines of the page."""
        return [block.text for block in self.document.blocks]

    @once
    def figured(self) -> list[str]:
        """The meta lines that have a figure, as all dates have."""
        return with_figure(self.meta)

    @once
    def around(self) -> list[str]:
        """Lines with a figure, as all dates have, apart from story, teasers and comments.

        None on a page without a story.
        """
        page, where = self.page, self.story.where
        apart = sorted([*where[META], *where[BOILERPLATE]]) if self.story.found else ()
        return with_figure([page[i] for i in apart])

    @once
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

    @once
    def base(self) -> str:
        """What relative addresses are relative to; the empty string where nothing says."""
        return base_of(self.document)

    @once
    def declared_day(self) -> str | None:
        """The declared date of publication."""
        return declared_day(self.head.published, self.language_of)

    @once
    def fetched(self) -> str | None:
        """When the page was fetched: its reader or the address of an archive knows."""
        page = self.document.page
        url = page.source.url
        archived = _ARCHIVED.match(url) if url else None
        return page.fetched or (archived[1] if archived else None)

    @once
    def about(self) -> list[int]:
        """Blocks about the story that may name its author."""
        return lines_about(self.story, self.document.blocks)

    @once
    def marked(self) -> list[str]:
        """Names in blocks that HTML marks as the author's."""
        if self.document.page.source.format != "html":
            return []
        return list(marked_names(self.document.blocks, self.about))

    @once
    def signed(self) -> str | None:
        """Names that a meta line says are the authors'."""
        return signed_names(self.meta)

    def language_of(self, line: str) -> str | None:
        """By which language the dates of a line are read: the locale, where that can matter.

        Args:
            line: As `part_words` gives it.

        """
        return self.locale if may_be_figures(line) else self.language

    @once
    def locale(self) -> str | None:
        """The story's language and region, by which its numeric dates are read."""
        address = self.document.page.source.url or self.head.canonical
        locale = with_region(self.language, self.head.language, host_of(address))
        if locale == "en":
            short = [line for line in self.page if len(line) < SHORT_LINE]
            told = (self.head.published, self.head.modified, self.head.time)
            known = {day for text in told if (day := find_date(text[:10], None))}
            return told_order(short, known | {self.address_day or ""}) or locale
        return locale

    @once
    def address_day(self) -> str | None:
        """The day in the address of the page."""
        head = self.head
        told = (self.document.page.source.url or "", head.canonical, *head.addresses)
        return next(filter(None, map(date_in_address, told)), None)

    @once
    def days(self) -> Days:
        """The days of its lines."""
        return Days(self.language_of)
