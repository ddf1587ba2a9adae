"""Zones of every block of the training pages, told by a network that sees the HTML.

    python -m lab teacher --dev                          # what it reaches on sites set apart
    python -m lab teacher --out build/teacher.json       # then: dataset --teacher …

Main-text gold does not tell a teaser from a menu, and the pages whose every line was labelled by
reading are few. A wide network that reads tags and class words as well as the text learns from
those few, and from all others what their gold allows; what it then says of the others, within
what their gold allows, is what the zone model (which sees the text alone) learns from.
"""

import json
import re
import sys
import time
from binascii import crc32
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import nn

from articlecli.document import Block
from articlecli.evidence import evidence_of
from articlecli.model.features import page_and_block_features
from articlecli.model.features.slots import CONCEPTS, ROWS, SLOTS
from lab.gold import pages
from lab.gold.labels import labelled_keys
from lab.gold.targets import page_targets
from lab.gold.zones import ANY
from lab.gold.zones import ZONES as NAMES
from lab.train.batches import RARE, UNSURE, Batch, bits_of
from lab.train.network import GAP, ZONES, set_loss

HASHES = 1 << 15
WIDTH = 80
DILATIONS = (1, 2, 4, 8)
BATCH = 16
SURE = 0.9
"""Probability that the zones kept for a block hold together."""
DISAGREES = 0.03
"""Probability of all that the gold allows under which the teacher is not listened to."""


def dom_features(blocks: list[pages.DomBlock]) -> list[list[int]]:
    """Hashed facts of each block's place in the DOM, numbered from `ROWS` on."""
    out = []
    for i, block in enumerate(blocks):
        tags = block.path.split("/")
        facts = {f"tag {block.tag}", "path " + "/".join(tags[-3:]), "last " + tags[-1]}
        facts |= {f"in {tag}" for tag in tags}
        facts |= {f"inline {tag}" for tag in block.inline}
        words = block.marks.split()
        near = words[-6:]
        facts |= {f"near {word}" for word in near}
        facts |= {f"mark {word}" for word in words[-24:]}
        facts |= {f"part {p}" for word in near for p in re.split(r"[-_]+", word) if len(p) > 2}
        live = [on for on, piece in zip(block.linked, block.pieces, strict=True) if piece.strip()]
        facts.add(f"linked {sum(live) * 3 // max(len(live), 1)}")
        facts.add(f"strong {any(block.strong)} {all(block.strong)}")
        for step in (-1, 1):
            if 0 <= i + step < len(blocks):
                other = blocks[i + step]
                facts.add(f"alike {step} {other.path == block.path} {other.marks == block.marks}")
        out.append(sorted(ROWS + crc32(fact.encode()) % HASHES for fact in facts))
    return out


def _example(page: dict) -> tuple | None:
    tree = pages.parse(page["html"])
    if tree is None:
        return None
    dom = pages.dom_blocks(tree)
    if not 3 <= len(dom) <= 1500:
        return None
    made = page_targets(page, dom, pages.page_title(tree))
    masks = made[0] if made else [ANY] * len(dom)
    blocks = [
        Block(text=b.text, lines=(i, i), span=(0, 0), gap=0, kind=None, level=0)
        for i, b in enumerate(dom, 1)
    ]
    seen = page_and_block_features(blocks, evidence_of(blocks))
    ids = [seen.page + a + b for a, b in zip(seen.blocks, dom_features(dom), strict=True)]
    return (
        np.array([i for row in ids for i in row], np.int32),
        np.array([len(row) for row in ids], np.int32),
        np.array(masks, np.uint16),
        np.array([len(b.text) for b in dom], np.int32),
    )


