"""Blocks and their evidence → features."""

from collections.abc import Sequence

from msgspec import Struct

from articlecli.document import Block
from articlecli.evidence import Evidence

__all__ = ["Features", "page_and_block_features"]


class Features(Struct, frozen=True):
    """Sparse features of a page: numbers of the features that are present, see `slots`."""

    page: list[int]
    """What all its blocks share."""
    blocks: list[list[int]]
    """One list a block, in page order."""


def page_and_block_features(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> Features:
    """Features of a page; empty lists for a page without blocks.

    Args:
        blocks: All blocks of the page.
        evidence: Of each of them, from `evidence_of`.

    """
    from articlecli.model.features.block import block_features  # the core does without
    from articlecli.model.features.context import context_features, page_features

    alone = [block_features(block, own) for block, own in zip(blocks, evidence, strict=True)]
    around = context_features(blocks, evidence, [shape for _, shape in alone])
    ids = [own + more for (own, _), more in zip(alone, around, strict=True)]
    if any(block.markup for block in blocks):
        from articlecli.model.features.html import markup_features  # a page of text needs none

        ids = [own + more for own, more in zip(ids, markup_features(blocks), strict=True)]
    return Features(page_features(evidence), ids)
