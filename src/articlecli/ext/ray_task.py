"""What a worker of a Ray cluster does with a task. Nothing here knows of Ray or of other tasks."""

import faulthandler
import os
import socket
from collections.abc import Iterable, Iterator

from msgspec import Struct

from articlecli import __version__
from articlecli.batch.engine import Task
from articlecli.batch.plan import Chunk
from articlecli.batch.pool import GRACE, run_chunks
from articlecli.batch.shard import Tally, work_shard
from articlecli.batch.work import Item, Outcome, Settings, work
from articlecli.errors import ArticleCliError, ClusterError
from articlecli.read.files import shown

Done = list[Outcome] | Tally
_Given = Iterable[tuple[Chunk, list[Item], Settings]]


class Place(Struct, frozen=True):
    """What every machine must share with the driver."""

    version: str
    folder: str
    """Where the command was started; paths may be relative to it."""
    seen: str
    """A folder of the run, whole path."""

    def enter(self) -> None:
        """Go there.

        Raises:
            ClusterError: This machine has another version, or does not see the run's files.

        """
        here = f"{socket.gethostname()}, a machine of the cluster,"
        if self.version != __version__:
            raise ClusterError(
                f"{here} has articlecli {__version__} and the run {self.version}; install the same"
            )
        for folder in (self.folder, self.seen):
            if not os.path.isdir(folder):
                raise ClusterError(
                    f"{here} does not see {shown(folder)}; start from a folder, and name inputs "
                    "and an output, that all machines share"
                )
        if os.getcwd() != self.folder:
            os.chdir(self.folder)


class Trouble(Struct, frozen=True):
    """Why a task cannot be done on any machine; exceptions of ours would not survive pickling."""

    message: str
    error: tuple[int, str, str] | None = None
    """Number, sentence and file of an `OSError`."""

    def raised(self) -> Exception:
        """As the exception that it was."""
        return OSError(*self.error) if self.error else ClusterError(self.message)


def do(task: Task, place: Place, *, careful: bool) -> Done | Trouble:
    """What a worker of the cluster does with a task."""
    runner = _careful if careful else _quick
    try:
        place.enter()
        if task.shard is not None:
            return work_shard(task.shard, runner)
        chunk = task.chunk
        return [
            outcome
            for _, outcomes in runner([(chunk, chunk.items, task.settings)])
            for outcome in outcomes
        ]
    except ArticleCliError as error:
        return Trouble(str(error))
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else "the output"
        return Trouble(str(error), (error.errno or 0, error.strerror or str(error), name))


def _quick(given: _Given) -> Iterator[tuple[Chunk, list[Outcome]]]:
    """In this very process, which ends where a page is stuck beyond Python's reach."""
    with open(os.devnull, "w") as nowhere:
        for chunk, items, settings in given:
            # Signals end a page in Python's own code only; this ends the process in any.
            faulthandler.dump_traceback_later(
                settings.page_seconds * len(items) + GRACE, exit=True, file=nowhere
            )
            try:
                outcomes = work(items, settings)
            finally:
                faulthandler.cancel_dump_traceback_later()
            yield chunk, outcomes


def _careful(given: _Given) -> Iterator[tuple[Chunk, list[Outcome]]]:
    """In a process of its own, and page by page where it dies."""
    return run_chunks(given, 1)
