"""Train the zone model on the lines that `dataset.py` made.

    python tools/train.py --data build/dataset --out build/model.npz

Needs PyTorch. The network is the one that `articlecli.zones.model` evaluates with integers: an
embedding bag over a block's features, two layers that mix each block with what stands around it,
and a score for each zone. Blocks whose gold is a set of zones count by the probability of the set.
"""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

import gold
from articlecli.features.slots import CONCEPTS, ROWS, SLOTS

ZONES = 12
GAP = 24
"""Empty rows between pages, so that no window reaches into the next page."""
REPEATS = 2
"""How often an epoch shows a page labelled by reading."""
RARE = torch.tensor([1.5, 3, 1.5, 1, 1.5, 2, 3, 1, 2, 1, 1.5, 1.0])
"""Weight of each zone on labelled pages: a page has one lead and forty paragraphs."""
WINDOWS = ((3, 6), (7, 22))
"""Distances over which blocks before and after are averaged."""


class Data:
    """Examples of all sets in one: features, allowed zones and sizes."""

    def __init__(self, folder: Path, sites: int) -> None:
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
                if not k:
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
        for m, ids in zip(self.meta, self.ids, strict=True):
            if not m["unseen"] and m["way"] == "wet" and m["set"] != "synthetic":
                seen.setdefault(m["site"], np.zeros(ROWS, bool))[ids] = True
        sites = np.sum(list(seen.values()), axis=0)
        self.kept = (sites >= least) | (np.arange(ROWS) < self.first_hash)
        for i, (ids, counts) in enumerate(zip(self.ids, self.counts, strict=True)):
            keep = self.kept[ids]
            owner = np.repeat(np.arange(len(counts)), counts)
            self.ids[i] = ids[keep]
            self.counts[i] = np.bincount(owner[keep], minlength=len(counts))


class Net(nn.Module):
    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.embed = nn.EmbeddingBag(ROWS, width, mode="sum")
        nn.init.normal_(self.embed.weight, std=0.05)
        self.bias = nn.Parameter(torch.full((width,), 0.3))
        self.taps = nn.ParameterList()
        self.mix = nn.ModuleList()
        for _ in range(layers):
            self.taps.append(nn.Parameter(torch.randn(2, 9, width) * 0.3))
            self.mix.append(nn.Linear(3 * width, width))
        self.out = nn.Linear(width, ZONES)

    def forward(self, ids, offsets, place, length, drop=0.0):
        """ids/offsets: bag of each block; place: row of each block in the gapped sequence."""
        bag = self.embed(ids, offsets) + self.bias
        bag = bag.clamp(0, 1)
        live = torch.zeros(length, 1)
        live[place] = 1
        a = torch.zeros(length, bag.shape[1]).index_copy(0, place, bag)
        for taps, mix in zip(self.taps, self.mix, strict=True):
            a = nn.functional.dropout(a, drop, self.training)
            around = contexts(a)
            d = (around[None] * taps[:, :, None, :]).sum(1)
            a = mix(torch.cat([a, d[0], d[1]], 1)).clamp(0, 1) * live
        a = nn.functional.dropout(a, drop, self.training)
        return self.out(a[place])


def contexts(a: torch.Tensor) -> torch.Tensor:
    """(rows, width) → (9, rows, width): neighbours and means of windows before and after."""
    rows = a.shape[0]
    pad = nn.functional.pad(a, (0, 0, GAP, GAP))
    sums = nn.functional.pad(pad.cumsum(0), (0, 0, 1, 0))

    def window(lo: int, hi: int) -> torch.Tensor:
        s = GAP + lo
        e = GAP + hi + 1
        return (sums[e : e + rows] - sums[s : s + rows]) / (hi - lo + 1)

    out = [pad[GAP + o : GAP + o + rows] for o in (0, -1, 1, -2, 2)]
    for near, far in WINDOWS:
        out += [window(-far, -near), window(near, far)]
    return torch.stack(out)


def batch(data: Data, chosen, rng=None, lexical_drop: float = 0.0, boosted: float = 1.0):
    ids, counts, place, masks, sizes, boost = [], [], [], [], [], []
    row = GAP
    for i in chosen:
        n = len(data.masks[i])
        x, c = data.ids[i].astype(np.int64), data.counts[i]
        if rng is not None and lexical_drop:
            owner = np.repeat(np.arange(n), c)
            # A page loses a share of its words (a language little seen), a block all of them.
            share = rng.choice((lexical_drop, 2 * lexical_drop, 0.6, 1.0), p=(0.4, 0.3, 0.2, 0.1))
            bare = rng.random(n) < lexical_drop
            keep = (x < data.first_hash) | ((rng.random(len(x)) > share) & ~bare[owner])
            x, c = x[keep], np.bincount(owner[keep], minlength=n)
        ids.append(x)
        counts.append(c)
        place.append(np.arange(row, row + n))
        masks.append(data.masks[i])
        sizes.append(data.sizes[i])
        boost.append(np.full(n, boosted if data.meta[i]["labelled"] else 1.0))
        row += n + GAP
    counts = np.concatenate(counts)
    offsets = np.concatenate([[0], np.cumsum(counts)[:-1]])
    masks = np.concatenate(masks).astype(np.int64)
    bits = (masks[:, None] >> np.arange(ZONES)) & 1
    sizes = np.concatenate(sizes).astype(np.float32)
    weight = (0.5 + np.minimum(sizes / 80, 2.5)) * np.concatenate(boost)
    # A block that may be two or three things says little; only story against rest is sure.
    sure = bits.sum(1) == 1
    weight *= np.where(sure, RARE.numpy()[bits.argmax(1)], 0.6)
    return (
        torch.from_numpy(np.concatenate(ids)),
        torch.from_numpy(offsets.astype(np.int64)),
        torch.from_numpy(np.concatenate(place)),
        row,
        torch.from_numpy(bits.astype(bool)),
        torch.from_numpy(weight.astype(np.float32)),
        sizes,
    )


