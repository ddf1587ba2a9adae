"""Which block is the story's headline: candidates weighed by what they say and where they stand.

A logistic model of some hundred traits. The weights of those that a candidate has are added up:
whole numbers learned from gold titles (`python -m lab headline`). `data/headline.txt` has them,
those for pages of text first, then those for HTML.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from articlecli.data import read_data
from articlecli.document import Block, Markup, Verdict
from articlecli.errors import ModelError
from articlecli.evidence import Evidence
from articlecli.text.phrases import WHOLE
from articlecli.zone import BODY, LEAD, TITLE, Zone

CANDIDATES = 10
"""Blocks that are weighed: those that the zone model finds most like a headline."""
REACH = 10.0
"""Logits by which a candidate's own zone may beat `title`."""
CLOSE = 4.0
"""The same in text where a block has `title` as its likeliest zone: others are no rivals."""
ABOVE, BELOW = 80, 2
"""Blocks above the story among which the headline is looked for, beside the page's first, and
blocks of its beginning that may be the headline yet."""
LONGEST = 300
"""Characters of the longest headline."""
STORY = 16
"""Blocks of the story whose words are looked for in a headline."""
UNIT = 16
"""What a weight of one logit is written as."""

_INDEX = {zone: i for i, zone in enumerate(Zone)}
AT_TITLE = _INDEX[TITLE]
OF_STORY = frozenset({BODY, LEAD})
_EDGE = len(_INDEX)
"""Stands for the zone of what is above the first block and below the last."""
MARGINS = (-6.0, -4.0, -2.0, -1.0, 0.0, 2.0, 4.0)
"""Logits between `title` and the best other zone at which a new range begins."""
STRONG = -1.0
"""Logits likewise, from which a candidate counts in the order of the strong ones."""
DISTANCES = (0, 1, 2, 3, 4, 7, 13, 26)
"""Blocks down to the story at which a new range begins."""
COUNTS = (2, 3, 4, 6, 9, 14, 21)
"""Words, likewise."""
SHARES = (0.01, 0.34, 0.67, 0.99)
"""Share of the long words that the story has too, likewise."""
CAPITALS = 4
"""What `case_of` adds for a text that is all of capitals."""
ENDS = {".": 0, "。": 0, ":": 1, "?": 2, "!": 2, "…": 3, ",": 4, "-": 4, '"': 5, "”": 5, ")": 6}
SIGNS = ("|", " - ", "»", " > ", "/", ": ")
TAGS = ("/title", "/h1", "/h2", "/h3", "/li", "/nav")
DECLARED, MARKS = "headline", ("title", "headline")
"""What a page declares of a headline, and what its classes call one."""
LINKED = 0.5
"""Share of a block in links from which it is one."""

GROUPS: dict[str, int] = {
    "margin": len(MARGINS) + 1,
    "order": 4,
    "zone": len(_INDEX),
    "place": len(DISTANCES) + 1,
    "words": len(COUNTS) + 1,
    "story": len(SHARES) + 2,
    "often": len(SHARES) + 2,
    "end": 8,
    "start": 4,
    "sign": len(SIGNS),
    "form": 3,
    "copies": 3,
    "first": 4,
    "next": len(_INDEX) + 1,
    "above": len(_INDEX) + 1,
    "mark": 4,
    "tag": len(TAGS) + 4,
}
"""What a trait looks at, and how many there are of it; their order is that of the weights."""


def _places() -> dict[str, int]:
    at, places = 0, {}
    for name, size in GROUPS.items():
        places[name] = at
        at += size
    return places


AT = _places()
TRAITS = sum(GROUPS.values())


