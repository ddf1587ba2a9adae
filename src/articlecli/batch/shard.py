"""A whole shard at once, read and written by whoever does it, so that nothing passes the driver."""

import io
import os
from collections.abc import Callable, Iterable, Iterator

import msgspec

from articlecli.batch.disk import part_name, write_whole
from articlecli.batch.inputs import Input
from articlecli.batch.plan import Chunk, chunks
from articlecli.batch.store import Counts, Growing, take
from articlecli.batch.work import Item, Outcome, Settings
from articlecli.read.records import Fields

Runner = Callable[
    [Iterable[tuple[Chunk, list[Item], Settings]]], Iterator[tuple[Chunk, list[Outcome]]]
]
"""Does chunks and gives their outcomes in order."""


class Shard(msgspec.Struct, frozen=True):
    """A file of records, and where its articles go."""

    input: Input
    output: str
    fields: Fields
    settings: Settings
    """`parts` is the folder where the output grows."""
    strict: bool
    note: str
    """File that holds the tally once all is done."""


class Tally(msgspec.Struct, frozen=True):
    """How the pages of a shard ended; their outputs are written already."""

    counts: Counts
    errors: bytes
    """Lines of `errors.jsonl`."""


def work_shard(shard: Shard, runner: Runner) -> Tally:
    """Read a shard, extract its pages, write its output.

    The output appears when it is whole, and then the tally. A shard that was interrupted begins
    anew; one whose tally is there is not done again.

    Raises:
        OSError: The output cannot be written.

    """
    if os.path.exists(shard.note) and os.path.exists(shard.output):
        with open(shard.note, "rb") as file:
            return msgspec.json.decode(file.read(), type=Tally)
    counts, errors = Counts(), io.BytesIO()
    growing = Growing(shard.output, 0, part=part_name(shard.settings.parts))
    whole = False
    try:
        todo = chunks([shard.input], (0, 0), shard.fields)
        for _, outcomes in runner((chunk, chunk.items, shard.settings) for chunk in todo):
            for outcome in outcomes:
                take(outcome, counts, errors, growing, strict=shard.strict)
        whole = True
    finally:
        growing.close(whole=whole)
    tally = Tally(counts, errors.getvalue())
    note = msgspec.json.encode(tally)
    write_whole(shard.note, note, part=part_name(shard.settings.parts))
    return tally
