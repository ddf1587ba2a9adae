"""Parquet as others read it: DuckDB and pandas see dates, numbers and lists of structs."""

import datetime as dt
import subprocess
import sys
from typing import Any

import pytest

from tests import SAMPLES

pytest.importorskip("pyarrow", reason="pyarrow is not installed")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Some pages as one file."""
    path = str(tmp_path_factory.mktemp("parquet") / "all.parquet")
    pages = [SAMPLES / f"{name}.txt" for name in ("agency-en", "trade-paper-fr")]
    words = [sys.executable, "-m", "articlecli", "batch", *map(str, pages), "-o", path, "-q"]
    subprocess.run(words, check=True)
    return path


def test_duckdb(file: str) -> None:
    """Sums, comparisons and lists of structs in SQL, without a cast."""
    duckdb: Any = pytest.importorskip("duckdb", reason="DuckDB is not installed")

    def rows(sql: str) -> Any:
        return duckdb.sql(sql.replace("FILE", f"'{file}'")).fetchall()

    types = {name: kind for name, kind, *_ in rows("describe select * from FILE")}
    assert types["published"] == types["modified"] == "DATE"
    assert types["confidence"] == "DOUBLE"
    assert types["words"] == "BIGINT"
    assert types["authors"] == types["flags"] == "VARCHAR[]"
    assert types["teasers"].startswith("STRUCT(title VARCHAR, summary VARCHAR")
    assert types["teasers"].endswith("[]")
    [(count, mean, words, last)] = rows(
        "select count(*), avg(confidence), sum(words), max(published) from FILE "
        "where confidence > 0.5"
    )
    assert (count, type(last)) == (2, dt.date)
    assert 0.5 < mean <= 1
    assert words > 100
    told = rows("select language, t.title from (select language, unnest(teasers) as t from FILE) "
                "where t.truncated")  # fmt: skip
    assert told
    assert all(language == "fr" and title for language, title in told)
    kinds = rows("select distinct b.kind from (select unnest(body) as b from FILE)")
    assert ("paragraph",) in kinds


def test_pandas(file: str) -> None:
    """Numbers are numbers, days are days, a list of teasers is one of dicts."""
    pandas: Any = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.read_parquet(file)
    assert len(frame) == 2
    assert frame["confidence"].dtype == "float64"
    assert frame["words"].dtype == "int64"
    assert frame[frame["confidence"] > 0.5]["words"].sum() > 100
    assert pandas.to_datetime(frame["published"]).notna().any()
    teasers = frame.set_index("language").loc["fr", "teasers"]
    assert {"title", "summary", "truncated"} <= set(teasers[0])
    assert isinstance(frame["published"].dropna().iloc[0], dt.date)
