"""Score `articlecli.extract` on flattened gold pages of sites that training never saw.

    python tools/evaluate.py                      # the table of docs/quality.md
    python tools/evaluate.py --ways html          # the same pages as HTML
    python tools/evaluate.py --sets zones --worst 5

Word F1 of `Article.text` (WCXB's measure), macro-averaged over pages, under each way of flattening.
Zone pages are scored by line as well: teaser headlines in the story, zone macro F1, titles. Among
them `zones given` are those that came with the gold pages, `zones articles` those of one story.
"""

import argparse
import random
from binascii import crc32
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from statistics import mean

import flatten
import gold
import pages
from dataset import lines_of, owners_of
from labels import dom_labels, given_keys
from score import ngram_f1, word_f1, words

import articlecli
from articlecli.blocks.from_html import html_blocks

STORY = {"lead", "body", "heading"}
CONFUSIONS = 16
"""Pairs of zones that are printed."""
FIRST_WAYS = ("wet", "inner", "spaced", "nodes", "wrap", "markdown")


def jobs(sets: list[str], limit: int | None) -> Iterator[tuple[str, dict]]:
    """Pages to score: the unseen sites of each set; zone pages are taken from all sets."""
    for name in pages.SETS:
        if name == "pool" and "zones" not in sets:
            continue
        chosen = [page for page in pages.load(name) if pages.unseen(page)]
        random.Random(0).shuffle(chosen)
        for page in chosen:
            tree = pages.parse(page["html"])
            if tree is None:
                continue
            if "zones" in sets and dom_labels(page, [], "") is not None:
                yield "zones", page
        if name in sets:
            for page in chosen[:limit]:
                if page.get("text") or name == "trafilatura":
                    yield name, page


def score(job: tuple[str, dict, tuple[str, ...]]) -> tuple[str, dict, dict[str, dict]]:
    """All measures of one page under each way."""
    name, page, ways = job
    dom = pages.dom_blocks(pages.parse(page["html"]))
    title = pages.page_title(pages.parse(page["html"]))
    labels, title_bits = dom_labels(page, dom, title) if name == "zones" else ([], 0)
    out = {}
    for way in ways:
        if way == "html":
            blocks = html_blocks(page["html"])[1]
            lines, owners = [block.text for block in blocks], owners_of(blocks, dom)
            article = articlecli.extract(
                page["html"], options=articlecli.Options(input_format="html")
            )
        else:
            rng = random.Random(crc32(f"{page['set']}/{page['id']}/{way}".encode()))
            lines, owners = lines_of(dom, way, title, rng)
            options = articlecli.Options(input_format="markdown" if way == "markdown" else "text")
            article = articlecli.extract("\n".join(lines), options=options)
        if name == "zones":
            out[way] = _zone_page(article, lines, owners, labels, title_bits, dom)
        elif name == "trafilatura":
            out[way] = _snippets(page, " ".join(article.text.split()))
        else:
            out[way] = {"f1": word_f1(article.text, page["text"])}
            if page["set"] == "naeb":
                out[way]["4-gram f1"] = ngram_f1(article.text, page["text"])
            if page.get("lead"):
                lead = words(page["lead"])
                kept = len(set(lead) & set(words(article.text))) / max(len(set(lead)), 1)
                out[way]["lead kept"] = float(kept > 0.9)
            if page.get("title"):
                out[way]["title"] = float(words(article.title or "") == words(page["title"]))
    facts = {k: page.get(k) for k in ("set", "id", "type", "lang", "cc", "url")}
    return name, facts, out


def _snippets(page: dict, text: str) -> dict:
    """Shares of the snippets that must be in the text and are, that must not be and are not."""
    out = {}
    for measure, key in (("snippets kept", "with_"), ("snippets kept out", "without")):
        found = [" ".join(snippet.split()) in text for snippet in page[key] if snippet.strip()]
        if found:
            out[measure] = mean(found) if key == "with_" else 1 - mean(found)
    return out


def _zone_page(article, lines, owners, labels, title_bits, dom) -> dict:
    zone_of = {bit: zone for zone, bit in gold.BIT.items()}
    pairs = []
    heads = set()
    sure: list[tuple[float, bool, int]] = []
    for number, owner in enumerate(owners):
        if not owner:
            continue
        bits = {title_bits if o < 0 else labels[o] for o in owner}
        if len(bits) != 1 or (bit := bits.pop()) not in zone_of:
            continue
        zone = str(article.zones[number])
        pairs.append((zone_of[bit], zone))
        size = len(lines[number])
        sure.append((article.confidences[number] or 0.0, zone == zone_of[bit], size))
        if zone_of[bit] == "title":
            heads.add(tuple(words(lines[number])))
    story = "\n".join(
        block.text for block, bits in zip(dom, labels, strict=True) if zone_of.get(bits) in STORY
    )
    size = sum(size for _, _, size in sure)
    share = sum(size for _, right, size in sure if right) / size if size else 1.0
    out: dict = {"pairs": pairs, "sure": sure, "page": (article.confidence, share)}
    if story:
        out["f1"] = word_f1(article.text, story)
    else:
        out["no story"] = float(article.status == "no_article")
    if heads:
        found = tuple(words(article.title or ""))
        whole = {tuple(words(b.text)) for b, bits in zip(dom, labels, strict=True)
                 if bits == gold.T}  # fmt: skip
        out["title"] = float(
            bool(found)
            and any(found == h or (h[: len(found)] == found and len(found) >= 0.5 * len(h))
                    for h in heads | whole)
        )  # fmt: skip
    return out


