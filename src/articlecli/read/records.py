"""Files that hold many pages → their records, one at a time."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from msgspec.structs import replace

from articlecli.errors import InputError
from articlecli.extras import remedy
from articlecli.read.feed import read_feed
from articlecli.read.files import LIMIT
from articlecli.read.json_lines import FIELDS, read_json, record_of
from articlecli.read.mail import read_mailbox
from articlecli.read.packed import open_packed
from articlecli.read.paths import is_remote, shown
from articlecli.read.record import Fields, Record
from articlecli.read.remote import open_remote
from articlecli.read.warc import read_warc

__all__ = ["Fields", "Record", "read_records"]

ROWS = 256
"""Rows of Parquet read at once, at the most."""
WIDEST = 4
"""Bytes of a character, at the most."""
ROWS_BYTES = 32 << 20
"""Bytes that they may come to, where each is as large as all of its group that is stored."""


def read_records(path: str, kind: str, fields: Fields, *, most: int = LIMIT) -> Iterator[Record]:
    """Records of a file in order; memory holds a few at a time.

    A page that is too large is a record with a problem, and is not held as a whole; a cell of
    Parquet is once, as it lies in the file, since it can be read in no other way.

    Args:
        path: The file, or its address.
        kind: `jsonl`, `warc`, `parquet`, `mbox` or `feed`.
        fields: Where the page stands in a record of JSON or Parquet.
        most: Bytes of the largest page (characters, of text).

    Raises:
        InputError: The file cannot be read to its end. The records before the damage have been
            given by then. Of WARC, and of gzip, those behind it too: there it is a record of its
            own with a problem, and nothing is raised.

    """
    for record in _records(path, kind, fields, min(most, LIMIT)):
        if len(record.source or b"") > most:
            problem = f"is larger than {most} bytes; see --page-size"
            yield replace(record, source=b"", problem=problem)
        else:
            yield record


def _records(path: str, kind: str, fields: Fields, most: int) -> Iterator[Record]:
    """Records, of which some may be somewhat larger than they should."""
    if kind == "parquet":
        yield from _parquet(path, fields, most)
        return
    with open_packed(path) as file:
        if kind == "jsonl":
            yield from read_json(file, fields, most)
        elif kind == "warc":
            yield from read_warc(file, most)
        elif kind == "mbox":
            yield from read_mailbox(file, most)
        else:
            yield from read_feed(file, shown(path), most)


def _parquet(path: str, fields: Fields, most: int) -> Iterator[Record]:
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(
            "is Parquet, which needs pyarrow", remedy("parquet"), path=shown(path)
        ) from None
    number = 0
    named = {one.split(".")[0] for one in (fields.text, fields.html, fields.url, fields.id) if one}
    named |= {one for one in (fields.text, fields.html, fields.url, fields.id) if one}
    try:
        opened = open_remote(path) if is_remote(path) else nullcontext(path)
        with opened as source, ParquetFile(source) as file:
            wanted = [
                name
                for name in file.schema_arrow.names
                if any(name in usual for usual in FIELDS.values()) or name in named
            ]
            for batch in file.iter_batches(batch_size=_rows(file.metadata), columns=wanted):
                too_large = _rows_beyond(batch, WIDEST * most)
                for row in range(batch.num_rows):
                    number += 1
                    if row in too_large:
                        yield Record(str(number), b"", problem=f"is larger than {most} bytes "
                                     f"in row {number}; see --page-size")  # fmt: skip
                        continue
                    try:
                        value = batch.slice(row, 1).to_pylist()[0]
                    except (ValueError, OverflowError) as error:  # a date that Python has not
                        yield Record(str(number), b"", problem=f"has a value that cannot be read "
                                     f"in row {number} ({error}); mend or drop it")  # fmt: skip
                        continue
                    yield record_of(value, str(number), f"in row {number}", fields)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and (error.errno is not None or is_remote(path)):
            raise  # the disk's; Arrow raises it without a number where a page is damaged
        raise InputError(
            f"is damaged or no Parquet ({str(error).splitlines()[0]})", "fetch it again",
            path=shown(path),
        ) from None  # fmt: skip


def _rows_beyond(batch: Any, most: int) -> set[int]:
    """Rows of which a cell has more bytes, told without making it a value of Python."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: set[int] = set()
    for column in batch.columns:
        cells = column.dictionary if pa.types.is_dictionary(column.type) else column
        kind = cells.type
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)
                or pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):  # fmt: skip
            if pa.types.is_nested(kind):
                found.update(i for i in range(len(cells)) if cells[i : i + 1].nbytes > most)
            continue
        beyond = pc.greater(pc.binary_length(cells), most)
        beyond = beyond if cells is column else beyond.take(column.indices)
        found.update(row for row, is_beyond in enumerate(beyond.to_pylist()) if is_beyond)
    return found


def _rows(metadata: Any) -> int:
    """Rows to be read at once: one value, stored once, may be meant by each of them."""
    groups = range(metadata.num_row_groups)
    largest = max((metadata.row_group(i).total_byte_size for i in groups), default=0)
    return max(1, min(ROWS, ROWS_BYTES // max(largest, 1)))
