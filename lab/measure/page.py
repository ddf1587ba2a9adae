"""Measures of one page: lines in their zones, the story's words, snippets."""

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any

from articlecli.output import Article
from lab.gold.pages import DomBlock
from lab.gold.wanted import story_text
from lab.gold.zones import STORY_ZONES, ZONE_OF, ZONES, T
from lab.score import word_f1, words


def measure_snippets(page: dict[str, Any], text: str) -> dict[str, float]:
    """Shares of the snippets that must be in the text and are, that must not be and are not."""
    out = {}
    for measure, key in (("snippets kept", "with_"), ("snippets kept out", "without")):
        found = [" ".join(snippet.split()) in text for snippet in page[key] if snippet.strip()]
        if found:
            out[measure] = mean(found) if key == "with_" else 1 - mean(found)
    return out


def measure_zones(
    article: Article,
    lines: Sequence[str],
    owners: Sequence[tuple[int, ...]],
    labels: Sequence[int],
    title_bits: int,
    dom: Sequence[DomBlock],
    wanted: str,
) -> dict[str, Any]:
    """Measures of a page whose every line has a zone.

    Args:
        article: What was made of the page.
        lines: The page's lines.
        owners: DOM blocks of each line; -1 is the page's title line.
        labels: Zone of each DOM block, as bits.
        title_bits: Zone of the title line, as bits.
        dom: The DOM blocks.
        wanted: The text that the article should have, from `wanted_text`.

    """
    pairs = []
    heads = set()
    sure: list[tuple[float, bool, int]] = []
    for number, owner in enumerate(owners):
        if not owner:
            continue
        bits = {title_bits if o < 0 else labels[o] for o in owner}
        if len(bits) != 1 or (bit := bits.pop()) not in ZONE_OF:
            continue
        zone = article.zones[number]
        pairs.append((ZONE_OF[bit], zone))
        size = len(lines[number])
        sure.append((article.confidences[number] or 0.0, zone == ZONE_OF[bit], size))
        if ZONE_OF[bit] == "title":
            heads.add(tuple(words(lines[number])))
    size = sum(size for _, _, size in sure)
    share = sum(size for _, right, size in sure if right) / size if size else 1.0
    out: dict[str, Any] = {"pairs": pairs, "sure": sure, "page": (article.confidence, share)}
    if wanted:
        out["f1"] = word_f1(article.text, wanted)
    if not story_text(dom, labels):
        out["no story"] = float(article.status == "no_article")
    if heads:
        found = tuple(words(article.title or ""))
        whole = {tuple(words(b.text)) for b, bits in zip(dom, labels, strict=True)
                 if bits == T}  # fmt: skip
        out["title"] = float(
            bool(found)
            and any(found == h or (h[: len(found)] == found and len(found) >= 0.5 * len(h))
                    for h in heads | whole)
        )  # fmt: skip
    return out


def zone_measures(pairs: Mapping[tuple[str, str], int]) -> dict[str, float]:
    """Lines right, F1 of each zone and their mean, from how often a zone was taken for another."""
    total = sum(pairs.values())
    out = {"lines right": sum(n for (a, b), n in pairs.items() if a == b) / total}
    scores = {}
    for zone in ZONES:
        hit = pairs.get((zone, zone), 0)
        have = sum(n for (a, _), n in pairs.items() if a == zone)
        said = sum(n for (_, b), n in pairs.items() if b == zone)
        if have:
            scores[zone] = 2 * hit / (have + said)
    out["zone macro f1"] = mean(scores.values())
    heads = sum(n for (a, _), n in pairs.items() if a == "teaser_title")
    leaked = sum(n for (a, b), n in pairs.items() if a == "teaser_title" and b in STORY_ZONES)
    out["teaser headlines leaked"] = leaked / heads if heads else 0.0
    return out | {f"f1 of {zone}": value for zone, value in scores.items()}
