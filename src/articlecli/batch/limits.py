"""What a page may cost."""

import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from math import inf
from threading import current_thread, main_thread
from types import FrameType, TracebackType
from typing import IO

from msgspec import Struct


class Limits(Struct, frozen=True):
    """What a page may cost."""

    page_seconds: float = 30.0
    """Time after which a page is given up."""
    page_bytes: int = 16 << 20
    """Size above which a page is refused."""
    page_memory: int = 4 << 30
    """Bytes of memory that a page may add to its worker, on Linux."""
    own_process: bool = False
    """The pages are done in a process of their own: it may be ended, and its memory bounded."""

    def __post_init__(self) -> None:
        """Refuse a time that no timer can be set to.

        Raises:
            ValueError: It is below 0 or above `LONGEST`, or no number.

        """
        if not 0 <= self.page_seconds <= LONGEST:
            told = f"{self.page_seconds} is not between 0 and {LONGEST} seconds"
            raise ValueError(f"page_seconds {told}")


LONGEST = 10_000_000
"""Seconds of the longest time that a page may take: four months, as good as no limit."""
STEP = 1 / 64
"""Share of the memory that a page may add by which what it gets may be off."""
LATE = 0.5
"""Seconds beyond its time after which a page that Python cannot interrupt ends its process."""
STUCK = 1
"""Exit status of such a process."""
_SIZE = "/proc/self/statm"
"""Where Linux tells how large a process is, in pages of memory."""


class TimeUp(BaseException):
    """Not an `Exception`: code that catches those must not catch this."""


@contextmanager
def page_limits(limits: Limits) -> Iterator[AbstractContextManager[None]]:
    """What pages may cost that are done inside, one after the other.

    In a process of its own, a page that is stuck in a library, where no signal handler of Python
    runs, ends the process with status `STUCK`: a thread that needs no Python sees to it.

    Yields:
        What holds the limits of one page, to be entered for each. It raises `TimeUp` where the
        time is over, `MemoryError` where the memory is.

    """
    if not limits.own_process:
        yield _OwnTime(limits.page_seconds)
        return
    pages = _OwnProcess(limits)
    try:
        with time_limit(0, pages.on_alarm):  # the first page sets the timer
            yield pages
    finally:
        pages.close()


class _OwnTime:
    """Limits of a page in a process that is somebody's: its time alone."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._limit = time_limit(self._seconds)
        self._limit.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._limit.__exit__(kind, error, trace)


class _OwnProcess:
    """Limits of a page in a process of its own, which hardly ever call the system.

    One timer serves all pages: where it fires before the time of the page that is being done is
    over, it is set again for what is left. A thread that ends the process is slow to start: it
    watches over all the pages that begin within half of `LATE`.
    """

    def __init__(self, limits: Limits) -> None:
        self._seconds, self._most = limits.page_seconds, limits.page_memory
        self._until = inf
        """When the time of the page that is being done is over."""
        self._needs_timer = _has_timer()
        self._memory = _Memory() if os.path.exists(_SIZE) else None
        self._watched_from = -inf

    def __enter__(self) -> None:
        now = time.monotonic()
        if now - self._watched_from > LATE / 2:
            self._watched_from = now
            faulthandler.dump_traceback_later(self._seconds + LATE, exit=True, file=_nowhere())
        if self._memory is not None:
            self._memory.bound(self._most)
        self._until = now + self._seconds
        if self._needs_timer:
            self._needs_timer = False
            signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._until = inf
        if kind is not None and self._memory is not None:  # what says so must have room
            self._memory.free()

    def on_alarm(self, _number: int, _frame: FrameType | None) -> None:
        """Stop the page if its time is over.

        Raises:
            TimeUp: It is.

        """
        left = self._until - time.monotonic()
        if 0 < left < inf:
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-6))
            return
        self._needs_timer = True
        if left <= 0:
            raise TimeUp

    def close(self) -> None:
        """Let nothing watch any longer."""
        faulthandler.cancel_dump_traceback_later()
        if self._memory is not None:
            self._memory.free()
            self._memory.close()


@cache
def _nowhere() -> IO[bytes]:
    return open(os.devnull, "wb")  # open as long as the process lives


class _Memory:
    """The memory of this process, on systems that tell how large it is."""

    def __init__(self) -> None:
        import resource  # Windows has none

        self._set, self._kind = resource.setrlimit, resource.RLIMIT_AS
        self._page = resource.getpagesize()
        self._before = resource.getrlimit(resource.RLIMIT_AS)
        self._unbounded = self._before[1] == resource.RLIM_INFINITY
        self._statm = os.open(_SIZE, os.O_RDONLY)
        self._from: float = -inf
        """How large the process was when it was bound."""

    def bound(self, most: int) -> None:
        """Let the process grow by so many bytes and no more, give or take a `STEP`."""
        size = int(os.pread(self._statm, 64, 0).split(b" ", 1)[0]) * self._page
        if abs(size - self._from) <= most * STEP:
            return
        limit, hard = min(size + most, sys.maxsize), self._before[1]
        self._set(self._kind, (limit if self._unbounded else min(limit, hard), hard))
        self._from = size

    def free(self) -> None:
        """Let it grow again as it may."""
        self._set(self._kind, self._before)
        self._from = -inf

    def close(self) -> None:
        """Nothing more is asked."""
        os.close(self._statm)


def _has_timer() -> bool:
    """Whether a timer can stop Python's code here: on Windows, and outside the main thread, not."""
    return hasattr(signal, "setitimer") and current_thread() is main_thread()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TimeUp


@contextmanager
def time_limit(
    seconds: float, on_alarm: Callable[[int, FrameType | None], None] = _stop
) -> Iterator[None]:
    """Stop what runs inside after so many seconds, wherever Python's own code is running.

    Args:
        seconds: 0 is no limit.
        on_alarm: What stops it.

    Raises:
        TimeUp: The time is over.

    """
    if not _has_timer():  # the pool's own limit is all there is
        yield
        return

    # A program that calls `extract_many` may have a timer of its own running: it is put back with
    # the time that is left of it, and fires at once where that has passed.
    started = time.monotonic()
    before = signal.signal(signal.SIGALRM, on_alarm)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            left -= time.monotonic() - started
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-6), every)
