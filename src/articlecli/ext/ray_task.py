"""What a worker of a Ray cluster does with a chunk. Nothing here knows of Ray or other chunks."""

import faulthandler
import os
import socket
from collections.abc import Iterable, Iterator

from msgspec import Struct

from articlecli import __version__
from articlecli.batch.chunks import Chunk
from articlecli.batch.outcome import Outcome
from articlecli.batch.pool import GRACE, run_chunks
from articlecli.batch.shard import Tally, extract_shard
from articlecli.batch.worker import extract_records
from articlecli.errors import ArticleCliError, ClusterError
from articlecli.read.paths import shown

Done = list[Outcome] | Tally


class WorkerSite(Struct, frozen=True):
    """What every machine must share with the driver."""

    version: str
    folder: str
    """Where the command was started; paths may be relative to it."""
    parts: str
    """A folder of the run, whole path."""

    def check(self) -> None:
        """Check that this machine shares it, and go to the folder.

        Raises:
            ClusterError: This machine has another version, or does not see the run's files.

        """
        here = f"{socket.gethostname()}, a machine of the cluster,"
        if self.version != __version__:
            raise ClusterError(
                f"{here} has articlecli {__version__} and the run {self.version}; install the same"
            )
        for folder in (self.folder, self.parts):
            if not os.path.isdir(folder):
                raise ClusterError(
                    f"{here} does not see {shown(folder)}; start from a folder, and name inputs "
                    "and an output, that all machines share"
                )
        if os.getcwd() != self.folder:
            os.chdir(self.folder)


class TaskError(Struct, frozen=True):
    """Why a task cannot be done on any machine; exceptions of ours would not survive pickling."""

    message: str
    error: tuple[int, str, str] | None = None
    """Number, sentence and file of an `OSError`."""

    def exception(self) -> Exception:
        """As the exception that it was."""
        return OSError(*self.error) if self.error else ClusterError(self.message)


def run_task(chunk: Chunk, site: WorkerSite, *, careful: bool) -> Done | TaskError:
    """What a worker of the cluster does with a chunk, or with the shard that it stands for."""
    runner = _careful if careful else _quick
    try:
        site.check()
        if chunk.shard is not None:
            return extract_shard(chunk.shard, runner)
        return [outcome for _, outcomes in runner([chunk]) for outcome in outcomes]
    except ArticleCliError as error:
        return TaskError(str(error))
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else "the output"
        return TaskError(str(error), (error.errno or 0, error.strerror or str(error), name))


def _quick(chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
    """In this very process, which ends where a page is stuck beyond Python's reach."""
    with open(os.devnull, "w") as nowhere:
        for chunk in chunks:
            limit = chunk.instructions.limits.page_seconds * len(chunk.records) + GRACE
            # Signals end a page in Python's own code only; this ends the process in any.
            faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
            try:
                outcomes = extract_records(chunk.records, chunk.instructions)
            finally:
                faulthandler.cancel_dump_traceback_later()
            yield chunk, outcomes


def _careful(chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
    """In a process of its own, and page by page where it dies."""
    return run_chunks(chunks, 1)
