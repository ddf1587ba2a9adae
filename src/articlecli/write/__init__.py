"""Last stage: article → bytes."""

from collections.abc import Sequence
from typing import Any

from articlecli.output import Article
from articlecli.write.json import from_json, json_schema, to_json

__all__ = ["from_json", "json_schema", "to_html", "to_json", "to_markdown", "to_tei", "to_text"]


def to_text(article: Article, *, teasers: bool = False) -> str:
    """Clean text of one article; see `write.text`."""
    from articlecli.write import text

    return text.to_text(article, teasers=teasers)


def to_markdown(article: Article, **choices: bool) -> str:
    """Markdown of one article; `choices` are those of `write.markdown`."""
    from articlecli.write import markdown

    return markdown.to_markdown(article, **choices)


def to_html(article: Article, **choices: bool) -> str:
    """A clean page of HTML of one article; `choices` are those of `write.html`."""
    from articlecli.write import html

    return html.to_html(article, **choices)


def to_tei(article: Article, **choices: bool) -> str:
    """XML-TEI of one article; `choices` are those of `write.tei`."""
    from articlecli.write import tei

    return tei.to_tei(article, **choices)


def to_dict(article: Article, fields: Sequence[str]) -> dict[str, Any]:
    """Some fields of one article by their names, as the JSON has them; see `write.fields`."""
    from articlecli.write import fields as parts

    return parts.rows_of(article, fields)[0]
