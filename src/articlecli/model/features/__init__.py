"""Third stage: blocks → features."""

from collections.abc import Sequence

from msgspec import Struct

from articlecli.document import Block
from articlecli.model.features.block import line_features
from articlecli.model.features.context import context_features, page_features
from articlecli.text.phrases import load_phrases

__all__ = ["Features", "page_and_block_features"]


class Features(Struct, frozen=True):
    """Sparse features of a page: numbers of the features that are present, see `slots`."""

    page: list[int]
    """What all its blocks share."""
    blocks: list[list[int]]
    """One list a block, in page order."""


def page_and_block_features(blocks: Sequence[Block]) -> Features:
    """Features of a page; empty lists for a page without blocks."""
    phrases = load_phrases()
    lines = [line_features(block, phrases) for block in blocks]
    around = context_features(blocks, lines)
    ids = [line.ids + more for line, more in zip(lines, around, strict=True)]
    if any(block.markup for block in blocks):
        from articlecli.model.features.html import markup_features  # a page of text needs none

        ids = [own + more for own, more in zip(ids, markup_features(blocks), strict=True)]
    return Features(page_features(lines), ids)
