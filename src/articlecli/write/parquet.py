"""Lines of JSON → one file of Parquet."""

import os
from typing import Any

import msgspec

from articlecli.disk import settle, temporary_name
from articlecli.errors import InputError
from articlecli.read.paths import shown

COLUMNS = ("path", "url", "status", "reason", "language", "title", "alternative_titles", "byline",
           "authors", "published", "published_at", "modified", "modified_at", "site_name",
           "description", "image", "categories", "keywords", "license", "lead", "text",
           "confidence", "json")  # fmt: skip
"""Of Parquet; `json` is the whole article. `url` is the caller's, else the page's own."""
ROWS_PER_GROUP = 1000


def check_parquet(path: str) -> None:
    """Tell before any page is read that Parquet cannot be written.

    Raises:
        InputError: pyarrow is not installed.

    """
    try:
        import pyarrow.parquet  # noqa: F401  # an extra, asked for by name
    except ImportError:
        raise InputError(
            "is to be Parquet, which needs pyarrow", "pip install 'articlecli[parquet]'",
            path=shown(path),
        ) from None  # fmt: skip


def to_parquet(lines: str, path: str) -> None:
    """Write the one file of all pages; nested fields stay JSON texts.

    Args:
        lines: A file of articles, one line of JSON each.
        path: The file of Parquet; it appears when it is whole.

    Raises:
        InputError: pyarrow is not installed.

    """
    check_parquet(path)
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    part = temporary_name(os.path.dirname(path) or ".")
    try:
        with (
            open(lines, "rb") as file,
            open(part, "xb") as out,
            ParquetWriter(out, schema, compression="zstd") as writer,
        ):
            rows: list[dict[str, str | None]] = []
            for line in file:
                rows.append(_row(msgspec.json.decode(line)))
                if len(rows) == ROWS_PER_GROUP:
                    writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                    rows = []
            if rows:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
        settle([(part, path)])
    except BaseException:
        if os.path.exists(part):
            os.unlink(part)
        raise


def _row(article: dict[str, Any]) -> dict[str, str | None]:
    source = article["source"]
    row = {name: article.get(name) for name in COLUMNS}
    row |= {"path": source["path"], "url": source["url"] or row["url"], "json": article}
    return {
        name: value if value is None or isinstance(value, str)
        else msgspec.json.encode(value).decode()
        for name, value in row.items()
    }  # fmt: skip
