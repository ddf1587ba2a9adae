"""Stored figures → the tables of the documents, each between two markers.

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

DOCUMENTS = (
    ROOT / "README.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("quality", "speed", "confidence", "lab-book")),
)
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


SHORT = {
    "zones": "pages of all kinds, every line labelled by reading",
    "zones articles": "those of one story",
    "daniel": "news in Greek, English, Polish, Russian, Chinese",
    "naeb": "English news of 2023",
    "wcxb articles": "articles of WCXB",
    "wcxb": "all page types of WCXB (shops, listings …)",
}
"""Rows of the short comparison → what they are for those who do not know the sets."""
SHORT_PEERS = {"articlecli, text": "articlecli, flat text", "articlecli, HTML": "articlecli, HTML",
               "trafilatura": "trafilatura, HTML", "readability": "readability, HTML"}  # fmt: skip


def in_short(figures: Figures) -> str:
    """The comparison for users: few sets, few peers."""
    by_name = {row["measure"]: row for row in figures["measures"]}
    peers = [peer for peer in SHORT_PEERS if peer in figures["ms"]]
    rows: list[tuple[object, ...]] = [
        (told, by_name[name]["pages"],
         *(f"{by_name[name]['values'][peer]:.3f}".lstrip("0") for peer in peers))
        for name, told in SHORT.items() if name in by_name
    ]  # fmt: skip
    return table(["", "pages", *(SHORT_PEERS[peer] for peer in peers)], rows)


def stages(figures: Figures) -> str:
    """Time of each stage, and of the command's start."""
    html = figures.get("html", {})
    head = ["stage", f"ms for {figures['lines']} lines"]
    head += [f"ms for {figures['blocks']} blocks of HTML"] if html else []
    rows = [
        (name, f"{ms:.1f}", *([f"{html[name]:.1f}"] if html else []))
        for name, ms in figures["stages"].items()
    ]
    return table(head, rows) + (
        f"\n`articlecli extract` takes {figures['command']:.1f} times as long as `python -c pass`, "
        f"`python -c 'import click'` {figures['click']:.1f} times.\n"
    )


def speeds_in_short(figures: Figures) -> str:
    """Times of the same few, side by side."""
    times = {row["name"]: row["mean"] for row in figures["pages"]}
    peers = [peer for peer in SHORT_PEERS if peer in times]
    row = [f"{times[peer] / times['trafilatura']:.2f}" for peer in peers]
    head = ["", *(SHORT_PEERS[peer] for peer in peers)]
    return table(head, [("time a page, trafilatura = 1", *row)])


def speeds(figures: Figures) -> str:
    """Time of a page beside others."""
    rows = figures.get("pages", ())
    base = next((row["mean"] for row in rows if row["name"] == "trafilatura"), None)
    out = [
        (row["name"], *(f"{row[key]:.1f}" for key in ("mean", "median", "low", "high")),
         f"{row['mean'] / base:.2f}" if base else "–")
        for row in sorted(rows, key=lambda row: row["mean"])
    ]  # fmt: skip
    head = ["", "mean, ms", "median", "lowest tenth", "highest tenth", "mean, trafilatura = 1"]
    return table(head, out)


def speeds_by_size(figures: Figures) -> str:
    """Time of one page of each size."""
    rows = figures.get("sizes", ())
    sizes = {"1000": "1 KB", "10000": "10 KB", "100000": "100 KB", "1000000": "1 MB"}  # fmt: skip
    out = [
        (row["name"],
         *(f"{row['ms'][size]:,.1f}" if size in row["ms"] else "–" for size in sizes))
        for row in rows
    ]  # fmt: skip
    return table(["milliseconds", *sizes.values()], out)


def speeds_of_batches(figures: Figures) -> str:
    """Batches, and the start of the command."""
    found, start = figures.get("batch"), figures.get("start")
    rows: list[tuple[str, str]] = []
    if found:
        rows += [
            ("WET pages a second and worker, reading included", f"{found['wet']:.0f}"),
            ("two workers against one", f"{found['two']:.2f}"),
            ("memory of one more worker", f"{found['worker']:.0f} MB"),
        ]
        if "learn" in found:  # results stored before it was measured have none
            told = "`--learn-furniture` against a plain run, sites of 60 pages"
            rows.append((told, f"{found['learn']:.2f}"))
    if start:
        rows += [
            ("`articlecli extract PAGE`, `python -c pass` = 1", f"{start['command']:.1f}"),
            ("`python -c 'import click'`, likewise", f"{start['click']:.1f}"),
        ]
    return table(["measured", ""], rows)


def articles_by_confidence(figures: Figures, way: str) -> str:
    """How good articles are, by their confidence."""
    rows = [
        (f"{low:.2f}–{high:.2f}", count, f"{good:.0%}", f"{bad:.0%}", f"{f1:.3f}")
        for low, high, count, good, bad, f1 in figures["buckets"][way]
    ]
    return table(["confidence", "articles", "F1 ≥ .9", "F1 < .5", "mean F1"], rows)


def articles_by_threshold(figures: Figures, way: str) -> str:
    """What is left at or above a confidence, and how much of the bad is gone."""
    rows = [
        (f"{least:.2f}" if least else "none", *(f"{share:.0%}" for share in (kept, good, bad)),
         f"{f1:.3f}", f"{gone:.0%}")
        for least, kept, good, bad, f1, gone in figures["thresholds"][way]
    ]  # fmt: skip
    head = ["at least", "articles kept", "F1 ≥ .9", "F1 < .5", "mean F1", "bad ones dropped"]
    return table(head, rows)


TABLES: dict[str, tuple[str, Callable[[Figures], str]]] = {
    "text": ("evaluate", lambda figures: measures(figures, html=False)),
    "html": ("evaluate", lambda figures: measures(figures, html=True)),
    "confidence-of-lines": ("evaluate", lambda figures: calibration(figures, "lines")),
    "confidence-of-pages": ("evaluate", lambda figures: calibration(figures, "pages")),
    "confidence-html": ("evaluate", lambda figures: calibration(figures, "lines", html=True)),
    "confusions-text": ("evaluate", lambda figures: confusions(figures, "wet")),
    "confusions-html": ("evaluate", lambda figures: confusions(figures, "html")),
    "compare": ("compare", comparison),
    "short": ("compare", in_short),
    "parts": ("compare-parts", comparison),
    "timing": ("timing", stages),
    "speed-short": ("bench", speeds_in_short),
    "speed": ("bench", speeds),
    "speed-sizes": ("bench", speeds_by_size),
    "speed-batches": ("bench", speeds_of_batches),
    "trust-text": ("trust", lambda figures: articles_by_confidence(figures, "wet")),
    "trust-html": ("trust", lambda figures: articles_by_confidence(figures, "html")),
    "thresholds-text": ("trust", lambda figures: articles_by_threshold(figures, "wet")),
    "thresholds-html": ("trust", lambda figures: articles_by_threshold(figures, "html")),
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
