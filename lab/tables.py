"""Stored figures → the tables of `docs/quality.md`, each between two markers.

    <!-- results: NAME -->
    … written by `python -m lab tables` …
    <!-- end -->

A table says in its last line when and from which commit it was measured. Nothing here needs the
gold pages.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from lab.results import RESULTS, ROOT, newest

DOCUMENTS = (ROOT / "docs" / "quality.md",)
Figures = dict[str, Any]
_MARKED = re.compile(r"(<!-- results: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |".replace("|  |", "| |"), "|" + "---|" * len(head)]
    lines += [f"| {' | '.join(map(str, row))} |".replace("|  |", "| |") for row in rows]
    return "\n".join(lines) + "\n"


def measures(figures: Figures, *, html: bool) -> str:
    """Sets and measures under each way of flattening, with the mean over ways; or from HTML."""
    rows = figures["measures"]
    ways = [way for way in rows[0]["values"] if (way == "html") == html] if rows else []
    out = []
    for row in rows if ways else ():
        values = [row["values"][way] for way in ways]
        cells = [f"{value:.3f}" for value in values]
        cells += [f"{mean(values):.3f}"] if len(ways) > 1 else []
        out.append((row["set"], row["measure"], row["pages"] or "", *cells))
    means = ["mean"] if len(ways) > 1 else []
    return table(["set", "measure", "pages", *ways, *means], out)


def calibration(figures: Figures, what: str, *, html: bool = False) -> str:
    """How often lines or pages of a confidence are right."""
    found = figures["calibration-html" if html else "calibration"][what]
    rows = [
        (f"{low:.2f}–{high:.2f}", count, f"{told:.3f}", f"{right:.3f}")
        for low, high, count, told, right in found
    ]
    return table(["confidence", what, "mean confidence", "right"], rows)


def confusions(figures: Figures, way: str) -> str:
    """What is most often taken for what."""
    rows = [
        (zone, said, lines, f"{share:.3f}", pages)
        for zone, said, lines, share, pages in figures["confusions"].get(way, ())
    ]
    return table(["zone", "taken for", f"lines ({way})", "of the wrong lines", "pages"], rows)


def comparison(figures: Figures) -> str:
    """Extractors side by side, with their times."""
    peers = list(figures["peers"])
    rows = [
        (row["measure"], row["pages"],
         *(f"{row['values'][peer]:.3f}" if peer in row["values"] else "–" for peer in peers))
        for row in figures["measures"]
    ]  # fmt: skip
    times = figures["ms"]
    rows.append(("milliseconds a page", "", *(f"{times[peer]:.1f}" for peer in peers)))
    if base := times.get("trafilatura"):
        rows.append(("time, trafilatura = 1", "", *(f"{times[peer] / base:.2f}" for peer in peers)))
    return table(["", "pages", *peers], rows)


def stages(figures: Figures) -> str:
    """Time of each stage, and of the command's start."""
    return table(
        ["stage", f"ms for {figures['lines']} lines"],
        [(name, f"{ms:.1f}") for name, ms in figures["stages"].items()],
    ) + (
        f"\n`articlecli extract` takes {figures['command']:.1f} times as long as `python -c pass`, "
        f"`python -c 'import click'` {figures['click']:.1f} times.\n"
    )


TABLES: dict[str, tuple[str, Callable[[Figures], str]]] = {
    "text": ("evaluate", lambda figures: measures(figures, html=False)),
    "html": ("evaluate", lambda figures: measures(figures, html=True)),
    "confidence-of-lines": ("evaluate", lambda figures: calibration(figures, "lines")),
    "confidence-of-pages": ("evaluate", lambda figures: calibration(figures, "pages")),
    "confidence-html": ("evaluate", lambda figures: calibration(figures, "lines", html=True)),
    "confusions-text": ("evaluate", lambda figures: confusions(figures, "wet")),
    "confusions-html": ("evaluate", lambda figures: confusions(figures, "html")),
    "compare": ("compare", comparison),
    "parts": ("compare-parts", comparison),
    "timing": ("timing", stages),
}
"""Name of a table → the command whose figures it shows, and how."""


def written(text: str, folder: Path = RESULTS) -> tuple[str, list[str]]:
    """A document with its tables written anew, and the names of those that changed.

    A table whose command has no stored run stays as it is.

    Raises:
        KeyError: A marker names no table.

    """
    stale = []

    def fill(found: re.Match[str]) -> str:
        start, name, old, end = found.groups()
        command, show = TABLES[name]
        record = newest(command, folder)
        if record is None:
            return found[0]
        new = f"{show(record['figures'])}\n{source(record)}\n"
        if new != old:
            stale.append(name)
        return f"{start}{new}{end}"

    return _MARKED.sub(fill, text), stale


def source(record: dict[str, Any]) -> str:
    """Where figures are from, in a line."""
    versions = ", ".join(f"{name} {version}" for name, version in record["versions"].items())
    return (
        f"Measured {record['when'][:10]} at {record['commit']}: "
        f"Python {record['python']}, {versions}."
    )


def everything(command: str, figures: Figures) -> str:
    """All tables of a command's figures."""
    return "\n".join(show(figures) for name, show in TABLES.values() if name == command)
