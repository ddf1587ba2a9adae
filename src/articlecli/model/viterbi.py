"""Scores of a page's blocks → the likeliest sequence of zones, with a confidence for each.

All of it in whole numbers, so that every machine and every version of Python gives the same: sums
of floats differ between versions in their last digits, and `exp` between C libraries.
"""

from array import array
from collections.abc import Sequence
from functools import cache
from math import isqrt

from articlecli.document import Verdict
from articlecli.model.file import ZONES, Model
from articlecli.zone import Zone

NEAR = 9.0
"""Zones this many logits below a block's best do not count in its confidence: they would change
its fourth digit."""
MILLION = 1_000_000
"""A confidence of 1."""
LOG2_E = 1.4426950408889634
"""Halvings in a logit."""
BITS, STEP_BITS, FINE_BITS = 40, 10, 14
"""Fixed point of the powers of a half; bits of a halving that are looked up, and those between."""


def decode(model: Model, scores: Sequence[tuple[int, ...]]) -> list[Verdict]:
    """Zones of a whole page at once (Viterbi over the blocks).

    Args:
        model: Gives the unit of the scores and the transitions between zones.
        scores: Twelve numbers a block, from `zone_scores`.

    Returns:
        A label a block. Its confidence is the zone's probability by the block's own scores.

    """
    if not scores:
        return []
    near_by, useful = reaches(model)
    into = tuple(zip(*model.transitions, strict=True))
    back: list[dict[int, int]] = []
    tried: list[list[int]] = []
    best: dict[int, int] = {}
    for row in scores:
        top = max(row)
        floor = top - near_by
        near = [zone for zone, score in enumerate(row) if score > floor]
        floor = top - useful
        zones = near if len(near) == 1 else [zone for zone in near if row[zone] > floor]
        fresh: dict[int, int] = {}
        pointers: dict[int, int] = {}
        for zone in zones:
            before, total = -1, 0
            change = into[zone]
            for other, so_far in best.items():
                value = so_far + change[other]
                if value > total or before < 0:
                    before, total = other, value
            fresh[zone] = total + row[zone]
            pointers[zone] = before
        back.append(pointers)
        tried.append(near)
        best = fresh
    zone = max(best, key=best.__getitem__)
    path = [zone]
    for pointers in reversed(back[1:]):
        zone = pointers[zone]
        path.append(zone)
    path.reverse()
    unit, temperature, slope = model.out_unit, model.header.temperature, slope_of(model.certainty)
    return [
        Verdict(ZONES[zone], _probability(row, zone, zones, slope), row, unit, temperature)
        for zone, row, zones in zip(path, scores, tried, strict=True)
    ]


def reaches(model: Model) -> tuple[int, int]:
    """How far below a block's best score a zone counts in its confidence, and in the sequence.

    Another zone changes two transitions at most, so one that lies further below the best than two
    transitions can differ is on no best path.
    """
    near = int(NEAR / model.certainty)
    weights = [weight for row in model.transitions for weight in row]
    return near, min(2 * (max(weights) - min(weights)) + 1, near)


def confidence_of(verdict: Verdict, zone: Zone) -> float:
    """Probability of a zone by the model's scores, whatever zone the verdict names."""
    if zone is verdict.zone or not verdict.scores:
        return verdict.confidence
    row = verdict.scores
    certainty = verdict.unit / verdict.temperature
    floor = max(row) - int(NEAR / certainty)
    near = [other for other, score in enumerate(row) if score > floor]
    return _probability(row, ZONES.index(zone), near, slope_of(certainty))


def slope_of(certainty: float) -> int:
    """Halvings that a score of 1 stands for, of a certainty in logits, in fixed point."""
    return round(certainty * LOG2_E * (1 << STEP_BITS + FINE_BITS + 20))


@cache
def powers() -> "array[int]":
    """2**-x for x from 0 to 1 in 1024 steps, in fixed point: roots of a half, by whole numbers."""
    root, extra = 1 << 127, 128 - BITS
    for _ in range(STEP_BITS):
        root = isqrt(root << 128)
    out, power = array("q"), 1 << 128
    for _ in range((1 << STEP_BITS) + 1):
        out.append((power + (1 << extra - 1)) >> extra)
        power = power * root >> 128
    return out


def _odds(below: int, slope: int) -> int:
    """E to the power of the logits that a score lies below the best, in fixed point."""
    halvings = below * slope >> 20
    step = (halvings >> FINE_BITS) & ((1 << STEP_BITS) - 1)
    fine = halvings & ((1 << FINE_BITS) - 1)
    high, low = powers()[step : step + 2]
    return high - ((high - low) * fine >> FINE_BITS) >> (halvings >> STEP_BITS + FINE_BITS)


def _probability(row: Sequence[int], zone: int, zones: Sequence[int], slope: int) -> float:
    """Of a zone, where those in `zones` count; in whole millionths."""
    if zone in zones and len(zones) == 1:
        return 1.0
    top = max(row)
    own = total = _odds(top - row[zone], slope)
    for other in zones:
        if other != zone:
            total += _odds(top - row[other], slope)
    return (2 * MILLION * own + total) // (2 * total) / MILLION
