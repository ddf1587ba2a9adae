"""Lines of JSON → one file of Parquet."""

from typing import Any

import msgspec

from articlecli.batch.disk import settle
from articlecli.errors import InputError
from articlecli.read.files import shown

COLUMNS = ("path", "url", "status", "reason", "language", "title", "byline", "published", "lead",
           "text", "confidence", "json")  # fmt: skip
"""Of Parquet; `json` is the whole article."""
ROWS = 1000
"""Rows of a group of Parquet."""


def to_parquet(lines: str, path: str) -> None:
    """The one file of all pages, from its lines of JSON; nested fields stay JSON texts."""
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise InputError(
            "is to be Parquet, which needs pyarrow", "pip install 'articlecli[parquet]'",
            path=shown(path),
        ) from None  # fmt: skip
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    part = path + ".part"
    with open(lines, "rb") as file, ParquetWriter(part, schema, compression="zstd") as writer:
        rows: list[dict[str, str | None]] = []
        for line in file:
            rows.append(_row(msgspec.json.decode(line)))
            if len(rows) == ROWS:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows = []
        if rows:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    settle([(part, path)])


def _row(article: dict[str, Any]) -> dict[str, str | None]:
    source = article["source"]
    row = {name: article.get(name) for name in COLUMNS}
    row |= {"path": source["path"], "url": source["url"], "json": article}
    return {
        name: value if value is None or isinstance(value, str)
        else msgspec.json.encode(value).decode()
        for name, value in row.items()
    }  # fmt: skip
