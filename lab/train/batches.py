"""Examples → tensors, with the weight of each block."""

from collections.abc import Sequence

import numpy as np
import torch

from articlecli.model.features.slots import ROWS
from lab.train.data import Data
from lab.train.network import GAP, ZONES, Net

RARE = np.array([1.5, 3, 1.5, 1, 1.5, 2, 3, 1, 2, 1, 1.5, 1.0])
"""Weight of each zone where it is sure: a page has one lead and forty paragraphs."""
UNSURE = 0.6
"""Weight of a block that may be two or three things: only story against rest is sure."""
BATCH = 24
USUAL = 200.0
"""Weight of a page of usual length."""
Batch = tuple[tuple[torch.Tensor, torch.Tensor, torch.Tensor, int], torch.Tensor, torch.Tensor]
"""What `Net.forward` takes; (blocks, 12) allowed zones; weight of each block."""


class Batcher:
    """Examples → tensors, with words dropped for training."""

    def __init__(
        self, data: Data, rng: np.random.Generator, words: float, boost: float, even: float
    ) -> None:
        self.data, self.rng, self.words, self.boost, self.even = data, rng, words, boost, even
        self.soft: dict[int, np.ndarray] = {}
        """Example → (blocks, 12) probabilities that other networks gave its blocks."""

    def __call__(self, chosen: Sequence[int], *, train: bool) -> Batch:
        """Input of the network, allowed zones, and weights of the blocks of some examples."""
        data, rng = self.data, self.rng
        ids, counts, place, masks, weights = [], [], [], [], []
        row = GAP
        for i in chosen:
            n = len(data.masks[i])
            x: np.ndarray = data.ids[i].astype(np.int64)
            c: np.ndarray = data.counts[i]
            if train:
                owner: np.ndarray = np.repeat(np.arange(n), c)
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

    def told(self, chosen: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
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
