"""How an article is written: a format and its switches, article → bytes."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from articlecli.output import Article
from articlecli.write.json import to_json, trimmed

Format = Literal["json", "jsonl", "text", "markdown", "html", "tei", "csv", "tsv"]
Only = Literal["body", "entries", "teasers", "comments", "removed", "metadata"]
_SUFFIX = {"json": ".json", "jsonl": ".json", "text": ".txt", "markdown": ".md", "html": ".html",
           "tei": ".xml", "csv": ".csv", "tsv": ".tsv"}  # fmt: skip
_OFFSETS = (
    "spans", "zones", "confidences", "title_spans", "lead_spans", "sources", "source_lines",
)  # fmt: skip
FORMATS: dict[str, Format] = {
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "text", ".text": "text",
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xml": "tei",
    ".csv": "csv", ".tsv": "tsv",
}  # fmt: skip
"""End of an output's name → format."""


class Render(Struct, frozen=True):
    """A format and its switches."""

    format: Format = "json"
    """`json` is indented; `jsonl` is the same on one line."""
    offsets: bool = False
    teasers: bool = True
    links: bool = False
    images: bool = False
    front_matter: bool = False
    fields: tuple[str, ...] = ()
    """Names of the fields wanted; none for the usual ones. Of JSON, CSV and TSV."""
    only: Only | None = None
    """The part wanted; `None` for the whole article."""
    many: bool = False
    """Other articles stand in the same output; `head` and `foot` are written apart."""

    def article(self, article: Article) -> bytes:
        """All bytes of an article, with the newline at their end."""
        if self.format in ("json", "jsonl"):
            return self._json(article)
        if self.format in ("csv", "tsv"):
            return self._separated(article)
        return self._text(article).encode()

    def _json(self, article: Article) -> bytes:
        indent = 2 if self.format == "json" else 0
        if not self.fields and not self.only:
            return to_json(
                article, indent=indent, offsets=self.offsets, teasers=self.teasers,
                links=self.links, images=self.images,
            ) + b"\n"  # fmt: skip
        import msgspec

        from articlecli.write.fields import columns_of

        rows = self.rows(article, columns_of(self.fields, self.only))
        if not indent:
            return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
        one = self.only in (None, "metadata")
        data = msgspec.json.encode(rows[0] if one else rows)
        return msgspec.json.format(data, indent=indent) + b"\n"

    def rows(self, article: Article, columns: tuple[str, ...]) -> list[dict[str, object]]:
        """The rows of an article that has these columns; see `write.fields`."""
        from articlecli.write.fields import rows_of

        asked = {*columns, self.only}  # what is asked for by name needs no switch
        bare = trimmed(
            article,
            offsets=self.offsets or not asked.isdisjoint(_OFFSETS),
            teasers=self.teasers or not asked.isdisjoint(("teasers", "teaser_sections")),
            links=self.links or "links" in asked,
            images=self.images or "images" in asked,
        )
        return rows_of(bare, columns, self.only)

    def _separated(self, article: Article) -> bytes:
        from articlecli.write.fields import columns_of
        from articlecli.write.table import separated

        columns = columns_of(self.fields, self.only)
        rows = [list(row.values()) for row in self.rows(article, columns)]
        head = [] if self.many else [list(columns)]
        return separated([*head, *rows], "csv" if self.format == "csv" else "tsv").encode()

    def _text(self, article: Article) -> str:
        told = self._told(article)
        return told + "\f\n" if self.many and self.format in ("text", "markdown") else told

    def _told(self, article: Article) -> str:
        if self.only:
            from articlecli.write.fields import METADATA, part_alone, rows_of
            from articlecli.write.table import cell_of

            if self.only == "metadata" and self.format == "text":
                row = rows_of(article, METADATA)[0]
                return "".join(f"{name}: {cell_of(v)}\n" for name, v in row.items() if v)
            article = part_alone(article, self.only) if self.only != "metadata" else article
        shown = {"teasers": self.teasers or self.only == "teasers"}
        if self.format == "text":
            from articlecli.write import to_text

            return to_text(article, **shown)
        shown |= {"links": self.links, "images": self.images}
        if self.format == "markdown":
            return self._markdown(article, shown)
        if self.format == "html":
            from articlecli.write.html import html_article, to_html

            return (html_article if self.many else to_html)(article, **shown)
        from articlecli.write.tei import tei_element, to_tei

        return (tei_element if self.many else to_tei)(article, **shown)

    def _markdown(self, article: Article, shown: dict[str, bool]) -> str:
        from articlecli.write import to_markdown

        if self.only == "metadata":
            from articlecli.write.front_matter import front_matter

            return front_matter(article)
        return to_markdown(article, front_matter=self.front_matter, **shown)

    @property
    def head(self) -> bytes:
        """What stands above the first of many articles."""
        if self.format in ("csv", "tsv"):
            from articlecli.write.fields import columns_of
            from articlecli.write.table import separated

            columns = columns_of(self.fields, self.only)
            return separated([columns], "csv" if self.format == "csv" else "tsv").encode()
        if self.format == "html":
            from articlecli.write.html import html_head

            return html_head().encode()
        if self.format == "tei":
            from articlecli.write.tei import CORPUS_HEAD

            return CORPUS_HEAD.encode()
        return b""

    @property
    def foot(self) -> bytes:
        """What stands below the last of many articles."""
        if self.format == "html":
            from articlecli.write.html import FOOT

            return FOOT.encode()
        if self.format == "tei":
            from articlecli.write.tei import CORPUS_FOOT

            return CORPUS_FOOT.encode()
        return b""

    @property
    def in_lines(self) -> "Render":
        """The same for many articles in one output: JSON on one line each."""
        return replace(self, format="jsonl" if self.format == "json" else self.format, many=True)

    @property
    def suffix(self) -> str:
        """Added to a page's name it is the name of its output."""
        return _SUFFIX[self.format]

    @property
    def suffix_of_many(self) -> str:
        """The same for an output that holds many articles."""
        return ".jsonl" if self.suffix == ".json" else self.suffix
