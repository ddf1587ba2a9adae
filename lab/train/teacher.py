"""Zones of every block of the training pages, told by the model for HTML that ships.

    python -m lab teacher --out build/teacher.json       # then: dataset --teacher …

Main-text gold does not tell a teaser from a menu, and of many pages nothing is known at all. The
model for HTML sees tags and class words as well as the text, so it is right more often; what it
says of such a page, within what the page's gold allows, is what the model for text (which sees
the text alone) learns from. Pages labelled by reading keep their labels.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from articlecli.blocks.from_html import html_blocks
from articlecli.evidence import evidence_of
from articlecli.model import label_blocks
from articlecli.zone import Zone
from lab.gold import pages
from lab.gold.labels import labelled_keys
from lab.gold.targets import page_targets
from lab.gold.zones import ANY
from lab.make.examples import owners_of

ZONES = len(Zone)
LONGEST = 3000
"""Blocks of the longest page that the teacher is asked about."""
SURE = 0.9
"""Probability that the zones kept for a block hold together."""
DISAGREES = 0.03
"""Probability of all that the gold allows under which the teacher is not listened to."""


def training_pages() -> Iterator[dict]:
    """Pages of sites that may be trained on and that nobody labelled, each once."""
    seen = set(labelled_keys())
    for name in pages.SETS:
        for page in pages.load(name):
            key = (page["set"], page["id"])
            if not pages.unseen(page) and key not in seen:
                seen.add(key)
                yield page


def told_of(page: dict) -> list[int] | None:
    """Allowed zones of each DOM block of a page; `None` for a page that can't be used."""
    tree = pages.parse(page["html"])
    dom = pages.dom_blocks(tree) if tree is not None else []
    if not 3 <= len(dom) <= LONGEST:
        return None
    made = page_targets(page, dom, pages.page_title(tree))
    allowed = np.array(made[0] if made else [ANY] * len(dom))
    blocks = html_blocks(page["html"])[1]
    probability = np.zeros((len(dom), ZONES))
    for verdict, owners in zip(
        label_blocks(blocks, evidence_of(blocks)), owners_of(blocks, dom), strict=True
    ):
        logits = np.array(verdict.scores) * verdict.unit / verdict.temperature
        shares = np.exp(logits - logits.max())
        for owner in owners:
            if owner >= 0:
                probability[owner] = shares / shares.sum()
    return narrowed(probability, allowed)


def narrowed(probability: np.ndarray, allowed: np.ndarray) -> list[int]:
    """Allowed zones of each block, without those that the teacher thinks unlikely."""
    out = []
    for row, mask in zip(probability, allowed.tolist(), strict=True):
        bits = (mask >> np.arange(ZONES)) & 1
        inside = row * bits
        if inside.sum() < DISAGREES:
            out.append(mask)
            continue
        inside /= inside.sum()
        kept, total = 0, 0.0
        for zone in np.argsort(-inside):
            kept |= 1 << int(zone)
            total += inside[zone]
            if total >= SURE:
                break
        out.append(kept)
    return out


def teach(out: Path) -> None:
    """Write what the teacher says of every page that nobody labelled."""
    given = list(training_pages())
    with ProcessPoolExecutor(2) as pool:
        made = pool.map(told_of, given, chunksize=8)
        told = {
            f"{page['set']}/{page['id']}": zones
            for page, zones in zip(given, made, strict=True)
            if zones is not None
        }
    out.write_text(json.dumps(told))
    print(len(told), "of", len(given), "pages")
