"""Authors one by one: a byline is their names on one line."""

from articlecli.output import Article


def authors_of(article: Article) -> list[str]:
    """Names in the byline, as the article stage joined them."""
    return article.byline.split(", ") if article.byline else []
