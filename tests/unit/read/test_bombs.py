"""Files of records that unpack to far more than they are: no reader holds what no page may hold."""

import gzip
import io
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from articlecli.read.json_lines import read_json
from articlecli.read.records import Fields, read_records

BOMB = 300 << 20
"""Bytes that a record unpacks to; of lines, which take longer, `LINES`."""
LINES = 40 << 20
MOST = 1 << 18
"""Bytes of the largest page."""
ROOM = 24 << 20
"""Bytes that reading may take beyond what Python and the modules take."""
READ = """
import resource, sys
from articlecli.read.records import Fields, read_records
import articlecli.read.packed, xml.etree.ElementTree, email, brotli
if sys.argv[2] == "parquet":
    import pyarrow.parquet
    pyarrow.set_cpu_count(1); pyarrow.set_io_thread_count(1)
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {room}, used + {room}))
for record in read_records(sys.argv[1], sys.argv[2], Fields(), most={most}):
    print(record.id, len(record.source or b""), record.problem, sep="|")
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="limits of memory as Linux has them"
)


def packed(path: Path, head: bytes, unit: bytes, foot: bytes, size: int = LINES) -> None:
    """Write a gzip file whose middle is one unit again and again."""
    with gzip.open(path, "wb", 1) as file:
        file.write(head)
        piece = unit * ((1 << 20) // len(unit))
        for _ in range(size >> 20):
            file.write(piece)
        file.write(foot)
    assert path.stat().st_size < size / 30


def read(path: Path, kind: str, room: int = ROOM, most: int = MOST) -> tuple[list[str], str]:
    """Lines that a reader with little memory prints, and what it raises."""
    code = READ.format(most=most, room=room)
    done = subprocess.run([sys.executable, "-c", code, str(path), kind], capture_output=True,
                          text=True, check=False)  # fmt: skip
    return done.stdout.splitlines(), done.stderr.strip().rpartition("\n")[2]


def warc(length: int, kind: str = "conversion", more: str = "") -> bytes:
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:x:big>\r\n{more}"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


SMALL = warc(5).replace(b"big", b"small") + b"a few\r\n\r\n"


def test_a_huge_record_of_warc(tmp_path: Path) -> None:
    """It fails with its size, and the record behind it is read."""
    packed(tmp_path / "a.warc.gz", warc(BOMB), b"a", b"\r\n\r\n" + SMALL, BOMB)
    lines, error = read(tmp_path / "a.warc.gz", "warc")
    assert error == ""
    assert lines == [
        f"urn:x:big|0|is {BOMB} bytes long, larger than a page may be; see --page-size",
        "urn:x:small|5|None",
    ]


def test_a_record_whose_body_unpacks_to_far_more(tmp_path: Path) -> None:
    """A small block, packed once more as HTTP sends it: unpacked no further than a page goes."""
    body = gzip.compress(bytes(LINES), 9)
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    (tmp_path / "a.warc").write_bytes(warc(len(block), "response") + block + b"\r\n\r\n" + SMALL)
    lines, error = read(tmp_path / "a.warc", "warc")
    assert error == ""
    assert lines == [f"urn:x:big|0|is larger than {MOST} bytes; see --page-size",
                     "urn:x:small|5|None"]  # fmt: skip


@pytest.mark.parametrize("unit", [b"X-Lamp: dark\r\n", b"X-Lamp: dark\r\n lamp\r\n", b"lamp"])
def test_a_header_without_end(tmp_path: Path, unit: bytes) -> None:
    """The header of a record goes on for ever; the record behind it is read."""
    packed(tmp_path / "a.warc.gz", b"WARC/1.0\r\nWARC-Type: conversion\r\n", unit, b"\r\n" + SMALL,
           LINES >> 2)  # fmt: skip
    lines, error = read(tmp_path / "a.warc.gz", "warc")
    assert error == ""
    assert "has a header of more than 1 MiB" in lines[0]
    assert lines[-1] == "urn:x:small|5|None"
    assert len(lines) <= 3


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
def test_a_huge_line_of_json(tmp_path: Path, mark: bytes) -> None:
    """It fails with its number, and the line behind it is read."""
    code = "utf-16-le" if mark else "ascii"
    packed(tmp_path / "a.jsonl.gz", mark + '{"text": "'.encode(code), "a".encode(code),
           '"}\n{"text": "a few"}\n'.encode(code), LINES if mark else BOMB)  # fmt: skip
    lines, error = read(tmp_path / "a.jsonl.gz", "jsonl")
    assert error == ""
    assert lines == ["1|0|is longer than 2 MiB in line 1; give each page its own line",
                     "2|5|None"]  # fmt: skip


@pytest.mark.parametrize("unit", [b"[", b"0,", b"[],", b'{"a":', b"{},"])
def test_a_line_of_many_values(tmp_path: Path, unit: bytes) -> None:
    """A line that is no longer than allowed and holds millions of values."""
    line = b'{"text": "a few", "more": [' + unit * ((3 << 19) // len(unit)) + b"0]}"
    (tmp_path / "a.jsonl").write_bytes(line + b'\n{"text": "a few"}\n')
    lines, error = read(tmp_path / "a.jsonl", "jsonl", room=96 << 20)
    assert error == ""
    assert lines[-1] == "2|5|None"


@pytest.mark.parametrize("unit", [b"[],", b"{},", b'"a":0,'])
def test_a_long_line_of_tiny_values(tmp_path: Path, unit: bytes) -> None:
    """A line as long as that of a large page may be, whose values would take many times as much."""
    size = 24 << 20
    inner = b"{%b}" if b":" in unit else b"[%b]"
    line = b'{"text": "a few", "more": ' + inner % (unit * (size // len(unit)))[:-1] + b"}"
    (tmp_path / "a.jsonl").write_bytes(line + b'\n{"text": "a few"}\n')
    lines, error = read(tmp_path / "a.jsonl", "jsonl", room=5 * size, most=size >> 2)
    assert error == ""
    told = "holds more than 1048576 brackets, commas and texts"
    assert lines == [f"1|0|{told} in line 1; give the page itself", "2|5|None"]
    (tmp_path / "b.json").write_bytes(b'[{"text": "one"}, ' + line + b"]")
    lines, error = read(tmp_path / "b.json", "jsonl", room=6 * size, most=size >> 2)
    assert lines == ["1|3|None"]
    assert f"{told} in record 2" in error


def test_a_long_line_of_many_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is cut into pieces, its records are the same: no number ends with a piece."""
    line = (
        '[{"text": "a \\"few\\", [lamps] {and}\\\\", "id": 7}, 1234567, -1.5e+10, true, NaN, "lamp", '
        '{}, {"html": "<p>Lämpchen 灯 \U0001f4a1</p>", "n": [1, [2, {"a": 3.25}]]}, null]'
    ).encode()

    def records() -> list[tuple[str | None, object, str | None]]:
        file = io.BufferedReader(io.BytesIO(line))  # type: ignore[arg-type]
        return [(r.id, r.source, r.problem) for r in read_json(file, Fields(), MOST)]

    whole = records()
    assert len(whole) == 9
    for size in range(1, 40):
        monkeypatch.setattr("articlecli.read.json_lines._PIECE", size)
        assert records() == whole


