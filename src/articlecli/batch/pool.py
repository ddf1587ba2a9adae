"""Chunks of work → results in order, whatever happens to a worker."""

import errno
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures import wait
from contextlib import suppress
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from articlecli.batch.work import Item, Outcome, Settings, failure, work
from articlecli.read.files import shown

Key = TypeVar("Key")
Future = ProcessFuture[list[Outcome]]
Task = Callable[[list[Item], Settings], list[Outcome]]

AHEAD = 4
"""Chunks a worker that wait or are under way: enough to keep all busy, and no more in memory."""
ASK_EVERY = 1.0
"""Seconds between two looks at whether the pool is still alive."""
BROKEN_POOLS = 5
"""Pools that may break one after the other before the run is given up."""
GRACE = 10.0
"""Seconds beyond the pages' own limits after which a worker is stuck in a library and is killed."""


def usual_workers() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_chunks(
    chunks: Iterable[tuple[Key, list[Item], Settings]],
    workers: int,
    *,
    task: Task = work,
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
    crew = _Crew(workers, task)
    waiting: deque[_Job[Key]] = deque()
    try:
        for key, items, settings in chunks:
            waiting.append(_Job(key, items, settings, crew.submit(items, settings)))
            if len(waiting) >= AHEAD * workers:
                yield _finished(waiting, crew)
        while waiting:
            yield _finished(waiting, crew)
    except BaseException:
        crew.stop()
        raise
    crew.close()


class _Job(Generic[Key]):
    """A chunk that waits for its outcomes."""

    def __init__(self, key: Key, items: list[Item], settings: Settings, future: Future) -> None:
        self.key, self.items, self.settings, self.future = key, items, settings, future


class _Crew:
    """A pool of workers, and another when that one has broken.

    A worker killed in the instant of its start takes pebble's own threads with it, and what was
    handed to them is never done.
    """

    def __init__(self, workers: int, task: Task) -> None:
        self._workers, self._task = workers, task
        # A fresh interpreter a worker: threads of the caller's would not survive a fork.
        self._context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
        if hasattr(self._context, "set_forkserver_preload"):
            self._context.set_forkserver_preload(["articlecli.batch.work"])
        self._pool = self._new()

    def _new(self) -> ProcessPool:
        return ProcessPool(max_workers=self._workers, context=self._context)

    def submit(self, items: list[Item], settings: Settings) -> Future:
        """Hand a chunk to the workers."""
        if not self._pool.active:
            self.renew()
        limit = settings.page_seconds * len(items) + GRACE
        return self._pool.schedule(self._task, args=[items, settings], timeout=limit)

    def result(self, future: Future) -> list[Outcome] | None:
        """What came of a chunk; `None` where the pool broke before it was done."""
        while not future.done():
            if wait([future], timeout=ASK_EVERY).done:
                break
            if not self._pool.active:
                return None
        return future.result()

    def renew(self) -> None:
        """Go on with a fresh pool."""
        self.stop()
        self._pool = self._new()

    def close(self) -> None:
        """Let the workers go; all is done."""
        self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()

    def stop(self) -> None:
        """End the workers wherever they are."""
        with suppress(Exception):  # a broken pool has nothing left to stop
            self._pool.stop()  # type: ignore[no-untyped-call]


def _finished(waiting: deque[_Job[Key]], crew: _Crew) -> tuple[Key, list[Outcome]]:
    """Key and outcomes of the oldest chunk, which waits no longer."""
    for _ in range(BROKEN_POOLS):
        job = waiting[0]
        try:
            done = crew.result(job.future)
        except (ProcessExpired, OutOfTime) as error:
            waiting.popleft()
            return job.key, _one_by_one(job, error, crew)
        if done is not None:
            waiting.popleft()
            return job.key, done
        undone = [other for other in waiting if not other.future.done()]
        crew.renew()
        for other in undone:
            other.future = crew.submit(other.items, other.settings)
    raise OSError(errno.EAGAIN, "no worker can be started")


def _one_by_one(job: _Job[Key], error: Exception, crew: _Crew) -> list[Outcome]:
    """A chunk that cost a worker its life, page by page: the one that does it again has failed."""
    if len(job.items) == 1:
        return [_lost(job.items[0], error, job.settings)]
    outcomes: list[Outcome] = []
    for item in job.items:
        try:
            done = crew.result(crew.submit([item], job.settings))
            outcomes += done or [_lost(item, error, job.settings)]
        except (ProcessExpired, OutOfTime) as again:
            outcomes.append(_lost(item, again, job.settings))
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
