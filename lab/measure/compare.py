"""articlecli beside other extractors on the same pages of unseen sites, in one run.

    pip install -e '.[lab,compare]' cssselect chardet
    pip install --no-deps readability-lxml      # pip 23 cannot resolve what it asks of lxml
    python -m lab compare --save

Each extractor works in a process of its own and tells its version. One that is not installed is
left out. Word F1 of the main text is averaged over pages; the main text of a list page that was
labelled line by line is its introduction and its own entries. For zone pages also the share of
teaser headlines whose words stand in the text; titles, authors and dates count where they are
exact. `articlecli, text` is given the flat text (way `wet`), the others the HTML. Times are the
medians of one core's processor time, and so is their ratio to trafilatura's.
"""

import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from statistics import mean, median
from typing import Any

from lab.gold import pages
from lab.gold.labels import dom_labels
from lab.gold.wanted import wanted_text
from lab.gold.zones import ZONE_OF
from lab.make.flatten import lines_of
from lab.measure.evaluate import jobs
from lab.measure.parts import PARTS
from lab.measure.peers import PEERS, Found
from lab.results import ROOT
from lab.score import word_f1, words

DIGITS = 5
"""Digits of a stored figure."""
LONGEST = 900
"""Seconds after which an extractor is left out."""


def compare(
    peers: Sequence[str], sets: Sequence[str], limit: int | None, half: str | None = None
) -> dict[str, Any]:
    """Figures of some extractors: `peers`, `measures`, and `ms`, the median time of a page."""
    told: dict[str, dict[str, Any]] = {}
    measured: dict[str, dict[str, list[float]]] = {}
    for peer in peers:
        package = (PEERS | PARTS)[peer][0]
        try:
            told_version = version(package)
        except PackageNotFoundError:
            print(f"{peer}: not installed", file=sys.stderr)
            continue
        answer = _ask(peer, sets, limit, half)
        if isinstance(answer, str):
            print(f"{peer} {told_version}: {answer}", file=sys.stderr)
            continue
        measured[peer] = answer["measured"]
        told[peer] = {"package": package, "version": told_version, "failed": answer["failed"]}
        print(f"{peer}: {package} {told_version}, {answer['failed']} pages failed", file=sys.stderr)
    rows = []
    for measure in sorted({m for row in measured.values() for m in row if m != "ms"}):
        found = {peer: row[measure] for peer, row in measured.items() if row.get(measure)}
        values = {peer: round(mean(row), DIGITS) for peer, row in found.items()}
        rows.append({"measure": measure, "pages": max(map(len, found.values())), "values": values})
    times = {peer: round(median(row["ms"]), 3) for peer, row in measured.items()}
    return {"peers": told, "measures": rows, "ms": times}


def _ask(
    peer: str, sets: Sequence[str], limit: int | None, half: str | None
) -> dict[str, Any] | str:
    """What a process of its own says of an extractor, or why it says nothing."""
    command = [sys.executable, "-m", "lab", "compare", "--work", peer, "--sets", ",".join(sets)]
    command += ["--limit", str(limit)] if limit else []
    command += ["--half", half] if half else []
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=LONGEST, cwd=ROOT
        )
    except subprocess.TimeoutExpired:
        return f"not done after {LONGEST} s"
    if done.returncode:
        return f"failed: {done.stderr.strip().splitlines()[-1:]}"
    return dict(json.loads(done.stdout.splitlines()[-1]))


def work(peer: str, sets: Sequence[str], limit: int | None, half: str | None = None) -> None:
    """One extractor over all pages: its measures as JSON on standard output."""
    call = (PEERS | PARTS)[peer][1]
    measured: dict[str, list[float]] = defaultdict(list)
    failed = 0
    for name, page in jobs(sets, limit, half):
        tree = pages.parse(page["html"])
        dom, title = pages.dom_blocks(tree), pages.page_title(tree)
        lines, _ = lines_of(dom, "wet", title, random.Random(0))
        heads = []
        if name == "zones":
            labels, _ = dom_labels(page, dom, title) or ([], 0)
            told = [ZONE_OF.get(bits) for bits in labels]
            wanted = wanted_text(page, dom, labels)
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
