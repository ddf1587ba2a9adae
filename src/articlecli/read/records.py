"""Files that hold many pages → their records, one at a time."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any, BinaryIO

import msgspec

from articlecli.errors import InputError
from articlecli.options import InputFormat
from articlecli.read.packed import open_packed
from articlecli.read.paths import is_remote, shown
from articlecli.read.remote import open_remote

TEXT_FIELDS = ("text", "content", "body", "raw_text", "page", "markdown")
HTML_FIELDS = ("html", "raw_html", "html_content", "raw_content")
URL_FIELDS = ("url", "uri", "source_url", "link", "warc_target_uri")
ID_FIELDS = ("id", "_id", "doc_id", "record_id", "warc_record_id", "uuid")
"""Names looked for where the user names none, the likeliest first."""
LINE = 256 << 20
"""Bytes of the longest line of JSON: four of the largest page, whose characters may be escaped. A
whole data set in one line, as one array, must not fill the memory."""


class Record(msgspec.Struct, frozen=True):
    """One page to be extracted: of a file that holds many, or a file of its own."""

    id: str | None = None
    """The record's own id, or its number in the file, from 1; `None` of a file of its own."""
    source: bytes | str | None = None
    """The page; `None` where `path` names the file that is to be read."""
    url: str | None = None
    input_format: InputFormat = "auto"
    encoding: str | None = None
    """As HTTP said it."""
    problem: str | None = None
    """Why there is no page in it."""
    input: str = ""
    """Name of the input that it is from."""
    path: str | None = None
    """File of a page of its own."""


class Fields(msgspec.Struct, frozen=True):
    """Names of the fields of a record; `None` guesses."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    id: str | None = None


def read_records(path: str, kind: str, fields: Fields) -> Iterator[Record]:
    """Records of a file in order; memory holds a few at a time.

    Args:
        path: The file, or its address.
        kind: `jsonl`, `warc` or `parquet`.
        fields: Where the page stands in a record of JSON or Parquet.

    Raises:
        InputError: The file cannot be read to its end. The records before the damage have been
            given by then.

    """
    if kind == "parquet":
        yield from _parquet(path, fields)
        return
    with open_packed(path) as file:
        yield from (_jsonl(file, fields) if kind == "jsonl" else _warc(file, path))


def _jsonl(file: BinaryIO, fields: Fields) -> Iterator[Record]:
    for number, line in enumerate(_lines(file), 1):
        if line is None:
            problem = (
                f"is longer than {LINE >> 20} MiB in line {number}; give each page its own line"
            )
            yield Record(str(number), b"", problem=problem)
            continue
        if not line.strip():
            continue
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Record(str(number), b"", problem=f"is no JSON in line {number} ({error})")
            continue
        if isinstance(value, dict):
            yield _record(value, number, fields)
        else:
            yield Record(str(number), b"", problem=f"is no JSON object in line {number}")


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Lines of a file; `None` for one longer than any page, which memory never holds whole."""
    while line := file.readline(LINE + 1):
        if len(line) <= LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(1 << 20)
        yield None


def _record(value: dict[str, Any], number: int, fields: Fields) -> Record:
    def found(named: str | None, usual: tuple[str, ...]) -> Any:
        if named is not None:
            return value.get(named)
        return next((value[name] for name in usual if value.get(name)), None)

    name = found(fields.id, ID_FIELDS)
    url = found(fields.url, URL_FIELDS)
    html = found(fields.html, HTML_FIELDS) if not (fields.text and not fields.html) else None
    text = found(fields.text, TEXT_FIELDS) if html is None else None
    page = html if html is not None else text
    url = url if isinstance(url, str) else None
    key = str(name) if isinstance(name, str | int) and not isinstance(name, bool) else str(number)
    if not isinstance(page, str | bytes):
        named = " or ".join(n for n in (fields.html, fields.text) if n) or "text or html"
        there = ", ".join(sorted(value)[:8])
        return Record(key, b"", problem=f"has no {named} among its fields ({there})", url=url)
    return Record(key, page, url, "html" if html is not None else "auto")


def _parquet(path: str, fields: Fields) -> Iterator[Record]:
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(
            "is Parquet, which needs pyarrow", "pip install 'articlecli[parquet]'", path=shown(path)
        ) from None
    number = 0
    try:
        opened = open_remote(path) if is_remote(path) else nullcontext(path)
        with opened as source, ParquetFile(source) as file:
            wanted = [
                name
                for name in file.schema_arrow.names
                if name in (*TEXT_FIELDS, *HTML_FIELDS, *URL_FIELDS, *ID_FIELDS)
                or name in (fields.text, fields.html, fields.url, fields.id)
            ]
            for batch in file.iter_batches(batch_size=256, columns=wanted):
                for value in batch.to_pylist():
                    number += 1
                    yield _record(value, number, fields)
    except pa.ArrowException as error:
        raise InputError(
            f"is damaged or no Parquet ({str(error).splitlines()[0]})", "fetch it again",
            path=shown(path),
        ) from None  # fmt: skip


def _warc(file: BinaryIO, path: str) -> Iterator[Record]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    records = 0
    try:
        for number, record in enumerate(ArchiveIterator(file, record_types=wanted), 1):
            records += 1
            headers = record.headers
            key = (headers.get("WARC-Record-ID") or "").strip("<>") or str(number)
            url = headers.get("WARC-Target-URI") or None
            kind, encoding = _media_type(record)
            body = record.reader.read()
            if record.record_type == WarcRecordType.conversion:
                yield Record(key, body, url, "text", "utf-8" if _is_utf8(body) else None)
            elif kind is None or kind in ("text/html", "application/xhtml+xml", "text/plain"):
                form: InputFormat = "auto" if kind in (None, "text/plain") else "html"
                yield Record(key, body, url, form, encoding)
            else:
                yield Record(key, b"", url, problem=f"is {kind}, no page of text")
    except Exception as error:
        if type(error).__module__.startswith("fastwarc"):
            raise InputError(
                f"is damaged after {records} records ({error})", "fetch it again", path=shown(path)
            ) from None
        raise


def _media_type(record: Any) -> tuple[str | None, str | None]:
    """Media type and encoding of a record's content, as HTTP (or the record) says them."""
    headers = record.http_headers or record.headers
    said = headers.get("Content-Type", "") or ""
    kind = said.partition(";")[0].strip().lower() or None
    if kind and kind.startswith("application/http"):
        return None, None
    charset = re.search(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)", said)
    return kind, charset[1].lower() if charset else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
