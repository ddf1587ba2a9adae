"""What a page may cost."""

import faulthandler
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import current_thread, main_thread
from types import FrameType
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


LATE = 0.5
"""Seconds beyond its time after which a page that Python cannot interrupt ends its process."""
STUCK = 1
"""Exit status of such a process."""


class TimeUp(BaseException):
    """Not an `Exception`: code that catches those must not catch this."""


@contextmanager
def page_limits(limits: Limits) -> Iterator[None]:
    """What a page may cost, held while it is done inside.

    In a process of its own, a page that is stuck in a library, where no signal handler of Python
    runs, ends the process with status `STUCK`: a thread that needs no Python sees to it.

    Raises:
        TimeUp: The time is over.
        MemoryError: The memory is.

    """
    if not limits.own_process:
        with time_limit(limits.page_seconds):
            yield
        return
    faulthandler.dump_traceback_later(limits.page_seconds + LATE, exit=True, file=_nowhere())
    try:
        with _memory_limit(limits.page_memory), time_limit(limits.page_seconds):
            yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> IO[bytes]:
    return open(os.devnull, "wb")  # open as long as the process lives


@contextmanager
def _memory_limit(most: int) -> Iterator[None]:
    """Let the process grow by so many bytes and no more; on systems that tell how large it is."""
    if sys.platform != "linux":
        yield
        return
    import resource

    with open("/proc/self/statm", "rb") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = used + most if hard == resource.RLIM_INFINITY else min(used + most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds, wherever Python's own code is running.

    Raises:
        TimeUp: The time is over.

    """
    # On Windows, and outside the main thread, the pool's own limit is all there is.
    if not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeUp

    # A program that calls `extract_many` may have a timer of its own running: it is put back with
    # the time that is left of it, and fires at once where that has passed.
    started = time.monotonic()
    before = signal.signal(signal.SIGALRM, stop)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            left -= time.monotonic() - started
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-6), every)
