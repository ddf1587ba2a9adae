"""articlecli beside other extractors on the same pages of unseen sites, in one run.

    pip install -e '.[tools,compare]' cssselect chardet
    pip install --no-deps readability-lxml      # pip 23 cannot resolve what it asks of lxml
    python tools/compare.py

Each extractor works in a process of its own and tells its version. One that is not installed is
left out. Word F1 of the main text is averaged over pages; for zone pages also the share of teaser
headlines whose words stand in the text; titles, authors and dates count where they are exact.
`articlecli, text` is given the flat text (way `wet`), the others the HTML. Times are the medians of
one core's processor time, and so is their ratio to trafilatura's.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from statistics import mean, median

import gold
import pages
from dataset import lines_of
from evaluate import STORY, jobs
from labels import dom_labels
from parts import PARTS
from score import word_f1, words

SETS = ["zones", "wcxb", "fundus", "daniel", "naeb", "magic"]
Found = dict[str, str | None]
"""`text`, and where the extractor gives them `title`, `author`, `date`."""


def _articlecli_text(page: dict, flat: str) -> Found:
    import articlecli

    article = articlecli.extract(flat, options=articlecli.Options(input_format="text"))
    return {"text": article.text, "title": article.title, "author": article.byline,
            "date": article.published}  # fmt: skip


def _articlecli_html(page: dict, flat: str) -> Found:
    import articlecli

    article = articlecli.extract(page["html"], options=articlecli.Options(input_format="html"))
    return {"text": article.text, "title": article.title, "author": article.byline,
            "date": article.published}  # fmt: skip


def _trafilatura(page: dict, flat: str) -> Found:
    import trafilatura

    found = trafilatura.bare_extraction(page["html"], include_comments=False, with_metadata=True)
    if found is None:
        return {"text": ""}
    return {"text": found.text, "title": found.title, "author": found.author, "date": found.date}


def _readability(page: dict, flat: str) -> Found:
    import lxml.html
    from readability import Document

    found = Document(page["html"])
    return {"text": lxml.html.fromstring(found.summary()).text_content(), "title": found.title()}


def _resiliparse(page: dict, flat: str) -> Found:
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(page["html"], main_content=True)}


def _justext(page: dict, flat: str) -> Found:
    import justext

    names = {"de": "German", "fr": "French", "es": "Spanish", "pl": "Polish", "ru": "Russian",
             "el": "Greek", "it": "Italian", "pt": "Portuguese"}  # fmt: skip
    stop = justext.get_stoplist(names.get(page.get("lang") or "en", "English"))
    found = justext.justext(page["html"].encode(), stop, encoding="utf-8")
    return {"text": "\n".join(p.text for p in found if not p.is_boilerplate)}


def _boilerpy3(page: dict, flat: str) -> Found:
    from boilerpy3 import extractors

    return {"text": extractors.ArticleExtractor(raise_on_failure=False).get_content(page["html"])}


def _newspaper(page: dict, flat: str) -> Found:
    import newspaper

    article = newspaper.Article(
        page.get("url") or "http://example.org/", language=page.get("lang") or "en"
    )
    article.download(input_html=page["html"])
    article.parse()
    date = article.publish_date
    return {"text": article.text, "title": article.title, "author": ", ".join(article.authors),
            "date": date.date().isoformat() if date else None}  # fmt: skip


def _everything(page: dict, flat: str) -> Found:
    return {"text": flat}


PEERS: dict[str, tuple[str, Callable[[dict, str], Found]]] = {
    "articlecli, text": ("articlecli", _articlecli_text),
    "articlecli, HTML": ("articlecli", _articlecli_html),
    "trafilatura": ("trafilatura", _trafilatura),
    "readability": ("readability-lxml", _readability),
    "resiliparse": ("resiliparse", _resiliparse),
    "jusText": ("jusText", _justext),
    "boilerpy3": ("boilerpy3", _boilerpy3),
    "newspaper": ("newspaper4k", _newspaper),
    "all lines": ("articlecli", _everything),
}


def work(peer: str, sets: list[str], limit: int | None) -> None:
    """One extractor over all pages: its measures as JSON on standard output."""
    call = (PEERS | PARTS)[peer][1]
    measured: dict[str, list[float]] = defaultdict(list)
    failed = 0
    for name, page in jobs(sets, limit):
        tree = pages.parse(page["html"])
        dom, title = pages.dom_blocks(tree), pages.page_title(tree)
        lines, _ = lines_of(dom, "wet", title, random.Random(0))
        heads = []
        if name == "zones":
            labels, _ = dom_labels(page, dom, title)
            zone_of = {bit: zone for zone, bit in gold.BIT.items()}
            told = [zone_of.get(bits) for bits in labels]
            wanted = "\n".join(b.text for b, zone in zip(dom, told, strict=True) if zone in STORY)
            heads = [" ".join(words(b.text)) for b, zone in zip(dom, told, strict=True)
                     if zone == "teaser_title" and len(words(b.text)) >= 3]  # fmt: skip
        else:
            wanted = page.get("text") or ""
        started = time.process_time()
        try:
            found = call(page, "\n".join(lines))
        except Exception:
            found, failed = {"text": ""}, failed + 1
        measured["ms"].append(1000 * (time.process_time() - started))
        text = found["text"] or ""
        groups = [name]
        if page.get("type") in (None, "article") and name in ("zones", "wcxb"):
            groups.append(f"{name} articles")
        for group in groups if wanted else []:
            measured[group].append(word_f1(text, wanted))
        if heads:
            joined = " ".join(words(text))
            measured["zones: teaser headlines in the text"].append(
                mean(head in joined for head in heads)
            )
        _facts(measured, name, page, found)
    print(json.dumps({"failed": failed, "measured": measured}))


def _facts(measured: dict[str, list[float]], name: str, page: dict, found: Found) -> None:
    if name == "zones" or len(found) == 1:
        return
    if page.get("title"):
        same = words(found.get("title") or "") == words(page["title"])
        measured[f"{name}: titles right"].append(float(same))
    authors = page.get("author") or " ".join(page.get("authors") or ())
    if authors and "author" in found:
        same = sorted(words(found.get("author") or "")) == sorted(words(authors))
        measured[f"{name}: authors right"].append(float(same))
    if page.get("date") and "date" in found:
        measured[f"{name}: dates right"].append(float(found.get("date") == page["date"][:10]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--limit", type=int, help="pages a set")
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS))
    parser.add_argument("--parts", action="store_true", help="articlecli on HTML, part by part")
    parser.add_argument("--work", choices=[*PEERS, *PARTS], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work, options.sets, options.limit)
        return
    results: dict[str, dict[str, list[float]]] = {}
    for peer in PARTS if options.parts else options.peers:
        package = (PEERS | PARTS)[peer][0]
        try:
            told = version(package)
        except PackageNotFoundError:
            print(f"{peer}: not installed")
            continue
        command = [sys.executable, __file__, "--work", peer, "--sets", *options.sets]
        command += ["--limit", str(options.limit)] if options.limit else []
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        except subprocess.TimeoutExpired:
            print(f"{peer} {told}: not done after 900 s")
            continue
        if done.returncode:
            print(f"{peer} {told}: failed: {done.stderr.strip().splitlines()[-1:]}")
            continue
        answer = json.loads(done.stdout.splitlines()[-1])
        results[peer] = answer["measured"]
        print(f"{peer}: {package} {told}, {answer['failed']} pages failed", flush=True)
    print("\n| | pages | " + " | ".join(results) + " |\n|---|---|" + "---|" * len(results))
    measures = sorted({m for row in results.values() for m in row if m != "ms"})
    for measure in measures:
        rows = [row.get(measure) for row in results.values()]
        count = max(len(row or ()) for row in rows)
        cells = " | ".join(f"{mean(row):.3f}" if row else "–" for row in rows)
        print(f"| {measure} | {count} | {cells} |")
    times = {peer: median(row["ms"]) for peer, row in results.items()}
    print("| milliseconds a page | | " + " | ".join(f"{t:.1f}" for t in times.values()) + " |")
    if base := times.get("trafilatura"):
        cells = " | ".join(f"{t / base:.2f}" for t in times.values())
        print(f"| time, trafilatura = 1 | | {cells} |")


if __name__ == "__main__":
    main()
