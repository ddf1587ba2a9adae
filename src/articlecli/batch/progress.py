"""What a run says while it works: a bar on a terminal, lines elsewhere, or JSON for machines."""

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Literal, Self

import msgspec
from msgspec.structs import asdict

from articlecli.batch.outcome import Outcome
from articlecli.batch.report import Counts, Report, page_name
from articlecli.show.safe import safe

Log = Literal["auto", "text", "json"]
"""`auto` is a bar on a terminal that can show one, and else a line now and then; `text` and `json`
tell each failed page too, `json` as one object a line."""

EVERY = 15.0
"""Seconds between two lines where nobody may be looking."""
SOON = 3.0
"""The same on a terminal, and where a log was asked for."""
DRAWN = 0.1
"""Seconds between two looks of a bar at the counts, which is how often it is drawn."""


class Progress:
    """Shows how far a run is, on standard error.

    Args:
        counts: How the pages ended so far; read whenever something is said.
        total: Inputs that are to be done in this session.
        quiet: Say nothing; a log in JSON still tells failures and the end.
        log: How to say it.

    """

    def __init__(
        self, counts: Counts, total: int | None, *, quiet: bool, log: Log = "auto"
    ) -> None:
        self._counts, self._total, self._log = counts, total, log
        self._quiet = quiet or sys.stderr is None
        self._started = self._said = time.monotonic()
        self._before = counts.pages
        self._inputs, self._pages, self._last = 0, 0, ""
        self._bar: Any = None
        self._task: Any = None
        self._every = SOON if log != "auto" or _is_terminal() else EVERY

    def __enter__(self) -> Self:
        if not self._quiet and self._log == "auto" and _is_terminal() and not _is_dumb():
            self._bar, self._task = _bar(self._total)
            self._every = DRAWN
        elif not self._quiet and self._log == "json":
            say_json("start", inputs=self._total)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._every = 0.0
            self.show()
            self._bar.stop()

    def page(self, outcome: Outcome) -> None:
        """A page is done."""
        self._pages += 1
        if outcome.result == "failed":
            self._last = page_name(outcome)
            if not self._quiet and self._log == "json":
                say_json("failed", input=page_name(outcome), reason=outcome.reason,
                         message=outcome.message)  # fmt: skip
            elif not self._quiet and self._log == "text":
                _print(outcome.message or f"{self._last} failed")
        self.show()

    def inputs(self, number: int) -> None:
        """So many inputs of this session are done."""
        self._inputs = number
        self.show()

    def show(self) -> None:
        """Say where the run stands, if it is time to."""
        now = time.monotonic()
        if now - self._said < self._every or (self._bar is None and self._quiet):
            return
        self._said = now
        pages = max(self._counts.pages, self._before + self._pages)
        failed = self._counts.failed
        seconds = max(now - self._started, 1e-3)
        rate = (pages - self._before) / seconds
        left = None
        if self._total and self._inputs:
            left = seconds / self._inputs * (self._total - self._inputs)
        if self._bar is not None:
            self._bar.update(self._task, completed=self._inputs, pages=pages, rate=rate,
                             failed=_failures(failed, self._last), left=_clock(left))  # fmt: skip
            return
        if self._log == "json":
            say_json("progress", pages=pages, inputs=self._inputs, of=self._total, failed=failed,
                     pages_a_second=round(rate, 1), last_failed=self._last or None,
                     seconds_left=None if left is None else round(left, 1))  # fmt: skip
            return
        whole = f" ({self._inputs} of {self._total} inputs)" if self._total else ""
        more = f", {_clock(left)} left" if left is not None else ""
        _print(f"{pages} pages{whole}, {rate:.0f} a second{more}, {_failures(failed, self._last)}")


def say_json(event: str, **more: object) -> None:
    """One object on a line of its own on standard error."""
    if sys.stderr is not None:
        line = msgspec.json.encode({"event": event, **more}).decode()
        print(safe(line) if _is_terminal() else line, file=sys.stderr, flush=True)


def say_end(report: Report) -> None:
    """The report of a run, as the last line of a log in JSON."""
    say_json("end", **asdict(report))


def _print(message: str) -> None:
    print(f"articlecli: {safe(message)}", file=sys.stderr, flush=True)


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _is_dumb() -> bool:
    return os.environ.get("TERM", "").lower() in ("dumb", "unknown")


def _failures(failed: int, last: str) -> str:
    return f"{failed} failed" + (f", last {last}" if last else "")


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return "-:--"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _bar(total: int | None) -> tuple[Any, Any]:
    """A bar that is shown, and its task."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    told: Callable[[str], str] = escape
    bar = Bar(
        BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[pages]} pages, {task.fields[rate]:.0f} a second"),
        TextColumn("{task.fields[left]} left"),
        TextColumn("{task.fields[failed]}", markup=False),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    bar.start()
    return bar, bar.add_task(
        told(""), total=total, pages=0, rate=0.0, failed="0 failed", left="-:--"
    )
