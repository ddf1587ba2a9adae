"""Learn how much each trait of a headline weighs, from gold titles.

    python -m lab headline --dev                       # fold 1 kept apart and measured
    python -m lab headline --out src/articlecli/data/headline.txt

A softmax over the candidates of a page: the weights of a candidate's traits are added up, and the
block with the gold's words should come out first. Small weights are preferred. The first fold of
sites is never seen. Recipes count half: their gold is the declared name, often another than the
headline.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from articlecli.blocks import split_page
from articlecli.evidence import evidence_of
from articlecli.model import label_blocks
from articlecli.model.headline import GROUPS, TRAITS, UNIT, Scene, candidates
from articlecli.options import Options
from articlecli.read import read_page
from articlecli.rules import apply_rules
from lab.gold.pages import DEV, FOLDS, UNSEEN, fold, site
from lab.make.title_cases import HTML, SETS, TITLED, folded, title_cases

WHOLE, OTHERS = ("wet", TITLED, HTML), ("inner", "nodes", "wrap", "markdown")
"""Ways of which all pages are learned from, and those of which three eighths are."""
DECAY = 1.0
"""Pages that a squared weight of one counts for, times two."""
STEPS, RATE = 300, 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one page."""

    way: str
    fold: int
    traits: list[list[int]]
    right: list[bool]
    weight: float


def examples(folds: Collection[int], limit: int) -> Iterator[Example]:
    """Pages of these folds of which a candidate is the headline, and there are others."""
    for ways, most in ((WHOLE, limit), (OTHERS, limit * 3 // 8)):
        for case in title_cases(SETS, folds, ways, most):
            options = Options(input_format=case.format)
            document = split_page(read_page(case.text, url=None, options=options))
            blocks, evidence = document.blocks, evidence_of(document.blocks)
            said = label_blocks(blocks, evidence)
            verdicts = apply_rules(document, evidence, said, without=("headline",))
            members = candidates(blocks, verdicts)
            gold = folded(case.page["title"])
            right = [folded(blocks[i].text) == gold for i in members]
            if not any(right) and members[:1] == [0] and case.way in (HTML, TITLED):
                # With the site's name, which is taken off later.
                first = folded(blocks[0].text)
                right[0] = first.startswith(gold) or first.endswith(gold)
            if any(right) and len(right) > 1:
                weight = 1.0 if case.way in ("wet", HTML) else 0.7
                weight *= 0.5 if case.page["set"] == "recipe-scrapers" else 1.0
                traits = list(Scene(blocks, evidence, verdicts).traits(members))
                yield Example(case.way, fold(site(case.page)), traits, right, weight)


def fit(given: Sequence[Example]) -> list[int]:
    """The weights, `UNIT` to the logit (Adam on the whole set, a falling rate)."""
    page: np.ndarray = np.repeat(np.arange(len(given)), [len(one.right) for one in given])
    right = np.array([own for one in given for own in one.right], float)
    traits: np.ndarray = np.zeros((len(page), TRAITS), np.float32)
    for row, own in enumerate(own for one in given for own in one.traits):
        traits[row, own] = 1
    worth = np.array([one.weight for one in given])[page]
    weights, mean, square = np.zeros(TRAITS), np.zeros(TRAITS), np.zeros(TRAITS)
    for step in range(1, STEPS + 1):
        score = traits @ weights
        top = np.full(len(given), -np.inf)
        np.maximum.at(top, page, score)
        mass = np.exp(score - top[page])
        chance = mass / np.bincount(page, mass)[page]
        wanted = mass * right / np.bincount(page, mass * right).clip(1e-9)[page]
        slope = traits.T @ ((chance - wanted) * worth) + DECAY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        rate = RATE * (1 - step / STEPS)
        weights -= rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return [round(weight * UNIT) for weight in weights.tolist()]


def measure(given: Sequence[Example], weights: Sequence[int]) -> Iterator[str]:
    """Of each way how often the best candidate is the headline."""
    for way in (*WHOLE, *OTHERS):
        best = [
            one.right[max(range(len(one.right)), key=lambda i: _sum(one.traits[i], weights))]
            for one in given
            if one.way == way
        ]
        yield f"{way}: {sum(best)} of {len(best)}"


def _sum(own: Sequence[int], weights: Sequence[int]) -> int:
    return sum(weights[trait] for trait in own)


def learn(out: Path | None, limit: int, *, dev: bool) -> None:
    """Fit both columns, print how good they are, write them."""
    given = list(examples(set(range(FOLDS)) - {UNSEEN}, limit))
    lines = [
        "# How much each trait of a headline weighs, in sixteenths of a logit: in text, then in",
        "# HTML. Written by `python -m lab headline`; `model/headline.py` tells the traits.",
    ]
    for html in (False, True):
        own = [one for one in given if (one.way == HTML) == html]
        weights = fit([one for one in own if not dev or one.fold != DEV])
        for line in measure([one for one in own if one.fold == DEV], weights):
            print(line)
        at = 0
        for name, size in GROUPS.items():
            lines.append(" ".join([name, *map(str, weights[at : at + size])]))
            at += size
    if out:
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")
