"""Many pages in a program of one's own."""

from collections.abc import Iterable, Iterator

from articlecli.batch.plan import CHUNK_PAGES
from articlecli.batch.pool import run_chunks
from articlecli.batch.work import Item, Outcome, Settings, work
from articlecli.options import Options
from articlecli.read.records import Record


def extract_many(
    pages: Iterable[str | bytes | tuple[str | bytes, str | None]],
    *,
    workers: int = 1,
    options: Options | None = None,
    page_seconds: float = 30.0,
) -> Iterator[Outcome]:
    """Extract many pages and give how each ended, in their order.

    Args:
        pages: The pages themselves, or pairs of a page and its address. Taken as they are needed.
        workers: Processes. With one, pages are done in the caller's own process; with more, a page
            that costs a worker its life has failed and the others go on.
        options: Choices for all of them.
        page_seconds: Time after which a page is given up.

    Yields:
        An outcome a page: `result` is `done`, `no_article` or `failed`; `article` is there unless
        it failed, and `message` says why it did. `input` is the page's number, from 0.

    """
    settings = Settings(options=options or Options(), page_seconds=page_seconds, keep=True)
    chunks = _chunks(pages)
    if workers == 1:
        for items in chunks:
            yield from work(items, settings)
        return
    for _, outcomes in run_chunks(((None, items, settings) for items in chunks), workers):
        yield from outcomes


def _chunks(
    pages: Iterable[str | bytes | tuple[str | bytes, str | None]],
) -> Iterator[list[Item]]:
    items: list[Item] = []
    for number, page in enumerate(pages):
        source, url = page if isinstance(page, tuple) else (page, None)
        items.append(Item(str(number), record=Record(str(number), source, url)))
        if len(items) == CHUNK_PAGES:
            yield items
            items = []
    if items:
        yield items
