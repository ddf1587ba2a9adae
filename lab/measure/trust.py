"""How good the articles of a confidence are: what a threshold keeps and what it drops.

    python -m lab trust --save                   # the tables of docs/confidence.md

Pages of sites that training never saw, as flat text (way `wet`) and as HTML. Counted are the pages
that give an article. One is good with a word F1 of .9 and more, bad under .5; an article made of a
page that has no story by its gold has an F1 of 0. A page that was labelled line by line counts with
these labels, and not with its set's main text too; of a list page its entries are text.
"""

import random
from binascii import crc32
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from statistics import mean
from typing import Any

from articlecli import Options, extract
from lab.gold import pages
from lab.gold.labels import dom_labels
from lab.gold.wanted import wanted_text
from lab.make.flatten import lines_of
from lab.measure.evaluate import jobs
from lab.score import word_f1

GOOD, BAD = 0.9, 0.5
EDGES = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
"""Between these confidences pages are counted together."""
THRESHOLDS = (0.0, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
DIGITS = 5
Told = tuple[float, float]
"""Confidence and word F1 of an article."""


def trust(sets: Sequence[str], limit: int | None) -> dict[str, Any]:
    """`buckets` and `thresholds` of each way."""
    chosen: dict[tuple[str, str], tuple[str, dict]] = {}
    for name, page in jobs(sets, limit):
        if name == "zones" or (page["set"], page["id"]) not in chosen:
            chosen[page["set"], page["id"]] = (name, page)
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(articles_of, chosen.values(), chunksize=4))
    ways = {
        way: [told for page in found for of, told in page if of == way] for way in ("wet", "html")
    }
    return {
        "buckets": {way: buckets(told) for way, told in ways.items()},
        "thresholds": {way: thresholds(told) for way, told in ways.items()},
    }


def articles_of(job: tuple[str, dict]) -> list[tuple[str, Told]]:
    """Way, confidence and F1 of each article that a page gives."""
    name, page = job
    tree = pages.parse(page["html"])
    dom, title = pages.dom_blocks(tree), pages.page_title(tree)
    gold = page.get("text") or ""
    if name == "zones":
        labels, _ = dom_labels(page, dom, title) or ([], 0)
        gold = wanted_text(page, dom, labels)
    rng = random.Random(crc32(f"{page['set']}/{page['id']}/wet".encode()))
    flat = "\n".join(lines_of(dom, "wet", title, rng)[0])
    out = []
    kinds = {"wet": Options(input_format="text"), "html": Options(input_format="html")}
    for way, source in (("wet", flat), ("html", page["html"])):
        article = extract(source, options=kinds[way])
        if article.status == "ok":
            out.append((way, (article.confidence, word_f1(article.text, gold) if gold else 0.0)))
    return out


def buckets(told: Sequence[Told]) -> list[list[float]]:
    """Lowest and highest confidence, articles, shares of good and of bad ones, mean F1."""
    rows = []
    for low, high in pairwise(EDGES):
        inside = [f1 for sure, f1 in told if low <= sure < high]
        if inside:
            rows.append([low, min(high, 1.0), len(inside), *_shares(inside)])
    return rows


def thresholds(told: Sequence[Told]) -> list[list[float]]:
    """Threshold, articles kept, shares of good and bad and mean F1 of those; bad ones dropped."""
    bad = sum(f1 < BAD for _, f1 in told)
    rows = []
    for least in THRESHOLDS:
        kept = [f1 for sure, f1 in told if sure >= least]
        if kept:
            gone = 1 - sum(f1 < BAD for f1 in kept) / bad if bad else 0.0
            share = round(len(kept) / len(told), DIGITS)
            rows.append([least, share, *_shares(kept), round(gone, DIGITS)])
    return rows


def _shares(values: Sequence[float]) -> list[float]:
    good, bad = (mean(f1 >= GOOD for f1 in values), mean(f1 < BAD for f1 in values))
    return [round(value, DIGITS) for value in (good, bad, mean(values))]
