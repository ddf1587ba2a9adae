"""The mean of a model that went on from a shipped one and of that shipped one.

    python -m lab average --start zones-html.model --model build/html.npz --out build/mean.npz

A model trained further on new pages forgets some of what the old one knew; the mean of their
weights keeps both. Only weights move: what was pruned stays zero in either.
"""

from pathlib import Path

import numpy as np

from lab.train.network import read_shipped


def average(start: Path, model: Path, out: Path, share: float) -> None:
    """Write the archive of the mean.

    Args:
        start: The model file that training went on from.
        model: The archive that `train --start` wrote.
        out: Archive to write.
        share: Weight of the new one, 0–1.

    """
    with np.load(model) as npz:
        made = dict(npz)
    before = read_shipped(start, len(made["embed.weight"])).state_dict()
    for name, weights in before.items():
        if "mask" not in name:
            made[name] = share * made[name] + (1 - share) * weights.numpy()
    np.savez(out, **made)
