"""Why lines were removed: the share of each reason, and random lines to read.

    python -m lab reasons
    python -m lab reasons --show 100 --seed 3

A page counts twice, as HTML and flattened to one line a block. Lines of the page are counted.
"""

import random
from collections import Counter

from articlecli import Article, Options
from articlecli.extractor import Extractor
from lab.gold import pages

SETS = ("wcxb", "fundus", "daniel", "naeb", "magic")
ROADS = {"HTML": "html", "text": "text"}


def removed_lines(article: Article) -> list[tuple[str, str]]:
    """Reason and text of each line that was removed."""
    return [
        (part.reason, line)
        for part in article.removed
        for line in part.text.split("\n")
        if line.strip()
    ]


def measure_reasons(limit: int, *, show: int, seed: int, reason: str | None) -> None:
    """Print the table, and some lines with what stood above and below them."""
    counts: dict[str, Counter[str]] = {road: Counter() for road in ROADS}
    kept: list[tuple[str, str, str]] = []
    for name in SETS:
        for page in [page for page in pages.load(name) if pages.unseen(page)][:limit]:
            explained = Extractor(Options(input_format="html")).explain(page["html"])
            flat = "\n".join(line.text.replace("\n", " ") for line in explained.lines)
            articles = {
                "HTML": explained.article,
                "text": Extractor(Options(input_format="text")).extract(flat),
            }
            for road, article in articles.items():
                lines = removed_lines(article)
                counts[road].update(told for told, _ in lines)
                kept += [(road, told, line) for told, line in lines]
    whole = counts["HTML"] + counts["text"]
    for told, _ in whole.most_common():
        shares = "  ".join(
            f"{road} {100 * of[told] / max(of.total(), 1):5.1f} %" for road, of in counts.items()
        )
        print(f"{told:28} {shares}")
    print(f"{'lines':28} " + "  ".join(f"{road} {of.total()}" for road, of in counts.items()))
    chosen = [row for row in kept if reason in (None, row[1])]
    for road, told, line in random.Random(seed).sample(chosen, min(show, len(chosen))):
        print(f"{road:5} {told:26} {line[:110]}")