@pytest.mark.parametrize(("head", "unit"), [(b"[\n", b'{"text":\n'), (b"[\n", b'"a",\n"a",\n')])
def test_json_over_lines_without_end(tmp_path: Path, head: bytes, unit: bytes) -> None:
    """Values over several lines, one of which never ends, or which are millions: bounded too."""
    packed(tmp_path / "a.json.gz", head, unit, b"")
    path = tmp_path / "a.json.gz"
    if unit.startswith(b"{"):
        lines, error = read(path, "jsonl")
        assert lines == []
        assert "in record 1" in error or "nested too deep in record 1" in error


def test_a_huge_mail(tmp_path: Path) -> None:
    """It fails with its size, and the mail behind it is read; lines need not end."""
    head = b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: lamps\n\n"
    for unit in (b"a", b"a lamp\n"):
        packed(tmp_path / "a.mbox.gz", head, unit, b"\n\n" + head + b"a few\n",
               LINES >> 2)  # fmt: skip
        lines, error = read(tmp_path / "a.mbox.gz", "mbox")
        assert error == ""
        assert "bytes long, larger than a page may be; see --page-size" in lines[0]
        assert lines[1].startswith("2|")
        assert lines[1].endswith("|None")


@pytest.mark.parametrize("unit", [b"a", b"<b>a</b>", b"<b>"])
def test_a_huge_entry_of_a_feed(tmp_path: Path, unit: bytes) -> None:
    """The feed cannot be read on; the entry before it is given, and no other."""
    item = b"<item><title>Lamps</title><description>a few</description></item>"
    head = b"<rss><channel>" + item + b"<item><description>"
    packed(tmp_path / "a.rss.gz", head, unit, b"</description></item></channel></rss>")
    lines, error = read(tmp_path / "a.rss.gz", "feed")
    assert len(lines) == 1
    assert lines[0].startswith("1|")
    many = "has an entry of more than 30000 elements; leave it out"
    long = "has an entry of more than 1 MiB; see --page-size"
    assert error.endswith(long if unit == b"a" else many)


