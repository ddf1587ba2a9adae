"""Scores of a page's blocks → the likeliest sequence of zones, with a confidence for each."""

from collections.abc import Sequence
from math import exp

from articlecli.types import Label
from articlecli.zones.model import ZONES, Model

BEAM = 5.0
"""Zones this many logits below a block's best are not tried. At 5 the decoded sequences of the
gold pages are those of the full search."""


def decode(model: Model, scores: Sequence[Sequence[int]]) -> list[Label]:
    """Zones of a whole page at once (Viterbi over the blocks).

    Args:
        model: Gives the unit of the scores and the transitions between zones.
        scores: Twelve numbers a block, from `zone_scores`.

    Returns:
        A label a block. Its confidence is the zone's probability by the block's own scores.
    """
    if not scores:
        return []
    unit = model.out_unit
    reach = BEAM / unit
    back: list[dict[int, int]] = []
    best: dict[int, float] = {}
    for row in scores:
        floor = max(row) - reach
        fresh: dict[int, float] = {}
        pointers: dict[int, int] = {}
        for zone, score in enumerate(row):
            if score < floor:
                continue
            if best:
                before = max(best, key=lambda z: best[z] + model.transitions[z][zone])
                fresh[zone] = best[before] + model.transitions[before][zone] + score * unit
                pointers[zone] = before
            else:
                fresh[zone] = score * unit
        back.append(pointers)
        best = fresh
    zone = max(best, key=best.__getitem__)
    path = [zone]
    for pointers in reversed(back[1:]):
        zone = pointers[zone]
        path.append(zone)
    path.reverse()
    return [
        Label(ZONES[zone], _probability(row, zone, unit))
        for zone, row in zip(path, scores, strict=True)
    ]


def _probability(row: Sequence[int], zone: int, unit: float) -> float:
    own = row[zone]
    return 1.0 / sum(exp(min((score - own) * unit, 50.0)) for score in row)