class Teacher(nn.Module):
    """Embedding bag, residual dilated convolutions, scores."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.EmbeddingBag(ROWS + HASHES, WIDTH, mode="sum")
        nn.init.normal_(self.embed.weight, std=0.05)
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.layers = nn.ModuleList(
            nn.Conv1d(WIDTH, 2 * WIDTH, 3, padding=d, dilation=d) for d in DILATIONS
        )
        self.out = nn.Linear(WIDTH, ZONES)

    def forward(
        self,
        ids: torch.Tensor,
        offsets: torch.Tensor,
        place: torch.Tensor,
        length: int,
        drop: float = 0.0,
    ) -> torch.Tensor:
        """Shapes as in `network.Net`."""
        bag = torch.relu(self.embed(ids, offsets) + self.bias)
        live = torch.zeros(length, 1)
        live[place] = 1
        a = torch.zeros(length, WIDTH).index_copy(0, place, bag)
        for layer in self.layers:
            b = nn.functional.dropout(a, drop, self.training)
            value, gate = layer(b.T[None])[0].T.chunk(2, 1)
            a = (a + value * torch.sigmoid(gate)) * live
        return self.out(nn.functional.dropout(a[place], drop, self.training))


def batch(examples: list[tuple], rng: np.random.Generator | None, boost: list[float]) -> Batch:
    """Tensors of some pages; with a generator, words and DOM facts are dropped here and there."""
    ids, counts, place, masks, weights, row = [], [], [], [], [], GAP
    for (all_ids, all_counts, m, size), more in zip(examples, boost, strict=True):
        n, x, c = len(m), all_ids, all_counts
        if rng is not None:
            share = np.where(x >= ROWS, rng.choice((0.05, 0.3)), rng.choice((0.1, 0.3, 0.6)))
            keep = ((x < SLOTS + CONCEPTS) | (rng.random(len(x)) > share)) & (
                rng.random(len(x)) > 0.03
            )
            c = np.bincount(np.repeat(np.arange(n), c)[keep], minlength=n)
            x = x[keep]
        bits = (m.astype(int)[:, None] >> np.arange(ZONES)) & 1
        weight = 0.5 + np.minimum(size / 80, 2.5)
        weight = weight * np.where(bits.sum(1) == 1, RARE[bits.argmax(1)], UNSURE)
        weights.append(weight * (bits.sum(1) < ZONES) * more)
        ids.append(x)
        counts.append(c)
        masks.append(m)
        place.append(np.arange(row, row + n))
        row += n + GAP
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(counts))[:-1]])
    return (
        (
            torch.from_numpy(np.concatenate(ids).astype(np.int64)),
            torch.from_numpy(offsets.astype(np.int64)),
            torch.from_numpy(np.concatenate(place)),
            row,
        ),
        bits_of(np.concatenate(masks)),
        torch.from_numpy(np.concatenate(weights).astype(np.float32)),
    )


def training_pages() -> Iterator[dict]:
    """All pages of sites that may be trained on, each once: zone pages are in other sets too."""
    seen = set()
    for name in (*pages.SETS, "zones"):
        for page in pages.load(name):
            key = (page["set"], page["id"])
            if not pages.unseen(page) and key not in seen:
                seen.add(key)
                yield page


def fit(examples: list[tuple], labelled: list[bool], epochs: int, seed: int) -> Teacher:
    """Train one teacher."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Teacher()
    usable = [i for i, e in enumerate(examples) if (e[2] != ANY).any()]
    order = [i for i in usable for _ in range(3 if labelled[i] else 1)]
    opt = torch.optim.Adam(net.parameters(), lr=2e-3)
    steps = epochs * (len(order) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(opt, 3e-3, total_steps=steps + 1, pct_start=0.1)
    started = time.time()
    for epoch in range(epochs):
        net.train()
        losses = []
        rng.shuffle(order)
        for s in range(0, len(order), BATCH):
            chosen = order[s : s + BATCH]
            given, bits, weight = batch(
                [examples[i] for i in chosen], rng, [4.0 if labelled[i] else 1.0 for i in chosen]
            )
            loss = set_loss(net(*given, drop=0.2), bits, weight)
            loss = loss + 3e-6 * (net.embed.weight**2).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            schedule.step()
            losses.append(loss.item())
        print(epoch, f"{np.mean(losses):.4f}", f"{time.time() - started:.0f}s", flush=True)
    net.eval()
    return net


def probabilities(nets: list[Teacher], example: tuple) -> np.ndarray:
    """(blocks, 12): the mean of the teachers."""
    given, _, _ = batch([example], None, [1.0])
    with torch.no_grad():
        return np.mean([net(*given).softmax(1).numpy() for net in nets], axis=0)


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


def figures(nets: list[Teacher], examples: list[tuple]) -> dict:
    """Zone accuracy and F1 on labelled pages."""
    confusion = np.zeros((ZONES, ZONES))
    for example in examples:
        best = probabilities(nets, example).argmax(1)
        bits = bits_of(example[2]).numpy()
        sure = bits.sum(1) == 1
        np.add.at(confusion, (bits[sure].argmax(1), best[sure]), 1)
    f1 = 2 * np.diag(confusion) / np.maximum(confusion.sum(0) + confusion.sum(1), 1)
    return {
        "pages": len(examples),
        "acc": round(float(np.diag(confusion).sum() / confusion.sum()), 4),
        "macro": round(float(f1.mean()), 4),
        **{zone: round(float(f), 3) for zone, f in zip(NAMES, f1, strict=True)},
    }


def teach(out: Path | None, epochs: int, teachers: int, *, dev: bool) -> None:
    """Train teachers, print what they reach on labelled pages, write what they say of others."""
    given = list(training_pages())
    with ProcessPoolExecutor(2) as pool:
        made = list(pool.map(_example, given, chunksize=8))
    kept = [(p, e) for p, e in zip(given, made, strict=True) if e is not None]
    labelled = [(p["set"], p["id"]) in labelled_keys() for p, _ in kept]
    apart = [dev and pages.fold(pages.site(p)) == pages.DEV for p, _ in kept]
    print(len(kept), "pages,", sum(labelled), "labelled by reading", file=sys.stderr)
    train = [i for i, far in enumerate(apart) if not far]
    nets = [
        fit([kept[i][1] for i in train], [labelled[i] for i in train], epochs, seed)
        for seed in range(teachers)
    ]
    shown = [i for i, on in enumerate(labelled) if on and (apart[i] or not dev)]
    print(json.dumps(figures(nets, [kept[i][1] for i in shown])))
    if out:
        told = {
            f"{page['set']}/{page['id']}": narrowed(probabilities(nets, example), example[2])
            for (page, example), known in zip(kept, labelled, strict=True)
            if not known
        }
        out.write_text(json.dumps(told))
