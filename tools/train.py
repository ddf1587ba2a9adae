"""Train the zone model on the lines that `dataset.py` made.

    python tools/train.py --data build/dataset --out build/model.npz             # the one that ships
    python tools/train.py --data build/dataset --out build/try.npz --dev         # to choose by

Needs PyTorch. Blocks whose gold is a set of zones count by the probability of the set. Sites of
the fold `unseen` are never trained on; with `--dev` one more fold is kept apart, and every choice
(layers, weights, epochs) is made by the figures on that one.
"""

import argparse
import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import gold
import numpy as np
import pages
import torch
from network import GAP, ZONES, Chain, Net, read_net, set_loss, soft_loss

from articlecli.model.features.slots import CONCEPTS, MARKUP_HASHES, ROWS, SLOTS

RARE = np.array([1.5, 3, 1.5, 1, 1.5, 2, 3, 1, 2, 1, 1.5, 1.0])
"""Weight of each zone where it is sure: a page has one lead and forty paragraphs."""
UNSURE = 0.6
"""Weight of a block that may be two or three things: only story against rest is sure."""
BATCH = 24
USUAL = 200.0
"""Weight of a page of usual length."""
MADE_UP = ("synthetic", "spliced")
"""Sets of pages put together, of no site."""
MARK_SITES = 4
"""Sites that must use a class word before it says anything."""
CHAINED = 4000
"""Examples that the transitions are learned from: 144 numbers need no more."""
LONGEST = 1500
"""Blocks of the longest page that is trained on."""


class Data:
    """Examples of all sets in one, of HTML or of text: features, allowed zones and sizes."""

    def __init__(self, folder: Path, sites: int, *, html: bool) -> None:
        self.html = html
        self.rows = ROWS + MARKUP_HASHES * html
        self.meta: list[dict] = []
        self.ids: list[np.ndarray] = []
        self.counts: list[np.ndarray] = []
        self.masks: list[np.ndarray] = []
        self.sizes: list[np.ndarray] = []
        for path in sorted(folder.glob("*.npz")):
            with np.load(path) as npz:
                meta = json.loads(str(npz["meta"]))
                id_ends = np.cumsum(npz["id_counts"])
                block_ends = np.cumsum(npz["block_counts"])
                ids, ends, masks, sizes = (npz[k] for k in ("ids", "ends", "masks", "sizes"))
            for m, i, n, b, k in zip(
                meta,
                id_ends - np.diff(id_ends, prepend=0),
                np.diff(id_ends, prepend=0),
                block_ends - np.diff(block_ends, prepend=0),
                np.diff(block_ends, prepend=0),
                strict=True,
            ):
                if not k or (m["way"] == "dom") != html:
                    continue
                self.ids.append(ids[i : i + n])
                self.counts.append(np.diff(ends[b : b + k], prepend=0))
                self.masks.append(masks[b : b + k])
                self.sizes.append(sizes[b : b + k])
                self.meta.append(m)
        self.first_hash = SLOTS + CONCEPTS
        self._forget_rare(sites)

    def _forget_rare(self, least: int) -> None:
        """Drop hashed words that fewer than `least` sites of the training part use.

        A word of one site tells the site and not the zone; the network would learn it by heart.
        """
        seen: dict[str, np.ndarray] = {}
        way = "dom" if self.html else "wet"
        for m, ids in zip(self.meta, self.ids, strict=True):
            if not m["unseen"] and m["way"] == way and m["set"] not in MADE_UP:
                seen.setdefault(m["site"], np.zeros(self.rows, bool))[ids] = True
        sites = np.sum(list(seen.values()), axis=0)
        row = np.arange(self.rows)
        self.kept = (sites >= np.where(row < ROWS, least, MARK_SITES)) | (row < self.first_hash)
        self.used = np.zeros(self.rows, bool)
        for i, (ids, counts) in enumerate(zip(self.ids, self.counts, strict=True)):
            keep = self.kept[ids]
            owner = np.repeat(np.arange(len(counts)), counts)
            self.ids[i] = ids[keep]
            self.counts[i] = np.bincount(owner[keep], minlength=len(counts))
            if not self.meta[i]["unseen"]:
                self.used[self.ids[i]] = True


