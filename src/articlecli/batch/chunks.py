"""Inputs → chunks of pages, the same for any number of workers."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from articlecli.batch.inputs import Input
from articlecli.batch.worker import Instructions
from articlecli.errors import InputError
from articlecli.read.records import Fields, Record, read_records

CHUNK_PAGES = 32
LONG_FROM, LONG_PAGES = 16, 64
"""The chunks of a file of records from this number on hold so many pages: a short file is for all
workers, and each chunk that is handed to one has a cost of its own beside that of its pages."""
CHUNK_BYTES = 2 << 20
"""Size of records from which a chunk is full, so that no chunk of long pages fills the memory."""


class Shard(Struct, frozen=True):
    """A file of records that one worker reads, extracts and writes by itself."""

    input: Input
    output: str
    fields: Fields
    instructions: Instructions
    strict: bool
    tally: str
    """File that holds the tally once all is done."""


class Chunk(Struct, frozen=True):
    """Some pages, one after the other in the order of the inputs, and what to do with them."""

    records: list[Record]
    instructions: Instructions
    input: Input | None = None
    """The input they are from; of pages that are files, the first; `None` of pages in memory."""
    after: tuple[int, int] = (0, 0)
    """Place of the next chunk: number of its input, and of the chunk in that input."""
    last: bool = True
    """Nothing more comes from that input."""
    shard: Shard | None = None
    """Of a chunk that stands for a whole shard, which nobody has read yet; `records` is empty."""


def chunks(
    inputs: Sequence[Input],
    place: tuple[int, int],
    fields: Fields,
    instructions_for: Callable[[Input], Instructions],
    shard_for: Callable[[Input, int], Shard] | None = None,
) -> Iterator[Chunk]:
    """Chunks from a place on.

    Args:
        inputs: All inputs of the run, in order.
        place: Where to begin: (0, 0), or `after` of the last chunk that was done.
        fields: Where records of JSON and Parquet hold their pages.
        instructions_for: What to do with the pages of an input.
        shard_for: Makes of an input and its number a chunk of its own, unread; `None` where files
            of records are read here. One that is done in part already always is, and comes in the
            chunks that are left of it.

    """
    at, part = place
    while at < len(inputs):
        one = inputs[at]
        instructions = instructions_for(one)
        if one.files:
            end = at
            while end < len(inputs) and end - at < CHUNK_PAGES and inputs[end].files:
                end += 1
            pages = [Record(input=i.name, path=i.path, problem=i.problem) for i in inputs[at:end]]
            yield Chunk(pages, instructions, one, (end, 0))
            at = end
            continue
        if shard_for is not None and part == 0:
            yield Chunk([], instructions, one, (at + 1, 0), shard=shard_for(one, at))
            at += 1
            continue
        most = instructions.limits.page_bytes
        for number, (records, last) in enumerate(_chunks_of_file(one, fields, most)):
            if number >= part:
                after = (at + 1, 0) if last else (at, number + 1)
                yield Chunk(records, instructions, one, after, last)
        at, part = at + 1, 0


def _chunks_of_file(one: Input, fields: Fields, most: int) -> Iterator[tuple[list[Record], bool]]:
    """Chunks of one file of records; the last, which may be empty, says so."""
    records: list[Record] = []
    size = number = 0
    for record in _records(one, fields, most):
        pages = CHUNK_PAGES if number < LONG_FROM else LONG_PAGES
        if len(records) >= pages or size >= CHUNK_BYTES:
            yield records, False
            records, size, number = [], 0, number + 1
        records.append(record)
        size += len(record.source or b"")
    yield records, True


def _records(one: Input, fields: Fields, most: int) -> Iterator[Record]:
    """Records of a file; where it cannot be read on, one more says why."""
    try:
        for record in read_records(one.path, one.kind, fields, most=most):
            yield replace(record, input=one.name)
    except InputError as error:
        problem = error.clause
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error}); check the path and the disk"
    except Exception as error:  # noqa: BLE001  # a broken file must not stop the run for good
        problem = f"cannot be read on ({type(error).__name__}: {error}); check how it was written"
    else:
        return
    yield Record(input=one.name, problem=problem)
