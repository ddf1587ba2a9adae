"""The model in the form that runs here: by the core, or in Python. Both give the same answers.

This is where the model's form is chosen; `evidence.py` has the other choice. Who needs
features as lists of numbers asks `features/`.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from articlecli.core import core_runs

if TYPE_CHECKING:
    from articlecli.document import Block, Verdict
    from articlecli.evidence import Evidence
    from articlecli.model.file import Model
    from articlecli.zone import Zone

__all__ = [
    "candidates",
    "decode",
    "decode_again",
    "page_and_block_features",
    "weigh",
    "zone_scores",
]

page_and_block_features: "Callable[[Sequence[Block], Sequence[Evidence]], Any]"
"""Features of a page, as `zone_scores` of the same form reads them."""
zone_scores: "Callable[[Model, Any], list[tuple[int, ...]]]"
decode: "Callable[[Model, Sequence[tuple[int, ...]]], tuple[Verdict, ...]]"
decode_again: """Callable[
    [Model, Sequence[Verdict], Sequence[tuple[int, ...]], Callable[[Sequence[Zone]], bool], str],
    tuple[Verdict, ...],
]"""
candidates: "Callable[[Sequence[Block], Sequence[Verdict]], list[int]]"
weigh: """Callable[
    [Sequence[Block], Sequence[Evidence], Sequence[Verdict], Sequence[int]], list[int]
]"""

if core_runs():
    from articlecli.model.compiled import (
        decode,
        decode_again,
        page_and_block_features,
        zone_scores,
    )
    from articlecli.model.compiled_headline import candidates, weigh
else:
    from articlecli.model.features import page_and_block_features
    from articlecli.model.headline import candidates, weigh
    from articlecli.model.network import zone_scores
    from articlecli.model.viterbi import decode, decode_again
