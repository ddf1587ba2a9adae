"""What each rule of `articlecli.rules` changes on gold pages, and what it is worth.

    python -m lab rules
    python -m lab rules --limit 100

For each rule: pages and lines that it changes, and the mean over those pages of the word F1 of the
story with it and without it. Pages as HTML and flattened to one line a block; sites that training
saw are among them unless `--unseen` is given.
"""

from collections import defaultdict
from statistics import mean
from typing import Any

from articlecli.article import assemble
from articlecli.blocks import split_page
from articlecli.document import Document
from articlecli.evidence import evidence_of
from articlecli.model import label_blocks
from articlecli.model.by_type import settle_by_type
from articlecli.options import Options
from articlecli.read import read_page
from articlecli.rules import RULES, apply_rules
from lab.gold import pages
from lab.score import word_f1

ENGLISH = Options(language="en")
SETS = ("wcxb", "fundus", "daniel", "naeb", "magic")


def documents(page: dict[str, Any]) -> dict[str, Document]:
    """A gold page as HTML, and as text with one line a block."""
    options = Options(input_format="html")
    html = split_page(read_page(page["html"], url=None, options=options))
    options = Options(input_format="text")
    return {
        "HTML": html,
        "text": split_page(read_page(html.text, url=None, options=options)),
    }


def measure_rules(limit: int, *, unseen: bool) -> None:
    """Print the table; `limit` pages a set, all or of unseen sites only."""
    total = 0
    lines: dict[tuple[str, str], int] = defaultdict(int)
    scores: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for name in SETS:
        chosen = [
            page
            for page in pages.load(name)
            if page.get("text") and (pages.unseen(page) or not unseen)
        ]
        for page in chosen[:limit]:
            total += 1
            for road, document in documents(page).items():
                evidence = evidence_of(document.blocks)
                labelled = label_blocks(document.blocks, evidence)
                verdicts, told = settle_by_type(document, evidence, labelled)
                whole = apply_rules(document, evidence, verdicts)
                story = assemble(document, evidence, whole, told, ENGLISH).text
                for rule, *_ in RULES:
                    changed = sum(verdict.by == f"rule:{rule}" for verdict in whole)
                    if not changed:
                        continue
                    lines[road, rule] += changed
                    bare = apply_rules(document, evidence, verdicts, without={rule})
                    without = assemble(document, evidence, bare, told, ENGLISH).text
                    scores[road, rule].append(
                        (word_f1(story, page["text"]), word_f1(without, page["text"]))
                    )
    print(f"{total} pages\n")
    print("| rule | road | pages changed | lines | F1 with it | without it |")
    print("|---|---|---|---|---|---|")
    for rule, *_ in RULES:
        for road in ("text", "HTML"):
            if pairs := scores[road, rule]:
                with_it, without = (mean(values) for values in zip(*pairs, strict=True))
                print(
                    f"| `{rule}` | {road} | {len(pairs)} | {lines[road, rule]} "
                    f"| {with_it:.3f} | {without:.3f} |"
                )
            else:
                print(f"| `{rule}` | {road} | 0 | 0 | | |")
