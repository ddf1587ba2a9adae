"""One run at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from articlecli.errors import InputError
from articlecli.read.paths import shown

PATIENCE = 3.0
"""Seconds in which a run that was just stopped may let go of its folder. A process that it was
starting when it was killed holds the lock too, until the kernel gets round to ending that."""


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Keep a second run from a folder, which is made if need be.

    Raises:
        InputError: Another run is at it.

    """
    from filelock import FileLock, Timeout  # only batches lock

    os.makedirs(folder, exist_ok=True)
    lock = FileLock(os.path.join(folder, "lock"))
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise InputError(
            "is being written by another run", "wait for it or name another output",
            path=shown(folder),
        ) from None  # fmt: skip
    try:
        yield
    finally:
        lock.release()
