"""What `articlecli adapt` brings: on pages of a site that nobody labelled, and on other sites.

    python -m lab teach --save

Sites that training never saw, with several pages labelled by reading. A model is fitted to one
half of a site's pages and scored on the other half, and the other way round; and on pages of other
unseen sites. The road is extract's own, rules included.
"""

import random
from binascii import crc32
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from articlecli.blocks import split_page
from articlecli.extractor import Extractor
from articlecli.options import Adaptation, Options
from articlecli.read import read_page
from articlecli.teach.adapt import adapt
from articlecli.teach.gold import GoldPage
from articlecli.teach.score import PageScore, score_of, score_page
from articlecli.zone import Zone
from lab.gold import pages
from lab.gold.labels import dom_labels, labelled_keys
from lab.gold.zones import ZONE_OF
from lab.make.examples import owners_of
from lab.make.flatten import lines_of

MEASURES = ("line_accuracy", "macro_f1", "word_f1")
LONGEST = 2500
"""DOM blocks of the longest page that is taken."""


def measure_teaching(way: str, least: int, others: int) -> dict[str, Any]:
    """Figures by site, of all sites, and of other sites, before and after.

    Args:
        way: `html`, or a way of flattening.
        least: Labelled pages that a site must have.
        others: Pages of other sites.

    """
    sites = _sites()
    several = {name: found for name, found in sites.items() if len(found) >= least}
    rest = [page for name, found in sorted(sites.items()) if name not in several for page in found]
    rest = random.Random(0).sample(rest, min(others, len(rest)))
    jobs = [(way, found, rest) for found in several.values()]
    figures: dict[str, Any] = {"sites": {}}
    sums: dict[str, list[PageScore]] = defaultdict(list)
    with ProcessPoolExecutor(2) as pool:
        for name, found in zip(several, pool.map(_measure, jobs), strict=True):
            figures["sites"][name] = {
                "pages": len(several[name]),
                "before": _figures(found["before"]),
                "after": _figures(found["after"]),
            }
            for key, scores in found.items():
                sums[key] += scores
    figures["all"] = {"pages": len(sums["before"])}
    figures["others"] = {"pages": len(rest)}
    for row, (before, after) in {
        "all": ("before", "after"), "others": ("others before", "others after"),
    }.items():  # fmt: skip
        figures[row] |= {"before": _figures(sums[before]), "after": _figures(sums[after])}
    return figures


def table(figures: dict[str, Any]) -> str:
    """The figures as a table in Markdown."""
    rows = [
        "| pages not labelled | pages | lines right | zone F1 | word F1 |",
        "|---|---|---|---|---|",
    ]
    named = {
        **figures["sites"],
        "all these sites": figures["all"],
        "other sites": figures["others"],
    }
    for name, row in named.items():
        told = [f"{row['before'][m]:.3f} → {row['after'][m]:.3f}" for m in MEASURES]
        rows.append(f"| {name} | {row['pages']} | {' | '.join(told)} |")
    return "\n".join(rows)


def _sites() -> dict[str, list[dict[str, Any]]]:
    """Labelled pages of each unseen site, those of most pages first; a page once."""
    sites: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seen = set()
    for name in pages.SETS:
        for page in pages.load(name):
            key = page["set"], page["id"]
            same = crc32(page["html"].encode("utf-8", "replace"))
            if pages.unseen(page) and key in labelled_keys() and same not in seen:
                seen.add(same)
                sites[pages.site(page)].append(page)
    return dict(sorted(sites.items(), key=lambda item: (-len(item[1]), item[0])))


def _measure(job: tuple[str, list[dict[str, Any]], list[dict[str, Any]]]) -> dict[str, list[Any]]:
    way, found, rest = job
    gold = [one for one in (_gold(page, way) for page in found) if one is not None]
    others = [one for one in (_gold(page, way) for page in rest) if one is not None]
    out: dict[str, list[Any]] = {"after": [], "others after": []}
    out["before"], out["others before"] = _scores(gold, None), _scores(others, None)
    for half in (0, 1):
        model, _ = adapt(gold[half::2])
        out["after"] += _scores(gold[1 - half :: 2], model)
        out["others after"] += _scores(others, model)
    return out


def _scores(gold: Sequence[GoldPage], model: Adaptation | None) -> list[PageScore]:
    extractor = Extractor(Options(model=model))
    return [score_page(page, extractor) for page in gold]


def _figures(scores: Sequence[PageScore]) -> dict[str, float]:
    score = score_of(scores)
    return {name: round(getattr(score, name), 4) for name in MEASURES}


def _gold(page: dict[str, Any], way: str) -> GoldPage | None:
    """A labelled gold page as `articlecli label` would keep it."""
    tree = pages.parse(page["html"])
    dom = pages.dom_blocks(tree) if tree is not None else []
    if not dom or len(dom) > LONGEST:
        return None
    title = pages.page_title(tree)
    labels, title_bits = dom_labels(page, dom, title) or ([], 0)
    if way == "html":
        source = page["html"]
    else:
        rng = random.Random(crc32(f"{page['set']}/{page['id']}/{way}".encode()))
        lines, owners = lines_of(dom, way, title, rng)
        source = "\n".join(lines)
    read = read_page(
        source, url=None, options=Options(input_format="html" if way == "html" else "text")
    )
    blocks = split_page(read).blocks
    zones: list[Zone | None] = []
    if way == "html":
        held = [[title_bits if o < 0 else labels[o] for o in own] for own in owners_of(blocks, dom)]
    else:
        held = [
            [title_bits if o < 0 else labels[o] for n in range(b.lines[0], b.lines[1] + 1)
             for o in owners[n - 1]]
            for b in blocks
        ]  # fmt: skip
    for bits in held:
        best = Counter(bits).most_common(1)
        zones.append(Zone(ZONE_OF[best[0][0]]) if best and best[0][0] in ZONE_OF else None)
    return GoldPage(f"{page['set']}/{page['id']}", read, blocks, tuple(zones))