def candidates(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[int]:
    """Positions of the blocks that may be the headline, in page order; none without a story."""
    start = next(_story(verdicts), -1)
    if start < 0:
        return []
    near: list[tuple[float, int]] = []
    end = min(start + BELOW, len(verdicts))
    for i in (*range(start > ABOVE), *range(max(start - ABOVE, 0), end)):
        verdict = verdicts[i]
        if row := verdict.scores:
            gap = (max(row) - row[AT_TITLE]) * verdict.unit
            if gap < REACH and len(blocks[i].text) < LONGEST:
                near.append((gap, i))
    near.sort()
    if near and near[0][0] == 0 and not blocks[0].markup:
        # Tags may speak for a block of HTML whose words do not.
        near = [(gap, i) for gap, i in near if gap <= CLOSE]
    return sorted([i for _, i in near[:CANDIDATES]])


def _story(verdicts: Sequence[Verdict]) -> Iterator[int]:
    """Positions of the blocks of the story, in page order."""
    for i, verdict in enumerate(verdicts):
        zone = verdict.zone
        if zone is BODY or zone is LEAD:
            yield i


class Scene:
    """What the candidates of one page are held against.

    Args:
        blocks: All blocks of a page.
        evidence: Of each of them.
        verdicts: A verdict a block, with the model's scores.

    """

    __slots__ = ("_copies", "_often", "_story", "_told", "blocks", "evidence", "start", "verdicts")

    def __init__(
        self, blocks: Sequence[Block], evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
    ) -> None:
        self.blocks, self.evidence, self.verdicts = blocks, evidence, verdicts
        self._story = list(islice(_story(verdicts), STORY))
        self.start = self._story[0] if self._story else len(blocks)
        """The first block of the story."""

    def traits(self, members: Sequence[int]) -> Iterator[list[int]]:
        """Numbers of the traits that each of some candidates has, given in page order."""
        self._read(members)
        strong = 0
        for i in members:
            verdict = self.verdicts[i]
            row = verdict.scores
            margin = (row[AT_TITLE] - max(row[:AT_TITLE] + row[AT_TITLE + 1 :])) * verdict.unit
            order = min(strong, 2) if margin > STRONG else 3
            strong += margin > STRONG
            yield [
                AT["margin"] + bisect(MARGINS, margin),
                AT["order"] + order,
                AT["zone"] + _INDEX[verdict.zone],
                AT["place"] + bisect(DISTANCES, self.start - i),
                AT["next"] + self._zone(i + 1),
                AT["above"] + self._zone(i - 1),
                *_form(self.blocks[i], self.evidence[i]),
                *self._words(i),
            ]

    def _read(self, members: Sequence[int]) -> None:
        """Look for the words and the keys of some candidates on the page."""
        evidence = self.evidence
        words = set[bytes]().union(*[evidence[i].content for i in members])
        self._told, self._often = set[bytes](), set[bytes]()
        for i in self._story:
            known = words & evidence[i].content
            self._often |= self._told & known
            self._told |= known
        keys = {evidence[i].key for i in members}
        self._copies = [key for own in evidence if (key := own.key) in keys]

    def _zone(self, i: int) -> int:
        return _INDEX[self.verdicts[i].zone] if 0 <= i < len(self.verdicts) else _EDGE

    def _words(self, i: int) -> list[int]:
        """Traits of what the words of a block have to do with the rest of the page."""
        content, key = self.evidence[i].content, self.evidence[i].key
        first = self.evidence[0].key
        same = 0 if not i else 2 if key == first else 1 if key in first else 3
        return [
            AT["story"] + _share(content, self._told),
            AT["often"] + _share(content, self._often),
            AT["copies"] + min(self._copies.count(key) - 1, 2),
            AT["first"] + same,
        ]


def _share(content: frozenset[bytes], told: set[bytes]) -> int:
    if not content:
        return len(SHARES) + 1
    return bisect(SHARES, len(content & told) / len(content))


def _form(block: Block, own: Evidence) -> list[int]:
    """Traits of what a block is by itself."""
    text, key, case = block.text, own.key, case_of(block.text)
    out = [
        AT["words"] + bisect(COUNTS, own.count),
        AT["end"] + ENDS.get(text[-1], 7),
        AT["start"] + case % CAPITALS,
    ]
    out += [AT["sign"] + n for n, sign in enumerate(SIGNS) if sign in text]
    forms = (
        case >= CAPITALS,
        key.count(b"0") * 3 > len(key),
        any(at % 4 == WHOLE for at in own.concepts),
    )
    out += [AT["form"] + n for n, holds in enumerate(forms) if holds]
    if block.kind == "heading" and block.level:
        out.append(AT["mark"] + min(block.level, 4) - 1)
    if block.markup:
        out += _tags(block.markup)
    return out


def case_of(text: str) -> int:
    """How a text begins: 0 with a small letter, 1 a capital, 2 a digit, 3 with something else."""
    first = text[0]
    start = 0 if first.islower() else 1 if first.isupper() else 2 if first.isdigit() else 3
    return start + CAPITALS * text.isupper()


def _tags(markup: Markup) -> list[int]:
    told = (
        *[tag in markup.path for tag in TAGS],
        DECLARED in markup.declared,
        markup.linked > LINKED,
        markup.hidden,
        any(mark in markup.marks for mark in MARKS),
    )
    return [AT["tag"] + n for n, holds in enumerate(told) if holds]


def weigh(
    blocks: Sequence[Block],
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    members: Sequence[int],
) -> list[int]:
    """How much speaks for each of some candidates; `UNIT` is one logit.

    Args:
        blocks: All blocks of a page.
        evidence: Of each of them.
        verdicts: A verdict a block, with the model's scores.
        members: The candidates, in page order.

    Raises:
        ModelError: The weights are missing or damaged.

    """
    weights = load_weights(html=blocks[0].markup is not None)
    scene = Scene(blocks, evidence, verdicts)
    return [sum([weights[trait] for trait in own]) for own in scene.traits(members)]


@cache
def load_weights(*, html: bool) -> tuple[int, ...]:
    """A weight a trait.

    Raises:
        ModelError: They are missing or damaged.

    """
    try:
        lines = read_data("headline.txt").decode().splitlines()
        rows = [line.split() for line in lines if line[:1] != "#"]
        rows = rows[len(GROUPS) :] if html else rows[: len(GROUPS)]
        told = {row[0]: [int(number) for number in row[1:]] for row in rows}
        return tuple(weight for name in GROUPS for weight in _whole(name, told[name]))
    except (OSError, ValueError, LookupError) as error:
        raise ModelError(
            f"the weights of headlines are damaged ({error}); reinstall articlecli"
        ) from None


def _whole(name: str, weights: list[int]) -> list[int]:
    if len(weights) != GROUPS[name]:
        raise ValueError(f"{len(weights)} weights of {name}")
    return weights