def set_loss(logits, bits, weight, smooth: float = 0.004):
    """Minus log of the probability that the zone is one of the allowed."""
    logp = logits.log_softmax(1)
    inside = logp.masked_fill(~bits, -1e9).logsumexp(1)
    open_ = bits.all(1)
    loss = -(inside * weight)[~open_].sum() / weight[~open_].sum()
    return loss - smooth * logp.mean()


def evaluate(net: Net, data: Data, chosen) -> dict:
    """Story F1 by characters and page (mean), zone accuracy and macro F1 on labelled pages."""
    net.eval()
    story_bits = torch.tensor([bool(gold.STORY >> z & 1) for z in range(ZONES)])
    by_set: dict[str, list[float]] = {}
    confusion = np.zeros((ZONES, ZONES))
    with torch.no_grad():
        for i in chosen:
            ids, offsets, place, length, bits, _, sizes = batch(data, [i])
            best = net(ids, offsets, place, length).argmax(1)
            can = (bits & story_bits).any(1)
            must = can & ~(bits & ~story_bits).any(1)
            found = story_bits[best]
            size = torch.from_numpy(sizes)
            hit = (size * (found & can)).sum()
            total = (size * (found & ~(can & ~must))).sum() + (size * must).sum()
            miss_free = (size * (found & must)).sum() * 2
            f = float(miss_free / total) if total else (1.0 if not hit else 0.0)
            key = data.meta[i]["set"]
            if data.meta[i]["type"] not in (None, "article"):
                key += f" {data.meta[i]['type']}"
            by_set.setdefault(key, []).append(f)
            if data.meta[i]["labelled"]:
                by_set.setdefault("zones", []).append(f)
                sure = bits.sum(1) == 1
                truth = bits[sure].float().argmax(1).numpy()
                np.add.at(confusion, (truth, best[sure].numpy()), 1)
    tp = np.diag(confusion)
    f1 = 2 * tp / np.maximum(confusion.sum(0) + confusion.sum(1), 1)
    return {
        **{k: round(float(np.mean(v)), 4) for k, v in by_set.items()},
        "macro": round(float(f1[confusion.sum(1) > 0].mean()), 4) if confusion.sum() else 0,
        "acc": round(float(tp.sum() / max(confusion.sum(), 1)), 4),
        "f1": {z: round(float(v), 3) for z, v in zip(gold.ZONES, f1, strict=True)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--ways", type=int, default=2, help="flattenings a page and epoch")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--words", type=float, default=0.25, help="share of words dropped")
    parser.add_argument("--boost", type=float, default=4.0, help="weight of labelled pages")
    parser.add_argument("--sites", type=int, default=12, help="sites that must use a word")
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--decay", type=float, default=3e-6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    rng = np.random.default_rng(options.seed)
    data = Data(options.data, options.sites)
    train: dict[tuple, list[int]] = {}
    test = []
    for i, m in enumerate(data.meta):
        if m["unseen"]:
            test.append(i)
        elif len(data.masks[i]) < 1500:
            train.setdefault((m["set"], m["id"]), []).append(i)
    random.Random(1).shuffle(test)
    test = [i for i in test if data.meta[i]["labelled"]] + [
        i for i in test if not data.meta[i]["labelled"]
    ][:1200]
    print(len(train), "training pages", len(test), "test examples", flush=True)
    net = Net(options.width, options.layers)
    groups = [
        {"params": [net.embed.weight], "lr": 4e-3, "weight_decay": 0.0},
        {"params": [p for n, p in net.named_parameters() if n != "embed.weight"], "lr": 3e-3},
    ]
    opt = torch.optim.Adam(groups)
    keys = list(train)
    per_epoch = []
    for k in keys:
        per_epoch += [k] * (REPEATS if data.meta[train[k][0]]["labelled"] else 1)
    steps = options.epochs * (len(per_epoch) * options.ways // 24)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        opt, [4e-3, 3e-3], total_steps=steps + 10, pct_start=0.1
    )
    started = time.time()
    for epoch in range(options.epochs):
        net.train()
        chosen = [
            train[k][j]
            for k in per_epoch
            for j in rng.choice(len(train[k]), min(options.ways, len(train[k])), replace=False)
        ]
        rng.shuffle(chosen)
        losses = []
        for s in range(0, len(chosen) - 23, 24):
            ids, offsets, place, length, bits, weight, _ = batch(
                data, chosen[s : s + 24], rng, options.words, options.boost
            )
            loss = set_loss(net(ids, offsets, place, length, drop=options.drop), bits, weight)
            loss = loss + options.decay * (net.embed.weight**2).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            schedule.step()
            losses.append(loss.item())
        print(epoch, f"{np.mean(losses):.4f}", f"{time.time() - started:.0f}s", flush=True)
        if epoch % 2 == 1 or epoch == options.epochs - 1:
            print(json.dumps(evaluate(net, data, test)), flush=True)
            np.savez(
                options.out,
                width=options.width,
                layers=options.layers,
                **{k: v.detach().numpy() for k, v in net.state_dict().items()},
            )


if __name__ == "__main__":
    main()
