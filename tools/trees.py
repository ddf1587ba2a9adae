"""Boosted trees over a block's features and its neighbours', a candidate beside the network.

    python tools/trees.py --data build/dev              # made by dataset.py --dev

Needs lightgbm and scipy. Trees see the features that are no hashed words, of a block and of two
blocks on either side, and learn from the blocks whose zone the gold leaves no doubt of. They are
followed by the same transitions and measured on the same fold as `train.py --dev`.
"""

import argparse
import json
from pathlib import Path

import lightgbm
import numpy as np
import torch
from scipy import sparse
from train import Batcher, Data, bits_of, evaluate, fit_chain, split

NEAR = (0, -1, 1, -2, 2)
"""Blocks whose features a block's tree sees."""
ROUNDS = 100


class Trees:
    """Trees with the manners of `network.Net`: a batch of one page → scores."""

    def __init__(self, booster: lightgbm.Booster, first_hash: int) -> None:
        self.booster, self.first_hash = booster, first_hash

    def eval(self) -> None:
        """Nothing to switch."""

    def __call__(self, ids, offsets, _place, _length):
        counts = np.diff(np.append(offsets.numpy(), len(ids)))
        rows = features(ids.numpy(), counts, self.first_hash)
        told = self.booster.predict(rows, num_threads=1)
        return torch.from_numpy(np.log(np.maximum(told, 1e-6)).astype(np.float32))


def features(ids: np.ndarray, counts: np.ndarray, first_hash: int) -> sparse.csr_matrix:
    """(blocks, len(NEAR) * first_hash) of zeros and ones."""
    kept = ids < first_hash
    owner = np.repeat(np.arange(len(counts)), counts)[kept]
    one = sparse.csr_matrix(
        (np.ones(len(owner), np.float32), (owner, ids[kept])), shape=(len(counts), first_hash)
    )
    return sparse.hstack(
        [one if not o else sparse.eye(len(counts), k=o, format="csr") @ one for o in NEAR], "csr"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sites", type=int, default=12)
    options = parser.parse_args()
    rng = np.random.default_rng(1)
    data = Data(options.data, options.sites, html=False)
    train, test = split(data, dev=True)
    batcher = Batcher(data, rng, 0.45, 4.0, 0.7)
    chosen = [i for k in train if data.meta[train[k][0]]["labelled"]
              for i in rng.choice(train[k], 1)]  # fmt: skip
    rows, zones, weights = [], [], []
    for i in chosen:
        bits = bits_of(data.masks[i]).numpy()
        sure = bits.sum(1) == 1
        rows.append(features(data.ids[i], data.counts[i], data.first_hash)[sure])
        zones.append(bits.argmax(1)[sure])
        weights.append(batcher._weight(i)[sure])
    given = lightgbm.Dataset(
        sparse.vstack(rows), np.concatenate(zones), weight=np.concatenate(weights)
    )
    choices = {"objective": "multiclass", "num_class": 12, "num_leaves": 31, "learning_rate": 0.1,
               "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "seed": 1,
               "num_threads": 2, "verbosity": -1, "deterministic": True}  # fmt: skip
    print(len(chosen), "examples,", given.get_label().size, "blocks", flush=True)
    trees = Trees(lightgbm.train(choices, given, ROUNDS), data.first_hash)
    chain = fit_chain(trees, data, batcher, rng.permutation(chosen)[:2000].tolist(), rng)
    print(json.dumps(evaluate(trees, chain, data, batcher, test)))


if __name__ == "__main__":
    main()
