"""What a worker does with the pages of a chunk. Nothing here knows of other chunks."""

import errno
import os
import time
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from articlecli.batch.limits import Limits, TimeUp, page_limits
from articlecli.batch.outcome import Outcome, failure, name_of, out_of_time
from articlecli.disk import settle, write_part
from articlecli.document import Page
from articlecli.errors import ArticleCliError, InputError
from articlecli.extractor import Extractor
from articlecli.options import InputFormat, Options
from articlecli.read import read_bytes, read_page
from articlecli.read.encoding import borne_out
from articlecli.read.paths import is_http, shown
from articlecli.read.records import Record
from articlecli.write.render import Render

Mode = Literal["write", "return", "count"]
PAGES_OWN = {errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST}
"""Errors of writing that one page's name is to blame for, and not the disk."""


class Instructions(Struct, frozen=True):
    """What to do with each page."""

    options: Options = Options()
    render: Render = Render()
    limits: Limits = Limits()
    mode: Mode = "write"
    """`write` articles, `return` them as they are, or only `count` lines that sites share."""
    folder: str | None = None
    """Where each page's own output goes; `None` hands its bytes back."""
    parts: str | None = None
    """Where outputs lie until they are whole, whole path; `None` for beside their places."""
    site_counts: str | None = None
    """File of what the pages of each site share."""


class _Work(Struct, frozen=True):
    """What the pages of a chunk share."""

    instructions: Instructions
    extractor: Extractor
    limits: AbstractContextManager[None]
    """To be entered for each page."""
    written: list[tuple[str, str]]
    """Files of their own, for `settle`."""


def extract_records(records: list[Record], instructions: Instructions) -> list[Outcome]:
    """Do the pages of a chunk, one after the other; files of their own appear together at its end.

    Raises:
        OSError: An output cannot be written.

    """
    extractor = Extractor(instructions.options)
    with page_limits(instructions.limits) as limits:
        work = _Work(instructions, extractor, limits, [])
        outcomes = [_outcome(record, work) for record in records]
    settle(work.written)
    return outcomes


def _outcome(record: Record, work: _Work) -> Outcome:
    """How a page ends, whatever it does."""
    instructions = work.instructions
    if record.problem:
        return failure(record, "unreadable", record.problem)
    try:
        with work.limits:
            return _extracted(record, work)
    except TimeUp:
        return out_of_time(record, instructions.limits.page_seconds)
    except ArticleCliError as error:
        reason = "unreadable" if isinstance(error, InputError) else "fault"
        return Outcome(record.input, record.id, "failed", reason=reason, message=str(error))
    except MemoryError:
        return failure(record, "memory", "needs more memory than a page may; see --page-memory")
    except RecursionError:
        return failure(record, "fault", "is nested too deep for articlecli; please report it")
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return failure(record, "unwritable", "is too long a name; rename it")
        if error.errno in PAGES_OWN:
            return failure(record, "unwritable", f"has no place ({error.strerror}); rename it")
        # A full disk is no fault of the page: the run stops and can be resumed.
        if instructions.folder is not None and error.filename and _inside(error, instructions):
            raise
        return failure(record, "unreadable", f"cannot be read ({error.strerror or error})")
    except Exception as error:  # noqa: BLE001  # one page must not cost the others
        return failure(
            record, "fault",
            f"caused an internal error in articlecli ({type(error).__name__}: {error}); please "
            "report it",
        )  # fmt: skip


def _inside(error: OSError, instructions: Instructions) -> bool:
    """Whether an error is of the outputs."""
    roots = [root for root in (instructions.folder, instructions.parts) if root is not None]
    path = os.path.abspath(error.filename)
    return any(path.startswith(os.path.abspath(root) + os.sep) for root in roots)


def _extracted(record: Record, work: _Work) -> Outcome:
    started = time.perf_counter()
    instructions = work.instructions
    page, size = _page(record, instructions)
    shard = record.id is not None
    if instructions.mode == "count":
        from articlecli.batch.sketch import page_keys  # only such runs need it

        keys = page_keys(page, record.input, shard=shard)
        return Outcome(record.input, None, "done", size=size, site_keys=keys)
    counts = None
    if instructions.site_counts is not None:
        from articlecli.batch.sketch import site_counts_from

        counts = site_counts_from(instructions.site_counts, record.input, shard=shard)
    article = work.extractor.extract_page(page, furniture=counts)
    data = b"" if instructions.mode == "return" else instructions.render.article(article)
    if instructions.folder is not None:
        path = os.path.join(instructions.folder, record.input + instructions.render.suffix)
        work.written.append(write_part(path, data, parts=instructions.parts))
        data = b""
    return Outcome(
        record.input,
        record.id,
        "done" if article.status == "ok" else "no_article",
        reason=article.reason,
        language=article.language,
        page_type=article.page_type,
        confidence=article.confidence,
        seconds=time.perf_counter() - started,
        digest=article.source.sha256,
        size=size,
        output=data,
        article=article if instructions.mode == "return" else None,
    )


def _page(record: Record, instructions: Instructions) -> tuple[Page, int]:
    """A page, and its size in bytes (characters, of text)."""
    options, path = instructions.options, shown(record.input)
    source = record.source
    most = instructions.limits.page_bytes
    if source is None and record.path and is_http(record.path):
        from articlecli.read.web import read_address, wait_for_turn  # few pages are far away

        if instructions.parts is not None:
            wait_for_turn(record.path, instructions.parts)
        page = read_address(record.path, url=record.url, options=options, most=most)
        return page, len(page.text)
    if source is None:
        source = read_bytes(record.path or "")
    if record.id is not None:
        path += f"#{record.id}"
    form, encoding = options.input_format, options.encoding
    if form == "auto":
        form = record.input_format
    if encoding is None and record.encoding and isinstance(source, bytes):
        encoding = borne_out(record.encoding, source)
    if len(source) > most:
        raise InputError(f"is larger than {most} bytes", "see --page-size", path=name_of(record))
    reading = _reading(form, encoding)
    page = read_page(source, url=record.url, options=reading, path=path, fetched=record.fetched)
    if record.notes:
        page = replace(page, notes=(*page.notes, *record.notes))
    return page, len(source)


@lru_cache(maxsize=64)
def _reading(form: InputFormat, encoding: str | None) -> Options:
    """What `read_page` looks at of the choices: making them takes as long as reading a page."""
    return Options(input_format=form, encoding=encoding)
