"""A batch on many machines: its units of work as Ray tasks.

A task is a chunk of pages, or a whole shard. It is done in Ray's own worker first, which is quick.
Where that worker dies, whether by a page or with its machine, the task is done again with care: in
a pool of one process inside Ray's worker, so that a page that kills costs itself and nothing else,
and ends as it does on one machine. Ray itself repeats the careful task when machines are lost.
"""

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from threading import current_thread, main_thread
from typing import Any

import ray
from ray.exceptions import RayError, RayTaskError

from articlecli import __version__
from articlecli.batch.chunks import Chunk
from articlecli.batch.pool import CHUNKS_PER_WORKER, usual_workers
from articlecli.batch.worker import Instructions
from articlecli.errors import ClusterError, InputError
from articlecli.ext.ray_task import Done, TaskError, WorkerSite, run_task
from articlecli.read.paths import shown

LOOK_EVERY = 10.0
"""Seconds between two looks at how many cores the cluster has; nodes come and go."""
ASK_EVERY = 1.0
"""Seconds between two looks at whether somebody wants the run to end."""
REPEATS = 10
"""Times that a careful task may lose its machine before the run is given up."""


class RayEngine:
    """A Ray cluster, which is joined when there is work.

    Args:
        address: Of the cluster, as `ray.init` takes it; `None` for the one that `RAY_ADDRESS`
            names, else for a cluster of this machine alone that ends with the run.
        most: Tasks at once; `None` for the cluster's cores, as they come and go.

    """

    whole_shards = True

    def __init__(self, address: str | None, most: int | None) -> None:
        self._address, self._most = address, most
        self._cores = 0
        self._looked = -LOOK_EVERY

    @property
    def workers(self) -> int:
        """Tasks at once; 0 before the cluster was joined."""
        if self._most is not None:
            return self._most
        if ray.is_initialized() and time.monotonic() - self._looked >= LOOK_EVERY:
            self._looked = time.monotonic()
            self._cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
        return self._cores

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Done]]:
        """As `Engine.run`.

        Raises:
            ClusterError: There is no such cluster, or it lost a task again and again.
            OSError: An output cannot be written.

        """
        # Ray tells of lost workers on standard output, which is for data.
        with (
            redirect_stdout(sys.stderr),
            termination_requests() as ended,
            _joined(self._address, self._most),
        ):
            try:
                yield from self._in_order(chunks, ended)
            except RayError as error:
                raise ClusterError(
                    f"the cluster failed ({_first_line(error)}); the same command goes on from here"
                ) from None

    def _in_order(self, chunks: Iterable[Chunk], ended: list[int]) -> Iterator[tuple[Chunk, Done]]:
        waiting: deque[_Submitted] = deque()
        under_way: dict[Any, _Submitted] = {}
        remote = ray.remote(run_task)  # once: the cluster keeps every one that it is told of

        def settle() -> None:
            """Wait until some task is done, and take what came of it; it may have to go again."""
            ready: list[Any] = []
            while not ready:
                ready, _ = ray.wait(list(under_way), num_returns=1, timeout=ASK_EVERY)
                if ended:
                    sys.exit(128 + ended[0])
            for ref in ready:
                submitted = under_way.pop(ref)
                if not submitted.settle(ref):
                    under_way[submitted.start(careful=True)] = submitted

        try:
            site: WorkerSite | None = None
            for chunk in chunks:
                site = site or _site(chunk.instructions)
                while len(under_way) >= self.workers:
                    settle()
                submitted = _Submitted(chunk, site, remote)
                under_way[submitted.start(careful=False)] = submitted
                waiting.append(submitted)
                most = CHUNKS_PER_WORKER * self.workers
                while waiting and (waiting[0].done is not None or len(waiting) >= most):
                    while waiting[0].done is None:
                        settle()
                    yield waiting.popleft().result()
            while waiting:
                while waiting[0].done is None:
                    settle()
                yield waiting.popleft().result()
        finally:
            with suppress(RayError):  # a cluster that is gone has nothing left to cancel
                for ref in under_way:
                    ray.cancel(ref, force=True)


class _Submitted:
    """A chunk in the hands of the cluster."""

    def __init__(self, chunk: Chunk, site: WorkerSite, remote: Any) -> None:
        self._chunk, self._site, self._remote = chunk, site, remote
        self._careful = False
        self.done: Done | None = None

    def start(self, *, careful: bool) -> Any:
        """Hand it to the cluster, and give the reference to what will come of it."""
        self._careful = careful
        # A task that is not repeated by Ray comes back at once when its worker dies.
        remote = self._remote.options(num_cpus=1, max_retries=REPEATS if careful else 0)
        return remote.remote(self._chunk, self._site, careful=careful)

    def settle(self, ref: Any) -> bool:
        """Take what came of it; whether anything did.

        Raises:
            ClusterError: It can be done on no machine.
            OSError: Its output cannot be written.

        """
        try:
            done = ray.get(ref)
        except RayTaskError as error:
            raise ClusterError(
                f"a task failed on the cluster ({_first_line(error.cause)})"
            ) from None
        except RayError as error:
            if not self._careful:
                return False
            raise ClusterError(
                f"the cluster lost {self._name} again and again "
                f"({_first_line(error)}); the same command goes on from here"
            ) from None
        if isinstance(done, TaskError):
            raise done.exception()
        self.done = done
        return True

    @property
    def _name(self) -> str:
        return shown(self._chunk.input.name) if self._chunk.input else "its pages"

    def result(self) -> tuple[Chunk, Done]:
        """The chunk, and what came of it."""
        return self._chunk, self.done or []


def _first_line(error: BaseException) -> str:
    """The first line of what an error says; Ray adds stacks to it."""
    return f"{type(error).__name__}: {error}".strip().split("\n", 1)[0]


def _site(instructions: Instructions) -> WorkerSite:
    if instructions.parts is None:
        raise InputError(
            "has no folder for unfinished outputs", "name one", path=instructions.folder
        )
    return WorkerSite(__version__, os.getcwd(), instructions.parts)


@contextmanager
def _joined(address: str | None, most: int | None) -> Iterator[None]:
    """Join a cluster, or make one, unless the program has joined one already."""
    if ray.is_initialized():
        yield
        return
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a run tells nobody that it runs
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else Ray warns of it
    address = address or os.environ.get("RAY_ADDRESS") or "local"
    more: dict[str, Any] = {}
    if address == "local":
        more = {"num_cpus": most or usual_workers(), "include_dashboard": False}
    in_main = current_thread() is main_thread()
    before = signal.getsignal(signal.SIGTERM) if in_main else None
    try:
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", **more)
    except (RayError, OSError, ValueError, RuntimeError) as error:
        said = _first_line(error)
        raise ClusterError(f"no Ray cluster at {address} ({said}); see --address") from None
    if before is not None:
        signal.signal(signal.SIGTERM, before)  # Ray sets its own
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def termination_requests() -> Iterator[list[int]]:
    """Signals that ask for an end. Ray turns what a handler raises into an end of its own."""
    ended: list[int] = []
    if current_thread() is not main_thread():
        yield ended
        return
    before = signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    try:
        yield ended
    finally:
        signal.signal(signal.SIGTERM, before)
