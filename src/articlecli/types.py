"""What crosses the stages: page, block, zone, article.

Everything here is frozen. A stage reads the value that the stage before it made and makes a new
one; none writes to its input. The nouns are those of `docs/glossary.md`.

`msgspec.Struct` and not `dataclass`: the same declaration gives the JSON, its validation and its
JSON Schema, and ten of them are made in under a millisecond at import where ten dataclasses take
six (measured on CPython 3.11).
"""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

SCHEMA = "articlecli/1"
"""Name and version of the JSON that `write` emits. It changes when a field changes its meaning."""

Format = Literal["text", "html", "markdown"]
Kind = Literal["paragraph", "heading", "list_item", "quote", "table", "code", "caption"]
Status = Literal["ok", "no_article"]
Range = tuple[int, int]
"""First and last line, 1-based, both included."""
Span = tuple[int, int]
"""Start and end character of the decoded page, 0-based, end excluded."""


class Zone(StrEnum):
    """What a line of the page is."""

    TITLE = "title"
    LEAD = "lead"
    META = "meta"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    TEASER_SECTION = "teaser_section"
    TEASER_TITLE = "teaser_title"
    TEASER_TEXT = "teaser_text"
    TEASER_META = "teaser_meta"
    COMMENT = "comment"
    BOILERPLATE = "boilerplate"


(
    TITLE,
    LEAD,
    META,
    BODY,
    HEADING,
    CAPTION,
    TEASER_SECTION,
    TEASER_TITLE,
    TEASER_TEXT,
    TEASER_META,
    COMMENT,
    BOILERPLATE,
) = Zone
# The zones as globals: in loops over all blocks an enum's attribute costs ten times as much.


class Source(Struct, frozen=True):
    """Where a page came from and how it was read."""

    path: str | None
    """Path as the user gave it, `-` for standard input, `None` for a page handed over in memory."""
    format: Format
    """What the page was taken for."""
    encoding: str
    """Encoding the bytes were decoded with; `str` for a page that came as text already."""
    sha256: str
    """Of the bytes read (of the UTF-8 form for a page that came as text), in hexadecimal."""
    url: str | None
    """Address of the page, if the caller knew it."""


class Link(Struct, frozen=True):
    """A link in a block."""

    text: str
    target: str
    """As the page has it in `Markup`, whole in `Article`."""


class Image(Struct, frozen=True):
    """A picture of the page."""

    source: str
    """Its address: as the page has it in `Head`, whole in `Article`."""
    alt: str
    """What is said in place of it."""
    block: int
    """Number of blocks above it."""


class Head(Struct, frozen=True):
    """What an HTML page declares of itself; empty where it says nothing."""

    title: str = ""
    language: str = ""
    """`lang` of the root, lower-cased (`fr-ca`)."""
    base: str = ""
    """`href` of `<base>`."""
    canonical: str = ""
    """The page's own address, as it declares it."""
    headline: str = ""
    """The story's headline, as declared."""
    description: str = ""
    body: str = ""
    """The story's text, where a page declares even that."""
    authors: tuple[str, ...] = ()
    published: str = ""
    """As declared, ISO 8601 most often."""
    time: str = ""
    """`datetime` of the first `<time>` of the page."""
    site_name: str = ""
    keywords: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()


class Page(Struct, frozen=True):
    """One page, decoded and otherwise untouched."""

    text: str
    """The whole input. Lines end at LF, CRLF or CR; spans count its characters. Of a page of HTML,
    after the second stage: its blocks, one a line."""
    source: Source
    notes: tuple[str, ...] = ()
    """What the reader noticed: `mojibake`, `nul_bytes`, `undecodable_bytes` …; become flags."""
    head: Head | None = None
    """Of a page of HTML, after the second stage."""


