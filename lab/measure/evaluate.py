"""Score `articlecli.extract` on flattened gold pages of sites that training never saw.

    python -m lab evaluate --save                 # the tables of docs/lab-book.md
    python -m lab evaluate --sets zones --ways wet --worst 5

Word F1 of `Article.text` (WCXB's measure), macro-averaged over pages, under each way of flattening
and from the HTML. The text of a list page that was labelled line by line is its introduction and
its own entries. Zone pages are scored by line as well: teaser headlines in the story, zone macro
F1, titles. Among them `zones given` are those that came with the gold pages, `zones articles` those
of one story.
"""

import random
from binascii import crc32
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import mean

from articlecli import Options, extract
from articlecli.blocks.from_html import html_blocks
from lab.gold import pages
from lab.gold.labels import dom_labels
from lab.gold.wanted import wanted_text
from lab.make.examples import owners_of
from lab.make.flatten import lines_of
from lab.measure.page import measure_snippets, measure_zones
from lab.score import ngram_f1, word_f1, words

Scored = tuple[str, dict, dict[str, dict]]
"""Set, facts of a page, and its measures under each way."""


def evaluate(
    sets: Sequence[str], ways: Sequence[str], limit: int | None, half: str | None = None
) -> list[Scored]:
    """All measures of all chosen pages; `limit` pages a set (zone pages are all taken)."""
    work = [(name, page, tuple(ways)) for name, page in jobs(sets, limit, half)]
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(score, work, chunksize=4))


def jobs(
    sets: Sequence[str], limit: int | None, half: str | None = None
) -> Iterator[tuple[str, dict]]:
    """Pages to score: the unseen sites of each set; zone pages are taken from all sets."""
    for name in pages.SETS:
        if name == "pool" and "zones" not in sets:
            continue
        chosen = [page for page in pages.load(name) if pages.unseen(page, half)]
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


def score(job: tuple[str, dict, tuple[str, ...]]) -> Scored:
    """All measures of one page under each way."""
    name, page, ways = job
    dom = pages.dom_blocks(pages.parse(page["html"]))
    title = pages.page_title(pages.parse(page["html"]))
    labelled = dom_labels(page, dom, title) if name == "zones" else None
    labels, title_bits = labelled or ([], 0)
    wanted = wanted_text(page, dom, labels) if labelled else ""
    out = {}
    for way in ways:
        if way == "html":
            blocks = html_blocks(page["html"])[1]
            lines, owners = [block.text for block in blocks], owners_of(blocks, dom)
            article = extract(page["html"], options=Options(input_format="html"))
        else:
            rng = random.Random(crc32(f"{page['set']}/{page['id']}/{way}".encode()))
            lines, owners = lines_of(dom, way, title, rng)
            options = Options(input_format="markdown" if way == "markdown" else "text")
            article = extract("\n".join(lines), options=options)
        if name == "zones":
            out[way] = measure_zones(article, lines, owners, labels, title_bits, dom, wanted)
        elif name == "trafilatura":
            out[way] = measure_snippets(page, " ".join(article.text.split()))
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


def worst(results: Iterable[Scored], name: str, count: int) -> Iterator[str]:
    """The pages of a set with the lowest word F1, one line each."""
    rows = sorted(
        (
            mean(m["f1"] for m in by_way.values()),
            f"{facts['set']} {facts['id']} {facts['url']}",
        )
        for set_, facts, by_way in results
        if set_ == name and all("f1" in m for m in by_way.values())
    )
    for value, page in rows[:count]:
        yield f"{value:.3f} {page}"
