"""Chunks of work → results in order, whatever happens to a worker."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as OutOfTime
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from articlecli.batch.work import Item, Outcome, Settings, failure, work
from articlecli.read.files import shown

Key = TypeVar("Key")
Future = ProcessFuture[list[Outcome]]

AHEAD = 4
"""Chunks a worker that wait or are under way: enough to keep all busy, and no more in memory."""
GRACE = 10.0
"""Seconds beyond the pages' own limits after which a worker is stuck in a library and is killed."""


def usual_workers() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_chunks(
    chunks: Iterable[tuple[Key, list[Item], Settings]],
    workers: int,
    *,
    task: Callable[[list[Item], Settings], list[Outcome]] = work,
) -> Iterator[tuple[Key, list[Outcome]]]:
    """Do chunks side by side and give their outcomes in the chunks' order.

    A worker that dies, or is stuck where Python cannot interrupt it, costs the page it was at: the
    chunk's pages are done again one by one, and the one that does it again has failed.

    Args:
        chunks: A key for the caller, pages, and what to do with them; taken as they are needed.
        workers: Processes.
        task: What a worker does with a chunk.

    Raises:
        OSError: An output cannot be written.

    """
    # A fresh interpreter a worker: threads of the caller's would not survive a fork.
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(["articlecli.batch.work"])
    with ProcessPool(max_workers=workers, context=context) as pool:

        def submit(items: list[Item], settings: Settings) -> Future:
            limit = settings.page_seconds * len(items) + GRACE
            return pool.schedule(task, args=[items, settings], timeout=limit)

        waiting: deque[tuple[Key, list[Item], Settings, Future]] = deque()

        def oldest() -> tuple[Key, list[Outcome]]:
            key, items, settings, future = waiting.popleft()
            return key, _finished(items, settings, future, submit)

        try:
            for key, items, settings in chunks:
                waiting.append((key, items, settings, submit(items, settings)))
                if len(waiting) >= AHEAD * workers:
                    yield oldest()
            while waiting:
                yield oldest()
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _finished(
    items: list[Item],
    settings: Settings,
    future: Future,
    submit: Callable[[list[Item], Settings], Future],
) -> list[Outcome]:
    try:
        return future.result()
    except (ProcessExpired, OutOfTime) as error:
        if len(items) == 1:
            return [_lost(items[0], error, settings)]
    outcomes: list[Outcome] = []
    for item in items:
        try:
            outcomes += submit([item], settings).result()
        except (ProcessExpired, OutOfTime) as error:
            outcomes.append(_lost(item, error, settings))
    return outcomes


def _lost(item: Item, error: Exception, settings: Settings) -> Outcome:
    name = shown(item.input) + (f", record {item.record.id}" if item.record else "")
    if isinstance(error, OutOfTime):
        return failure(
            item, "time", f"{name} took longer than {settings.page_seconds:g} s; see --page-time"
        )
    code = getattr(error, "exitcode", None)
    return failure(
        item, "killed", f"{name} cost a worker its life (exit status {code}); please report it"
    )
