"""The table that closes a batch."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from articlecli.plain import say
from articlecli.read.paths import shown

FEW = 10
"""Rows of a table, and outputs that are named one by one."""


def summarize(report: Any, job: Any) -> None:
    """How a run ended, on standard error."""
    say(
        f"{report.pages} pages: {report.done} done, {report.no_article} without a story, "
        f"{report.failed} failed; {report.pages_a_second:.0f} a second"
    )
    for line in _rows(report):
        say(f"  {line}")
    if job.destination is not None:
        to = job.destination
        say(f"  outputs are in {shown(to.path)}, notes in {shown(to.notes)}")
    if report.failed and job.destination is not None:
        say(f"  each failed page is named in {shown(job.destination.notes)}/errors.jsonl")
    if report.unchanged:
        say(f"  {report.unchanged} inputs were unchanged")
    if report.passed_over:
        say(f"  {report.passed_over} files of other kinds were passed over; see --pattern")
    _name(report.left_over, "stays: its input is gone; see --prune")
    _name(report.pruned, "was removed: its input is gone")
    if not report.finished:
        more = "" if job.destination is None else "; the same command goes on from here"
        say(f"stopped after too many failures{more}")


def _rows(report: Any) -> Iterator[str]:
    for reason, count in report.reasons.items():
        yield f"{count} {reason}"
    if report.languages:
        yield f"languages: {_most(report.languages)}"
    if report.page_types:
        yield f"page types: {_most(report.page_types)}"
    if report.pages > FEW:  # of a handful of pages everybody sees which is which
        yield from _ranked("slowest", [(f"{s:.2f} s", name) for s, name in report.slowest])
        yield from _ranked(
            "least certain", [(f"{sure:.2f}", name) for sure, name in report.least_certain]
        )


def _most(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    others = sum(count for _, count in ranked[FEW:])
    told = [f"{name} {count}" for name, count in ranked[:FEW]]
    return ", ".join([*told, f"others {others}"] if others else told)


def _ranked(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for number, (figure, name) in enumerate(rows):
        yield f"{title if not number else '':<14}{figure:>8}  {name}"


def _name(paths: Sequence[str], what: str) -> None:
    for path in paths[:FEW]:
        say(f"{shown(path)} {what}")
    if len(paths) > FEW:
        say(f"and {len(paths) - FEW} more; report.json names all")
