"""Chunks of work → results in order, whatever happens to a worker."""

import errno
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from articlecli.batch.work import Item, Outcome, Settings, failure, work
from articlecli.read.files import shown

Key = TypeVar("Key")
Future = ProcessFuture[list[Outcome]]
Call = Callable[[list[Item], Settings], list[Outcome]]

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
    task: Call = work,
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
    waiting: deque[tuple[Key, _Task]] = deque()
    try:
        for key, items, settings in chunks:
            waiting.append((key, crew.take(_Task(items, settings))))
            if len(waiting) >= AHEAD * workers:
                yield _finished(waiting, crew)
        while waiting:
            yield _finished(waiting, crew)
    except BaseException:
        crew.stop()
        raise
    crew.close()


class _Task:
    """Some pages in the hands of a pool."""

    def __init__(self, items: list[Item], settings: Settings) -> None:
        self.items, self.settings = items, settings
        self.future: Future
        self.pool: ProcessPool

    @property
    def lost(self) -> bool:
        """Whether its pool broke before it was done, for no fault of its pages."""
        if not self.future.done():
            return not _alive(self.pool) and not self.future.done()
        return self.future.cancelled() or isinstance(self.future.exception(), BrokenProcessPool)


class _Crew:
    """A pool of workers, and another when that one has broken.

    A worker killed in the instant of its start takes pebble's own threads with it, and what was
    handed to them is never done.
    """

    def __init__(self, workers: int, call: Call) -> None:
        self._workers, self._call = workers, call
        # A fresh interpreter a worker: threads of the caller's would not survive a fork.
        self._context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
        if hasattr(self._context, "set_forkserver_preload"):
            self._context.set_forkserver_preload(["articlecli.batch.work"])
        self._pool = self._new()

    def _new(self) -> ProcessPool:
        return ProcessPool(max_workers=self._workers, context=self._context)

    def take(self, task: _Task) -> _Task:
        """Hand a task to the workers."""
        for _ in range(BROKEN_POOLS):
            if not _alive(self._pool):
                self.stop()
                self._pool = self._new()
            limit = task.settings.page_seconds * len(task.items) + GRACE
            try:
                task.future = self._pool.schedule(
                    self._call, args=[task.items, task.settings], timeout=limit
                )
            except RuntimeError:  # it broke just now; BrokenProcessPool is one too
                continue
            task.pool = self._pool
            return task
        raise OSError(errno.EAGAIN, "no worker can be started")

    def result(self, task: _Task) -> list[Outcome]:
        """What came of a task, which is handed out again where its pool broke.

        Raises:
            ProcessExpired: It cost a worker its life.
            TimeoutError: It was not done in time.

        """
        for _ in range(BROKEN_POOLS):
            while not task.future.done() and not task.lost:
                wait([task.future], timeout=ASK_EVERY)
            if not task.lost:
                return task.future.result()
            self.take(task)
        raise OSError(errno.EAGAIN, "no worker can be started")

    def close(self) -> None:
        """Let the workers go; all is done."""
        self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()

    def stop(self) -> None:
        """End the workers wherever they are."""
        with suppress(Exception):  # a broken pool has nothing left to stop
            self._pool.stop()  # type: ignore[no-untyped-call]


def _alive(pool: ProcessPool) -> bool:
    """Whether a pool works; the first question starts it, in vain where its helper was killed."""
    try:
        return pool.active
    except BrokenProcessPool:
        return False


def _finished(waiting: deque[tuple[Key, _Task]], crew: _Crew) -> tuple[Key, list[Outcome]]:
    """Key and outcomes of the oldest chunk, which waits no longer."""
    key, task = waiting.popleft()
    try:
        return key, crew.result(task)
    except (ProcessExpired, OutOfTime):
        pass
    # A chunk that cost a worker its life, page by page: the one that does it again has failed.
    outcomes: list[Outcome] = []
    for item in task.items:
        alone = crew.take(_Task([item], task.settings))
        try:
            outcomes += crew.result(alone)
        except (ProcessExpired, OutOfTime) as error:
            outcomes.append(_lost(item, error, task.settings))
    return key, outcomes


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
