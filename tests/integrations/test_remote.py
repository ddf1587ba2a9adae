"""Inputs at addresses: the same pages and the same bytes as from a local disk."""

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from articlecli.batch.inputs import find_inputs
from articlecli.errors import InputError
from articlecli.read.files import read_bytes
from articlecli.read.paths import file_part, is_remote
from articlecli.read.records import Fields, read_records
from articlecli.read.remote import TRIES, key_of
from tests.batch.test_batch import HTML, PAGE, batch, files_of, report_of

fsspec = pytest.importorskip("fsspec")


def warc(*texts: bytes) -> bytes:
    out = b""
    for number, text in enumerate(texts):
        head = (
            f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: https://x.example/{number}\r\n"
            f"Content-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n"
        )
        out += gzip.compress(head.encode() + text + b"\r\n\r\n")
    return out


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A folder of pages and shards."""
    folder = tmp_path / "crawl"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "a.txt").write_bytes(PAGE)
    (folder / "deep" / "b.html").write_text(HTML, encoding="utf-8")
    (folder / "deep" / "er" / "c.txt.gz").write_bytes(gzip.compress(PAGE))
    (folder / "deep" / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".git" / "d.txt").write_bytes(PAGE)
    (folder / "s.warc.wet.gz").write_bytes(warc(PAGE, PAGE.replace(b"the", b"one")))
    rows = [{"id": "r", "text": PAGE.decode()}, {"html": HTML, "url": "https://a.example"}]
    text = "".join(json.dumps(row) + "\n" for row in rows) + "no json\n"
    (folder / "s.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    return folder


@pytest.fixture
def memory() -> Iterator:
    """A file system in memory, empty."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articlecli.read.remote.PAUSE", 0.0)


def test_what_an_address_is() -> None:
    """Protocols, also one behind another; paths of a disk are none."""
    for path in ("s3://b/x", "https://a.example/x", "memory://x", "zip://a.txt::s3://b/x.zip",
                 "simplecache::https://a.example/x", "abfs+x://y"):  # fmt: skip
        assert is_remote(path)
    for path in ("a/b", "C://x", "://x", "a b://x", "x::y", "/s3://x", "-"):
        assert not is_remote(path)
    assert file_part("https://a.example/x.jsonl.gz?y=1#z") == "https://a.example/x.jsonl.gz"
    assert file_part("zip://a.txt::s3://b/x.zip") == "zip://a.txt"
    assert file_part("odd?name.txt") == "odd?name.txt"


def test_names_lead_out_of_no_folder() -> None:
    """Two addresses have two names, and none climbs."""
    assert key_of("s3://b/a/x.txt") == "s3/b/a/x.txt"
    assert key_of("file:///tmp/x") == "file/tmp/x"
    assert key_of("s3://b/../../x.txt") == "s3/b/%2E%2E/%2E%2E/x.txt"
    assert key_of("s3://b//x.txt") != key_of("s3://b/x.txt")
    assert key_of("zip://in/x.txt::s3://b/x.zip") == "s3/b/x.zip/zip/in/x.txt"


def test_a_folder_at_an_address(crawl: Path, memory) -> None:
    """Found, named, ordered and passed over as in a local folder."""
    memory.put(str(crawl), "/crawl", recursive=True)
    for more in ({}, {"hidden": True}, {"patterns": ["*.txt", "*.png"]}):
        local, others = find_inputs([str(crawl)], **more)
        found, passed_over = find_inputs(["memory://crawl"], **more)
        assert [(i.name, i.kind) for i in found] == [(i.name, i.kind) for i in local]
        assert passed_over == others
        assert all(i.size > 0 for i in found)
    for one, two in zip(local, found, strict=True):
        assert read_bytes(one.path) == read_bytes(two.path)
    assert find_inputs(["memory://crawl/"]) == find_inputs(["memory://crawl"])


