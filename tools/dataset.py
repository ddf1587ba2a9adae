"""Gold pages → training lines: every page flattened in every way, features and allowed zones.

    python tools/dataset.py --out build/dataset           # for the model for text
    python tools/dataset.py --out build/html --html       # for the model for HTML

Writes one NumPy archive a gold set. The split by site is made here and written with each page.
"""

import argparse
import difflib
import json
import random
import re
import sys
from binascii import crc32
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import flatten
import gold
import numpy as np
import pages
from labels import dom_labels, labelled_keys, line_hash
from score import word_f1

from articlecli.blocks.element import kind_of
from articlecli.blocks.from_html import html_blocks, with_declared
from articlecli.blocks.from_text import text_blocks
from articlecli.document import Block, Declared, Markup
from articlecli.evidence import evidence_of
from articlecli.model.features import page_and_block_features
from articlecli.text.lines import line_spans

CEILING = 0.6
"""Pages whose gold can't be found in their HTML (word F1 of the aligned blocks) are left out."""

HTML = "--html" in sys.argv
"""Make the examples of the model for HTML: set here, so that worker processes know it too."""
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
    if HTML:
        yield from marked_up(html_blocks(page["html"])[1], dom, *made)
    else:
        yield from flattened(dom, *made, title, name, list(flatten.WAYS))


def marked_up(
    blocks: Sequence[Block], dom: Sequence[pages.DomBlock], allowed: list[int], title_allowed: int
) -> Iterator[tuple[str, list[list[int]], list[int], list[int]]]:
    """The page as the road for HTML sees it; zones are found again by the blocks' words."""
    masks = []
    for owners in owners_of(blocks, dom):
        votes: Counter[int] = Counter()
        for owner in owners:
            votes[title_allowed if owner < 0 else allowed[owner]] += 1
        masks.append(votes.most_common(1)[0][0] if votes else gold.ANY)
    features = page_and_block_features(blocks, evidence_of(blocks))
    rows = [features.page + ids for ids in features.blocks]
    yield "dom", rows, masks, [len(block.text) for block in blocks]


def owners_of(blocks: Sequence[Block], dom: Sequence[pages.DomBlock]) -> list[tuple[int, ...]]:
    """Which of a page's DOM blocks each block of the road for HTML is; -1 for the title's."""
    pieces = [
        (line_hash(piece), i)
        for i, block in enumerate(blocks)
        for piece in (block.text.split(" | ") if block.kind == "table" else [block.text])
    ]
    known = [line_hash(block.text) for block in dom]
    out: list[list[int]] = [[] for _ in blocks]
    matcher = difflib.SequenceMatcher(None, [h for h, _ in pieces], known, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            out[pieces[a + k][1]].append(b + k)
    if blocks and blocks[0].markup and blocks[0].markup.path == "html/head/title":
        out[0] = [-1]
    return [tuple(owners) for owners in out]


def _with_markup(dom: Sequence[pages.DomBlock], title: str, head: Declared) -> list[Block]:
    """DOM blocks of a page put together, as `articlecli.blocks.from_html` would have made them."""
    out = []
    if title:
        markup = Markup(path="html/head/title", marks="", linked=0.0, strong=False)
        out.append(Block(text=title, lines=(1, 1), span=(0, 0), markup=markup))
    for block in dom:
        size = sum(map(len, block.pieces))
        linked = sum(len(p) for p, on in zip(block.pieces, block.linked, strict=True) if on)
        kind, level = kind_of(block.path)
        markup = Markup(
            path=block.path,
            marks=block.marks,
            linked=min(linked / max(size, 1), 1.0),
            strong=all(on for on, p in zip(block.strong, block.pieces, strict=True) if p.strip()),
            inline=frozenset(block.inline),
        )
        out.append(Block(text=block.text, lines=(1, 1), span=(0, 0), kind=kind, level=level,
                         markup=markup))  # fmt: skip
    return with_declared(head, out)


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
        text = "\n".join(lines)
        blocks = text_blocks(text, line_spans(text), markdown=way == "markdown")
        masks, sizes = [], []
        for block in blocks:
            votes: Counter[int] = Counter()
            for number in range(block.lines[0], block.lines[1] + 1):
                for owner in owners[number - 1]:
                    mask = title_allowed if owner < 0 else allowed[owner]
                    votes[mask] += len(lines[number - 1])
            masks.append(votes.most_common(1)[0][0])
            sizes.append(len(block.text))
        features = page_and_block_features(blocks, evidence_of(blocks))
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


def _made_up(item: tuple[str, list[pages.DomBlock], list[int], str, int, Declared]) -> list[tuple]:
    name, dom, zones, title, title_zone, head = item
    if HTML:
        return _arrays(marked_up(_with_markup(dom, title, head), dom, zones, title_zone))
    ways = random.Random(crc32(name.encode())).sample(list(flatten.WAYS), 3)
    ways += [] if "wet" in ways else ["wet"]
    return _arrays(flattened(dom, zones, title_zone, title, name, ways))


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
    parser.add_argument("--sets", nargs="*", help="all by default")
    parser.add_argument("--synthetic", type=int, default=3000, help="pages put together from parts")
    parser.add_argument("--spliced", type=int, default=2500, help="pages put together from pages")
    parser.add_argument(
        "--dev", action="store_true", help="pages put together take nothing from the fold apart"
    )
    parser.add_argument(
        "--html", action="store_true", help="each page once, as the road for HTML sees it"
    )
    parser.add_argument("--teacher", type=Path, help="what `teacher.py` wrote")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.teacher:
        TOLD.update(json.loads(options.teacher.read_text()))
    made_up = ["spliced"] if options.html else ["synthetic", "spliced"]  # parts have no markup
    for name in options.sets or [*pages.SETS, "zones", *made_up]:
        if name in ("synthetic", "spliced"):
            count = options.synthetic if name == "synthetic" else options.spliced
            make_up(name, options.out / f"{name}.npz", count, dev=options.dev)
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


def make_up(name: str, path: Path, count: int, *, dev: bool) -> None:
    """Write the archive of pages put together: from parts, or from pieces of labelled pages."""
    from splice import spliced_pages
    from synthesize import synthetic_pages

    maker = synthetic_pages if name == "synthetic" else spliced_pages
    made = list(maker(count, dev=dev))
    jobs = [(f"{name}/{number}", *page) for number, (_, *page) in enumerate(made)]
    meta, arrays = [], []
    with ProcessPoolExecutor(2) as pool:
        for number, ways in enumerate(pool.map(_made_up, jobs, chunksize=16)):
            for way, *rest in ways:
                facts = {"set": name, "id": str(number), "site": f"{name} {number}", "way": way}
                facts |= {"unseen": False, "lang": made[number][0], "type": None}
                meta.append({**facts, "labelled": False})
                arrays.append(tuple(rest))
    save(path, meta, arrays)
    print(name, count, "pages", len(meta), "examples", file=sys.stderr)


if __name__ == "__main__":
    main()
