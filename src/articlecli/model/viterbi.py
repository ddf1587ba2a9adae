"""Scores of a page's blocks → the likeliest sequence of zones, with a confidence for each."""

from collections.abc import Sequence
from math import exp

from articlecli.document import Block, Verdict
from articlecli.model.network import ZONES, Model
from articlecli.zone import Zone

NEAR = 9.0
"""Zones this many logits below a block's best do not count in its confidence: they would change
its fourth digit."""

TITLE, BODY = ZONES.index(Zone.TITLE), ZONES.index(Zone.BODY)
STORY = frozenset({ZONES.index(Zone.LEAD), ZONES.index(Zone.BODY)})
ABOVE = 30
"""Blocks above the story among which a missing headline is looked for."""
RELUCTANCE = 5.0
"""Logits that a block's own zone may lie above `title` when the page has no other headline."""

ONE, MILLION = 1 << 40, 1_000_000
"""Fixed point of the exponentials that a probability is made of, and of the probability."""
FARTHEST = 30.0
"""Logits beyond which a zone's probability is nothing; `exp` overflows at 710."""

LONE_LENGTH = 120
"""Characters from which a block may be a story by itself."""
LONE_GAP = 3.0
"""Logits that its own zone may lie above `body` then."""


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
    unit = model.out_unit
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
    _find_title(path, scores, unit)
    return [
        Verdict(ZONES[zone], _probability(row, zone, zones, model.certainty), row, model.certainty)
        for zone, row, zones in zip(path, scores, tried, strict=True)
    ]


def find_lone_story(
    model: Model, scores: Sequence[tuple[int, ...]], blocks: Sequence[Block], labels: list[Verdict]
) -> None:
    """A page whose only running text was taken for something else: that is the story, if likely.

    One paragraph among menus as long as itself has no neighbours that speak for it; among teasers,
    a headline of the page's own above it does.
    """
    zones = [label.zone for label in labels]
    if Zone.BODY in zones or Zone.LEAD in zones:
        return
    titles = [i for i, zone in enumerate(zones) if zone is Zone.TITLE and i]
    near = range(titles[-1], min(titles[-1] + ABOVE, len(zones))) if titles else range(len(zones))
    if Zone.TEASER_TITLE in zones and not titles:
        return
    for i in near:
        row = scores[i]
        gap = (max(row) - row[BODY]) * model.out_unit
        if len(blocks[i].text) >= LONE_LENGTH and gap < LONE_GAP:
            floor = max(row) - NEAR / model.certainty
            tried = [zone for zone, score in enumerate(row) if score > floor]
            labels[i] = Verdict(
                Zone.BODY, _probability(row, BODY, tried, model.certainty), row, model.certainty
            )


def _find_title(path: list[int], scores: Sequence[Sequence[int]], unit: float) -> None:
    """A page with a story has a headline above it: the block most like one, if none was said."""
    if TITLE in path:
        return
    start = next((i for i, zone in enumerate(path) if zone in STORY), 0)
    near = range(max(start - ABOVE, 0), start)
    best = min(near, key=lambda i: scores[i][path[i]] - scores[i][TITLE], default=None)
    if best is not None and (scores[best][path[best]] - scores[best][TITLE]) * unit < RELUCTANCE:
        path[best] = TITLE


def confidence_of(verdict: Verdict, zone: Zone) -> float:
    """Probability of a zone by the model's scores, whatever zone the verdict names."""
    if zone is verdict.zone or not verdict.scores:
        return verdict.confidence
    row = verdict.scores
    floor = max(row) - NEAR / verdict.unit
    near = [other for other, score in enumerate(row) if score > floor]
    return _probability(row, ZONES.index(zone), near, verdict.unit)


def _probability(row: Sequence[int], zone: int, zones: Sequence[int], unit: float) -> float:
    """In whole numbers: sums of floats differ between versions of Python in their last digits."""
    if zone not in zones:  # a headline that was looked for
        zones = [*zones, zone]
    if len(zones) == 1:
        return 1.0
    own = row[zone]
    total = sum([round(exp(min((row[other] - own) * unit, FARTHEST)) * ONE) for other in zones])
    return round(MILLION * ONE / total) / MILLION
