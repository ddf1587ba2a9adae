"""What a page may cost."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from msgspec import Struct


class Limits(Struct, frozen=True):
    """What a page may cost."""

    page_seconds: float = 30.0
    """Time after which a page is given up."""
    page_bytes: int = 16 << 20
    """Size above which a page is refused."""


class TimeUp(BaseException):
    """Not an `Exception`: code that catches those must not catch this."""


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