@pytest.mark.parametrize("one", ["s.warc.wet.gz", "s.jsonl.gz"])
def test_records_at_an_address(crawl: Path, memory, one: str) -> None:
    """Shards give the same records; one that was cut short gives those before and one sentence."""
    kind = "warc" if "warc" in one else "jsonl"
    memory.put(str(crawl / one), f"/{one}")
    local = list(read_records(str(crawl / one), kind, Fields()))
    assert list(read_records(f"memory://{one}", kind, Fields())) == local
    memory.pipe(f"/{one}", (crawl / one).read_bytes()[:-300])
    *before, last = read_records(f"memory://{one}", kind, Fields())
    assert before == local[: len(before)]
    assert "damaged or cut short" in (last.problem or "")


def test_parquet_at_an_address(memory) -> None:
    """Parquet is read where it lies, and damage is one sentence."""
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["one", "two"], "n": [1, 2]}), out)
    memory.pipe("/x.parquet", out.getvalue())
    found = list(read_records("memory://x.parquet", "parquet", Fields()))
    assert [r.source for r in found] == ["one", "two"]
    memory.pipe("/x.parquet", b"PAR1 nothing")
    with pytest.raises(InputError, match="damaged"):
        list(read_records("memory://x.parquet", "parquet", Fields()))


def test_a_page_in_an_archive(tmp_path: Path) -> None:
    """One protocol behind another: the page's own name counts."""
    import zipfile

    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("in/a.txt", PAGE)
        archive.writestr("in/b.txt", PAGE)
    path = f"zip://in::file://{tmp_path}/x.zip"
    found, _ = find_inputs([path])
    assert [i.name for i in found] == ["a.txt", "b.txt"]
    assert read_bytes(found[0].path) == PAGE


def test_what_is_missing(memory) -> None:
    """A named address that is not there, fsspec, its helper, and a protocol that nobody knows."""
    memory.pipe("/there.txt", PAGE)
    with pytest.raises(InputError, match=r"memory://gone.txt does not exist; check the address"):
        find_inputs(["memory://there.txt", "memory://gone.txt"])
    with pytest.raises(InputError, match="does not exist"):
        read_bytes("memory://gone.txt")
    with pytest.raises(InputError, match="nosuch"):
        find_inputs(["nosuch://x.txt"])


def test_a_helper_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fsspec says it needs for a protocol is passed on; so is that fsspec itself is missing."""

    def asks(_path: str) -> None:
        raise ImportError("Install s3fs to access S3")

    with monkeypatch.context() as patch:
        patch.setattr("fsspec.core.url_to_fs", asks)
        with pytest.raises(InputError, match=r"cannot be reached; .*Install s3fs to access S3"):
            find_inputs(["s3://bucket/crawl/"])
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(InputError, match=r"pip install fsspec"):
        find_inputs(["s3://bucket/crawl/"])


def test_what_fails_for_a_moment(memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening is tried a few times; what will not get better is not."""
    memory.pipe("/x.txt", PAGE)
    asked: list[str] = []
    opened = type(memory)._open
    error: Exception = ConnectionResetError("reset by the other side")

    def sometimes(self, path: str, *args, **more):
        asked.append(path)
        if len(asked) < TRIES:
            raise error
        return opened(self, path, *args, **more)

    monkeypatch.setattr(type(memory), "_open", sometimes)
    assert read_bytes("memory://x.txt") == PAGE
    assert len(asked) == TRIES
    error = PermissionError("no")
    asked.clear()
    with pytest.raises(InputError, match="check your credentials"):
        read_bytes("memory://x.txt")
    assert len(asked) == 1