def test_many_entries_of_a_feed(tmp_path: Path) -> None:
    """Entries that were given are not kept."""
    item = b"<item><title>Lamps</title><description>%s</description></item>" % (b"a" * 5_000)
    with gzip.open(tmp_path / "a.rss.gz", "wb") as file:
        file.write(b"<rss><channel>" + item * 8_000 + b"</channel></rss>")
    lines, error = read(tmp_path / "a.rss.gz", "feed", room=20 << 20)
    assert (len(lines), error) == (8_000, "")


def test_a_value_of_parquet_that_many_rows_mean(tmp_path: Path) -> None:
    """It is stored once; it is not held as often as it is meant."""
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    once = pa.DictionaryArray.from_arrays(pa.array([0] * 256, pa.int8()), ["a" * (4 << 20)])
    pq.write_table(pa.table({"text": once}), path, store_schema=False)
    assert path.stat().st_size < 1 << 20
    lines, error = read(path, "parquet", room=768 << 20)
    assert error == ""
    assert len(lines) == 256
    assert lines[0] == f"1|0|is larger than {MOST} bytes in row 1; see --page-size"


def test_pages_as_long_as_allowed(tmp_path: Path) -> None:
    """What is just as long as a page may be is read, in JSON with each character escaped."""
    from articlecli.read.records import Fields, read_records

    page = "é" * (MOST // 2)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": page}) + "\n")
    block = page.encode()
    (tmp_path / "a.warc").write_bytes(warc(len(block)) + block + b"\r\n\r\n")
    out = io.BytesIO()
    out.write(b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: x\n\n")
    out.write(b"a" * (MOST - out.tell()))
    (tmp_path / "a.mbox").write_bytes(out.getvalue())
    for name, kind in (("a.jsonl", "jsonl"), ("a.warc", "warc"), ("a.mbox", "mbox")):
        [record] = read_records(str(tmp_path / name), kind, Fields(), most=MOST)
        assert record.problem is None, name


def test_a_cell_of_parquet_that_no_page_may_be(tmp_path: Path) -> None:
    """It is seen before it is a string of Python, in a dictionary too; its neighbours stay."""
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    cells = ["small", "x" * (8 << 20), None, "small too"]
    for name, column in (("a", pa.array(cells)), ("b", pa.array(cells).dictionary_encode())):
        path = str(tmp_path / f"{name}.parquet")
        pq.write_table(pa.table({"text": column, "id": [1, 2, 3, 4]}), path)
        list(read_records(path, "parquet", Fields(), most=MOST))  # imports
        tracemalloc.start()
        records = list(read_records(path, "parquet", Fields(), most=MOST))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 2 << 20
        assert [(one.id, one.source) for one in records] == [
            ("1", "small"), ("2", b""), ("3", b""), ("4", "small too"),
        ]  # fmt: skip
        assert records[1].problem == f"is larger than {MOST} bytes in row 2; see --page-size"
