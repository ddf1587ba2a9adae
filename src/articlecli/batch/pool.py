"""Chunks of work → results in order, whatever happens to a worker."""

import errno
import gc
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.connection import wait as wait_for
from threading import Thread

from msgspec.structs import replace
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from articlecli.batch.chunks import Chunk
from articlecli.batch.limits import STUCK
from articlecli.batch.outcome import Outcome, failure, out_of_time
from articlecli.batch.worker import Instructions, extract_records
from articlecli.processes import workers_context
from articlecli.read.records import Record

Future = ProcessFuture[list[Outcome]]
Call = Callable[[list[Record], Instructions], list[Outcome]]

MOST_WORKERS = 1024
"""Processes at the most, whatever was asked for: each comes with some chunks in memory."""
CHUNKS_PER_WORKER = 4
"""Chunks queued or running for each worker: all stay busy, and no more lies in memory."""
ASK_EVERY = 1.0
"""Seconds between two looks at whether the pool is still alive."""
BROKEN_POOLS = 5
"""Pools that may break one after the other before the run is given up."""
PAUSE = 1.0
"""Seconds before the next: a process that starts workers and was killed may, on a busy machine, be
some tenths of a second in dying, and until then each pool asks it in vain."""
GRACE = 10.0
"""Seconds beyond the pages' own limits after which a worker is stuck in a library and is killed."""
CYCLES = 20_000
"""Objects between two looks for cycles among them: pages leave few, and Python looks every 700."""
ORPHAN = 1
"""Exit status of a worker whose run is gone; nobody asks for it."""


def usual_workers() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_chunks(
    chunks: Iterable[Chunk], workers: int, *, call: Call = extract_records
) -> Iterator[tuple[Chunk, list[Outcome]]]:
    """Do chunks side by side and give their outcomes in the chunks' order.

    A page that crashes its worker process, or is stuck where Python cannot interrupt it, fails: the
    chunk's pages are done again one by one, and the one that does it again is to blame. A page that
    is stuck ends its worker half a second after its time (`page_limits`).

    Args:
        chunks: Pages, and what to do with them; taken as they are needed.
        workers: Processes at most; no more are started than there are chunks, and never more than
            `MOST_WORKERS`.
        call: What a worker does with a chunk.

    Raises:
        OSError: An output cannot be written.
        ValueError: There are to be no workers.

    """
    if workers < 1:
        raise ValueError(f"workers is {workers}; name one at least")
    workers = min(workers, MOST_WORKERS)
    todo = iter(chunks)
    first = list(islice(todo, workers))
    if not first:
        return
    crew = _Crew(len(first), call)
    waiting: deque[_Submitted] = deque()
    try:
        for chunk in chain(first, todo):
            waiting.append(crew.submit(_Submitted(chunk)))
            if len(waiting) >= CHUNKS_PER_WORKER * workers:
                yield _finished(waiting, crew)
        while waiting:
            yield _finished(waiting, crew)
    except BaseException:
        crew.stop()
        raise
    crew.close()


class _Submitted:
    """A chunk in the hands of a pool."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
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
        self._context = workers_context()
        self._pool = self._new()

    def _new(self) -> ProcessPool:
        return ProcessPool(max_workers=self._workers, context=self._context, initializer=begin)

    def submit(self, submitted: _Submitted) -> _Submitted:
        """Hand a chunk to the workers."""
        chunk = submitted.chunk
        limits = replace(chunk.instructions.limits, own_process=True)
        instructions = replace(chunk.instructions, limits=limits)
        limit = chunk.instructions.limits.page_seconds * len(chunk.records) + GRACE
        for _ in range(BROKEN_POOLS):
            if not _alive(self._pool):
                self.stop()
                time.sleep(PAUSE)
                self._pool = self._new()
            try:
                submitted.future = self._pool.schedule(
                    self._call, args=[chunk.records, instructions], timeout=limit
                )
            except RuntimeError:  # it broke just now; BrokenProcessPool is one too
                continue
            submitted.pool = self._pool
            return submitted
        raise OSError(errno.EAGAIN, "no worker can be started")

    def result(self, submitted: _Submitted) -> list[Outcome]:
        """What came of a chunk, which is handed out again where its pool broke.

        Raises:
            ProcessExpired: It crashed a worker process.
            TimeoutError: It was not done in time.

        """
        for _ in range(BROKEN_POOLS):
            while not submitted.future.done() and not submitted.lost:
                wait([submitted.future], timeout=ASK_EVERY)
            if not submitted.lost:
                return submitted.future.result()
            self.submit(submitted)
        raise OSError(errno.EAGAIN, "no worker can be started")

    def close(self) -> None:
        """Let the workers go; all is done, and nobody need wait for their end."""
        self.stop()
        Thread(target=self._pool.join).start()

    def stop(self) -> None:
        """End the workers wherever they are."""
        with suppress(Exception):  # a broken pool has nothing left to stop
            self._pool.stop()  # type: ignore[no-untyped-call]


def begin() -> None:
    """Make a new worker ready.

    It ends as soon as the run that it works for is gone, killed or not: else it would finish its
    chunk first, and write pages into a folder that is by then another's.
    """
    gc.freeze()  # what is loaded is no garbage
    gc.set_threshold(CYCLES, *gc.get_threshold()[1:])
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(ORPHAN)


def _alive(pool: ProcessPool) -> bool:
    """Whether a pool works; the first question starts it, in vain where its helper was killed."""
    try:
        return pool.active
    except BrokenProcessPool:
        return False


def _finished(waiting: deque[_Submitted], crew: _Crew) -> tuple[Chunk, list[Outcome]]:
    """The oldest chunk, which waits no longer, and its outcomes."""
    submitted = waiting.popleft()
    chunk = submitted.chunk
    try:
        return chunk, crew.result(submitted)
    except (ProcessExpired, OutOfTime):
        pass
    # A chunk that crashed a worker, page by page: the one that does it again has failed.
    outcomes: list[Outcome] = []
    for record in chunk.records:
        alone = crew.submit(_Submitted(Chunk([record], chunk.instructions)))
        try:
            outcomes += crew.result(alone)
        except OutOfTime:
            outcomes.append(out_of_time(record, chunk.instructions.limits.page_seconds))
        except ProcessExpired as error:
            if error.exitcode == STUCK:
                seconds = chunk.instructions.limits.page_seconds
                outcomes.append(out_of_time(record, seconds))
                continue
            status = str(error.exitcode).replace("-", "\N{MINUS SIGN}")
            problem = f"crashed a worker process (exit status {status}); please report it"
            outcomes.append(failure(record, "killed", problem))
    return chunk, outcomes