def test_a_connection_that_breaks(memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard whose connection breaks has given what came before, and says so."""
    memory.pipe("/x.warc", gzip.decompress(warc(PAGE * 200, PAGE * 200)))
    left = [300 * len(PAGE)]

    class Broken(io.BytesIO):
        def read(self, size: int = -1) -> bytes:
            left[0] -= size
            if left[0] < 0:
                raise RuntimeError("connection lost\nand more")
            return super().read(size)

    monkeypatch.setattr("articlecli.read.remote.BUFFER", 1 << 16)
    monkeypatch.setattr(type(memory), "_open", lambda *_a, **_m: Broken(warc_of(memory)))
    records = read_records("memory://x.warc", "warc", Fields())
    assert len(next(records).source) == 200 * len(PAGE)
    with pytest.raises(InputError, match=r"cannot be read \(connection lost\)"):
        next(records)


def warc_of(memory) -> bytes:
    return memory.store["/x.warc"].getvalue()


def test_a_folder_that_cannot_be_listed(memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a failure of its own, and the others are found."""
    memory.pipe("/crawl/a.txt", PAGE)
    memory.pipe("/crawl/shut/b.txt", PAGE)
    listed = type(memory).ls

    def ls(self, path: str, *args, **more):
        if path.endswith("shut"):
            raise PermissionError(path)
        return listed(self, path, *args, **more)

    monkeypatch.setattr(type(memory), "ls", ls)
    found, _ = find_inputs(["memory://crawl"])
    assert [(i.name, i.kind) for i in found] == [("a.txt", "page"), ("shut", "fault")]


def test_local_and_distant_files_together(crawl: Path, memory) -> None:
    """Addresses keep their protocol in the name then; a name is given once."""
    memory.pipe("/crawl/a.txt", PAGE)
    memory.pipe("/other/a.txt", PAGE)
    found, _ = find_inputs([str(crawl / "a.txt"), "memory://crawl/a.txt"])
    assert [i.name for i in found] == ["a.txt", "memory/crawl/a.txt"]
    found, _ = find_inputs(["memory://crawl/a.txt", "memory://other"])
    assert [i.name for i in found] == ["crawl/a.txt", "other/a.txt"]
    found, _ = find_inputs(["memory://crawl/a.txt", "memory://crawl"])
    assert [i.name for i in found] == ["a.txt"]


def test_a_run_gives_the_bytes_of_a_local_one(crawl: Path, tmp_path: Path) -> None:
    """Outputs, notes and exit status are the same; a change of the inputs is seen."""
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": [PAGE.decode()] * 3}), crawl / "t.parquet")
    local, distant = tmp_path / "local", tmp_path / "distant"
    batch(crawl, "-o", local, "-q", check=1)
    address = f"file://{crawl}"
    batch(address, "-o", distant, "-q", "--workers", "2", check=1)
    assert files_of(distant) == files_of(local)
    assert len(files_of(local)) == 6
    notes = [(folder / "_run" / "errors.jsonl").read_bytes() for folder in (local, distant)]
    assert notes[0] == notes[1]
    assert report_of(distant)["passed_over"] == report_of(local)["passed_over"] == 1
    again = batch("-", "-o", distant, "-q", check=1, input=address.encode())
    assert not again.stderr
    (crawl / "a.txt").write_bytes(PAGE + b"More.\n")
    changed = batch(address, "-o", distant, check=1)
    assert b"--fresh" in changed.stderr


def test_outputs_are_local(crawl: Path) -> None:
    """An address as output is wrong use."""
    done = batch(crawl, "-o", "s3://bucket/out", check=2)
    assert b"outputs are local" in done.stderr
    assert not Path("s3:").exists()


def test_fsspec_is_loaded_for_addresses_only(crawl: Path, tmp_path: Path) -> None:
    """A local batch does not import it."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "articlecli", "batch", str(crawl / "a.txt"),
         "-o", str(tmp_path / "out"), "-q"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "fsspec" not in done.stderr


def test_the_web(crawl: Path, tmp_path: Path) -> None:
    """Files of a server, one that it does not have, and a server that is not there."""
    pytest.importorskip("aiohttp")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(crawl)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        at = f"http://127.0.0.1:{server.server_port}"
        names = ("a.txt", "deep/b.html", "s.warc.wet.gz", "s.jsonl.gz")
        batch(*(crawl / name for name in names), "-o", tmp_path / "local", "-q", check=1)
        batch(*(f"{at}/{name}" for name in names), "-o", tmp_path / "web", "-q", check=1)
        assert files_of(tmp_path / "web") == files_of(tmp_path / "local")
        gone = batch(f"{at}/gone.txt", "-o", tmp_path / "gone", check=1)
        assert b"does not exist" in gone.stderr
    finally:
        server.shutdown()
        server.server_close()
    found, _ = find_inputs([f"{at}/a.txt"])
    assert found[0].kind == "fault"
    assert "cannot be read" in (found[0].problem or "")
