"""Lines of JSON → one file of Parquet."""

import os
from datetime import date
from typing import Any

import msgspec

from articlecli.disk import settle, temporary_for
from articlecli.errors import InputError
from articlecli.extras import remedy
from articlecli.read.paths import shown
from articlecli.text.words import count_words

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
            "is to be Parquet, which needs pyarrow", remedy("parquet"), path=shown(path)
        ) from None


def to_parquet(lines: str, path: str, *, parts: str | None = None) -> None:
    """Write the one file of all pages: dates, numbers and lists of structs; see `_schema`.

    Args:
        lines: A file of articles, one line of JSON each.
        path: The file of Parquet; it appears when it is whole.
        parts: Folder where it lies until then; `None` for its own.

    Raises:
        InputError: pyarrow is not installed.

    """
    check_parquet(path)
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = _schema()
    part = temporary_for(path, parts)
    try:
        with (
            open(lines, "rb") as file,
            open(part, "xb") as out,
            ParquetWriter(out, schema, compression="zstd") as writer,
        ):
            rows: list[dict[str, Any]] = []
            for line in file:
                rows.append(_row(msgspec.json.decode(line), line))
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


def _schema() -> Any:
    """The columns: fields of the JSON under their own names, `json` the whole of it.

    Of `source` there are `path`, `url`, `format` and `encoding`; `words` is counted.
    """
    import pyarrow as pa

    text = pa.string()
    lines = pa.list_(pa.list_(pa.int64()))

    def structs(**fields: Any) -> Any:
        return pa.list_(pa.struct(list({**fields, "lines": lines}.items())))

    teaser = structs(
        title=text, summary=text, meta=text, section=text, truncated=pa.bool_(), url=text
    )
    link = pa.struct([("text", text), ("target", text)])
    image = pa.struct([("source", text), ("alt", text), ("block", pa.int64())])
    return pa.schema([
        ("path", text), ("url", text), ("format", text), ("encoding", text),
        ("status", text), ("reason", text), ("page_type", text),
        ("page_type_confidence", pa.float64()), ("language", text), ("title", text),
        ("alternative_titles", pa.list_(text)), ("byline", text), ("authors", pa.list_(text)),
        ("published", pa.date32()), ("published_at", text), ("modified", pa.date32()),
        ("modified_at", text), ("site_name", text), ("description", text), ("image", text),
        ("categories", pa.list_(text)), ("keywords", pa.list_(text)), ("license", text),
        ("lead", text), ("text", text), ("words", pa.int64()), ("confidence", pa.float64()),
        ("flags", pa.list_(text)),
        ("body", structs(kind=text, level=pa.int64(), number=pa.int64(), text=text,
                         links=pa.list_(link))),
        ("entries", teaser), ("teasers", teaser),
        ("comments", structs(text=text)),
        ("removed", structs(zone=text, reason=text, text=text)),
        ("images", pa.list_(image)),
        ("json", text),
    ])  # fmt: skip


_LISTS = ("alternative_titles", "authors", "categories", "keywords")


def _row(article: dict[str, Any], line: bytes) -> dict[str, Any]:
    """A row of `_schema`; what it has not is left out by pyarrow."""
    source = article["source"]
    return {
        **article,
        "path": source["path"], "url": source["url"] or article.get("url"),
        "format": source["format"], "encoding": source["encoding"],
        "published": _day(article["published"]),
        "modified": _day(article.get("modified")),
        **{name: article.get(name, []) for name in _LISTS},
        "images": article.get("images", []), "entries": article.get("entries", []),
        "body": [{"level": 0, "number": 0, "links": [], **part} for part in article["body"]],
        "words": count_words(article["text"]),
        "json": line.decode().rstrip("\n"),
    }  # fmt: skip


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None
