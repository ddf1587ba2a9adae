"""Gold pages → training lines: every page flattened in every way, features and allowed zones.

    python tools/dataset.py --out build/dataset

Writes one NumPy archive a gold set. The split by site is made here and written with each page.
"""

import argparse
import json
import random
import re
import sys
from binascii import crc32
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import flatten
import gold
import numpy as np
import pages
from labels import dom_labels, labelled_keys
from score import word_f1

from articlecli.blocks.text import text_blocks
from articlecli.features import page_and_block_features

CEILING = 0.6
"""Pages whose gold can't be found in their HTML (word F1 of the aligned blocks) are left out."""

TOLD: dict[str, list[int]] = {}
"""Allowed zones of the blocks of pages that a teacher was asked about (`teacher.py`)."""


def page_targets(
    page: dict, blocks: list[pages.DomBlock], title: str
) -> tuple[list[int], int] | None:
    """Allowed zones of each block and of the page's title line; `None` without usable gold."""
    labelled = dom_labels(page, blocks, title)
    if labelled is not None:
        return labelled
    if page["set"] == "trafilatura":
        return _snippet_targets(page, blocks), gold.T | gold.X
    if not page.get("text"):
        return None
    share = gold.align(blocks, page["text"])
    found = "\n".join(block.text for block, s in zip(blocks, share, strict=True) if s >= 0.6)
    if word_f1(found, page["text"]) < CEILING:
        return None
    listing = page.get("type") in ("listing", "collection", "forum", "product", "service")
    return gold.targets(page, blocks), gold.T | (gold.X if listing else 0)


def _snippet_targets(page: dict, blocks: list[pages.DomBlock]) -> list[int]:
    """Snippets that must and must not be in the story; everything else is open."""
    out = []
    for block in blocks:
        text = block.text
        allowed = gold.ANY
        if "/nav" in block.path or "/footer" in block.path:
            allowed = gold._outside(block, text, 0, 0, -1)
        if any(s in text for s in page["without"]):
            allowed = gold.REST
        elif any(s in text for s in page.get("comments") or ()):
            allowed = gold.K
        elif any(s in text for s in page["with_"]):
            allowed = gold.STORY
            if re.search(r"/h[1-6](/|$)", block.path):
                allowed = gold.H
            elif len(text) > 150:
                allowed = gold.L | gold.B
        out.append(allowed)
    return out


def lines_of(
    blocks: list[pages.DomBlock], way: str, title: str, rng: random.Random
) -> tuple[list[str], list[tuple[int, ...]]]:
    """A page flattened one way. Owner -1 stands for the page's title line."""
    made = flatten.WAYS[way](blocks, rng)
    if title and (way == "wet" or (way != "markdown" and rng.random() < 0.3)):
        made = [(title, (-1,)), *made]
    if rng.random() < 0.03:
        made = flatten.without_accents(made)
    return [line for line, _ in made], [owner for _, owner in made]


def examples(page: dict) -> Iterator[tuple[str, list[list[int]], list[int], list[int]]]:
    """Each way of a page: its name, the features, allowed zones and length of every block."""
    tree = pages.parse(page["html"])
    if tree is None:
        return
    dom = pages.dom_blocks(tree)
    title = pages.page_title(tree)
    if not dom or len(dom) > 3000:
        return
    made = page_targets(page, dom, title)
    name = f"{page['set']}/{page['id']}"
    if name in TOLD and len(TOLD[name]) == len(dom):
        made = TOLD[name], made[1] if made else gold.T | gold.X
    if made is None:
        return
    yield from flattened(dom, *made, title, name, list(flatten.WAYS))


def flattened(
    dom: list[pages.DomBlock],
    allowed: list[int],
    title_allowed: int,
    title: str,
    name: str,
    ways: list[str],
) -> Iterator[tuple[str, list[list[int]], list[int], list[int]]]:
    """Some ways of a page whose DOM blocks have their allowed zones."""
    for way in ways:
        rng = random.Random(crc32(f"{name}/{way}".encode()))
        lines, owners = lines_of(dom, way, title, rng)
        blocks = text_blocks("\n".join(lines), markdown=way == "markdown")
        masks, sizes = [], []
        for block in blocks:
            votes: Counter[int] = Counter()
            for number in range(block.lines[0], block.lines[1] + 1):
                for owner in owners[number - 1]:
                    mask = title_allowed if owner < 0 else allowed[owner]
                    votes[mask] += len(lines[number - 1])
            masks.append(votes.most_common(1)[0][0])
            sizes.append(len(block.text))
        features = page_and_block_features(blocks)
        yield way, [features.page + ids for ids in features.blocks], masks, sizes


