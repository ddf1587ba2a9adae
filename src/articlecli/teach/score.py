"""Extract's zones and text against pages whose lines a person gave zones."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from articlecli.extractor import Extractor
from articlecli.teach.gold import GoldPage
from articlecli.text.folding import word_list
from articlecli.zone import BODY, HEADING, LEAD, Zone

STORY = frozenset({LEAD, BODY, HEADING})
"""Zones whose lines are the main text."""

Pairs = Counter[tuple[Zone, Zone]]
"""(a person's zone, extract's zone) → lines."""


class PageScore(Struct, frozen=True):
    """How well extract did on one page."""

    name: str
    lines: int
    """Lines that a person gave a zone."""
    right: int
    """Those of them that have it from extract."""
    word_f1: float
    """Of `Article.text` against the lead, body and headings, 0–1; 1 where both are empty."""
    pairs: Pairs


class Score(Struct, frozen=True):
    """How well extract did on all pages."""

    pages: tuple[PageScore, ...]
    line_accuracy: float
    """Share of the lines that are right, 0–1."""
    zone_f1: dict[str, float]
    """Of each zone that a person gave."""
    macro_f1: float
    """Their mean."""
    word_f1: float
    """Mean over the pages."""


def score_page(gold: GoldPage, extractor: Extractor) -> PageScore:
    """Score one page."""
    explained = extractor.explain_page(gold.page)
    told = [line.zone for line in explained.lines]
    pairs = Counter(
        (zone, said) for zone, said in zip(gold.zones, told, strict=True) if zone is not None
    )
    main = "\n".join(
        block.text for block, zone in zip(gold.blocks, gold.zones, strict=True) if zone in STORY
    )
    right = sum(count for (zone, said), count in pairs.items() if zone is said)
    f1 = word_f1(explained.article.text, main)
    return PageScore(gold.name, pairs.total(), right, f1, pairs)


def score_of(pages: Iterable[PageScore]) -> Score:
    """All pages in one; of none, all figures are 1."""
    pages = tuple(pages)
    pairs: Pairs = Counter()
    for page in pages:
        pairs.update(page.pairs)
    f1 = zone_f1(pairs)
    return Score(
        pages=pages,
        line_accuracy=_mean([float(a is b) for (a, b), n in pairs.items() for _ in range(n)]),
        zone_f1=f1,
        macro_f1=_mean(list(f1.values())),
        word_f1=_mean([page.word_f1 for page in pages]),
    )


def zone_f1(pairs: Pairs) -> dict[str, float]:
    """F1 of each zone that a person gave some line, in the order of `Zone`."""
    out = {}
    for zone in Zone:
        have = sum(count for (gold, _), count in pairs.items() if gold is zone)
        said = sum(count for (_, told), count in pairs.items() if told is zone)
        if have:
            out[str(zone)] = 2 * pairs[zone, zone] / (have + said)
    return out


def word_f1(found: str, gold: str) -> float:
    """Word F1 of two texts as multisets of lower-cased words, 0–1; 1 where both are empty."""
    one, other = Counter(word_list(found.lower())), Counter(word_list(gold.lower()))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def told(score: Score) -> dict[str, Any]:
    """The figures as plain data, for JSON."""
    names = ("line_accuracy", "macro_f1", "word_f1")
    return {
        "pages": [
            {
                "name": page.name,
                "lines": page.lines,
                "line_accuracy": round(page.right / page.lines, 4) if page.lines else 1.0,
                "word_f1": round(page.word_f1, 4),
                "zone_f1": {k: round(v, 4) for k, v in zone_f1(page.pairs).items()},
            }
            for page in score.pages
        ],
        "overall": {
            **{name: round(getattr(score, name), 4) for name in names},
            "zone_f1": {zone: round(value, 4) for zone, value in score.zone_f1.items()},
        },
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