class Batcher:
    """Examples → tensors, with words dropped for training."""

    def __init__(
        self, data: Data, rng: np.random.Generator, words: float, boost: float, even: float
    ) -> None:
        self.data, self.rng, self.words, self.boost, self.even = data, rng, words, boost, even
        self.soft: dict[int, np.ndarray] = {}
        """Example → (blocks, 12) probabilities that other networks gave its blocks."""

    def __call__(self, chosen, *, train: bool):
        data, rng = self.data, self.rng
        ids, counts, place, masks, weights = [], [], [], [], []
        row = GAP
        for i in chosen:
            n = len(data.masks[i])
            x, c = data.ids[i].astype(np.int64), data.counts[i]
            if train:
                owner = np.repeat(np.arange(n), c)
                # A page loses a share of its words (a language little seen), a block all of them.
                share = rng.choice((1, 2, 0, 4), p=(0.4, 0.3, 0.2, 0.1)) * self.words
                share = rng.choice((share, 1.0), p=(0.9, 0.1))
                bare = rng.random(n) < self.words
                keep = (x < data.first_hash) | ((rng.random(len(x)) > share) & ~bare[owner])
                if data.html:
                    keep = np.where(x < ROWS, keep, rng.random(len(x)) > rng.choice((0.05, 0.3)))
                x, c = x[keep], np.bincount(owner[keep], minlength=n)
            ids.append(x)
            counts.append(c)
            place.append(np.arange(row, row + n))
            masks.append(data.masks[i])
            weights.append(self._weight(i))
            row += n + GAP
        offsets = np.concatenate([[0], np.cumsum(np.concatenate(counts))[:-1]])
        return (
            (
                torch.from_numpy(np.concatenate(ids)),
                torch.from_numpy(offsets.astype(np.int64)),
                torch.from_numpy(np.concatenate(place)),
                row,
            ),
            bits_of(np.concatenate(masks)),
            torch.from_numpy(np.concatenate(weights)),
        )

    def told(self, chosen) -> tuple[torch.Tensor, torch.Tensor]:
        """What others said of the blocks of a batch, and the weight of each block."""
        soft = np.concatenate([self.soft[i] for i in chosen]).astype(np.float32)
        weights = []
        for i in chosen:
            weight = 0.5 + np.minimum(self.data.sizes[i] / 80, 2.5)
            weight = weight * RARE[self.soft[i].argmax(1)]
            weight = weight * (USUAL / max(weight.sum(), 1.0)) ** self.even
            weights.append(weight * (2.0 if self.data.meta[i]["labelled"] else 1.0))
        return torch.from_numpy(soft), torch.from_numpy(np.concatenate(weights).astype(np.float32))

    def ask(self, nets: list[Net], examples: list[int]) -> None:
        """Let trained networks say what they think of examples, within what the gold allows."""
        with torch.no_grad():
            for s in range(0, len(examples), BATCH):
                chosen = examples[s : s + BATCH]
                given, bits, _ = self(chosen, train=False)
                told = sum(net(*given).softmax(1) for net in nets) * bits + 1e-6 * bits
                told = (told / told.sum(1, keepdim=True)).numpy().astype(np.float16)
                ends = np.cumsum([len(self.data.masks[i]) for i in chosen])[:-1]
                self.soft.update(zip(chosen, np.split(told, ends), strict=True))

    def _weight(self, i: int) -> np.ndarray:
        """Weight of each block: more for long ones and rare zones."""
        bits = (self.data.masks[i].astype(int)[:, None] >> np.arange(ZONES)) & 1
        weight = 0.5 + np.minimum(self.data.sizes[i] / 80, 2.5)
        weight = weight * np.where(bits.sum(1) == 1, RARE[bits.argmax(1)], UNSURE)
        weight = weight * (bits.sum(1) < ZONES)
        # A long page counts for more than a short one, but not in proportion.
        weight = weight * (USUAL / max(weight.sum(), 1.0)) ** self.even
        return (weight * (self.boost if self.data.meta[i]["labelled"] else 1.0)).astype(np.float32)


def bits_of(masks: np.ndarray) -> torch.Tensor:
    """(blocks,) bit sets → (blocks, 12) booleans."""
    return torch.from_numpy(((masks.astype(int)[:, None] >> np.arange(ZONES)) & 1).astype(bool))


