"""What a run says while it works: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import Any, Self

from articlecli.batch.report import Counts

EVERY = 15.0
"""Seconds between two lines where there is no terminal."""


class Progress:
    """Shows how far a run is, on standard error."""

    def __init__(self, counts: Counts, total: int | None, *, quiet: bool) -> None:
        self._counts, self._total, self._quiet = counts, total, quiet
        self._started = self._said = time.monotonic()
        self._before = counts.pages
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr is not None and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                TextColumn,
                TimeRemainingColumn,
            )
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("pages"), BarColumn(), MofNCompleteColumn(),
                TextColumn("{task.fields[rate]:.0f} a second, {task.fields[failed]} failed"),
                TimeRemainingColumn(), console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._bar.start()
            self._task = self._bar.add_task(
                "", total=self._total, completed=self._before, rate=0.0, failed=0
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self) -> None:
        """Say where the run stands, if it is time to."""
        now = time.monotonic()
        pages, failed = self._counts.pages, self._counts.failed
        rate = (pages - self._before) / max(now - self._started, 1e-3)
        if self._bar is not None:
            self._bar.update(self._task, completed=pages, rate=rate, failed=failed)
        elif not self._quiet and now - self._said >= EVERY and sys.stderr is not None:
            self._said = now
            whole = f" of {self._total}" if self._total else ""
            print(
                f"articlecli: {pages}{whole} pages, {rate:.0f} a second, {failed} failed",
                file=sys.stderr,
                flush=True,
            )
