"""Time a page of about 250 lines, stage by stage, and the start of the command.

    python -m lab timing
    python -m lab timing --against ../other/src     # two source trees, in turn

The page is made of samples of this repository, one after the other, cut at 250 lines; that of HTML
of the golden pages. Times are the best of several runs, of the processor, which is this process's
alone; the command is given as a ratio to the bare interpreter.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

from articlecli import Options, extract
from articlecli.article import assemble
from articlecli.blocks import split_page
from articlecli.evidence import evidence_of
from articlecli.model.by_type import settle_by_type
from articlecli.model.file import load_model
from articlecli.model.form import decode, page_and_block_features, zone_scores
from articlecli.read import read_page
from articlecli.rules import apply_rules
from lab.results import ROOT

LINES = 250
SAMPLES = ("regional-daily-fr", "blog-comments-fr", "interview-de", "press-release-en",
           "live-blog-es", "news-pl", "forum-en", "recipe-it")  # fmt: skip
HTML_CASES = ("html-news-en", "html-blog-fr", "html-recipe-de", "html-forum-es", "html-news-ja",
              "html-encyclopedia-it", "html-news-hi", "html-tables-de", "html-listing-fr",
              "html-docs-en")  # fmt: skip


def long_page(lines: int = LINES) -> str:
    """Samples one after the other, up to a number of non-blank lines."""
    given = [
        line
        for name in SAMPLES
        for line in (ROOT / "samples" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return "\n".join(given[:lines])


def long_html() -> str:
    """Golden pages of HTML one after the other, which a parser takes for one page."""
    pages = (ROOT / "tests" / "cases" / name / "page.html" for name in HTML_CASES)
    return "".join(path.read_text(encoding="utf-8") for path in pages)


def best(
    call: Callable[[], object], runs: int = 9, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Least of several times, in milliseconds."""
    times = []
    for _ in range(runs):
        start = clock()
        call()
        times.append(clock() - start)
    return 1000 * min(times)


def command_ratios(runs: int = 9) -> tuple[float, float]:
    """`articlecli extract` on a small file, and click's import, against `python -c pass`."""
    script = Path(sys.executable).with_name("articlecli")
    commands = [
        [str(script), "extract", str(ROOT / "samples" / "agency-en.txt")],
        [sys.executable, "-c", "import click"],
        [sys.executable, "-c", "pass"],
    ]
    # Installed modules are compiled once; a variable that forbids it would time the compiler.
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run(command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True, env=env)

    run(commands[0])
    whole, click, bare = (best(partial(run, command), runs) for command in commands)
    return whole / bare, click / bare


def measure_stages() -> dict[str, Any]:
    """Figures: `lines` of the text, `blocks` of the HTML, `stages` and `html` in ms, and ratios."""
    whole, click = command_ratios()
    _, text = _stages(long_page(), "text")
    blocks, html = _stages(long_html(), "html")
    return {
        "lines": LINES,
        "blocks": blocks,
        "stages": text,
        "html": html,
        "command": round(whole, 2),
        "click": round(click, 2),
    }


def _stages(source: str, kind: Literal["text", "html"]) -> tuple[int, dict[str, float]]:
    """Blocks of a page, and the milliseconds of each stage of its road."""
    options = Options(input_format=kind)
    page = read_page(source, url=None, options=options)
    document = split_page(page)
    blocks = document.blocks
    evidence = evidence_of(blocks)
    features = page_and_block_features(blocks, evidence)
    model = load_model(markup=kind == "html")
    scores = zone_scores(model, features)
    verdicts = decode(model, scores)
    _, told = settle_by_type(document, evidence, verdicts)
    decided = apply_rules(document, evidence, verdicts)
    calls: dict[str, Callable[[], object]] = {
        "blocks": lambda: split_page(page),
        "evidence": lambda: evidence_of(blocks),
        "features": lambda: page_and_block_features(blocks, evidence),
        "scores": lambda: zone_scores(model, features),
        "sequence": lambda: decode(model, scores),
        "page type": lambda: settle_by_type(document, evidence, verdicts),
        "rules": lambda: apply_rules(document, evidence, verdicts),
        "article": lambda: assemble(document, evidence, decided, told, options),
        "the whole of `extract`": lambda: extract(source, options=options),
    }
    return len(blocks), {
        name: round(best(call, clock=time.process_time), 3) for name, call in calls.items()
    }
