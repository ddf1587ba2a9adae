"""Training lines, read from the archives that `make/dataset.py` wrote, and how they are split."""

import json
from pathlib import Path

import numpy as np

from articlecli.model.features.slots import CONCEPTS, MARKUP_HASHES, ROWS, SLOTS
from lab.gold import pages

MADE_UP = ("synthetic", "spliced")
"""Sets of pages put together, of no site."""
MARK_SITES = 4
"""Sites that must use a class word before it says anything."""
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
        self.used: np.ndarray = np.zeros(self.rows, bool)
        for i, (ids, counts) in enumerate(zip(self.ids, self.counts, strict=True)):
            keep = self.kept[ids]
            owner: np.ndarray = np.repeat(np.arange(len(counts)), counts)
            self.ids[i] = ids[keep]
            self.counts[i] = np.bincount(owner[keep], minlength=len(counts))
            if not self.meta[i]["unseen"]:
                self.used[self.ids[i]] = True


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
