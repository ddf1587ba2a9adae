"""Who does the work of a run: this machine's cores, or something that outgrows it."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from articlecli.batch.chunks import Chunk
from articlecli.batch.outcome import Outcome
from articlecli.batch.pool import run_chunks
from articlecli.batch.shard import Tally


class Engine(Protocol):
    """Does chunks side by side."""

    whole_shards: bool
    """It wants whole shards, and every machine of it can read inputs and write outputs."""

    @property
    def workers(self) -> int:
        """Chunks at once."""

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome] | Tally]]:
        """Do chunks, taken as they are needed, and give in their order what came of each.

        Raises:
            ArticleCliError: The work cannot be done at all.
            OSError: An output cannot be written.

        """


class Local:
    """Processes of this machine."""

    whole_shards = False

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """As `Engine.run`."""
        return run_chunks(chunks, self.workers)
