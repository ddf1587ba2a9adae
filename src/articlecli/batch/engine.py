"""Who does the work of a run: this machine's cores, or something that outgrows it."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct

from articlecli.batch.plan import Chunk
from articlecli.batch.pool import run_chunks
from articlecli.batch.shard import Shard, Tally
from articlecli.batch.work import Outcome, Settings


class Task(Struct, frozen=True):
    """A unit of work."""

    chunk: Chunk
    settings: Settings
    shard: Shard | None = None
    """Of a chunk that stands for a whole shard."""


class Engine(Protocol):
    """Does tasks side by side."""

    whole_shards: bool
    """It wants whole shards, and every machine of it can read inputs and write outputs."""

    @property
    def workers(self) -> int:
        """Tasks at once."""

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Chunk, list[Outcome] | Tally]]:
        """Do tasks, taken as they are needed, and give in their order what came of each.

        Raises:
            ArticleCliError: The work cannot be done at all.
            OSError: An output cannot be written.

        """


class Local:
    """Processes of this machine."""

    whole_shards = False

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """As `Engine.run`."""
        given = ((task.chunk, task.chunk.items, task.settings) for task in tasks)
        return run_chunks(given, self.workers)