def evaluate(net: Net, chain: Chain | None, data: Data, batcher: Batcher, chosen) -> dict:
    """Story F1 by characters and page (mean), zone accuracy and macro F1 on labelled pages."""
    net.eval()
    story = np.array([bool(gold.STORY >> z & 1) for z in range(ZONES)])
    by_set: dict[str, list[float]] = {}
    confusion = np.zeros((ZONES, ZONES))
    with torch.no_grad():
        for i in chosen:
            given, bits, _ = batcher([i], train=False)
            scores = net(*given)
            best = scores.argmax(1).numpy() if chain is None else viterbi(scores, chain)
            bits = bits.numpy()
            can = (bits & story).any(1)
            must = can & ~(bits & ~story).any(1)
            found = story[best]
            size = data.sizes[i].astype(float)
            total = (size * (found & ~(can & ~must))).sum() + (size * must).sum()
            f = float(2 * (size * (found & must)).sum() / total) if total else 1.0
            meta = data.meta[i]
            key = meta["set"]
            if meta["type"] not in (None, "article"):
                key += f" {meta['type']}"
            by_set.setdefault(key, []).append(f)
            if meta["labelled"]:
                by_set.setdefault("zones", []).append(f)
                sure = bits.sum(1) == 1
                np.add.at(confusion, (bits[sure].argmax(1), best[sure]), 1)
    tp = np.diag(confusion)
    f1 = 2 * tp / np.maximum(confusion.sum(0) + confusion.sum(1), 1)
    teasers = confusion[gold.ZONES.index("teaser_title")]
    return {
        **{k: round(float(np.mean(v)), 4) for k, v in sorted(by_set.items())},
        "macro": round(float(f1[confusion.sum(1) > 0].mean()), 4) if confusion.sum() else 0,
        "acc": round(float(tp.sum() / max(confusion.sum(), 1)), 4),
        "leak": round(float(teasers[story].sum() / max(teasers.sum(), 1)), 4),
        "f1": {z: round(float(v), 3) for z, v in zip(gold.ZONES, f1, strict=True)},
    }


def viterbi(scores: torch.Tensor, chain: Chain) -> np.ndarray:
    """The likeliest sequence of zones."""
    between = chain.between.detach().numpy()
    rows = (scores * chain.scale).detach().numpy()
    best, back = rows[0], []
    for row in rows[1:]:
        ways = best[:, None] + between
        back.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return np.array(path[::-1])


def fit_chain(net: Net, data: Data, batcher: Batcher, chosen, rng) -> Chain:
    """Transitions (and the scale of the scores) that make the gold sequences likeliest."""
    net.eval()
    chain = Chain()
    opt = torch.optim.Adam(chain.parameters(), lr=0.03)
    made = []
    with torch.no_grad():
        for i in chosen:
            given, bits, _ = batcher([i], train=False)
            made.append((net(*given), bits))
    made.sort(key=lambda pair: len(pair[0]))
    groups = [made[s : s + 16] for s in range(0, len(made), 16)]
    for epoch in range(4):
        losses = []
        for g in rng.permutation(len(groups)):
            group = groups[g]
            lengths = torch.tensor([len(scores) for scores, _ in group])
            scores = torch.nn.utils.rnn.pad_sequence([s for s, _ in group], batch_first=True)
            bits = torch.nn.utils.rnn.pad_sequence([b for _, b in group], batch_first=True)
            loss = chain.loss(scores, bits, lengths) + 1e-4 * (chain.between**2).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            losses.append(loss.item())
        print(
            "chain", epoch, f"{np.mean(losses):.4f}", f"scale {chain.scale.item():.3f}", flush=True
        )
    return chain


def split(data: Data, *, dev: bool) -> tuple[dict[tuple, list[int]], list[int]]:
    """Examples to train on by page, and those to measure on."""
    train: dict[tuple, list[int]] = {}
    test = []
    for i, m in enumerate(data.meta):
        fold = pages.fold(m["site"]) if m["set"] not in MADE_UP else None
        if fold == pages.UNSEEN:
            if not dev:
                test.append(i)
        elif dev and fold == pages.DEV:
            test.append(i)
        elif len(data.masks[i]) < LONGEST:
            train.setdefault((m["set"], m["id"]), []).append(i)
    np.random.default_rng(1).shuffle(test)
    labelled = [i for i in test if data.meta[i]["labelled"]]
    return train, labelled + [i for i in test if not data.meta[i]["labelled"]][:1200]


