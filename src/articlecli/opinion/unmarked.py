"""A page of HTML without its tags, for the model that judges text."""

from collections.abc import Sequence

from msgspec.structs import replace

from articlecli.article.story import NO_ENTRIES
from articlecli.document import Document, Verdict
from articlecli.output import Article

EMPTY = frozenset({"no story found", "only teasers", "login wall", "too few words"})
"""Reasons for an empty article that are the page's own, and no wish of the caller's."""


def gave_little(article: Article) -> bool:
    """Whether a page that has blocks gave no text at all, or that of a list without its entries."""
    return article.reason == NO_ENTRIES or (not article.text and article.reason in EMPTY)


def unmarked(document: Document) -> Document:
    """The same blocks, nothing known of their tags."""
    blocks = tuple(replace(block, markup=None) for block in document.blocks)
    return replace(document, blocks=blocks)


def by_text(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Verdicts that say who gave them: the model for text, on a page of HTML."""
    return [
        replace(verdict, by="text_model") if verdict.by == "model" else verdict
        for verdict in verdicts
    ]
