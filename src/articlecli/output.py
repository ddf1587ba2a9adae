"""What goes out: the article and its parts. The fields of the JSON are the fields here."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import Meta, Struct

from articlecli.document import Image, Kind, Link, Mark, Range, Source, Span
from articlecli.zone import PageKind, Zone

SCHEMA = "articlecli/1"
"""Name and version of the JSON that `write` emits. It changes when a field changes its meaning."""

Status = Literal["ok", "no_article"]


class Part(Struct, frozen=True, omit_defaults=True, gc=False):
    """A stretch of the page in the output."""

    text: str
    lines: tuple[Range, ...]
    """Line ranges it holds. A line that was cut in two stands with the part that holds most of
    it; the smaller part has it in `spans` only."""
    spans: tuple[Span, ...] = ()
    """Character spans, printed with `--offsets`."""


class BodyPart(Part, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """A block of the story."""

    kind: Kind
    level: int = 0
    """Depth of a heading or list item, where the page told it."""
    number: int = 0
    """Of an item of a list with numbers, of a page of HTML."""
    links: tuple[Link, ...] = ()
    """Links in it, of a page of HTML; printed with `--links`."""
    marks: tuple[Mark, ...] = ()
    """Words of its text that stand out, of a page of HTML; in the JSON with `--offsets` only."""


class Teaser(Struct, frozen=True, omit_defaults=True, gc=False):
    """Another story, announced on this page."""

    title: str | None
    summary: str | None
    meta: str | None
    """Its kicker, date, author or rank, as on the page."""
    section: str | None
    """Header it stood under."""
    truncated: bool
    """The summary breaks off in the middle of a sentence."""
    lines: tuple[Range, ...]
    spans: tuple[Span, ...] = ()
    url: str | None = None
    """Where its headline leads, of a page of HTML."""


class Removed(Part, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """A stretch of the page that is in no other part."""

    zone: Zone
    reason: str
    """Why it was left out, in a few words of a fixed list (`docs/output.md`)."""


Confidence = Annotated[float, Meta(ge=0.0, le=1.0)]


class Line(NamedTuple):
    """What became of one line of the page."""

    number: int
    """1-based; of a page of HTML, the number of the block."""
    zone: Zone
    confidence: float
    """Probability that the zone is right, 0–1."""
    part: str
    """Field of the article that holds it: `title`, `lead`, `meta`, `body` …; the empty string for
    one that the JSON was written without (`--no-teasers`)."""


class Article(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A clean, structured article: what `extract` returns and what the JSON holds.

    Every non-blank line of the page is in the `lines` of exactly one part: `title_lines`,
    `lead_lines`, `meta`, `body`, `entries`, `teaser_sections`, `teasers`, `comments` or
    `removed`.
    """

    schema: str
    source: Source
    status: Status
    reason: str | None
    """Why there is no article; `None` when there is one."""
    page_type: PageKind
    """What kind of page it is, with or without a story."""
    page_type_confidence: Confidence
    """Probability that it is of this kind."""
    language: str | None
    """ISO 639-1 code of the story's language, `None` where there are too few words to tell."""
    title: str | None
    alternative_titles: tuple[str, ...] = ()
    """Headlines that the page declares and that say something else than `title`."""
    byline: str | None
    authors: tuple[str, ...] = ()
    """The names of `byline`, one by one."""
    published: str | None
    """ISO 8601 date (`2017-11-29`), of the story's own date line, else as declared."""
    published_at: str | None = None
    """The moment, ISO 8601 (`2017-11-29T18:32:00+01:00`), where the page declares or shows
    beside the date; without a zone where it tells none. It may be another day elsewhere than
    `published`."""
    modified: str | None = None
    """ISO 8601 date of the last change, declared or told by a line; never before `published`."""
    modified_at: str | None = None
    """As `published_at`."""
    url: str | None = None
    """Whole address of the page, as it declares it, else as the caller gave it."""
    site_name: str | None = None
    """Of a page of HTML that declares it."""
    description: str | None = None
    """What the page declares that it is about."""
    image: str | None = None
    """Whole address of the picture that stands for the page."""
    categories: tuple[str, ...] = ()
    """Sections of the site that the story stands in, as declared."""
    keywords: tuple[str, ...] = ()
    """As declared."""
    license: str | None = None
    """Address or name of the licence, as declared."""
    lead: str | None
    body: tuple[BodyPart, ...]
    text: str
    """Lead and body joined by blank lines, of a list its introduction and its entries; no title, no
    captions."""
    entries: tuple[Teaser, ...] = ()
    """Of a page that is a list: the pages of the site that it lists."""
    teasers: tuple[Teaser, ...]
    comments: tuple[Part, ...]
    removed: tuple[Removed, ...]
    confidence: Confidence
    """How far the zones of this page can be trusted: the expected share of its text that is in
    the right zone."""
    flags: tuple[str, ...]
    title_lines: tuple[Range, ...]
    """Lines of the title that was chosen; its repeats are in `removed`."""
    lead_lines: tuple[Range, ...]
    meta: tuple[Part, ...]
    """Byline, date, kicker, tags and the like of the story, as on the page."""
    teaser_sections: tuple[Part, ...]
    title_spans: tuple[Span, ...] = ()
    lead_spans: tuple[Span, ...] = ()
    images: tuple[Image, ...] = ()
    """Pictures of the story, of a page of HTML; printed with `--images`."""
    zones: tuple[Zone | None, ...] = ()
    """Zone of each input line, `None` for a blank one. In the JSON with `--offsets` only."""
    confidences: tuple[Confidence | None, ...] = ()
    """Probability that each line's zone is right, `None` for a blank line. As for `zones`."""
    sources: dict[str, str] = {}
    """For each field of fact that has a value, the name of what told it. As for `zones`."""
    source_lines: dict[str, Range] = {}
    """For those that were read off the page's lines, the first and the last of these lines."""
    declared_spans: dict[str, Span] = {}
    """For those that the page declares, where: start and end character of the tag, the script of
    JSON-LD or the line, in the page as it was read (of HTML, with its tags)."""

    def __repr__(self) -> str:
        """The title and the size: an article's own fields fill pages."""
        if self.status == "no_article":
            return f"<Article: no story ({self.reason})>"
        words = len(self.text.split())
        return f"<Article {self.title!r}, {words} words, {len(self.teasers)} teasers>"

    def lines(self) -> Iterator[Line]:
        """Every non-blank line of the page, in order, and where it went.

        Yields:
            A line; none where `zones` was left out of the JSON that the article was read from.

        """
        where: dict[int, str] = {}
        ranges = [("title", self.title_lines), ("lead", self.lead_lines)]
        for name in (
            "meta",
            "body",
            "entries",
            "teaser_sections",
            "teasers",
            "comments",
            "removed",
        ):
            ranges += [(name, part.lines) for part in getattr(self, name)]
        for name, held in ranges:
            for first, last in held:
                where.update(dict.fromkeys(range(first, last + 1), name))
        told = zip(self.zones, self.confidences, strict=True)
        for number, (zone, confidence) in enumerate(told, 1):
            if zone is not None and confidence is not None:
                yield Line(number, zone, confidence, where.get(number, ""))

    # The writers know articles, and these hand themselves to the writers: the one place where
    # something reaches down the road, so that a dot and Tab show what can be done with an article.

    def to_json(self, **choices: Any) -> bytes:
        """JSON; `choices` are those of `articlecli.to_json`."""
        from articlecli.write import to_json

        return to_json(self, **choices)

    def to_text(self, *, teasers: bool = False) -> str:
        """Title, lead and body, one blank line between paragraphs."""
        from articlecli.write import to_text

        return to_text(self, teasers=teasers)

    def to_markdown(self, **choices: bool) -> str:
        """Markdown; `choices` are `teasers`, `links`, `images` and `front_matter`."""
        from articlecli.write import to_markdown

        return to_markdown(self, **choices)

    def to_html(self, **choices: bool) -> str:
        """A clean page of HTML; `choices` are `teasers`, `links` and `images`."""
        from articlecli.write import to_html

        return to_html(self, **choices)

    def to_tei(self, **choices: bool) -> str:
        """A document of XML-TEI; `choices` are `teasers`, `links` and `images`."""
        from articlecli.write import to_tei

        return to_tei(self, **choices)

    def to_dict(self, fields: Sequence[str] = ()) -> dict[str, Any]:
        """The fields as the JSON has them, in plain dicts, lists, strings and numbers.

        Args:
            fields: Names of those wanted, `url`, `path`, `words` and `authors` among them;
                all that the JSON has by default.

        Raises:
            AttributeError: There is no field of that name.

        """
        if fields:
            from articlecli.write import to_dict

            return to_dict(self, fields)
        from msgspec import to_builtins

        told: dict[str, Any] = to_builtins(self)
        return told

    def __rich__(self) -> Any:
        """The article for reading, where `rich.print` prints it."""
        from articlecli.show.terminal import article_view

        return article_view(self)

    def _repr_html_(self) -> str:
        """The article with the colours of its zones, where a notebook shows it."""
        from articlecli.show.notebook import article_html

        return article_html(self)

    @staticmethod
    def from_json(data: bytes | str) -> "Article":
        """An article from its JSON.

        Raises:
            msgspec.ValidationError: The JSON does not keep to the schema.
            msgspec.DecodeError: The bytes are no JSON.

        """
        from articlecli.write import from_json

        return from_json(data)
