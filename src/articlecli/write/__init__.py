"""Last stage: article → bytes."""

from articlecli.output import Article
from articlecli.write.json import from_json, json_schema, to_json

__all__ = ["from_json", "json_schema", "to_json", "to_markdown", "to_text"]


def to_text(article: Article, *, teasers: bool = False) -> str:
    """Clean text of one article; see `write.text`."""
    from articlecli.write import text

    return text.to_text(article, teasers=teasers)


def to_markdown(
    article: Article, *, teasers: bool = False, links: bool = False, images: bool = False
) -> str:
    """Markdown of one article; see `write.markdown`."""
    from articlecli.write import markdown

    return markdown.to_markdown(article, teasers=teasers, links=links, images=images)
