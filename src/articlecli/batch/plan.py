"""Inputs → chunks of pages, the same for any number of workers."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from articlecli.batch.inputs import Input
from articlecli.batch.work import Item
from articlecli.errors import InputError
from articlecli.read.records import Fields, read_records

CHUNK_PAGES = 32
CHUNK_BYTES = 2 << 20
"""Size of records from which a chunk is full, so that no chunk of long pages fills the memory."""


class Chunk(Struct, frozen=True):
    """Some pages, one after the other in the order of the inputs."""

    items: list[Item]
    after: tuple[int, int]
    """Place of the next chunk: number of its input, and of the chunk in that input."""
    input: Input
    """The input they are from; of pages that are files, the first."""
    last: bool
    """Nothing more comes from that input."""
    whole: bool = False
    """It stands for all records of the input, which nobody has read yet; `items` is empty."""

    @property
    def files(self) -> bool:
        """Its pages are files of their own."""
        return self.input.files


def chunks(
    inputs: Sequence[Input], place: tuple[int, int], fields: Fields, *, whole: bool = False
) -> Iterator[Chunk]:
    """Chunks from a place on.

    Args:
        inputs: All inputs of the run, in order.
        place: Where to begin: (0, 0), or `after` of the last chunk that was done.
        fields: Where records of JSON and Parquet hold their pages.
        whole: Give a file of records as one chunk, unread. One that is done in part already is
            still read here, and comes in the chunks that are left of it.

    """
    at, part = place
    while at < len(inputs):
        one = inputs[at]
        if one.files:
            end = at
            while end < len(inputs) and end - at < CHUNK_PAGES:
                if not inputs[end].files:
                    break
                end += 1
            items = [Item(i.name, i.path, problem=i.problem) for i in inputs[at:end]]
            yield Chunk(items, (end, 0), one, last=True)
            at = end
            continue
        if whole and part == 0:
            yield Chunk([], (at + 1, 0), one, last=True, whole=True)
            at += 1
            continue
        for number, (items, last) in enumerate(_of_records(one, fields)):
            if number >= part:
                after = (at + 1, 0) if last else (at, number + 1)
                yield Chunk(items, after, one, last=last)
        at, part = at + 1, 0


def _of_records(one: Input, fields: Fields) -> Iterator[tuple[list[Item], bool]]:
    """Chunks of one file of records; the last, which may be empty, says so."""
    items: list[Item] = []
    size = 0
    for record in _records(one, fields):
        if len(items) >= CHUNK_PAGES or size >= CHUNK_BYTES:
            yield items, False
            items, size = [], 0
        items.append(record)
        size += len(record.record.source) if record.record else 0
    yield items, True


def _records(one: Input, fields: Fields) -> Iterator[Item]:
    try:
        for record in read_records(one.path, one.kind, fields):
            yield Item(one.name, record=record)
    except InputError as error:
        yield Item(one.name, problem=error.problem)
    except OSError as error:
        yield Item(one.name, problem=f"cannot be read ({error.strerror or error})")
    except (ValueError, RecursionError, LookupError) as error:  # a library's, about one file
        problem = f"cannot be read to its end ({type(error).__name__}: {error}); fetch it again"
        yield Item(one.name, problem=problem)
