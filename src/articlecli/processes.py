"""How worker processes begin: forked from one that has loaded all they need, and little else."""

import multiprocessing
import os
from contextlib import suppress
from multiprocessing.context import BaseContext

NEEDED = "articlecli.batch.worker"
"""What that process loads."""


def workers_context() -> BaseContext:
    """Where a pool's processes come from: threads of the caller's would not survive a fork.

    The process that they are forked from begins to load with the first call, beside what the
    caller loads itself.
    """
    if os.name != "posix":
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker  # Windows has none
    from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([NEEDED])
    with suppress(OSError):  # the pool asks again
        resource_tracker.ensure_running()  # which unblocks signals
        before = pthread_sigmask(SIG_BLOCK, {SIGINT})  # Ctrl-C is ignored once all is loaded
        try:
            forkserver.ensure_running()
        finally:
            pthread_sigmask(SIG_SETMASK, before)
    return context
