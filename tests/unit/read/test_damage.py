"""Files that are damaged: what is whole comes out, and what is lost is told."""

import bz2
import gzip
import json
import lzma
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from articlecli import InputError
from articlecli.read import read_bytes
from articlecli.read.packed import zstd_module
from articlecli.read.records import Fields, Record, read_records

LINES = [json.dumps({"text": f"Boat number {n}"}).encode() + b"\n" for n in range(9)]
PACKS = {"bz2": bz2.compress, "xz": lzma.compress, "zst": lambda data: zstd_module().compress(data)}


def read(path: Path, kind: str) -> tuple[list[Record], str]:
    """Records of a file, and what is raised behind them."""
    found = []
    try:
        for record in read_records(str(path), kind, Fields()):
            found.append(record)  # noqa: PERF402  # those before an error count
    except InputError as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("harm", ["cut", "junk", "hole"])
def test_a_later_part_with_damage(tmp_path: Path, name: str, harm: str) -> None:
    """A damaged part is a failure: it is not taken for the end of the file."""
    parts = [PACKS[name](line) for line in LINES]
    if harm == "cut":
        parts[-1] = parts[-1][:-7]
    elif harm == "junk":
        parts[4] = b"no part begins so"
    else:
        parts[4] = parts[4][5:]
    path = tmp_path / f"a.jsonl.{name}"
    path.write_bytes(b"".join(parts))
    found, error = read(path, "jsonl")
    whole = 8 if harm == "cut" else 4
    boats = [record.source for record in found]
    assert boats[:whole] == [f"Boat number {n}" for n in range(whole)]
    assert len(boats) <= whole + (harm == "cut")  # of a part that is cut, what can be had
    assert "is damaged or cut short" in error
    with pytest.raises(InputError, match="is damaged or cut short"):
        read_bytes(str(path))


@pytest.mark.parametrize("name", PACKS)
def test_parts_one_after_the_other(tmp_path: Path, name: str) -> None:
    """Many parts are one file, with zeros between and behind them too."""
    path = tmp_path / f"a.jsonl.{name}"
    path.write_bytes((b"\0" * 8).join(map(PACKS[name], [*LINES, b""])) + b"\0" * 8)
    found, error = read(path, "jsonl")
    assert (len(found), error) == (len(LINES), "")


def test_xz_that_wants_much_memory(tmp_path: Path) -> None:
    """A dictionary is the file's choice, up to a bound."""
    path = tmp_path / "a.txt.xz"
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 4096}]
    head = bytearray(lzma.compress(b"Boats", filters=filters))
    # The size of the dictionary is one byte of the block's header, whose checksum follows it.
    at = head.index(b"\x21\x01", 12) + 2
    head[at] = 36  # 1 GiB
    start, size = 12, (head[12] + 1) * 4
    crc = zlib.crc32(bytes(head[start : start + size - 4])).to_bytes(4, "little")
    head[start + size - 4 : start + size] = crc
    path.write_bytes(bytes(head))
    with pytest.raises(InputError, match=r"is damaged or cut short .*[Mm]emory"):
        read_bytes(str(path))


def test_gzip_that_is_damaged_from_its_beginning(tmp_path: Path) -> None:
    """What lies behind is read; holes with nothing between them are one."""
    path = tmp_path / "a.jsonl.gz"
    bad = b"\x1f\x8b\x08\x00" * 50
    path.write_bytes(bad + b"".join(map(gzip.compress, LINES)) + bad + gzip.compress(LINES[0]))
    found, error = read(path, "jsonl")
    assert error == ""
    assert [record.problem is None for record in found] == [False, *[True] * 9, False, True]


HEAD = b"\x1f\x8b\x08"


