"""When a page was fetched: who knows it, and what is told from it."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import articlecli
from articlecli import Options
from articlecli.batch import Job, destination_of, run
from articlecli.cli import cli
from articlecli.extractor import extract_page
from articlecli.read import read_page
from articlecli.read.json_lines import read_json, record_of
from articlecli.read.record import Fields
from articlecli.read.warc import read_warc

BODY = "\n\n".join(
    f"The harbour council met on day {n} and agreed that the old cranes be repaired before the "
    "winter storms come, since the ships need them every week of the year."
    for n in range(1, 6)
)
PAGE = f"Harbour cranes repaired\n\nBy Ann Lee\n\n3 hours ago\n\n{BODY}\n"
WARC = (
    b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Date: 2025-03-03T02:00:00Z\r\n"
    b"Content-Length: 5\r\n\r\npages\r\n\r\n"
)
ARC = b"http://quay.example/a 127.0.0.1 20250303020000 text/html 5\npages\n\n"


@pytest.mark.parametrize(("data", "moment"), [(WARC, "2025-03-03T02:00:00Z"), (ARC, "20250303020000")])  # fmt: skip
def test_archives_know(data: bytes, moment: str) -> None:
    """WARC, WET and ARC have it of each record."""
    found = list(read_warc(io.BytesIO(data), 1000))
    assert [record.fetched for record in found] == [moment]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ({"warc_date": "2025-03-03T02:00:00Z"}, "2025-03-03T02:00:00Z"),
        ({"date_download": "2025-03-03"}, "2025-03-03"),
        ({"crawl_date": date(2025, 3, 3)}, "2025-03-03"),
        ({"crawled_at": datetime(2025, 3, 3, 2, tzinfo=UTC)}, "2025-03-03 02:00:00+00:00"),
        ({"fetched_at": 17}, None),
        ({"date": "2025-03-03"}, None),
    ],
)
def test_records_of_json_know(value: dict[str, object], moment: str | None) -> None:
    """Fields that can be nothing else; `date` may be the day of publication."""
    record = record_of({"text": "pages", **value}, "1", "in line 1", Fields())
    assert record.fetched == moment


def test_lines_of_json_know() -> None:
    """The field is read from the file too."""
    file = io.BufferedReader(io.BytesIO(b'{"text": "pages", "WARC-Date": "2025-03-03"}\n'))  # type: ignore[arg-type]
    assert [record.fetched for record in read_json(file, Fields(), 1000)] == ["2025-03-03"]


def test_saved_pages_know() -> None:
    """A browser writes when it saved a page."""
    data = (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quay.example/a\r\n"
            b"Date: Mon, 3 Mar 2025 02:00:00 -0000\r\nMIME-Version: 1.0\r\n"
            b"Content-Type: text/html\r\n\r\n<p>pages</p>\r\n")  # fmt: skip
    assert (read_page(data, url=None, options=Options()).fetched or "")[:16] == "2025-03-03T02:00"


@pytest.mark.parametrize(
    ("fetched", "url", "day"),
    [
        ("2025-03-03T02:00:00Z", None, "2025-03-02"),
        (None, "https://web.archive.org/web/20250303020000/https://quay.example/a", "2025-03-02"),
        (
            None,
            "https://web.archive.org/web/20250303020000id_/https://quay.example/a",
            "2025-03-02",
        ),
        (None, "https://quay.example/a", None),
        ("2025-03-03", None, None),
    ],
)
def test_hours_ago(fetched: str | None, url: str | None, day: str | None) -> None:
    """Told from when the page was fetched, and from no clock of this machine."""
    article = articlecli.extract(PAGE, url=url, fetched=fetched)
    assert (article.published, article.sources.get("published")) == (day, "ago" if day else None)
    page = read_page(PAGE, url=url, options=Options(), fetched=fetched)
    assert extract_page(page, options=Options()).published == day


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Updated 2 days ago", None, "2025-03-01"),
        ("3 February 2025 | Updated 2 days ago", "2025-02-03", None),
        ("Yesterday, 14:05", "2025-03-02", None),
        ("What we learned yesterday", None, None),
    ],
)
def test_lines_that_tell_it(line: str, published: str | None, modified: str | None) -> None:
    """An update is none of publication; a full date comes first."""
    article = articlecli.extract(PAGE.replace("3 hours ago", line), fetched="2025-03-03T02:00:00Z")
    assert (article.published, article.modified) == (published, modified)


def test_a_batch_tells_it(tmp_path: Path) -> None:
    """What a record knows travels to the article."""
    body = PAGE.encode()
    size = f"Content-Length: {len(body)}".encode()
    data = WARC.replace(b"Content-Length: 5", size).replace(b"\r\npages", b"\r\n" + body)
    (tmp_path / "one.warc.wet").write_bytes(data)
    out = tmp_path / "out.jsonl"
    run(Job((str(tmp_path / "one.warc.wet"),), destination_of(str(out)), workers=1, quiet=True))
    assert b'"published":"2025-03-02"' in out.read_bytes()


def test_what_is_no_moment() -> None:
    """A moment is text."""
    with pytest.raises(TypeError, match="fetched is date"):
        articlecli.extract(PAGE, fetched=date(2025, 3, 3))  # type: ignore[arg-type]


def test_files_and_many_pages(tmp_path: Path) -> None:
    """Whoever calls for a file, for many pages or for an explanation can say it too."""
    moment = "2025-03-03T02:00:00Z"
    path = tmp_path / "a.txt"
    path.write_text(PAGE, encoding="utf-8")
    assert articlecli.extract_file(path, fetched=moment).published == "2025-03-02"
    assert articlecli.Extractor().explain(PAGE, fetched=moment).article.published == "2025-03-02"
    pages = [PAGE, (PAGE, None), (PAGE, None, moment)]
    articles = [outcome.article for outcome in articlecli.extract_many(pages)]
    assert [article and article.published for article in articles] == [None, None, "2025-03-02"]


def test_on_the_command_line(tmp_path: Path) -> None:
    """`--fetched` holds for pages of files and for records that do not say it themselves."""
    path = tmp_path / "a.txt"
    path.write_text(PAGE, encoding="utf-8")
    rows = [{"text": PAGE}, {"text": PAGE, "crawl_date": "2025-04-04T12:00:00Z"}]
    shard = tmp_path / "a.jsonl"
    shard.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    words = ["extract", str(path), str(shard), "--fields", "published", "--fetched"]
    done = CliRunner().invoke(cli, [*words, "2025-03-03T02:00Z"])
    days = [json.loads(line)["published"] for line in done.stdout.splitlines()]
    assert days == ["2025-03-02", "2025-03-02", "2025-04-04"]
    assert CliRunner().invoke(cli, ["explain", str(path), "--fetched", "20250303"]).exit_code == 0
    for wrong in ("yesterday", "2025-13-01", "2025-03-03 or so", ""):
        done = CliRunner().invoke(cli, [*words, wrong])
        assert done.exit_code == 2
        assert "is no moment of ISO 8601" in done.output
