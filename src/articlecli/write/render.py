"""How an article is written: a format and its switches, article → bytes."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from articlecli.output import Article
from articlecli.write import to_json, to_markdown, to_text

Format = Literal["json", "jsonl", "text", "markdown"]
_SUFFIX = {"json": ".json", "jsonl": ".json", "text": ".txt", "markdown": ".md"}


class Render(Struct, frozen=True):
    """A format and its switches."""

    format: Format = "json"
    """`json` is indented; `jsonl` is the same on one line."""
    offsets: bool = False
    teasers: bool = True
    links: bool = False
    images: bool = False

    def article(self, article: Article) -> bytes:
        """All bytes of an article, with the newline at their end."""
        if self.format == "text":
            return to_text(article, teasers=self.teasers).encode()
        if self.format == "markdown":
            return to_markdown(
                article, teasers=self.teasers, links=self.links, images=self.images
            ).encode()
        data = to_json(
            article, indent=2 if self.format == "json" else 0, offsets=self.offsets,
            teasers=self.teasers, links=self.links, images=self.images,
        )  # fmt: skip
        return data + b"\n"

    @property
    def in_lines(self) -> "Render":
        """The same for many articles in one file: JSON on one line each."""
        return replace(self, format="jsonl") if self.format == "json" else self

    @property
    def suffix(self) -> str:
        """Added to a page's name it is the name of its output."""
        return _SUFFIX[self.format]

    @property
    def suffix_of_many(self) -> str:
        """The same for an output that holds many articles."""
        return ".jsonl" if self.suffix == ".json" else self.suffix
