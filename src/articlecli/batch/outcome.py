"""How a page ended."""

from typing import Literal

from msgspec import Struct

from articlecli.output import Article
from articlecli.read.paths import shown
from articlecli.read.records import Record

Result = Literal["done", "no_article", "failed"]


class Outcome(Struct, frozen=True):
    """How a page ended."""

    input: str
    record: str | None
    result: Result
    reason: str | None = None
    """Of a page without a story, why; of a failure, its kind (`unreadable`, `time` …)."""
    message: str | None = None
    """The sentence for a failure."""
    language: str | None = None
    page_type: str | None = None
    confidence: float = 1.0
    """Of the article, 0–1."""
    seconds: float = 0.0
    """What it took to read, extract and write the page."""
    digest: str = ""
    """SHA-256 of the page's bytes, in hexadecimal; empty where it was not read."""
    size: int = 0
    """Bytes read (characters of a page that came as text)."""
    output: bytes = b""
    """The article as it is written to an output that holds many pages."""
    article: Article | None = None
    """The article itself, where it was asked for."""
    site_keys: bytes = b""
    """What the page adds to the counts of its site, where they are learned."""


def name_of(record: Record) -> str:
    """A page as messages name it."""
    return shown(record.input + (f", record {record.id}" if record.id is not None else ""))


def failure(record: Record, reason: str, message: str) -> Outcome:
    """The outcome of a page that failed; the message follows its name."""
    return Outcome(
        record.input, record.id, "failed", reason=reason, message=f"{name_of(record)} {message}"
    )


def out_of_time(record: Record, seconds: float) -> Outcome:
    """The outcome of a page that took too long."""
    return failure(record, "time", f"took longer than {seconds:g} s; see --page-time")
