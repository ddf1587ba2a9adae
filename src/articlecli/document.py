"""What crosses the stages inside: page, block, verdict.

Everything here is frozen. A stage reads the value that the stage before it made and makes a new
one; none writes to its input. The nouns are those of `docs/glossary.md`.

`msgspec.Struct` and not `dataclass`: the same declaration gives the JSON, its validation and its
JSON Schema, and ten of them are made in under a millisecond at import where ten dataclasses take
six (measured on CPython 3.11).
"""

from typing import Literal

from msgspec import Struct

from articlecli.zone import Zone

Format = Literal["text", "html", "markdown"]
Kind = Literal["paragraph", "heading", "list_item", "quote", "table", "code", "caption"]
Style = Literal["strong", "emphasis", "code"]
Field = Literal["title", "author", "date", "summary", "tags", "other"]
"""What a line is for where its form says so: the head of a mail, front matter, a page's number."""
Range = tuple[int, int]
"""First and last line, 1-based, both included."""
Span = tuple[int, int]
"""Start and end character of the decoded page, 0-based, end excluded."""


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


class Link(Struct, frozen=True, gc=False):
    """A link in a block."""

    text: str
    target: str
    """As the page has it in `Markup`, whole in `Article`."""


class Mark(Struct, frozen=True, gc=False):
    """Words of a block that stand out."""

    kind: Style
    start: int
    end: int
    """Characters of the block's text, the end excluded."""


class Image(Struct, frozen=True, gc=False):
    """A picture of the page."""

    source: str
    """Its address: as the page has it in `Declared`, whole in `Article`."""
    alt: str
    """What is said in place of it."""
    block: int
    """Number of blocks above it."""


class Declared(Struct, frozen=True):
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
    headlines: tuple[str, ...] = ()
    """All headlines that are declared, the surest first."""
    description: str = ""
    body: str = ""
    """The story's text, where a page declares even that."""
    authors: tuple[str, ...] = ()
    published: str = ""
    """As declared, ISO 8601 most often."""
    time: str = ""
    """`datetime` of the first `<time>` of the page."""
    site_name: str = ""
    publisher: str = ""
    """The site's name as JSON-LD or a library's `<meta>` has it."""
    keywords: tuple[str, ...] = ()
    modified: str = ""
    """As declared, like `published`."""
    addresses: tuple[str, ...] = ()
    """Addresses that the page may have of its own, the surest first, as the page has them."""
    pictures: tuple[str, ...] = ()
    """Addresses of pictures that stand for the page, likewise."""
    categories: tuple[str, ...] = ()
    license: str = ""
    """Its address or name."""
    images: tuple[Image, ...] = ()
    kinds: tuple[str, ...] = ()
    """What the page says it is: `og:type` and the types of its JSON-LD, lower-cased, each once."""


class Page(Struct, frozen=True):
    """One page, decoded and otherwise untouched."""

    text: str
    """The whole input, decoded. Lines end at LF, CRLF or CR."""
    source: Source
    notes: tuple[str, ...] = ()
    """What the reader noticed: `mojibake`, `nul_bytes`, `undecodable_bytes` …; become flags."""
    fetched: str | None = None
    """When it was fetched, ISO 8601, where its reader knows: what "3 hours ago" counts from."""


class Markup(Struct, frozen=True, gc=False):
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
    table: int = 0
    """The table it stands in, likewise."""
    hidden: bool = False
    """The page hides all of it from those who see the page."""
    item: int = 0
    """The list item it stands in, likewise."""
    number: int = 0
    """That item's number in a list with numbers."""
    inline: frozenset[str] = frozenset()
    """Inline tags its text stands in (`time`, `cite`, `b` …)."""
    declared: frozenset[str] = frozenset()
    """What of `Declared` it says: `headline`, `description`, `body`, `author`."""
    links: tuple[Link, ...] = ()
    style: tuple[Mark, ...] = ()
    """Words that stand out; none of a block of code."""


class Block(Struct, frozen=True, gc=False):
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
    field: Field | None = None
    """What its form says it is for; `None` where the words alone tell."""
    resumes: bool = False
    """Goes on with the paragraph above it, from which only the end of a sheet parts it, or the
    cut of a page that is one line."""


class Document(Struct, frozen=True):
    """A page after the second stage: its blocks, and what it declares."""

    page: Page
    text: str
    """What lines and spans count in: the text of the page; of HTML its blocks, one a line."""
    lines: tuple[Span, ...]
    """Where each line of `text` begins and ends, its line end left out."""
    blocks: tuple[Block, ...]
    """In reading order; none for a page without a visible character."""
    declared: Declared | None = None
    """Of a page of HTML, of Markdown with front matter, of a mail."""


class SiteCounts(Struct, frozen=True):
    """How many pages of its site have the lines of a page too."""

    pages: int
    """Pages of the site that were looked at."""
    holding: tuple[int, ...]
    """For each block, those among them that hold its line."""


class Verdict(Struct, frozen=True, gc=False):
    """What is said of one block."""

    zone: Zone
    confidence: float
    """Probability that the zone is right, 0–1, in whole millionths."""
    scores: tuple[int, ...] = ()
    """What the model gives each zone, in the order of `Zone`; read by what changes a zone later."""
    unit: float = 0.0
    """What a score of 1 is worth, in logits."""
    temperature: float = 1.0
    """What logits are divided by before they are made a probability."""
    by: str = "model"
    """Who said so: `model`; `text_model` on a page of HTML whose tags hid all of it; `rule:` and
    the name of the rule; `phrase:` and a phrase of the user's, where the zone would be another
    without it; `second_opinion` likewise."""
