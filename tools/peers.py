"""articlecli from flat text beside others from HTML, on the same pages of unseen sites.

    python tools/peers.py

Word F1 of the main text, averaged over pages; for zone pages also the share of teaser headlines
that stand in the text; and the time a page takes, all measured in one run on one core.
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable
from statistics import mean, median

import gold
import pages
from dataset import lines_of
from evaluate import STORY, jobs
from labels import dom_labels
from score import word_f1, words

import articlecli


def _articlecli(page: dict, text: str) -> str:
    return articlecli.extract(text, options=articlecli.Options(input_format="text")).text


def _trafilatura(page: dict, text: str) -> str:
    import trafilatura

    return trafilatura.extract(page["html"], include_comments=False) or ""


def _resiliparse(page: dict, text: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(page["html"], main_content=True)


def _everything(page: dict, text: str) -> str:
    return text


PEERS: dict[str, Callable[[dict, str], str]] = {
    "articlecli, text": _articlecli,
    "trafilatura, HTML": _trafilatura,
    "resiliparse, HTML": _resiliparse,
    "all lines": _everything,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sets", nargs="*", default=["zones", "wcxb", "fundus", "daniel", "naeb", "magic"]
    )
    parser.add_argument("--limit", type=int, help="pages a set")
    options = parser.parse_args()
    f1: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    leaks: dict[str, list[float]] = defaultdict(list)
    times: dict[str, list[float]] = defaultdict(list)
    for name, page in jobs(options.sets, options.limit):
        tree = pages.parse(page["html"])
        dom, title = pages.dom_blocks(tree), pages.page_title(tree)
        lines, _ = lines_of(dom, "wet", title, random.Random(0))
        text = "\n".join(lines)
        heads = []
        if name == "zones":
            labels, _ = dom_labels(page, dom, title)
            zone_of = {bit: zone for zone, bit in gold.BIT.items()}
            told = [zone_of.get(bits) for bits in labels]
            wanted = "\n".join(b.text for b, zone in zip(dom, told, strict=True) if zone in STORY)
            heads = [" ".join(words(b.text)) for b, zone in zip(dom, told, strict=True)
                     if zone == "teaser_title" and len(words(b.text)) >= 3]  # fmt: skip
        else:
            wanted = page["text"]
        if not wanted:
            continue
        groups = [name]
        if page.get("type") in (None, "article") and name in ("zones", "wcxb"):
            groups.append(f"{name} articles")
        for peer, call in PEERS.items():
            started = time.perf_counter()
            found = call(page, text)
            times[peer].append(1000 * (time.perf_counter() - started))
            for group in groups:
                f1[group][peer].append(word_f1(found, wanted))
            if heads:
                joined = " ".join(words(found))
                leaks[peer].append(mean(head in joined for head in heads))
    print("| set | pages | " + " | ".join(PEERS) + " |\n|---|---|" + "---|" * len(PEERS))
    for group, row in sorted(f1.items()):
        count = len(next(iter(row.values())))
        print(f"| {group} | {count} | " + " | ".join(f"{mean(row[p]):.3f}" for p in PEERS) + " |")
    if leaks:
        cells = " | ".join(f"{mean(leaks[p]):.3f}" for p in PEERS)
        print(f"| zones: teaser headlines in the text | | {cells} |")
    cells = " | ".join(f"{median(times[p]):.1f}" for p in PEERS)
    print(f"| median milliseconds a page | | {cells} |")


if __name__ == "__main__":
    main()
