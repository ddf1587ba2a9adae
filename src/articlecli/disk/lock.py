"""One run at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from articlecli.errors import InputError
from articlecli.read.paths import shown


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
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(
            "is being written by another run", "wait for it or name another output",
            path=shown(folder),
        ) from None  # fmt: skip
    try:
        yield
    finally:
        lock.release()
