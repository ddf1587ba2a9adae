"""What `batch --learn-furniture` brings on gold pages of sites that have several.

    python -m lab furniture                     # the table of docs/lab-book.md: unseen sites
    python -m lab furniture --folds 1,2,3,4     # the sites that training saw

All gold pages of a site are one site's pages, whatever set they are from, each set's copy of a page
counted once. Scored are the pages of sites with three pages and more: word F1 of the text without
what the site shares and with it; of zone pages the lines too.
"""

import random
from binascii import crc32
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import mean

from articlecli.batch.sketch import ROWS, Sketch, keys_of, site_counts_of
from articlecli.blocks import split_page
from articlecli.document import Page
from articlecli.extractor import extract_page
from articlecli.model.weights import FEWEST
from articlecli.options import Options
from articlecli.read import read_page
from lab.gold import pages
from lab.gold.labels import dom_labels, labelled_keys
from lab.gold.wanted import wanted_text
from lab.gold.zones import STORY_ZONES
from lab.make.examples import owners_of
from lab.make.flatten import lines_of
from lab.measure.page import measure_snippets, measure_zones
from lab.score import word_f1

WIDTH = 1 << 21
WAYS = ("wet", "wrap", "html")
_KNOWN: dict[str, Sketch] = {}


def flat(page: dict, way: str) -> tuple[Page, list[str], list[tuple[int, ...]]]:
    """A page as the road sees it, its lines and the DOM blocks that each is of."""
    tree = pages.parse(page["html"])
    dom = pages.dom_blocks(tree)
    if way == "html":
        read = read_page(page["html"], url=None, options=Options(input_format="html"))
        blocks = split_page(read).blocks
        return read, [block.text for block in blocks], owners_of(blocks, dom)
    rng = random.Random(crc32(f"{page['set']}/{page['id']}/{way}".encode()))
    lines, owners = lines_of(dom, way, pages.page_title(tree), rng)
    options = Options(input_format="markdown" if way == "markdown" else "text")
    read = read_page("\n".join(lines), url=None, options=options)
    return read, lines, owners


def keys(job: tuple[dict, str]) -> bytes:
    """What a page adds to the sketch."""
    page, way = job
    return keys_of(pages.site(page), split_page(flat(page, way)[0]).blocks)


def know(sketches: dict[str, bytearray]) -> None:
    """Give a worker what the first pass counted."""
    _KNOWN.update({way: Sketch(cells) for way, cells in sketches.items()})


def score(job: tuple[dict, str]) -> list[dict[str, list[float]]] | None:
    """Measures of a page without and with what its site shares; `None` of too small a site."""
    page, way = job
    read, lines, owners = flat(page, way)
    shared = site_counts_of(_KNOWN[way], pages.site(page), split_page(read).blocks)
    if shared is None:
        return None
    labels, wanted = None, ""
    if (page["set"], page["id"]) in labelled_keys():
        tree = pages.parse(page["html"])
        dom = pages.dom_blocks(tree)
        labels = dom_labels(page, dom, pages.page_title(tree))
        wanted = wanted_text(page, dom, labels[0]) if labels else ""
    out = []
    for known in (None, lambda _: shared):
        article = extract_page(read, options=Options(), furniture=known)
        found: dict[str, list[float]] = {}
        if page["set"] == "trafilatura":
            for measure, value in measure_snippets(page, " ".join(article.text.split())).items():
                found[measure] = [value]
        elif page.get("text"):
            group = f"{page['set'].split('-')[0]} {page.get('type') or ''}".strip()
            found[f"{group}: f1"] = [word_f1(article.text, page["text"])]
        if labels is not None:
            zones = measure_zones(article, lines, owners, *labels, dom, wanted)
            if "f1" in zones:
                found["zones: f1"] = [zones["f1"]]
            pairs = zones["pairs"]
            found["zones: lines right"] = [float(a == b) for a, b in pairs]
            found["zones: teaser headlines leaked"] = [
                float(b in STORY_ZONES) for a, b in pairs if a == "teaser_title"
            ]
        out.append(found)
    return out


def measure_furniture(folds: Sequence[int], ways: Sequence[str]) -> None:
    """Print the table for the sites of some folds."""
    chosen = [page for name in pages.SETS for page in pages.load(name)
              if pages.fold(pages.site(page)) in folds
              and pages.parse(page["html"]) is not None]  # fmt: skip
    sites = Counter(pages.site(page) for page in chosen)
    chosen = [page for page in chosen if sites[pages.site(page)] >= FEWEST]
    work = [(page, way) for way in ways for page in chosen]
    cells = {way: bytearray(ROWS * WIDTH) for way in ways}
    sketches = {way: Sketch(room) for way, room in cells.items()}
    with ProcessPoolExecutor(2) as pool:
        for (_, way), found in zip(work, pool.map(keys, work, chunksize=8), strict=True):
            sketches[way].add(found)
    with ProcessPoolExecutor(2, initializer=know, initargs=(cells,)) as pool:
        results = list(pool.map(score, work, chunksize=8))
    table: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for (_, way), result in zip(work, results, strict=True):
        if result is not None:
            before, after = result
            for measure in before:
                table[measure][way] += zip(before[measure], after[measure], strict=True)
    print(f"{len({pages.site(page) for page in chosen})} sites, {len(chosen)} pages\n")
    print("| measure | n | " + " | ".join(ways) + " | better | worse |")
    print("|---|---|" + "---|" * (len(ways) + 2))
    for measure, row in sorted(table.items()):
        cells_ = " | ".join(
            f"{mean(a for a, _ in row[way]):.4f} → {mean(b for _, b in row[way]):.4f}"
            for way in ways
        )
        all_ = [pair for way in ways for pair in row[way]]
        up, down = sum(b > a + 0.002 for a, b in all_), sum(b < a - 0.002 for a, b in all_)
        print(f"| {measure} | {len(row[ways[0]])} | {cells_} | {up} | {down} |")
