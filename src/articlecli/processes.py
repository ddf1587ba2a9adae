"""How worker processes begin: forked from one that has loaded all they need, and little else."""

import multiprocessing
import os
from multiprocessing.context import BaseContext

NEEDED = "articlecli.batch.worker"
"""What that process loads."""


def context() -> BaseContext:
    """Where a pool's processes come from: threads of the caller's would not survive a fork."""
    found = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if hasattr(found, "set_forkserver_preload"):
        found.set_forkserver_preload([NEEDED])
    return found


def prepare() -> None:
    """Let that process begin to load now, beside what the caller loads itself.

    Raises:
        OSError: It cannot be started.

    """
    if os.name != "posix":
        return
    from multiprocessing.forkserver import ensure_running  # Windows has none

    context()
    ensure_running()
