"""Train the zone model on the lines that `make/dataset.py` made.

    python -m lab train --data build/text --out build/text.npz             # the one that ships
    python -m lab train --data build/text --out build/try.npz --dev        # to choose by

Needs PyTorch. Blocks whose gold is a set of zones count by the probability of the set. Sites of
the fold `unseen` are never trained on; with `--dev` one more fold is kept apart, and every choice
(layers, weights, epochs) is made by the figures on that one.
"""

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import torch

from lab.train.batches import BATCH, Batcher
from lab.train.chain import fit_chain
from lab.train.data import Data, split
from lab.train.figures import evaluate
from lab.train.network import Chain, Net, read_net, read_shipped, set_loss, soft_loss

CHAINED = 4000
"""Examples that the transitions are learned from: 144 numbers need no more."""
Examples = dict[tuple, list[int]]
"""Set and id of a page → the numbers of its examples."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a model is trained; the command's options say what each is."""

    html: bool
    dev: bool
    width: int
    layers: int
    density: float
    epochs: int
    ways: int
    words: float
    even: float
    boost: float
    repeats: int
    sites: int
    drop: float
    decay: float
    start: Path | None
    rate: float
    ask: tuple[Path, ...]
    trust: float
    seed: int
    threads: int


def train_model(folder: Path, out: Path, recipe: Recipe, command: str) -> None:
    """Train by a recipe on a dataset, and write the archive.

    Args:
        folder: Where the dataset lies.
        out: Archive to write.
        recipe: How to train.
        command: What the model's header says that it was made by.

    """
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    rng = np.random.default_rng(recipe.seed)
    data = Data(folder, recipe.sites, html=recipe.html)
    train, test = split(data, dev=recipe.dev)
    batcher = Batcher(data, rng, recipe.words, recipe.boost, recipe.even)
    print(len(train), "training pages", len(test), "test examples", flush=True)

    if recipe.ask:
        everything = [i for examples in train.values() for i in examples]
        batcher.ask([read_net(path) for path in recipe.ask], everything)
        print("asked", len(recipe.ask), "networks", flush=True)
    net = fit(data, train, test, batcher, recipe)
    sure = [
        i for k in train for i in train[k]
        if data.meta[i]["labelled"] or (data.meta[i]["set"] == "synthetic" and i % 4 == 0)
    ]  # fmt: skip
    print(json.dumps(evaluate(net, None, data, batcher, test)), flush=True)
    sure = rng.permutation(sure)[:CHAINED].tolist()
    chain = fit_chain(net, batcher, sure, rng)
    figures = evaluate(net, chain, data, batcher, test)
    print(json.dumps(figures), flush=True)
    with torch.no_grad():
        # A word that training never met keeps the noise it began with: it must say nothing.
        net.embed.weight[torch.from_numpy(~data.used)] = 0
    save(out, net, chain, facts_of(data, train, command))


def fit(data: Data, train: Examples, test: Sequence[int], batcher: Batcher, recipe: Recipe) -> Net:
    """The network, trained on examples of `train`; figures on `test` are printed on the way."""
    rng = batcher.rng
    per_epoch = []
    for k, examples in train.items():
        per_epoch += [k] * (recipe.repeats if data.meta[examples[0]]["labelled"] else 1)
    net = (
        read_shipped(recipe.start, data.rows)
        if recipe.start
        else Net(data.rows, recipe.width, recipe.layers)
    )
    rest = [p for n, p in net.named_parameters() if n != "embed.weight"]
    opt = torch.optim.Adam(
        [{"params": [net.embed.weight], "lr": recipe.rate}, {"params": rest, "lr": recipe.rate}]
    )
    steps = recipe.epochs * (len(per_epoch) * recipe.ways // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        opt, [recipe.rate, 0.75 * recipe.rate], total_steps=steps + 10, pct_start=0.1
    )
    started = time.time()
    for epoch in range(recipe.epochs):
        net.train()
        # Weights go between a third and seven tenths of the way: fast at first, then slowly.
        done = min(max((epoch / recipe.epochs - 0.3) / 0.4, 0), 1)
        if done > 0 and recipe.density < 1 and not recipe.start:
            net.prune(recipe.density + (1 - recipe.density) * (1 - done) ** 3)
        chosen = [
            train[k][j]
            for k in per_epoch
            for j in rng.choice(len(train[k]), min(recipe.ways, len(train[k])), replace=False)
        ]
        rng.shuffle(chosen)
        losses = []
        for s in range(0, len(chosen) - BATCH + 1, BATCH):
            given, bits, weight = batcher(chosen[s : s + BATCH], train=True)
            logits = net(*given, drop=recipe.drop)
            loss = set_loss(logits, bits, weight)
            if batcher.soft:
                told = soft_loss(logits, *batcher.told(chosen[s : s + BATCH]))
                loss = (1 - recipe.trust) * loss + recipe.trust * told
            loss = loss + recipe.decay * (net.embed.weight**2).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            schedule.step()
            losses.append(loss.item())
        print(epoch, f"{np.mean(losses):.4f}", f"{time.time() - started:.0f}s", flush=True)
        if epoch % 10 == 9:
            print(json.dumps(evaluate(net, None, data, batcher, test)), flush=True)
    return net


def facts_of(data: Data, train: Examples, command: str) -> dict:
    """What a model's header says of its training."""
    seen = Counter(data.meta[train[k][0]]["set"] for k in train)
    labelled = sum(data.meta[train[k][0]]["labelled"] for k in train)
    return {
        "trained": date.today().isoformat(),
        "command": command,
        "pages": dict(sorted(seen.items())),
        "labelled_by_reading": labelled,
    }


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