class Markup(Struct, frozen=True):
    """What HTML says of a block."""

    path: str
    """All tags above it, outermost first, joined by `/`."""
    marks: str
    """Class, id, role and itemprop words of the elements above it, lower-cased, outermost first."""
    linked: float
    """Share of its characters inside links."""
    strong: bool
    """All of it is bold."""
    row: int = 0
    """The table row it stands in, by a number that means nothing else; 0 for none."""
    cell: int = 0
    item: int = 0
    """The list item it stands in, likewise."""
    number: int = 0
    """That item's number in a list with numbers."""
    inline: frozenset[str] = frozenset()
    """Inline tags its text stands in (`time`, `cite`, `b` …)."""
    declared: frozenset[str] = frozenset()
    """What of `Head` it says: `headline`, `description`, `body`, `author`."""
    links: tuple[Link, ...] = ()


class Block(Struct, frozen=True):
    """A paragraph, heading or item of the page, put together again from its lines."""

    text: str
    """Its words with white space folded; the marks of Markdown and bullets taken off."""
    lines: Range
    """Lines it was made of. All of them are this block's, save at a line cut in two."""
    span: Span
    """From its first to its last character in `Page.text`."""
    gap: int = 0
    """Blank lines above it."""
    kind: Kind | None = None
    """What its marks say it is (`## `, `- `, `> `, a fence), `None` where nothing says."""
    level: int = 0
    """Depth of a heading (1–6) or of a list item (1 outermost); 0 where neither."""
    markup: Markup | None = None
    """Of a page of HTML."""


class Shared(Struct, frozen=True):
    """How many pages of its site have the lines of a page too."""

    pages: int
    """Pages of the site that were looked at."""
    holding: tuple[int, ...]
    """For each block, those among them that hold its line."""


class Label(Struct, frozen=True):
    """The zone model's verdict on one block."""

    zone: Zone
    confidence: float
    """Probability that the zone is right, 0–1."""


class Part(Struct, frozen=True, omit_defaults=True):
    """A stretch of the page in the output."""

    text: str
    lines: tuple[Range, ...]
    """Line ranges it holds. A line that was cut in two stands with the part that holds most of
    it; the smaller part has it in `spans` only."""
    spans: tuple[Span, ...] = ()
    """Character spans, printed with `--offsets`."""


class BodyPart(Part, frozen=True, omit_defaults=True, kw_only=True):
    """A block of the story."""

    kind: Kind
    level: int = 0
    """Depth of a heading or list item, where the page told it."""
    number: int = 0
    """Of an item of a list with numbers, of a page of HTML."""
    links: tuple[Link, ...] = ()
    """Links in it, of a page of HTML; printed with `--links`."""


class Teaser(Struct, frozen=True, omit_defaults=True):
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


class Removed(Part, frozen=True, omit_defaults=True, kw_only=True):
    """A stretch of the page that is in no other part."""

    zone: Zone
    reason: str
    """Why it was left out, in a few words of a fixed list (`docs/output.md`)."""


Confidence = Annotated[float, Meta(ge=0.0, le=1.0)]


class Article(Struct, frozen=True, omit_defaults=True):
    """A clean, structured article: what `extract` returns and what the JSON holds.

    Every non-blank line of the page is in the `lines` of exactly one part: `title_lines`,
    `lead_lines`, `meta`, `body`, `teaser_sections`, `teasers`, `comments` or `removed`.
    """

    schema: str
    source: Source
    status: Status
    reason: str | None
    """Why there is no article; `None` when there is one."""
    language: str | None
    """ISO 639-1 code of the story's language, `None` where there are too few words to tell."""
    title: str | None
    byline: str | None
    published: str | None
    """ISO 8601 date (`2017-11-29`), of the story's own date line."""
    lead: str | None
    body: tuple[BodyPart, ...]
    text: str
    """Lead and body joined by blank lines; no title, no captions."""
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
    site_name: str | None = None
    """Of a page of HTML that declares it."""
    keywords: tuple[str, ...] = ()
    """Of a page of HTML that declares them."""
    images: tuple[Image, ...] = ()
    """Pictures of the story, of a page of HTML; printed with `--images`."""
    zones: tuple[Zone | None, ...] = ()
    """Zone of each input line, `None` for a blank one. In the JSON with `--offsets` only."""
    confidences: tuple[Confidence | None, ...] = ()
    """Probability that each line's zone is right, `None` for a blank line. As for `zones`."""
