"""Find the temperature at which the zone model's probabilities mean what they say.

    python -m lab train --dev … --out build/dev.npz      # the recipe of the shipped model
    python -m lab calibrate --data build/text --model build/dev.npz

On the pages it was trained on a network is surer than it may be elsewhere. So the temperature is
found on the fold that the same recipe kept apart, and handed to `export --temperature`.
`evaluate` shows what it does on sites that nothing was chosen on.
"""

from pathlib import Path

import numpy as np
import torch

from lab.train.batches import Batcher
from lab.train.chain import viterbi
from lab.train.data import Data, split
from lab.train.network import Chain, Net, read_net


def load(path: Path) -> tuple[Net, Chain]:
    """Network and transitions of a file that `train.py` wrote."""
    with np.load(path) as npz:
        chain = Chain()
        chain.between.data = torch.from_numpy(npz["transitions"])
        chain.scale.data = torch.tensor(float(npz["scale"]))
    return read_net(path), chain


def calibrate(folder: Path, model: Path, sites: int, *, html: bool) -> None:
    """Print how well the probabilities fit under each temperature."""
    net, chain = load(model)
    data = Data(folder, sites, html=html)
    _, test = split(data, dev=True)
    batcher = Batcher(data, np.random.default_rng(0), 0, 1, 0)
    rows, said, right = [], [], []
    with torch.no_grad():
        for i in test:
            if not data.meta[i]["labelled"]:
                continue
            given, bits, _ = batcher([i], train=False)
            scores = net(*given)
            best = viterbi(scores, chain)
            sure = bits.sum(1).numpy() == 1
            rows.append((scores * chain.scale).numpy()[sure])
            said.append(best[sure])
            right.append(bits.numpy()[sure, best[sure]])
    scores, said, right = np.concatenate(rows), np.concatenate(said), np.concatenate(right)
    print("| temperature | mean confidence | right | log loss |\n|---|---|---|---|")
    for temperature in np.arange(0.8, 2.6, 0.1):
        z = scores / temperature
        z = np.exp(z - z.max(1, keepdims=True))
        p = (z / z.sum(1, keepdims=True))[np.arange(len(said)), said].clip(1e-6, 1 - 1e-6)
        loss = -np.where(right, np.log(p), np.log(1 - p)).mean()
        print(f"| {temperature:.1f} | {p.mean():.4f} | {right.mean():.4f} | {loss:.4f} |")
