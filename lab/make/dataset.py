"""Gold pages → training lines: every page flattened in every way, features and allowed zones.

    python -m lab dataset --out build/text              # for the model for text
    python -m lab dataset --out build/html --html       # for the model for HTML

Writes one NumPy archive a gold set. The split by site is made here and written with each page.
"""

import json
import random
import sys
from binascii import crc32
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from articlecli.document import Declared
from lab.gold import pages
from lab.gold.labels import labelled_keys
from lab.make.examples import Example, examples, flattened, marked_up, with_markup
from lab.make.flatten import WAYS
from lab.make.splice import spliced_pages
from lab.make.synthesize import synthetic_pages

MADE_UP = {"synthetic": synthetic_pages, "spliced": spliced_pages}
"""Sets of pages put together: from parts, and from pieces of labelled pages."""
Arrays = tuple[str, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Way, feature numbers, where each block's end, allowed zones, lengths."""


@dataclass(frozen=True)
class Choice:
    """What a dataset is made of."""

    html: bool
    """Each page once, as the road for HTML sees it."""
    dev: bool
    """Pages put together take nothing from the fold that choices are made on."""
    made_up: dict[str, int]
    """How many pages of each set of pages put together."""
    ways: int
    """Ways in which each page is flattened."""
    told: dict[str, list[int]]
    """Zones of the blocks of pages that a teacher was asked about."""


def make_dataset(out: Path, sets: list[str], choice: Choice) -> None:
    """Write an archive for each set."""
    out.mkdir(parents=True, exist_ok=True)
    for name in sets:
        path = out / f"{name}.npz"
        if name in MADE_UP:
            count, meta, arrays = _put_together(name, choice)
        else:
            count, meta, arrays = _gold(name, choice)
        save(path, meta, arrays)
        print(name, count, "pages", len(meta), "examples", file=sys.stderr)


def _gold(name: str, choice: Choice) -> tuple[int, list[dict], list[tuple]]:
    given = list(pages.load(name))
    if name == "zones":  # the pages that are in no other set
        others = {(page["set"], page["id"]) for n in pages.SETS for page in pages.load(n)}
        given = [page for page in given if (page["set"], page["id"]) not in others]
    jobs = [
        (page, choice.told.get(f"{page['set']}/{page['id']}"), choice.html, choice.ways)
        for page in given
    ]
    meta, arrays = [], []
    with ProcessPoolExecutor(2) as pool:
        for page, made in zip(given, pool.map(_work, jobs, chunksize=8), strict=True):
            for way, *rest in made:
                meta.append(_meta(page, way))
                arrays.append(tuple(rest))
    return len(given), meta, arrays


def _work(job: tuple[dict, list[int] | None, bool, int]) -> list[Arrays]:
    page, told, html, ways = job
    return _arrays(examples(page, told, html=html, ways=ways))


def _put_together(name: str, choice: Choice) -> tuple[int, list[dict], list[tuple]]:
    made = list(MADE_UP[name](choice.made_up[name], dev=choice.dev))
    jobs = [(f"{name}/{n}", choice.html, *page) for n, (_, *page) in enumerate(made)]
    meta, arrays = [], []
    with ProcessPoolExecutor(2) as pool:
        for number, ways in enumerate(pool.map(_made_up, jobs, chunksize=16)):
            for way, *rest in ways:
                facts: dict[str, object] = {"set": name, "id": str(number), "way": way}
                facts["site"] = f"{name} {number}"
                facts |= {"unseen": False, "lang": made[number][0], "type": None}
                meta.append({**facts, "labelled": False})
                arrays.append(tuple(rest))
    return len(made), meta, arrays


def _made_up(
    item: tuple[str, bool, list[pages.DomBlock], list[int], str, int, Declared],
) -> list[Arrays]:
    name, html, dom, zones, title, title_zone, head = item
    if html:
        return _arrays(marked_up(with_markup(dom, title, head), dom, zones, title_zone))
    ways = random.Random(crc32(name.encode())).sample(list(WAYS), 3)
    ways += [] if "wet" in ways else ["wet"]
    return _arrays(flattened(dom, zones, title_zone, title, name, ways))


def _arrays(made: Iterator[Example]) -> list[Arrays]:
    out = []
    for way, features, masks, sizes in made:
        ids = np.array([i for f in features for i in f], dtype=np.uint16)
        ends = np.cumsum([len(f) for f in features]).astype(np.int32)
        out.append((way, ids, ends, np.array(masks, np.uint16), np.array(sizes, np.uint16)))
    return out


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
