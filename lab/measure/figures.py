"""Measures of pages → figures: means over pages, how often a confidence is right, confusions.

Figures are plain data (what JSON holds): they are stored by `lab.results` and printed by
`lab.tables`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import mean
from typing import Any

from lab.gold.labels import given_keys
from lab.measure.evaluate import Scored
from lab.measure.page import zone_measures

DIGITS = 5
"""Digits of a stored figure."""
CONFUSIONS = 16
"""Pairs of zones that are kept."""
EDGES = {
    "lines": (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01),
    "pages": (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01),
}
"""Between these confidences lines and pages are counted together."""


def figures_of(results: Sequence[Scored], ways: Sequence[str]) -> dict[str, Any]:
    """`measures`, `calibration` of text and of HTML, and `confusions` of each way."""
    text = [way for way in ways if way != "html"]
    return {
        "measures": measures(results, ways),
        "calibration": calibration(results, text),
        "calibration-html": calibration(results, [way for way in ways if way == "html"]),
        "confusions": {way: confusions(results, way) for way in ways},
    }


def groups_of(name: str, facts: dict[str, Any]) -> list[str]:
    """The rows that a page of a set counts in."""
    groups = [name]
    if name in ("wcxb", "magic"):
        groups.append(f"{name} {facts['type']}")
    if name == "daniel":
        groups.append(f"daniel {facts['lang']}")
    if name == "zones":
        french = facts["lang"] == "fr" or facts.get("cc") == "fr"
        groups += ["zones fr"] if french else []
        groups += ["zones given"] if (facts["set"], facts["id"]) in given_keys() else []
        groups += ["zones articles"] if facts["type"] in (None, "article") else []
    return groups


def measures(results: Iterable[Scored], ways: Sequence[str]) -> list[dict[str, Any]]:
    """A row for each group and measure, `pages` and the mean of each way; then the lines' rows."""
    table: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    taken: dict[str, dict[tuple[str, str], int]] = {way: defaultdict(int) for way in ways}
    for name, facts, by_way in results:
        for way, found in by_way.items():
            for pair in found.get("pairs", ()):
                taken[way][pair] += 1
            for measure in found.keys() - {"sure", "page", "pairs"}:
                for group in groups_of(name, facts):
                    table[group, measure][way].append(found[measure])
    rows = [
        _row(group, measure, len(row[ways[0]]), {way: mean(row[way]) for way in ways})
        for (group, measure), row in sorted(table.items())
    ]
    if all(taken.values()):
        by_line = {way: zone_measures(taken[way]) for way in ways}
        rows += [
            _row("zones", measure, None, {way: by_line[way][measure] for way in ways})
            for measure in by_line[ways[0]]
        ]
    return rows


def _row(group: str, measure: str, pages: int | None, values: dict[str, float]) -> dict[str, Any]:
    rounded = {way: round(value, DIGITS) for way, value in values.items()}
    return {"set": group, "measure": measure, "pages": pages, "values": rounded}


def calibration(results: Iterable[Scored], ways: Sequence[str]) -> dict[str, list[list[float]]]:
    """Of lines and of pages: lowest and highest confidence, how many, mean confidence, right."""
    found = [m[way] for name, _, m in results if name == "zones" for way in ways]
    pairs = {
        "lines": [(sure, float(right)) for m in found for sure, right, _ in m["sure"]],
        "pages": [m["page"] for m in found],
    }
    out: dict[str, list[list[float]]] = {}
    for what, edges in EDGES.items():
        out[what] = []
        for low, high in pairwise(edges):
            inside = [pair for pair in pairs[what] if low <= pair[0] < high]
            if inside:
                told, right = (round(mean(row), DIGITS) for row in zip(*inside, strict=True))
                out[what].append([low, min(high, 1.0), len(inside), told, right])
    return out


def confusions(results: Iterable[Scored], way: str) -> list[list[Any]]:
    """What is taken for what: zone, zone said, lines, share of the wrong lines, pages."""
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    on: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, facts, by_way in results:
        for pair in by_way[way]["pairs"] if name == "zones" else ():
            pairs[pair] += 1
            on[pair].add(f"{facts['set']} {facts['id']}")
    wrong = {pair: count for pair, count in pairs.items() if pair[0] != pair[1]}
    total = sum(wrong.values())
    return [
        [*map(str, pair), wrong[pair], round(wrong[pair] / total, DIGITS), len(on[pair])]
        for pair in sorted(wrong, key=lambda pair: (-wrong[pair], pair))[:CONFUSIONS]
    ]