def save(path: Path, net: Net, chain: Chain, facts: dict) -> None:
    """Write weights, transitions and facts."""
    np.savez(
        path,
        width=net.bias.shape[0],
        layers=len(net.mix),
        transitions=chain.between.detach().numpy(),
        scale=chain.scale.item(),
        facts=json.dumps(facts),
        **{k: v.detach().numpy() for k, v in net.state_dict().items()},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--html", action="store_true", help="the model for blocks of HTML")
    parser.add_argument(
        "--dev", action="store_true", help="keep one more fold apart, measure on it"
    )
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--density", type=float, default=0.3, help="share of mixing weights kept")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--ways", type=int, default=2, help="flattenings a page and epoch")
    parser.add_argument("--words", type=float, default=0.45, help="share of words dropped")
    parser.add_argument("--even", type=float, default=0.7, help="1: all pages count alike")
    parser.add_argument("--boost", type=float, default=4.0, help="weight of labelled pages")
    parser.add_argument(
        "--repeats", type=int, default=2, help="times an epoch shows labelled pages"
    )
    parser.add_argument("--sites", type=int, default=12, help="sites that must use a word")
    parser.add_argument("--drop", type=float, default=0.15)
    parser.add_argument("--decay", type=float, default=1e-5)
    parser.add_argument(
        "--ask", type=Path, nargs="*", help="trained networks whose mean the new one learns from"
    )
    parser.add_argument("--trust", type=float, default=0.6, help="weight of what those say")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    rng = np.random.default_rng(options.seed)
    data = Data(options.data, options.sites, html=options.html)
    train, test = split(data, dev=options.dev)
    batcher = Batcher(data, rng, options.words, options.boost, options.even)
    per_epoch = []
    for k, examples in train.items():
        per_epoch += [k] * (options.repeats if data.meta[examples[0]]["labelled"] else 1)
    print(len(train), "training pages", len(test), "test examples", flush=True)

    if options.ask:
        everything = [i for examples in train.values() for i in examples]
        batcher.ask([read_net(path) for path in options.ask], everything)
        print("asked", len(options.ask), "networks", flush=True)
    net = Net(data.rows, options.width, options.layers)
    rest = [p for n, p in net.named_parameters() if n != "embed.weight"]
    opt = torch.optim.Adam(
        [{"params": [net.embed.weight], "lr": 4e-3}, {"params": rest, "lr": 3e-3}]
    )
    steps = options.epochs * (len(per_epoch) * options.ways // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        opt, [4e-3, 3e-3], total_steps=steps + 10, pct_start=0.1
    )
    started = time.time()
    for epoch in range(options.epochs):
        net.train()
        # Weights go between a third and seven tenths of the way: fast at first, then slowly.
        done = min(max((epoch / options.epochs - 0.3) / 0.4, 0), 1)
        if done > 0 and options.density < 1:
            net.prune(options.density + (1 - options.density) * (1 - done) ** 3)
        chosen = [
            train[k][j]
            for k in per_epoch
            for j in rng.choice(len(train[k]), min(options.ways, len(train[k])), replace=False)
        ]
        rng.shuffle(chosen)
        losses = []
        for s in range(0, len(chosen) - BATCH + 1, BATCH):
            given, bits, weight = batcher(chosen[s : s + BATCH], train=True)
            logits = net(*given, drop=options.drop)
            loss = set_loss(logits, bits, weight)
            if batcher.soft:
                told = soft_loss(logits, *batcher.told(chosen[s : s + BATCH]))
                loss = (1 - options.trust) * loss + options.trust * told
            loss = loss + options.decay * (net.embed.weight**2).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            schedule.step()
            losses.append(loss.item())
        print(epoch, f"{np.mean(losses):.4f}", f"{time.time() - started:.0f}s", flush=True)
        if epoch % 10 == 9:
            print(json.dumps(evaluate(net, None, data, batcher, test)), flush=True)

    sure = [
        i for k in train for i in train[k]
        if data.meta[i]["labelled"] or (data.meta[i]["set"] == "synthetic" and i % 4 == 0)
    ]  # fmt: skip
    print(json.dumps(evaluate(net, None, data, batcher, test)), flush=True)
    sure = rng.permutation(sure)[:CHAINED].tolist()
    chain = fit_chain(net, data, batcher, sure, rng)
    figures = evaluate(net, chain, data, batcher, test)
    print(json.dumps(figures), flush=True)
    seen = Counter(data.meta[train[k][0]]["set"] for k in train)
    labelled = sum(data.meta[train[k][0]]["labelled"] for k in train)
    facts = {
        "trained": date.today().isoformat(),
        # The names of folders are the trainer's own affair.
        "command": "python tools/train.py "
        + " ".join(f"build/{Path(a).name}" if "/" in a else a for a in sys.argv[1:]),
        "pages": dict(sorted(seen.items())),
        "labelled_by_reading": labelled,
    }
    with torch.no_grad():
        # A word that training never met keeps the noise it began with: it must say nothing.
        net.embed.weight[torch.from_numpy(~data.used)] = 0
    save(options.out, net, chain, facts)


if __name__ == "__main__":
    main()
