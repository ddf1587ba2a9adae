"""How often a page's type is right, and whether it has a story, on sites that training never saw.

    python -m lab types
    python -m lab types --limit 100

Types on WCXB's seven, stories on the pages labelled by reading (`zones2`), from HTML and from text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from random import Random
from typing import Any

from articlecli import Options, extract
from lab.gold import pages
from lab.gold.types import AS_TYPE, labelled_pages
from lab.make.flatten import lines_of

Told = tuple[str, str, bool, str, str, bool]
"""Set, type, whether there is a story; road, and the same as found."""


def judge(page: dict[str, Any]) -> list[Told]:
    """What is right of a page, and what is found, from HTML and from text."""
    text = page.get("lines")
    if text is None:
        tree = pages.parse(page["html"])
        title = pages.page_title(tree)
        text = lines_of(pages.dom_blocks(tree), "wet", title, Random(0))[0]
    told: list[Told] = []
    for road, given in (("html", page["html"]), ("text", "\n".join(text))):
        options = Options(input_format="html" if road == "html" else "text")
        article = extract(given, url=page.get("url"), options=options)
        told.append((page["from"], page["page_type"], page["story"], road, article.page_type,
                     article.status == "ok"))  # fmt: skip
    return told


def chosen_pages(half: str | None = None) -> Iterator[dict[str, Any]]:
    """Pages of unseen sites with their type."""
    for page in pages.load("wcxb"):
        if pages.unseen(page, half):
            yield page | {"from": "wcxb", "page_type": page["type"], "story": True}
    for page in labelled_pages():
        if pages.unseen(page, half):
            yield page | {"from": "zones2"}


def measure_types(limit: int | None, half: str | None = None) -> None:
    """Print shares and the confusion; `limit` pages of each set."""
    by_set: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in chosen_pages(half):
        by_set[page["from"]].append(page)
    chosen = [page for some in by_set.values() for page in islice(some, limit)]
    with ProcessPoolExecutor(2) as pool:
        found = [told for some in pool.map(judge, chosen, chunksize=4) for told in some]
    for road in ("html", "text"):
        for name in by_set:
            here = [told for told in found if told[0] == name and told[3] == road]
            right = [AS_TYPE.get(told[1], told[1]) == told[4] for told in here]
            print(f"{name}, {road}: {sum(right)} of {len(here)} types right", end="")
            if name == "zones2":
                lost = sum(told[2] and not told[5] for told in here)
                given = sum(told[5] and not told[2] for told in here)
                print(f"; {lost} of {sum(told[2] for told in here)} stories lost, {given} of "
                      f"{sum(not told[2] for told in here)} given", end="")  # fmt: skip
            print()
    print("\nmost common mistakes, right → found:")
    wrong = Counter((AS_TYPE.get(t[1], t[1]), t[4]) for t in found)
    for (right_type, said), count in wrong.most_common():
        if right_type != said and count > 1:
            print(f"{count:5} {right_type} → {said}")
