"""Third stage: blocks → features."""

from collections.abc import Sequence

from articlecli.features.context import context_features
from articlecli.features.line import line_features
from articlecli.features.phrases import load_phrases
from articlecli.types import Block

__all__ = ["block_features"]


def block_features(blocks: Sequence[Block]) -> list[list[int]]:
    """Sparse features of every block.

    Returns:
        For each block the numbers of its features, see `slots`; every number stands for a
        feature that is present. Empty for a page without blocks.
    """
    phrases = load_phrases()
    lines = [line_features(block, phrases) for block in blocks]
    around = context_features(blocks, lines)
    return [line.ids + ids for line, ids in zip(lines, around, strict=True)]
