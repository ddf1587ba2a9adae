"""What weighed most for a block's zone: the network asked again with one thing left out.

The lead of a zone is its score less the best score of another zone, in logits. The weight of a
feature, or of neighbours, is how far that lead falls when the network is evaluated without it:
above 0 it spoke for the zone, below 0 against. These are the model's own integers, so a weight is
exact; weights need not add up, as two features can say the same thing. A block's features are left
out where they reach its own place in the network. A neighbour is left out as if nothing stood in
its place.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from articlecli.document import Block
from articlecli.evidence import Evidence
from articlecli.model.adapted import model_for
from articlecli.model.features import Features, page_and_block_features
from articlecli.model.features.slots import AT, CONCEPTS, ROWS, SLOTS
from articlecli.model.file import ZONES, Model
from articlecli.model.lanes import Lanes, pack
from articlecli.model.network import embedded, scores_of
from articlecli.options import Adaptation
from articlecli.text.phrases import load_phrases
from articlecli.zone import Zone

REACH = 22
"""Blocks on either side that one layer sees."""
SIDES = (("above", -1), ("below", 1))
WINDOWS = ((1, 1, "the line {}"), (2, 2, "the second line {}"), (3, 6, "lines 3–6 {}"),
           (7, 22, "lines 7–22 {}"), (23, 44, "lines 23–44 {}"))  # fmt: skip
GROUPS = {
    "its length": ("length", "words", "word_length"),
    "how it begins and ends": ("first", "last", "last_length", "first_last"),
    "digits, capitals and punctuation": (
        "digits", "capitals", "punctuation", "commas", "stops", "signs", "shape",
    ),
    "its mark": ("kind", "level"),
    "blank lines around it": ("gaps",),
    "other lines of its shape": ("rhythm", "period"),
    "copies of it on the page": ("copies", "copy_length"),
    "its place on the page": ("from_start", "from_end", "part"),
    "running text around it": ("mass_before", "near", "wide", "centre"),
    "words shared with the story": ("likeness",),
    "words shared with the page's title": ("page_title", "since_title"),
    "words shared with the next lines": ("shared",),
    "the page as a whole": ("page_blocks", "page_mass", "page_long"),
}  # fmt: skip
"""What is left out together → its slots of `features/slots.py`."""
_GROUP_OF = {slot: group for group, slots in GROUPS.items() for slot in slots}
_STARTS = sorted((start, name) for name, start in AT.items())


class Weight(Struct, frozen=True):
    """One thing that spoke for a zone or against it."""

    what: str
    """In words: a group of features, a stock phrase, its words, its tags, or neighbours."""
    logits: float
    """How far the zone's lead falls without it; below 0 it spoke against the zone."""


def weights_for(
    blocks: Sequence[Block],
    evidence: Sequence[Evidence],
    position: int,
    zone: Zone,
    adaptation: Adaptation | None = None,
) -> tuple[Weight, ...]:
    """Weights of all that the model saw of a block, the heaviest first.

    Args:
        blocks: All blocks of the page.
        evidence: Of each of them.
        position: The block asked about.
        zone: The zone whose lead is looked at.
        adaptation: Models of the user's own, in place of those that ship.

    """
    model = model_for(adaptation, markup=any(block.markup for block in blocks))
    features = page_and_block_features(blocks, evidence)
    reach = REACH * len(model.layers)
    start = max(position - reach, 0)
    near = features.blocks[start : position + reach + 1]
    at, own = position - start, features.blocks[position]
    groups: dict[str, set[int]] = {}
    for number in (*own, *features.page):
        groups.setdefault(group_of(number), set()).add(number)
    rows = _embedding(model, Features(features.page, near))
    variants, names = [rows], []
    for name, numbers in groups.items():
        left = Features(
            [n for n in features.page if n not in numbers], [[n for n in own if n not in numbers]]
        )
        variants.append([*rows[:at], _embedding(model, left)[0], *rows[at + 1 :]])
        names.append(name)
    nothing = (0,) * model.width
    for side, step in SIDES:
        for first, last, words in WINDOWS:
            gone = {at + step * away for away in range(first, last + 1)}
            if any(0 <= i < len(rows) for i in gone):
                variants.append([nothing if i in gone else row for i, row in enumerate(rows)])
                names.append(words.format(side))
    leads = [_lead(row, ZONES.index(zone)) * model.out_unit for row in _scores(model, variants, at)]
    found = [Weight(n, round(leads[0] - lead, 3)) for n, lead in zip(names, leads[1:], strict=True)]
    return tuple(sorted(found, key=lambda weight: -abs(weight.logits)))


def group_of(number: int) -> str:
    """In words, what a feature's number belongs to."""
    if number >= ROWS:
        return "its tags, classes and links"
    if number >= SLOTS + CONCEPTS:
        return "its words"
    if number >= SLOTS:
        names = load_phrases().names
        return f"the stock phrase “{names[(number - SLOTS) // 4].replace('_', ' ')}”"
    return _GROUP_OF[_STARTS[bisect_right(_STARTS, (number, "~")) - 1][1]]


def _embedding(model: Model, features: Features) -> list[tuple[int, ...]]:
    """The embedding of each block, `width` numbers of 0–127."""
    lanes = Lanes(len(features.blocks))
    columns = [_plain(lanes, channel) for channel in embedded(model, features, lanes)]
    return list(zip(*columns, strict=True))


def _plain(lanes: Lanes, channel: int) -> list[int]:
    return lanes.values(channel + lanes.zero)


def _scores(
    model: Model, variants: Sequence[Sequence[tuple[int, ...]]], at: int
) -> list[tuple[int, ...]]:
    """Scores of block `at` in each variant; all are evaluated at once, with nothing in between."""
    gap: list[tuple[int, ...]] = [(0,) * model.width] * (REACH * len(model.layers))
    size = len(variants[0]) + len(gap)
    rows = [row for variant in variants for row in (*variant, *gap)]
    lanes = Lanes(len(rows))
    channels = [pack(array("I", column)) for column in zip(*rows, strict=True)]
    return scores_of(model, channels, lanes)[at::size]


def _lead(row: Sequence[int], zone: int) -> int:
    return row[zone] - max(score for other, score in enumerate(row) if other != zone)
