"""What a trained network reaches on pages kept apart."""

from collections.abc import Sequence

import numpy as np
import torch

from lab.gold.zones import STORY
from lab.gold.zones import ZONES as NAMES
from lab.train.batches import Batcher
from lab.train.chain import viterbi
from lab.train.data import Data
from lab.train.network import ZONES, Chain, Net


def evaluate(
    net: Net, chain: Chain | None, data: Data, batcher: Batcher, chosen: Sequence[int]
) -> dict:
    """Story F1 by characters and page (mean), zone accuracy and macro F1 on labelled pages."""
    net.eval()
    story = np.array([bool(STORY >> z & 1) for z in range(ZONES)])
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
            size: np.ndarray = data.sizes[i].astype(float)
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
    teasers = confusion[NAMES.index("teaser_title")]
    return {
        **{k: round(float(np.mean(v)), 4) for k, v in sorted(by_set.items())},
        "macro": round(float(f1[confusion.sum(1) > 0].mean()), 4) if confusion.sum() else 0,
        "acc": round(float(tp.sum() / max(confusion.sum(), 1)), 4),
        "leak": round(float(teasers[story].sum() / max(teasers.sum(), 1)), 4),
        "f1": {z: round(float(v), 3) for z, v in zip(NAMES, f1, strict=True)},
    }
