"""What a worker does with a chunk of pages. Nothing here knows of other chunks."""

import errno
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from articlecli.batch.disk import part_name, settle, write_part
from articlecli.errors import ArticleCliError, InputError
from articlecli.extractor import extract_page
from articlecli.options import Options
from articlecli.output import Article
from articlecli.read import read_bytes, read_page
from articlecli.read.encoding import borne_out
from articlecli.read.files import shown
from articlecli.read.records import Record
from articlecli.write import to_json, to_markdown, to_text

Result = Literal["done", "no_article", "failed"]


class Settings(Struct, frozen=True):
    """What every page of a run is done with."""

    options: Options
    format: Literal["json", "jsonl", "text", "markdown"] = "json"
    offsets: bool = False
    teasers: bool = True
    links: bool = False
    images: bool = False
    page_seconds: float = 30.0
    """Time after which a page is given up."""
    page_bytes: int = 16 << 20
    """Size from which a page is not read."""
    folder: str | None = None
    """Where each page's own output goes; `None` hands the output back."""
    parts: str | None = None
    """Where outputs grow until they are whole; `None` for beside their places. One of two machines
    may be given up and still be at the other's page: there each grows under a name of its own."""
    keep: bool = False
    """Hand back the article itself, and write nothing."""
    furniture: str | None = None
    """File of what the pages of each site share, as `furniture.learn` left it."""
    learn: bool = False
    """Hand back what a page adds to that file, and nothing else."""


class Item(Struct, frozen=True):
    """One page to be done."""

    input: str
    """The input's name."""
    path: str | None = None
    """File to read; `None` where `record` holds the page."""
    record: Record | None = None
    problem: str | None = None
    """Why there is nothing to read."""


class Outcome(Struct, frozen=True):
    """How a page ended."""

    input: str
    record: str | None
    result: Result
    reason: str | None = None
    """Of a page without a story, why; of a failure, its kind (`unreadable`, `time` …)."""
    message: str | None = None
    """The sentence for a failure."""
    language: str | None = None
    size: int = 0
    """Bytes read (characters of a page that came as text)."""
    output: bytes = b""
    """What to write, where the page has no file of its own."""
    article: Article | None = None
    """Where `Settings.keep` asks for it."""


class _TimeUp(BaseException):
    """Not an `Exception`: code that catches those must not catch this."""


def work(items: list[Item], settings: Settings) -> list[Outcome]:
    """Do the pages of a chunk, one after the other; files of their own appear together at its end.

    Raises:
        OSError: An output cannot be written.

    """
    written: list[tuple[str, str]] = []
    outcomes = [_one(item, settings, written) for item in items]
    settle(written)
    return outcomes


def output_name(name: str, format_: str) -> str:
    """Name of a page's output, made of its input's."""
    return name + {"json": ".json", "jsonl": ".json", "text": ".txt", "markdown": ".md"}[format_]


def failure(item: Item, reason: str, message: str) -> Outcome:
    """The outcome of a page that failed."""
    record = item.record.id if item.record else None
    return Outcome(item.input, record, "failed", reason=reason, message=message)


def _one(item: Item, settings: Settings, written: list[tuple[str, str]]) -> Outcome:
    name = shown(item.input) + (f", record {item.record.id}" if item.record else "")
    problem = item.problem or (item.record.problem if item.record else None)
    if problem:
        return failure(item, "unreadable", f"{name} {problem}")
    try:
        with _limit(settings.page_seconds):
            return _extract(item, name, settings, written)
    except _TimeUp:
        return failure(
            item, "time", f"{name} took longer than {settings.page_seconds:g} s; see --page-time"
        )
    except ArticleCliError as error:
        return failure(item, "unreadable" if isinstance(error, InputError) else "fault", str(error))
    except MemoryError:
        return failure(item, "memory", f"{name} needs more memory than there is; split it")
    except RecursionError:
        return failure(item, "fault", f"{name} is nested too deep for articlecli; please report it")
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return failure(item, "unwritable", f"{name} is too long a name; rename it")
        # A full disk is no fault of the page: the run stops and can be resumed.
        if settings.folder is not None and error.filename and _inside(error.filename, settings):
            raise
        return failure(item, "unreadable", f"{name} cannot be read ({error.strerror or error})")
    except Exception as error:  # noqa: BLE001  # one page must not cost the others
        return failure(
            item,
            "fault",
            f"{name} met a fault of articlecli ({type(error).__name__}: {error}); please report it",
        )


def _inside(path: str, settings: Settings) -> bool:
    return os.path.abspath(path).startswith(os.path.abspath(settings.folder or "") + os.sep)


def _extract(item: Item, name: str, settings: Settings, written: list[tuple[str, str]]) -> Outcome:
    options, url, path = settings.options, None, shown(item.input)
    source: str | bytes
    if item.record is not None:
        path += f"#{item.record.id}"
        source, url = item.record.source, item.record.url
        if options.input_format == "auto":
            options = replace(options, input_format=item.record.input_format)
        if options.encoding is None and item.record.encoding and isinstance(source, bytes):
            options = replace(options, encoding=borne_out(item.record.encoding, source))
    else:
        source = read_bytes(item.path or "")
    if len(source) > settings.page_bytes:
        raise InputError(
            f"is larger than {settings.page_bytes} bytes", "see --page-size", path=name
        )
    page = read_page(source, url=url, options=options, path=path)
    if item.record is not None and item.record.notes:
        page = replace(page, notes=(*page.notes, *item.record.notes))
    if settings.learn:
        from articlecli.batch.sketch import page_keys  # only such runs need it

        keys = page_keys(page, item.input, shard=item.record is not None)
        return Outcome(item.input, None, "done", size=len(source), output=keys)
    known = None
    if settings.furniture is not None:
        from articlecli.batch.sketch import shared_from

        known = shared_from(settings.furniture, item.input, shard=item.record is not None)
    article = extract_page(page, options=options, furniture=known)
    data = b"" if settings.keep else _written(article, settings)
    if settings.folder is not None:
        target = os.path.join(settings.folder, output_name(item.input, settings.format))
        written.append(write_part(target, data, part=part_name(settings.parts)))
        data = b""
    return Outcome(
        item.input,
        item.record.id if item.record else None,
        "done" if article.status == "ok" else "no_article",
        reason=article.reason,
        language=article.language,
        size=len(source),
        output=data,
        article=article if settings.keep else None,
    )


def _written(article: Article, settings: Settings) -> bytes:
    parts = {"links": settings.links, "images": settings.images}
    if settings.format == "text":
        return to_text(article, teasers=settings.teasers).encode()
    if settings.format == "markdown":
        return to_markdown(article, teasers=settings.teasers, **parts).encode()
    indent = 2 if settings.format == "json" else 0
    return to_json(article, indent=indent, offsets=settings.offsets, teasers=settings.teasers,
                   **parts) + b"\n"  # fmt: skip


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds, wherever Python's own code is running."""
    # On Windows, and outside the main thread, the pool's own limit is all there is.
    if not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TimeUp

    # A program that calls `extract_many` may have a timer of its own running: it is put back with
    # the time that is left of it, and fires at once where that has passed.
    started = time.monotonic()
    before = signal.signal(signal.SIGALRM, stop)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            left -= time.monotonic() - started
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-6), every)