@pytest.mark.parametrize("unit", [
    HEAD + b"\0",
    HEAD + b"\0\0\0\0\0\0\3",
    HEAD + b"\x08\1\1\1\1\2\3",  # the name does not end
    HEAD + b"\x06\1\1\1\1\2\3\xff\xff",  # as long as can be, and summed up
    HEAD + b"\0\0\0\0\0\2\3\0\x00\xf0\xff\x0f",  # 60 KB that are there
])  # fmt: skip
def test_beginnings_of_gzip_that_are_none(tmp_path: Path, unit: bytes) -> None:
    """They cost what other bytes cost, each however far it seems to go; what follows is read."""
    path = tmp_path / "a.jsonl.gz"
    junk = unit * ((1 << 18) // len(unit)) + b"\0" + b"x" * 70_000
    path.write_bytes(gzip.compress(LINES[0]) + junk + b"".join(map(gzip.compress, LINES)))
    began = time.process_time()
    found, error = read(path, "jsonl")
    assert time.process_time() - began < 1.5
    assert error == ""
    assert [one.source for one in found if one.problem is None][-8:] == [
        f"Boat number {n}" for n in range(1, 9)
    ]
    assert found[0].source == "Boat number 0"


def test_a_hole_among_many_parts(tmp_path: Path) -> None:
    """Nothing but the part that is damaged is lost, at whatever byte."""
    parts = [gzip.compress(line, mtime=0) for line in LINES]
    for at in range(len(parts[4])):
        bad = bytearray(parts[4])
        bad[at] ^= 0x55
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(b"".join([*parts[:4], bytes(bad), *parts[5:]]))
        found, error = read(path, "jsonl")
        whole = {one.source for one in found if one.problem is None}
        assert whole >= {f"Boat number {n}" for n in range(9) if n != 4}, at
        assert error == ""


def test_an_entry_that_is_nested_too_deep(tmp_path: Path) -> None:
    """It fails, and the entries beside it are read."""
    item = "<item><title>Boats</title><description>Nine of them</description></item>"
    deep = f"<item><content>{'<b>' * 5000}x{'</b>' * 5000}</content></item>"
    path = tmp_path / "a.rss"
    path.write_text(f"<rss><channel>{item}{deep}{item}</channel></rss>", encoding="utf-8")
    found, error = read(path, "feed")
    assert error == ""
    assert [record.problem is None for record in found] == [True, False, True]
    assert "nested too deep in entry 2" in (found[1].problem or "")


def test_elements_between_entries(tmp_path: Path) -> None:
    """They are no part of an entry, and are let go with it."""
    item = "<item><title>Boats</title><description>Nine of them</description></item>"
    path = tmp_path / "a.rss"
    body = f"<rss><channel>{('<x/>' * 100 + item) * 5}</channel></rss>"
    path.write_text(body, encoding="utf-8")
    found, error = read(path, "feed")
    assert ([record.id for record in found], error) == (list("12345"), "")


def pages_kept(call: Callable[[], object]) -> int:
    """Bytes that a call needs at its most."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["mbox", "warc"])
def test_a_record_of_short_lines(tmp_path: Path, kind: str) -> None:
    """It takes a few times its size, however short its lines are."""
    head = b"From a\n" if kind == "mbox" else (
        b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 1\r\n\r\n"
    )  # fmt: skip
    size = 2 << 20
    path = tmp_path / f"a.{kind}"
    path.write_bytes(head + b"ab\n" * (size // 3))
    assert pages_kept(lambda: read(path, kind)) < 6 * size


def test_a_cell_of_parquet_that_holds_many(tmp_path: Path) -> None:
    """Lists and objects are bounded as texts are."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = {"text": [["a boat at sea"] * 20_000, ["a boat", "at sea"]]}
    parquet.write_table(pa.table(rows), tmp_path / "a.parquet")
    found = list(read_records(str(tmp_path / "a.parquet"), "parquet", Fields(), most=50_000))
    assert "is larger than 50000 bytes" in (found[0].problem or "")
    assert found[1].source == "a boat\nat sea"