def summary(results: list[tuple[str, dict, dict]], ways: tuple[str, ...]) -> None:
    """Print the tables."""
    table: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    confusion: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for name, facts, by_way in results:
        groups = [name]
        if name == "wcxb":
            groups.append(f"wcxb {facts['type']}")
        if name == "daniel":
            groups.append(f"daniel {facts['lang']}")
        if name == "magic":
            groups.append(f"magic {facts['type']}")
        if name == "zones":
            french = facts["lang"] == "fr" or facts.get("cc") == "fr"
            groups += ["zones fr"] if french else []
            given = (facts["set"], facts["id"]) in given_keys()
            groups += ["zones given"] if given else []
            groups += ["zones articles"] if facts["type"] in (None, "article") else []
        for way, measures in by_way.items():
            for measure, value in measures.items():
                if measure in ("sure", "page"):
                    continue
                if measure == "pairs":
                    for pair in value:
                        confusion[way][pair] += 1
                    continue
                for group in groups:
                    table[group, measure][way].append(value)
    print("| set | measure | pages | " + " | ".join(ways) + " | mean |")
    print("|---|---|---|" + "---|" * (len(ways) + 1))
    for (group, measure), row in sorted(table.items()):
        means = [mean(row[way]) for way in ways]
        cells = " | ".join(f"{m:.3f}" for m in means)
        count = len(row[ways[0]])
        print(f"| {group} | {measure} | {count} | {cells} | {mean(means):.3f} |")
    if confusion:
        rows = [_zone_measures(confusion[way]) for way in ways]
        for measure in rows[0]:
            cells = " | ".join(f"{row[measure]:.3f}" for row in rows)
            print(f"| zones | {measure} | | {cells} | {mean(r[measure] for r in rows):.3f} |")


def calibration(results: list[tuple[str, dict, dict]]) -> None:
    """Print how often lines and pages of a confidence are right."""
    measured = [m for name, _, by_way in results if name == "zones" for m in by_way.values()]
    lines = [(sure, right) for m in measured for sure, right, _ in m["sure"]]
    pages_ = [m["page"] for m in measured]
    for what, pairs, edges in (
        ("lines", lines, (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)),
        ("pages", pages_, (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)),
    ):
        print(f"\n| confidence | {what} | mean confidence | right |\n|---|---|---|---|")
        for low, high in zip(edges, edges[1:], strict=False):
            inside = [pair for pair in pairs if low <= pair[0] < high]
            if inside:
                told, right = (mean(float(pair[k]) for pair in inside) for k in (0, 1))
                print(
                    f"| {low:.2f}–{min(high, 1):.2f} | {len(inside)} | {told:.3f} | {right:.3f} |"
                )


def confusions(results: list[tuple[str, dict, dict]], way: str) -> None:
    """Print what is most often taken for what, of the lines of zone pages under one way."""
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    on: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, facts, by_way in results:
        for pair in by_way[way]["pairs"] if name == "zones" else ():
            pairs[pair] += 1
            on[pair].add(f"{facts['set']} {facts['id']}")
    wrong = sum(count for (a, b), count in pairs.items() if a != b)
    print(f"\n| zone | taken for | lines ({way}) | of the wrong lines | pages |")
    print("|---|---|---|---|---|")
    worst = sorted((pair for pair in pairs if pair[0] != pair[1]), key=lambda p: (-pairs[p], p))
    for pair in worst[:CONFUSIONS]:
        print(
            f"| {pair[0]} | {pair[1]} | {pairs[pair]} | {pairs[pair] / wrong:.3f} | {len(on[pair])} |"
        )


def _zone_measures(pairs: dict[tuple[str, str], int]) -> dict[str, float]:
    total = sum(pairs.values())
    out = {"lines right": sum(n for (a, b), n in pairs.items() if a == b) / total}
    scores = {}
    for zone in gold.ZONES:
        hit = pairs.get((zone, zone), 0)
        have = sum(n for (a, _), n in pairs.items() if a == zone)
        said = sum(n for (_, b), n in pairs.items() if b == zone)
        if have:
            scores[zone] = 2 * hit / (have + said)
    out["zone macro f1"] = mean(scores.values())
    heads = sum(n for (a, _), n in pairs.items() if a == "teaser_title")
    leaked = sum(n for (a, b), n in pairs.items() if a == "teaser_title" and b in STORY)
    out["teaser headlines leaked"] = leaked / heads if heads else 0.0
    return out | {f"f1 of {zone}": value for zone, value in scores.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sets",
        nargs="*",
        default=["zones", "wcxb", "fundus", "daniel", "naeb", "magic", "trafilatura"],
    )
    parser.add_argument(
        "--ways", nargs="*", default=list(FIRST_WAYS), choices=[*flatten.WAYS, "html"]
    )
    parser.add_argument("--limit", type=int, help="pages a set (zone pages are all taken)")
    parser.add_argument(
        "--calibration", action="store_true", help="how often a confidence is right"
    )
    parser.add_argument(
        "--confusions", action="store_true", help="what is most often taken for what"
    )
    parser.add_argument("--worst", type=int, default=0, help="name the worst pages of each set")
    options = parser.parse_args()
    ways = tuple(options.ways)
    work = [(name, page, ways) for name, page in jobs(options.sets, options.limit)]
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(score, work, chunksize=4))
    summary(results, ways)
    if options.calibration:
        calibration(results)
    if options.confusions:
        confusions(results, ways[0])
    if options.worst:
        for name in options.sets:
            rows = sorted(
                (
                    mean(m["f1"] for m in by_way.values()),
                    f"{facts['set']} {facts['id']} {facts['url']}",
                )
                for set_, facts, by_way in results
                if set_ == name and all("f1" in m for m in by_way.values())
            )
            print(f"\nworst of {name}:")
            for value, page in rows[: options.worst]:
                print(f"  {value:.3f} {page}")


if __name__ == "__main__":
    main()
