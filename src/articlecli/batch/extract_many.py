"""Many pages in a program of one's own."""

from collections.abc import Iterable, Iterator

from articlecli.batch.chunks import CHUNK_PAGES, Chunk
from articlecli.batch.limits import Limits
from articlecli.batch.outcome import Outcome
from articlecli.batch.pool import run_chunks
from articlecli.batch.worker import Instructions, extract_records
from articlecli.options import Options
from articlecli.read.records import Record

PageOf = str | bytes | tuple[str | bytes, str | None] | tuple[str | bytes, str | None, str | None]
"""A page, with its address if that is known, and with when it was fetched (ISO 8601)."""


def extract_many(
    pages: Iterable[PageOf],
    *,
    workers: int = 1,
    options: Options | None = None,
    page_seconds: float = 30.0,
) -> Iterator[Outcome]:
    """Extract many pages and give how each ended, in their order.

    Args:
        pages: The pages themselves, pairs of a page and its address, or triples of these and when
            the page was fetched (ISO 8601). Taken as they are needed.
        workers: Processes. With one, pages are done in the caller's own process; with more, a page
            that crashes a worker process has failed and the others go on.
        options: Choices for all of them.
        page_seconds: Time after which a page is given up.

    Yields:
        An outcome a page: `result` is `done`, `no_article` or `failed`; `article` is there unless
        it failed, and `message` says why it did. `input` is the page's number, from 0.

    Raises:
        ValueError: `workers` is less than one.

    """
    if workers < 1:
        raise ValueError(f"workers is {workers}; name one at least")
    instructions = Instructions(
        options or Options(), limits=Limits(page_seconds=page_seconds), mode="return"
    )
    chunks = _chunks(pages, instructions)
    if workers == 1:
        for chunk in chunks:
            yield from extract_records(chunk.records, instructions)
        return
    for _, outcomes in run_chunks(chunks, workers):
        yield from outcomes


def _chunks(pages: Iterable[PageOf], instructions: Instructions) -> Iterator[Chunk]:
    records: list[Record] = []
    for number, page in enumerate(pages):
        source, *told = page if isinstance(page, tuple) else (page,)
        url, fetched = (*told, None, None)[:2]
        name = str(number)
        records.append(Record(name, source, url, input=name, fetched=fetched))
        if len(records) == CHUNK_PAGES:
            yield Chunk(records, instructions)
            records = []
    if records:
        yield Chunk(records, instructions)
