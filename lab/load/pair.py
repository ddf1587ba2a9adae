"""Two source trees timed side by side: processes in turn, on the same pages."""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import islice
from pathlib import Path
from statistics import median

from lab.load.crowd import made_pages
from lab.results import ROOT

PAGES = 120
"""Pages of each kind: made up from the samples, so that no gold is needed."""


def time_pair(other: Path, rounds: int) -> str:
    """A table of milliseconds a page, other tree and this one, and their ratio.

    Raises:
        FileNotFoundError: `other` has no package `articlecli`.

    """
    trees = {"other": other.resolve(), "this": ROOT / "src"}
    for tree in trees.values():
        (tree / "articlecli" / "__init__.py").stat()
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.jsonl"
        _write_pages(path)
        for number in range(rounds):
            for name in sorted(trees, reverse=bool(number % 2)):
                for kind, ms in _time(trees[name], path).items():
                    times[name, kind].append(ms)
    lines = ["| pages | other, ms a page | this, ms a page | this / other |", "|---|---|---|---|"]
    for kind in ("text", "html"):
        old, new = times["other", kind], times["this", kind]
        ratio = median(b / a for a, b in zip(old, new, strict=True))
        lines.append(f"| {kind} | {median(old):.2f} | {median(new):.2f} | {ratio:.3f} |")
    return "\n".join(lines)


def _write_pages(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for suffix, kind in ((".txt", "text"), (".html", "html")):
            made = (page for name, page in made_pages(1 << 40) if name.endswith(suffix))
            file.writelines(json.dumps({kind: page}) + "\n" for page in islice(made, PAGES))


def _time(tree: Path, pages: Path) -> dict[str, float]:
    clock = Path(__file__).with_name("clock.py")
    done = subprocess.run(
        [sys.executable, "-P", str(clock), str(pages)],
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))