def _work(page: dict) -> list[tuple]:
    return _arrays(examples(page))


def _arrays(made: Iterator[tuple[str, list[list[int]], list[int], list[int]]]) -> list[tuple]:
    out = []
    for way, features, masks, sizes in made:
        ids = np.array([i for f in features for i in f], dtype=np.uint16)
        ends = np.cumsum([len(f) for f in features]).astype(np.int32)
        out.append((way, ids, ends, np.array(masks, np.uint16), np.array(sizes, np.uint16)))
    return out


def _synthetic(item: tuple[int, tuple[str, list[pages.DomBlock], list[int]]]) -> list[tuple]:
    number, (_, dom, zones) = item
    ways = random.Random(number).sample(list(flatten.WAYS), 3)
    ways += [] if "wet" in ways else ["wet"]
    return _arrays(flattened(dom, zones, gold.T, "", f"synthetic/{number}", ways))


def save(path: Path, meta: list[dict], arrays: list[tuple]) -> None:
    """Write one archive."""
    np.savez(
        path,
        meta=json.dumps(meta),
        ids=np.concatenate([a[0] for a in arrays]),
        ends=np.concatenate([a[1] for a in arrays]),
        masks=np.concatenate([a[2] for a in arrays]),
        sizes=np.concatenate([a[3] for a in arrays]),
        id_counts=np.array([len(a[0]) for a in arrays]),
        block_counts=np.array([len(a[1]) for a in arrays]),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", default=[*pages.SETS, "zones", "synthetic"])
    parser.add_argument("--synthetic", type=int, default=2500, help="pages put together")
    parser.add_argument("--teacher", type=Path, help="what `teacher.py` wrote")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.teacher:
        TOLD.update(json.loads(options.teacher.read_text()))
    for name in options.sets:
        if name == "synthetic":
            make_synthetic(options.out / "synthetic.npz", options.synthetic)
            continue
        given = list(pages.load(name))
        if name == "zones":  # the pages that are in no other set
            others = {(page["set"], page["id"]) for n in pages.SETS for page in pages.load(n)}
            given = [page for page in given if (page["set"], page["id"]) not in others]
        meta, arrays = [], []
        with ProcessPoolExecutor(2) as pool:
            for page, made in zip(given, pool.map(_work, given, chunksize=8), strict=True):
                for way, *rest in made:
                    meta.append(_meta(page, way))
                    arrays.append(tuple(rest))
        save(options.out / f"{name}.npz", meta, arrays)
        print(name, len(given), "pages", len(meta), "examples", file=sys.stderr)


def _meta(page: dict, way: str) -> dict:
    return {
        "set": page["set"],
        "id": page["id"],
        "site": pages.site(page),
        "way": way,
        "unseen": pages.unseen(page),
        "lang": page.get("lang") or page.get("cc"),
        "type": page.get("type"),
        "labelled": (page["set"], page["id"]) in labelled_keys(),
    }


def make_synthetic(path: Path, count: int) -> None:
    """Write the archive of pages put together from parts."""
    from synthesize import synthetic_pages

    made = list(enumerate(synthetic_pages(count)))
    meta, arrays = [], []
    with ProcessPoolExecutor(2) as pool:
        for (number, (language, _, _)), ways in zip(
            made, pool.map(_synthetic, made, chunksize=16), strict=True
        ):
            for way, *rest in ways:
                facts = {"set": "synthetic", "id": str(number), "site": f"synthetic {number}"}
                facts |= {"way": way, "unseen": False, "lang": language, "type": None}
                meta.append({**facts, "labelled": False})
                arrays.append(tuple(rest))
    save(path, meta, arrays)
    print("synthetic", count, "pages", len(meta), "examples", file=sys.stderr)


if __name__ == "__main__":
    main()
