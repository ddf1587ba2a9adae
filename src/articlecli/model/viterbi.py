"""Scores of a page's blocks → the likeliest sequence of zones, with a confidence for each."""

from collections.abc import Sequence
from math import exp

from articlecli.document import Verdict
from articlecli.model.file import ZONES, Model
from articlecli.zone import Zone

NEAR = 9.0
"""Zones this many logits below a block's best do not count in its confidence: they would change
its fourth digit."""

ONE, MILLION = 1 << 40, 1_000_000
"""Fixed point of the exponentials that a probability is made of, and of the probability."""
FARTHEST = 30.0
"""Logits beyond which a zone's probability is nothing; `exp` overflows at 710."""


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
    unit, certainty, temperature = model.out_unit, model.certainty, model.header.temperature
    reach = NEAR / model.certainty
    into = tuple(zip(*model.transitions, strict=True))
    # Another zone changes two transitions at most, so one that lies further below the best than
    # two transitions can differ is on no best path.
    weights = [weight for row in model.transitions for weight in row]
    useful = min(2 * (max(weights) - min(weights)) / unit + 1, reach)
    back: list[dict[int, int]] = []
    tried: list[list[int]] = []
    best: dict[int, float] = {}
    for row in scores:
        top = max(row)
        floor = top - reach
        near = [zone for zone, score in enumerate(row) if score > floor]
        floor = top - useful
        zones = near if len(near) == 1 else [zone for zone in near if row[zone] > floor]
        fresh: dict[int, float] = {}
        pointers: dict[int, int] = {}
        for zone in zones:
            before, total = -1, -1e30
            change = into[zone]
            for other, so_far in best.items():
                value = so_far + change[other]
                if value > total:
                    before, total = other, value
            fresh[zone] = (total if back else 0.0) + row[zone] * unit
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
    return [
        Verdict(ZONES[zone], _probability(row, zone, zones, certainty), row, unit, temperature)
        for zone, row, zones in zip(path, scores, tried, strict=True)
    ]


def confidence_of(verdict: Verdict, zone: Zone) -> float:
    """Probability of a zone by the model's scores, whatever zone the verdict names."""
    if zone is verdict.zone or not verdict.scores:
        return verdict.confidence
    row = verdict.scores
    certainty = verdict.unit / verdict.temperature
    floor = max(row) - NEAR / certainty
    near = [other for other, score in enumerate(row) if score > floor]
    return _probability(row, ZONES.index(zone), near, certainty)


def _probability(row: Sequence[int], zone: int, zones: Sequence[int], unit: float) -> float:
    """In whole numbers: sums of floats differ between versions of Python in their last digits."""
    own = row[zone]
    if zone not in zones:  # a zone that a rule chose
        own = max(own, max(row) - int(FARTHEST / unit))
    elif len(zones) == 1:
        return 1.0
    total = ONE
    for other in zones:
        if other != zone:
            total += int(exp((row[other] - own) * unit) * ONE)
    return round(MILLION * ONE / total) / MILLION
