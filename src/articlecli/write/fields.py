"""Parts and fields of an article that somebody asks for by name, as rows with named columns."""

from collections.abc import Sequence
from typing import Any, Literal, get_args

from msgspec import to_builtins
from msgspec.structs import replace

from articlecli.document import Source
from articlecli.output import Article, BodyPart, Part, Removed, Teaser
from articlecli.text.words import count_words

Only = Literal["body", "entries", "teasers", "comments", "removed", "metadata"]
Row = dict[str, Any]
"""Column → value, as JSON has it."""

METADATA = ("path", "url", "status", "reason", "page_type", "language", "title", "byline",
            "authors", "published", "modified", "site_name", "description", "image", "categories",
            "keywords", "license", "words", "confidence", "flags")  # fmt: skip
"""What is known of an article without its text."""
TABLE = ("title", "byline", "published", "language", "words", "confidence", "status")
"""Columns that a person sees at one glance."""
_COUNTED = ("words",)
"""Fields that the JSON has not, since they follow from others."""
_OWN = {"path", *(name for name in Source.__struct_fields__ if name != "path"), *_COUNTED}
_ITEMS: dict[Only, type[Part | Teaser]] = {
    "body": BodyPart, "entries": Teaser, "teasers": Teaser, "comments": Part, "removed": Removed,
}  # fmt: skip


def known_fields(only: Only | None = None) -> tuple[str, ...]:
    """Names that can be asked for: of an article, or of the items of one of its parts."""
    if only is None or only == "metadata":
        return (*sorted(_OWN - set(Article.__struct_fields__)), *Article.__struct_fields__)
    return ("path", *_ITEMS[only].__struct_fields__)


def columns_of(fields: Sequence[str], only: Only | None, *, table: bool = False) -> tuple[str, ...]:
    """The columns of rows, where nothing is asked for those that are usual.

    Args:
        fields: Names asked for.
        only: The part asked for.
        table: The rows are for a person.

    """
    if fields:
        return tuple(fields)
    if only in _ITEMS:
        teaser = ("title", "summary", "meta", "section", "truncated", "url")
        usual = {"body": ("kind", "level", "text"), "entries": teaser, "teasers": teaser,
                 "comments": ("text",), "removed": ("zone", "reason", "text")}[only]  # fmt: skip
        return ("path", *usual) if table else ("path", *usual, "lines")
    if table:
        return TABLE
    return METADATA if only == "metadata" else (*METADATA, "lead", "text")


def rows_of(article: Article, columns: Sequence[str], only: Only | None = None) -> list[Row]:
    """One row of an article, or one of each item of a part.

    Args:
        article: The article, without what is not to be written.
        columns: Names of `known_fields`.
        only: The part whose items are asked for; `metadata` and `None` are one row an article.

    """
    if only is None or only == "metadata":
        return [{name: _value(article, name) for name in columns}]
    rows = []
    for item in getattr(article, only):
        # `to_builtins` leaves out what has its usual value; a column is there for every row.
        told = {name: getattr(item, name) for name in columns if name != "path"}
        told["path"] = article.source.path
        rows.append({name: to_builtins(told[name]) for name in columns})
    return rows


def _value(article: Article, name: str) -> Any:
    if name == "words":
        return count_words(article.text)
    if name == "url":  # the caller's, else the page's own
        return article.source.url or article.url
    return to_builtins(getattr(article.source if name in _OWN else article, name))


def part_alone(article: Article, only: Only) -> Article:
    """An article that holds one part of itself and nothing else, to be written as text."""
    body: tuple[BodyPart, ...] = article.body if only == "body" else ()
    if only in ("comments", "removed"):
        parts: tuple[Part, ...] = article.comments if only == "comments" else article.removed
        body = tuple(BodyPart(text=p.text, lines=p.lines, kind="paragraph") for p in parts)
    return replace(
        article,
        title=None, lead=None, byline=None, published=None, body=body,
        images=article.images if only == "body" else (),
        entries=article.entries if only == "entries" else (),
        teasers=article.teasers if only == "teasers" else (),
    )  # fmt: skip


PARTS: tuple[Only, ...] = get_args(Only)
