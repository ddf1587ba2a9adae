"""A batch on many machines: its units of work as Ray tasks.

A task is a whole shard, or a chunk of pages. It is done in Ray's own worker first, which is quick.
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
from articlecli.batch.engine import Task
from articlecli.batch.plan import Chunk
from articlecli.batch.pool import AHEAD, usual_workers
from articlecli.batch.work import Settings
from articlecli.errors import ClusterError, InputError
from articlecli.ext.ray_task import Done, Place, Trouble, do
from articlecli.read.files import shown

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

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Chunk, Done]]:
        """As `Engine.run`.

        Raises:
            ClusterError: There is no such cluster, or it lost a task again and again.
            OSError: An output cannot be written.

        """
        # Ray tells of lost workers on standard output, which is for data.
        with (
            redirect_stdout(sys.stderr),
            _told_to_end() as ended,
            _joined(self._address, self._most),
        ):
            try:
                yield from self._in_order(tasks, ended)
            except RayError as error:
                raise ClusterError(
                    f"the cluster failed ({_first_line(error)}); the same command goes on from here"
                ) from None

    def _in_order(self, tasks: Iterable[Task], ended: list[int]) -> Iterator[tuple[Chunk, Done]]:
        waiting: deque[_Handed] = deque()
        under_way: dict[Any, _Handed] = {}
        remote = ray.remote(do)  # once: the cluster keeps every one that it is told of

        def settle() -> None:
            """Wait until some task is done, and take what came of it; it may have to go again."""
            ready: list[Any] = []
            while not ready:
                ready, _ = ray.wait(list(under_way), num_returns=1, timeout=ASK_EVERY)
                if ended:
                    sys.exit(128 + ended[0])
            for ref in ready:
                handed = under_way.pop(ref)
                if not handed.settle(ref):
                    under_way[handed.start(careful=True)] = handed

        try:
            place: Place | None = None
            for task in tasks:
                place = place or _place(task.settings)
                while len(under_way) >= self.workers:
                    settle()
                handed = _Handed(task, place, remote)
                under_way[handed.start(careful=False)] = handed
                waiting.append(handed)
                while waiting and (waiting[0].done is not None
                                   or len(waiting) >= AHEAD * self.workers):  # fmt: skip
                    while waiting[0].done is None:
                        settle()
                    yield waiting.popleft().taken()
            while waiting:
                while waiting[0].done is None:
                    settle()
                yield waiting.popleft().taken()
        finally:
            with suppress(RayError):  # a cluster that is gone has nothing left to cancel
                for ref in under_way:
                    ray.cancel(ref, force=True)


class _Handed:
    """A task in the hands of the cluster."""

    def __init__(self, task: Task, place: Place, remote: Any) -> None:
        self._task, self._place, self._remote = task, place, remote
        self._careful = False
        self.done: Done | None = None

    def start(self, *, careful: bool) -> Any:
        """Hand it to the cluster, and give the reference to what will come of it."""
        self._careful = careful
        # A task that is not repeated by Ray comes back at once when its worker dies.
        remote = self._remote.options(num_cpus=1, max_retries=REPEATS if careful else 0)
        return remote.remote(self._task, self._place, careful=careful)

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
                f"the cluster lost {shown(self._task.chunk.input.name)} again and again "
                f"({_first_line(error)}); the same command goes on from here"
            ) from None
        if isinstance(done, Trouble):
            raise done.raised()
        self.done = done
        return True

    def taken(self) -> tuple[Chunk, Done]:
        """What came of it, with its chunk."""
        return self._task.chunk, self.done or []


def _first_line(error: BaseException) -> str:
    """The first line of what an error says; Ray adds stacks to it."""
    return f"{type(error).__name__}: {error}".strip().split("\n", 1)[0]


def _place(settings: Settings) -> Place:
    if settings.parts is None:
        raise InputError("has no folder for unfinished outputs", "name one", path=settings.folder)
    return Place(__version__, os.getcwd(), settings.parts)


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
def _told_to_end() -> Iterator[list[int]]:
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
