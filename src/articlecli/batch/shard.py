"""A whole shard at once, read and written by whoever does it, so that nothing passes the driver."""

import io
import os
from collections.abc import Callable, Iterable, Iterator

import msgspec

from articlecli.batch.chunks import Chunk, Shard, chunks
from articlecli.batch.journal import decoded
from articlecli.batch.outcome import Outcome
from articlecli.batch.report import Counts, record_outcome
from articlecli.disk import ResumableFile, temporary_for, write_file

Runner = Callable[[Iterable[Chunk]], Iterator[tuple[Chunk, list[Outcome]]]]
"""Does chunks and gives their outcomes in order."""


class Tally(msgspec.Struct, frozen=True):
    """How the pages of a shard ended; their outputs are written already."""

    counts: Counts
    errors: bytes
    """Lines of `errors.jsonl`."""


def extract_shard(shard: Shard, runner: Runner) -> Tally:
    """Read a shard, extract its pages, write its output.

    The output appears when it is whole, and then the tally. A shard that was interrupted starts
    over; one whose tally is there is not done again.

    Raises:
        OSError: The output cannot be written.

    """
    if os.path.exists(shard.tally) and os.path.exists(shard.output):
        with open(shard.tally, "rb") as file:
            return decoded(file.read(), Tally, shard.tally)
    counts, errors = Counts(), io.BytesIO()
    parts = shard.instructions.parts
    # One of two machines may be given up and still be at the other's shard: each has its own part.
    os.makedirs(os.path.dirname(shard.output) or ".", exist_ok=True)
    output = ResumableFile(shard.output, 0, part=temporary_for(shard.output, parts))
    whole = False
    render = shard.instructions.render
    try:
        output.write(render.head)
        counts.written += output.length
        todo = chunks([shard.input], (0, 0), shard.fields, lambda _: shard.instructions)
        for _, outcomes in runner(todo):
            for outcome in outcomes:
                record_outcome(outcome, counts, errors, output, strict=shard.strict)
        before = output.length
        output.write(render.foot)
        counts.written += output.length - before
        whole = True
    finally:
        output.close(whole=whole)
    tally = Tally(counts, errors.getvalue())
    write_file(shard.tally, msgspec.json.encode(tally), parts=parts)
    return tally
