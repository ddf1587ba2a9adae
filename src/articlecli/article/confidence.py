"""How sure the zones of a page are: of each block, and of the page as a whole."""

from collections.abc import Sequence
from operator import mul

from articlecli.core import core_runs
from articlecli.document import Block, Verdict

MILLION = 1_000_000
"""Confidences are added up as whole millionths: the same sum on every version of Python."""


def confidences(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[float, list[float]]:
    """The expected share of a page's characters in the right zone, and each block's confidence.

    Args:
        blocks: The blocks of a page.
        verdicts: A verdict a block.

    Returns:
        Both 0–1, to three digits; 1 for an empty page.

    """
    right, size, shares = (_by_core if core_runs() else by_python)(blocks, verdicts)
    return round(right / (MILLION * size), 3) if size else 1.0, shares


def by_python(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[int, int, list[float]]:
    """Characters that are expected to be right, in millionths; characters; shares of the blocks.

    This form says what is right, and runs where no core was built.
    """
    sure = [round(verdict.confidence * MILLION) for verdict in verdicts]
    sizes = [len(block.text) for block in blocks]
    return sum(map(mul, sizes, sure)), sum(sizes), list(map(rounded, sure))


def rounded(share: int) -> float:
    """A share in millionths to three digits, as `round` gives it, which works with decimals."""
    return round(share / MILLION, 3) if share % 1000 == 500 else (share + 500) // 1000 / 1000


def _by_core(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[int, int, list[float]]:
    from articlecli._core import confidences as of_core  # there only where it was built

    return of_core(rounded, (Block, Verdict), tuple(blocks), tuple(verdicts))
