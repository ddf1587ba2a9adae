"""Scores of a page's blocks → the likeliest sequence of zones, with a confidence for each.

All of it in whole numbers, so that every machine and every version of Python gives the same: sums
of floats differ between versions in their last digits, and `exp` between C libraries.
"""

from collections.abc import Callable, Sequence
from functools import cache
from operator import add

from msgspec.structs import replace

from articlecli.document import Verdict
from articlecli.model.file import ZONES, Model
from articlecli.zone import Zone

NEAR = 9.0
"""Zones this many logits below a block's best do not count in its confidence: they would change
its fourth digit."""
MILLION = 1_000_000
"""A confidence of 1."""
FARTHEST = 16.0
"""Logits below the best at which a zone's probability is less than half a millionth."""
STEP_BITS, ODDS_BITS, LOSE = 10, 30, 20
"""Scores between two entries of the coarse table of odds; fixed point of both tables; bits of their
product that are not needed."""
EXACT = 128
"""Fixed point of what the tables are made from."""

Odds = tuple[tuple[int, ...], tuple[int, ...]]
"""e to the power of the logits that a score lies below another: of each 1,024th, and of each step
between; the product of two entries is that of any score."""


def decode(model: Model, scores: Sequence[tuple[int, ...]]) -> tuple[Verdict, ...]:
    """Zones of a whole page at once (Viterbi over the blocks).

    Args:
        model: Gives the unit of the scores and the transitions between zones.
        scores: Twelve numbers a block, from `zone_scores`.

    Returns:
        A label a block. Its confidence is the zone's probability by the block's own scores.

    """
    if not scores:
        return ()
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
    unit, temperature, odds = model.out_unit, model.header.temperature, odds_of(model.certainty)
    return tuple(
        [
            Verdict(ZONES[zone], _probability(row, zone, zones, odds), row, unit, temperature)
            for zone, row, zones in zip(path, scores, tried, strict=True)
        ]
    )


def decode_again(
    model: Model,
    verdicts: Sequence[Verdict],
    steps: Sequence[tuple[int, ...]],
    enough: Callable[[Sequence[Zone]], bool],
    by: str,
) -> tuple[Verdict, ...]:
    """Zones of a page that has verdicts, with some zones worth more or less.

    Args:
        model: As for `decode`.
        verdicts: With the scores that count, one a block.
        steps: What each zone gains, in the unit of the scores; one step after the other is tried.
        enough: Whether the zones that a step gives will do; the last step is not asked about.
        by: Who says so of a block that has another zone now; of others it stays.

    """
    told: tuple[Verdict, ...] = ()
    for left, gains in zip(reversed(range(len(steps))), steps, strict=True):
        told = decode(model, [tuple(map(add, verdict.scores, gains)) for verdict in verdicts])
        if left and enough([verdict.zone for verdict in told]):
            break
    return tuple(
        [
            replace(new, by=old.by if new.zone is old.zone else by)
            for new, old in zip(told, verdicts, strict=True)
        ]
    )


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
    return _probability(row, ZONES.index(zone), near, odds_of(certainty))


@cache
def odds_of(certainty: float) -> Odds:
    """Tables of odds, made by whole numbers alone.

    Args:
        certainty: What a score of 1 is in logits.

    """
    exact = int(certainty * (1 << EXACT))  # no digit is lost: a float is a number of halvings
    term = root = 1 << EXACT
    for k in range(1, 64):  # the series of e**-x
        term = -(term * exact >> EXACT) // k
        root += term
    fine = _powers(root, 1 << STEP_BITS)
    coarse = _powers(fine[-1], int(FARTHEST / certainty) + 1 >> STEP_BITS)
    half, lost = 1 << EXACT - ODDS_BITS - 1, EXACT - ODDS_BITS
    return tuple(one + half >> lost for one in coarse), tuple(one + half >> lost for one in fine)


def _powers(of: int, count: int) -> list[int]:
    """Powers from the 0th to the `count`th."""
    out = [1 << EXACT]
    for _ in range(count):
        out.append(out[-1] * of >> EXACT)
    return out


def _probability(row: Sequence[int], zone: int, zones: Sequence[int], odds: Odds) -> float:
    """Of a zone, where those in `zones` count; in whole millionths."""
    if zone in zones and len(zones) == 1:
        return 1.0
    coarse, fine = odds
    top, mask = max(row), (1 << STEP_BITS) - 1
    total = 0
    for other in zones:
        below = top - row[other]
        total += coarse[below >> STEP_BITS] * fine[below & mask] >> LOSE
    below = top - row[zone]
    if below >> STEP_BITS >= len(coarse):
        return 0.0
    own = coarse[below >> STEP_BITS] * fine[below & mask] >> LOSE
    if zone not in zones:  # a zone that a rule chose
        total += own
    return (2 * MILLION * own + total) // (2 * total) / MILLION
