"""Batches: inputs, records, outputs, accounting, going on after a stop."""

import bz2
import gzip
import io
import json
import lzma
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from pebble import ProcessPool

from articlecli.batch import Job, Limits, destination_of, run
from articlecli.batch.chunks import CHUNK_PAGES, LONG_FROM, LONG_PAGES, Chunk, chunks
from articlecli.batch.inputs import find_inputs
from articlecli.batch.outcome import Outcome
from articlecli.batch.pool import run_chunks
from articlecli.batch.worker import Instructions, extract_records
from articlecli.errors import InputError
from articlecli.read.packed import open_packed, zstd_module
from articlecli.read.records import Fields, Record, read_records
from tests import SAMPLES, TOTALS

PAGE = (SAMPLES / "agency-en.txt").read_bytes()
HTML = (SAMPLES / "science-blog-en.html").read_text(encoding="utf-8")


def batch(*args: str | Path, check: int | None = 0, **more) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "articlecli", "batch", *map(str, args)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, **more)
    if check is not None:
        assert done.returncode == check, done.stderr.decode()
    return done


def files_of(folder: Path) -> dict[str, bytes]:
    """Every output of a folder; its notes left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "_run" not in str(path.relative_to(folder))
    }


def report_of(folder: Path) -> dict:
    return json.loads((folder / "_run" / "report.json").read_text())


def names(inputs) -> list[str]:
    return [one.name for one in inputs]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A small folder of pages, some of them compressed, two of them equal."""
    folder = tmp_path / "pages"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "one.txt").write_bytes(PAGE)
    (folder / "a" / "b" / "same.txt").write_bytes(PAGE)
    (folder / "blog.html").write_text(HTML, encoding="utf-8")
    (folder / "packed.txt.gz").write_bytes(gzip.compress(PAGE))
    (folder / "packed.txt.bz2").write_bytes(bz2.compress(PAGE))
    (folder / "packed.txt.xz").write_bytes(lzma.compress(PAGE))
    (folder / "menu.txt").write_text("Home\nNews\nSport\nLogin\n")
    (folder / "notes.pdf").write_bytes(b"%PDF-1.4")
    (folder / ".hidden.txt").write_bytes(PAGE)
    return folder


def test_inputs_of_a_folder(pages: Path) -> None:
    """Known kinds are taken in the order of their names; others are counted, hidden ones left."""
    found, passed_over = find_inputs([str(pages)])
    assert names(found) == sorted(names(found))
    assert len(found) == 7
    assert passed_over == 1
    assert len(find_inputs([str(pages)], hidden=True)[0]) == 8
    assert names(find_inputs([str(pages)], patterns=["*.pdf"])[0]) == ["notes.pdf"]
    with pytest.raises(InputError, match="does not exist"):
        find_inputs([str(pages / "none")])


def test_two_inputs_never_share_an_output(pages: Path) -> None:
    """Files of one name in two folders keep their folders."""
    found, _ = find_inputs([str(pages / "a"), str(pages / "blog.html")])
    assert names(found) == ["a/b/same.txt", "a/one.txt", "blog.html"]


def test_odd_entries_are_faults(tmp_path: Path) -> None:
    """A loop of links, a pipe and a broken link are named, and nothing hangs."""
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "in.txt").write_bytes(PAGE)
    found, _ = find_inputs([str(tmp_path)])
    kinds = {one.name: one.kind for one in found}
    assert kinds == {"folder.txt/in.txt": "page", "gone.txt": "page", "pipe.txt": "fault",
                     "loop": "fault"}  # fmt: skip


def test_links_out_of_the_folder(tmp_path: Path) -> None:
    """What a link leads to outside the folder is not read unless asked for; inside it is."""
    secret, folder = tmp_path / "secret", tmp_path / "pages"
    (secret / "more").mkdir(parents=True)
    (secret / "more" / "key.txt").write_bytes(PAGE)
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "page.txt").write_bytes(PAGE)
    (folder / "near.txt").symlink_to(folder / "in" / "page.txt")
    (folder / "far.txt").symlink_to(secret / "more" / "key.txt")
    (folder / "all").symlink_to(secret)
    (folder / "round.txt").symlink_to(folder / "hop")
    (folder / "hop").symlink_to(secret / "more" / "key.txt")
    (folder / "passwd").symlink_to("/etc/passwd")
    faults = {"all", "far.txt", "hop", "passwd", "round.txt"}
    found, passed_over = find_inputs([str(folder)])
    assert {one.name for one in found if one.kind == "fault"} == faults
    assert {one.name for one in found if one.kind == "page"} == {"in/page.txt", "near.txt"}
    assert passed_over == 0
    said = {one.problem for one in found if one.problem}
    assert said == {"is a link that leads out of the folder; see --follow-links"}
    found, _ = find_inputs([str(folder)], follow_links=True)
    assert {one.name for one in found} >= {"far.txt", "all/more/key.txt", "round.txt"}
    # What the user names is read, wherever it leads; so is what leads into another folder named.
    (tmp_path / "door").symlink_to(folder)
    assert {one.name for one in find_inputs([str(tmp_path / "door")])[0]} == {
        "in/page.txt", "near.txt", *faults}  # fmt: skip
    assert find_inputs([str(folder / "far.txt")])[0][0].kind == "page"
    found, _ = find_inputs([str(folder), str(secret)])
    assert {one.name for one in found if one.kind == "fault"} == {"pages/passwd"}


def test_a_link_out_of_the_folder_is_a_failure(tmp_path: Path) -> None:
    """A batch names it and does the others; with --follow-links it is done."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "secret.txt").write_bytes(PAGE)
    (folder / "a.txt").write_bytes(PAGE)
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    batch(folder, "-o", tmp_path / "out", check=1)
    [line] = (tmp_path / "out" / "_run" / "errors.jsonl").read_text().splitlines()
    assert "b.txt is a link that leads out" in json.loads(line)["message"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["_run", "a.txt.json"]
    batch(folder, "-o", tmp_path / "other", "--follow-links")
    assert (tmp_path / "other" / "b.txt.json").exists()


def test_records_of_json_lines(tmp_path: Path) -> None:
    """Fields are guessed or named; a line that is no page says why and costs no other."""
    path = tmp_path / "x.jsonl"
    rows = [
        {"id": "a", "text": "Some text", "url": "https://a.example"},
        {"html": "<p>x</p>", "uri": "https://b.example"},
        {"title": "no page"},
        [1],
    ]
    path.write_text("\n".join(map(json.dumps, rows)) + "\nbroken{\n\n")
    found = list(read_records(str(path), "jsonl", Fields()))
    assert [r.id for r in found] == ["a", "2", "3", "4", "5"]
    assert [r.input_format for r in found[:2]] == ["auto", "html"]
    assert [r.url for r in found[:2]] == ["https://a.example", "https://b.example"]
    assert [bool(r.problem) for r in found] == [False, False, True, True, True]
    named = list(read_records(str(path), "jsonl", Fields(text="title", id="url")))
    assert named[2].source == "no page"
    assert named[0].problem


def test_a_line_longer_than_any_page(tmp_path: Path) -> None:
    """It is passed by without being held, and the lines after it keep their numbers."""
    path = tmp_path / "x.jsonl"
    long = b'{"text": "' + b"word " * 700_000 + b'"}\n'
    path.write_bytes(b'{"text": "a"}\n' + long + b'{"text": "b"}\n' + long.strip())
    found = list(read_records(str(path), "jsonl", Fields(), most=1000))
    assert [(r.id, r.source) for r in found] == [("1", "a"), ("2", b""), ("3", "b"), ("4", b"")]
    assert found[1].problem is not None
    assert "longer than 1 MiB in line 2; " in found[1].problem


def test_records_of_warc(tmp_path: Path) -> None:
    """Responses, conversions and resources of a compressed WARC; the encoding as HTTP says it."""
    path = tmp_path / "x.warc.gz"
    body = "Καλημέρα κόσμε".encode("iso-8859-7")
    http = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-7\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)) + body  # fmt: skip
    blocks = [
        ("warcinfo", "application/warc-fields", b"software: x\r\n"),
        ("response", "application/http; msgtype=response", http),
        ("conversion", "text/plain", "Flat tëxt".encode()),
        ("resource", "image/png", b"\x89PNG"),
    ]
    out = io.BytesIO()
    for number, (kind, media, block) in enumerate(blocks):
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: https://x.example/{number}\r\n"
            f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        out.write(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    path.write_bytes(out.getvalue())
    response, conversion, resource = read_records(str(path), "warc", Fields())
    assert (response.source, response.encoding) == (body, "iso-8859-7")
    assert response.url == "https://x.example/1"
    assert (conversion.input_format, conversion.encoding) == ("text", "utf-8")
    assert resource.problem == "is image/png, no page of text"


def test_records_of_parquet(tmp_path: Path) -> None:
    """Parquet is read in batches; damage is one sentence."""
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"text": ["one", "two"], "url": ["u", None], "n": [1, 2]}), path)
    found = list(read_records(str(path), "parquet", Fields()))
    assert [(r.source, r.url) for r in found] == [("one", "u"), ("two", None)]
    path.write_bytes(b"PAR1 nothing")
    with pytest.raises(InputError, match="damaged"):
        list(read_records(str(path), "parquet", Fields()))


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_damaged_compression_is_one_sentence(tmp_path: Path, suffix: str) -> None:
    """A file that is cut short is named with the remedy."""
    path = tmp_path / f"x.txt{suffix}"
    pack = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress,
            ".zst": zstd_module().compress}[suffix]  # fmt: skip
    path.write_bytes(pack(PAGE)[:-9])
    with pytest.raises(InputError, match="damaged"), open_packed(str(path)) as file:
        file.read()


def test_chunks_do_not_depend_on_where_a_run_began(tmp_path: Path) -> None:
    """From any place on, the chunks are those of the whole run."""
    (tmp_path / "r.jsonl").write_text('{"text": "x"}\n' * (2 * CHUNK_PAGES + 3))
    for number in range(CHUNK_PAGES + 5):
        (tmp_path / f"p{number:03}.txt").write_bytes(PAGE)
    (tmp_path / "z.txt").write_bytes(PAGE)
    inputs, _ = find_inputs([str(tmp_path)])
    whole = list(chunks(inputs, (0, 0), Fields(), lambda _: Instructions()))
    assert sum(len(chunk.records) for chunk in whole) == 3 * CHUNK_PAGES + 9
    for number, chunk in enumerate(whole):
        rest = chunks(inputs, chunk.after, Fields(), lambda _: Instructions())
        assert list(rest) == whole[number + 1 :]


def test_a_long_file_has_longer_chunks(tmp_path: Path) -> None:
    """A short one has short ones, for all workers; a run that goes on among the long ones agrees."""
    rows = LONG_FROM * CHUNK_PAGES + 2 * LONG_PAGES + 1
    (tmp_path / "r.jsonl").write_text('{"text": "x"}\n' * rows)
    inputs, _ = find_inputs([str(tmp_path)])
    whole = list(chunks(inputs, (0, 0), Fields(), lambda _: Instructions()))
    assert [len(chunk.records) for chunk in whole] == [
        *LONG_FROM * [CHUNK_PAGES], LONG_PAGES, LONG_PAGES, 1,
    ]  # fmt: skip
    rest = chunks(inputs, (0, LONG_FROM + 1), Fields(), lambda _: Instructions())
    assert list(rest) == whole[LONG_FROM + 1 :]


def _faulty(records: list[Record], _instructions: Instructions) -> list[Outcome]:
    """A page that ends its worker, one that never ends, and ordinary ones."""
    for record in records:
        if record.input == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        if record.input == "endless":
            time.sleep(60)
    return [Outcome(record.input, None, "done") for record in records]


def test_a_lost_worker_costs_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is killed, or stuck, costs the page it was at; the order stays."""
    monkeypatch.setattr("articlecli.batch.pool.GRACE", 1.0)
    instructions = Instructions(limits=Limits(page_seconds=0.5))
    given = [["a", "b"], ["c", "deadly", "d"], ["endless"], ["e"]]
    todo = [Chunk([Record(input=name) for name in names], instructions) for names in given]
    done = list(run_chunks(todo, 2, call=_faulty))
    assert [chunk for chunk, _ in done] == todo
    ends = {o.input: (o.result, o.reason) for _, outcomes in done for o in outcomes}
    assert ends == {
        **dict.fromkeys("abcde", ("done", None)),
        "deadly": ("failed", "killed"),
        "endless": ("failed", "time"),
    }


def test_pools_that_break_while_what_starts_workers_dies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each next one is given a moment: asking a dying process five times at once is in vain."""
    until = time.monotonic() + 1.5

    class Dying(ProcessPool):
        @property
        def active(self) -> bool:
            if time.monotonic() < until:
                raise BrokenProcessPool
            return super().active

    monkeypatch.setattr("articlecli.batch.pool.ProcessPool", Dying)
    [(_, outcomes)] = run_chunks([Chunk([Record(input="a")], Instructions())], 1, call=_faulty)
    assert [one.result for one in outcomes] == ["done"]


def test_a_page_that_takes_too_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The limit a page stops Python's own code, and the next page is done."""

    def slow(*_args, **_more):
        try:
            time.sleep(20)
        except Exception:  # noqa: BLE001  # what a careless library does
            pass

    monkeypatch.setattr("articlecli.extractor.Extractor.extract_page", slow)
    path = tmp_path / "x.txt"
    path.write_bytes(PAGE)
    instructions = Instructions(limits=Limits(page_seconds=0.2))
    records = [Record(input="x", path=str(path)), Record(input="gone", path=str(tmp_path / "no"))]
    first, second = extract_records(records, instructions)
    assert (first.result, first.reason) == ("failed", "time")
    assert second.message and "does not exist" in second.message  # noqa: PT018


def test_folder_to_folder(pages: Path, tmp_path: Path) -> None:
    """Each page has its output under its own path; what is said adds up."""
    out = tmp_path / "out"
    done = batch(pages, "-o", out, "--workers", "2")
    found = files_of(out)
    assert set(found) == {f"{name}.json" for name in names(find_inputs([str(pages)])[0])}
    article = json.loads(found["a/one.txt.json"])
    assert article["status"] == "ok"
    assert article["source"]["path"] == "a/one.txt"
    report = report_of(out)
    assert (report["inputs"], report["pages"]) == (7, 7)
    assert report["done"] + report["no_article"] + report["failed"] == 7
    assert report["no_article"] == 1
    assert report["finished"]
    assert b"passed over" in done.stderr
    again = batch(pages, "-o", out)
    assert b"7 pages" in again.stderr
    assert files_of(out) == found


def test_failures_are_named(pages: Path, tmp_path: Path) -> None:
    """Inputs = done + no-article + failed; each failure is a line that names input and remedy."""
    (pages / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (pages / "empty.txt").write_bytes(b"")
    (pages / "broken.txt.gz").write_bytes(gzip.compress(PAGE)[:-20])
    (pages / "gone.txt").symlink_to(pages / "nowhere")
    (pages / "new\nline.txt").write_bytes(PAGE)
    (pages / os.fsdecode(b"sur\xffrogate.txt")).write_bytes(PAGE)
    (pages / "bad.jsonl").write_text('{"text": ' + json.dumps(PAGE.decode()) + '}\n{"x": 1}\n')
    (pages / "long.txt").write_bytes(b"word " * 100_000)
    out = tmp_path / "out"
    batch(pages, "-o", out, "--page-size", "100000", check=1)
    report = report_of(out)
    assert report["pages"] == 7 + 7 + 2
    assert report["done"] + report["no_article"] + report["failed"] == report["pages"]
    lines = (out / "_run" / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    told = {line["input"]: line for line in map(json.loads, lines)}
    assert set(told) == {"binary.txt", "empty.txt", "broken.txt.gz", "gone.txt", "bad.jsonl",
                         "long.txt"}  # fmt: skip
    assert told["bad.jsonl"]["record"] == "2"
    assert all("; " in line["message"] or "among its fields" in line["message"]
               for line in told.values())  # fmt: skip
    assert len((out / "bad.jsonl.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_a_folder_with_everything_wrong_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each input ends as one of three, each failure is named with its reason, nothing hangs."""
    folder = tmp_path / "in"
    (folder / "folder.txt").mkdir(parents=True)
    (folder / "folder.txt" / "same.txt").write_bytes(PAGE)
    (folder / "same.txt").write_bytes(PAGE)
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "nulls.txt").write_bytes(b"\0" * 5000)
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "line.txt").write_bytes(b"word " * 4_000_000)
    (folder / "line.jsonl").write_bytes(
        b'{"text": "' + b"word " * 4_000_000 + b'"}\n{"text": "x"}\n'
    )
    (folder / "damaged.txt").write_bytes(b"\xff\xfe\x80" + PAGE + b"\xc3")
    (folder / ("n" * 250 + ".txt")).write_bytes(PAGE)
    (folder / "new\nline.txt").write_bytes(PAGE)
    (folder / os.fsdecode(b"sur\xffrogate.txt")).write_bytes(PAGE)
    (folder / "while it waits.txt").write_bytes(PAGE)
    (folder / "shut.txt").write_bytes(PAGE)
    (folder / "shut.txt").chmod(0)
    listed = find_inputs

    def found(*args, **more):
        inputs = listed(*args, **more)
        (folder / "while it waits.txt").unlink()
        return inputs

    monkeypatch.setattr(sys.modules["articlecli.batch.spec"], "find_inputs", found)
    limits = Limits(page_bytes=10 << 20)
    to = destination_of(str(tmp_path / "out"))
    report = run(Job((str(folder),), to, workers=2, limits=limits, quiet=True))
    lines = (tmp_path / "out" / "_run" / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    told = {line["input"]: line for line in map(json.loads, lines)}
    assert report.finished
    assert report.pages == report.inputs + 1 == 18
    assert report.done + report.no_article + report.failed == report.pages
    assert report.failed == len(lines)
    failed = {"loop", "gone.txt", "round.txt", "pipe.txt", "empty.txt", "nulls.txt", "binary.txt",
              "line.txt", "line.jsonl", "n" * 250 + ".txt", "while it waits.txt"}  # fmt: skip
    readable = os.access(folder / "shut.txt", os.R_OK)  # root may read all
    assert set(told) == (failed if readable else {*failed, "shut.txt"})
    assert all(name in line["message"] for name, line in told.items())
    assert told["line.jsonl"]["record"] == "1"
    assert "does not exist" in told["while it waits.txt"]["message"]
    assert told["n" * 250 + ".txt"]["reason"] == "unwritable"
    outputs = files_of(tmp_path / "out")
    same = [json.loads(outputs[f"{name}same.txt.json"]) for name in ("", "folder.txt/")]
    assert same[0]["text"] == same[1]["text"]
    assert not [name for name in outputs if name.endswith(".part")]


@pytest.mark.parametrize("output", ["out", "out.jsonl"])
def test_a_disk_that_fills_up(tmp_path: Path, output: str) -> None:
    """The run stops with a sentence, no page is blamed, and it goes on when there is room."""
    resource = pytest.importorskip("resource")
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        text = PAGE.replace(b"the", b"the %d" % number, 2)
        (folder / f"p{number:02}.txt").write_bytes(text + text * (number == 35))
    (tmp_path / "calm").mkdir()
    (tmp_path / "full").mkdir()
    calm, full = tmp_path / "calm" / output, tmp_path / "full" / output
    batch(folder, "-o", calm, "-q")
    sizes = [len(data) for data in files_of(tmp_path / "calm").values()]
    room = max(sizes) - 1  # a file may be so long: what the system says beyond it is what counts
    done = batch(
        folder, "-o", full, "-q", "--workers", "1", check=1,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    assert b"cannot be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    batch(folder, "-o", full, "-q")
    assert files_of(tmp_path / "full") == files_of(tmp_path / "calm")


def test_one_file_for_all(pages: Path, tmp_path: Path) -> None:
    """One line a page in the order of the inputs; packed as the name says; Parquet too."""
    batch(pages, "-o", tmp_path / "out.jsonl", "-q")
    plain = (tmp_path / "out.jsonl").read_bytes()
    lines = [json.loads(line) for line in plain.splitlines()]
    assert [line["source"]["path"] for line in lines] == names(find_inputs([str(pages)])[0])
    assert (tmp_path / "out.jsonl._run" / "report.json").exists()
    for suffix in (".gz", ".zst"):
        path = tmp_path / f"out.jsonl{suffix}"
        batch(pages, "-o", path, "-q")
        with open_packed(str(path)) as file:
            assert file.read() == plain
    pq = pytest.importorskip("pyarrow.parquet")
    batch(pages, "-o", tmp_path / "out.parquet", "-q")
    table = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [json.loads(row["json"]) for row in table] == lines


def test_shards(tmp_path: Path) -> None:
    """One output a shard, one line a record; sources name the record."""
    row = json.dumps({"id": "r1", "text": PAGE.decode(), "url": "https://a.example/x"}) + "\n"
    html = json.dumps({"html": HTML}) + "\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "s.jsonl.gz").write_bytes(gzip.compress((row + html).encode()))
    batch(tmp_path / "in", "-o", tmp_path / "out")
    first, second = (tmp_path / "out" / "s.jsonl.gz.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["source"]["path"] == "s.jsonl.gz#r1"
    assert json.loads(first)["source"]["url"] == "https://a.example/x"
    assert json.loads(second)["source"]["format"] == "html"


def test_any_number_of_workers_gives_the_same(pages: Path, tmp_path: Path) -> None:
    """Outputs do not depend on how many work."""
    for number in range(70):
        (pages / f"copy{number}.txt").write_bytes(PAGE.replace(b"the", b"the %d" % number, 3))
    batch(pages, "-o", tmp_path / "one", "--workers", "1", "-q")
    batch(pages, "-o", tmp_path / "three", "--workers", "3", "-q")
    assert files_of(tmp_path / "one") == files_of(tmp_path / "three")


def test_changed_choices_are_refused(pages: Path, tmp_path: Path) -> None:
    """A run with other options does not go on with this one's outputs."""
    out = tmp_path / "out"
    batch(pages, "-o", out, "-q")
    done = batch(pages, "-o", out, "--format", "text", check=1)
    assert b"--fresh" in done.stderr
    assert b"output" in done.stderr
    batch(pages, "-o", out, "--format", "text", "--fresh", "-q")
    assert (out / "a" / "one.txt.txt").exists()


def test_dry_run_writes_nothing(pages: Path, tmp_path: Path) -> None:
    """Inputs and outputs are listed."""
    done = batch(pages, "-o", tmp_path / "out", "--dry-run")
    assert len(done.stdout.splitlines()) == 7
    assert not (tmp_path / "out").exists()


def test_list_on_standard_input(pages: Path, tmp_path: Path) -> None:
    """- takes the paths from standard input."""
    given = f"{pages / 'a' / 'one.txt'}\n{pages / 'blog.html'}\n".encode()
    batch("-", "-o", tmp_path / "out", "-q", input=given)
    assert set(files_of(tmp_path / "out")) == {"a/one.txt.json", "blog.html.json"}


def test_strict_and_max_failures(pages: Path, tmp_path: Path) -> None:
    """A page without a story may count as failed; too many failures stop a run."""
    batch(pages, "-o", tmp_path / "out", "--strict", check=1)
    assert report_of(tmp_path / "out")["failed"] == 1
    done = batch(pages, "-o", tmp_path / "o2", "--strict", "--max-failures", "0", check=1)
    assert b"stopped" in done.stderr
    assert not report_of(tmp_path / "o2")["finished"]


@pytest.mark.parametrize("output", ["out", "out.jsonl", "out.jsonl.gz"])
def test_a_killed_run_goes_on(tmp_path: Path, output: str) -> None:
    """Killed at some instant and begun again, a run ends in the bytes of one left alone."""
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [json.dumps({"text": PAGE.decode().replace("the", f"the {n}", 2)}) for n in range(150)]
    (folder / "s.jsonl").write_text("\n".join(rows) + "\n{}\n")
    for number in range(80):
        (folder / f"p{number}.txt").write_bytes(PAGE.replace(b"the", b"the %d" % number, 2))
    (tmp_path / "calm").mkdir()
    (tmp_path / "storm").mkdir()
    calm, storm = tmp_path / "calm" / output, tmp_path / "storm" / output
    batch(folder, "-o", calm, "-q", check=1)
    for seconds in (0.5, 0.9, 1.3, 1.7):
        command = [sys.executable, "-m", "articlecli", "batch", str(folder), "-o", str(storm), "-q"]
        with subprocess.Popen(command, start_new_session=True) as process:
            time.sleep(seconds)
            os.killpg(process.pid, signal.SIGKILL)
    batch(folder, "-o", storm, "-q", check=1)
    if calm.is_dir():
        assert files_of(storm) == files_of(calm)
        notes = calm / "_run", storm / "_run"
    else:
        assert storm.read_bytes() == calm.read_bytes()
        notes = Path(f"{calm}._run"), Path(f"{storm}._run")
    assert (notes[0] / "errors.jsonl").read_bytes() == (notes[1] / "errors.jsonl").read_bytes()
    totals = [json.loads((n / "report.json").read_text()) for n in notes]
    for key in (*TOTALS, "megabytes"):
        assert totals[0][key] == totals[1][key]


@pytest.mark.slow
def test_a_storm_of_kills() -> None:
    """Whole runs and single workers, killed at random instants; `python -m lab storm` says what differs."""
    done = subprocess.run(
        [sys.executable, "-m", "lab", "storm", "--kills", "12", "--pages", "400"],
        capture_output=True, timeout=500, check=False, cwd=SAMPLES.parent,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


def test_wrong_use(pages: Path, tmp_path: Path) -> None:
    """Wrong use is one sentence and exit status 2."""
    for args in (
        (pages,),
        (pages, "-o", ""),
        (pages, "-o", pages / "a" / "one.txt"),
        (pages, "-o", tmp_path / "x.jsonl", "--format", "text"),
        (pages, "-o", tmp_path / "x", "--encoding", "nonsense"),
        (pages, "-", "-o", tmp_path / "x"),
        (pages, "-o", tmp_path / "x", "--address", "auto"),
        (pages, "-o", tmp_path / "x", "--engine", "spark"),
    ):
        done = batch(*args, check=2)
        assert b"Traceback" not in done.stderr
    done = batch(tmp_path / "none", "-o", tmp_path / "x", check=1)
    assert b"does not exist" in done.stderr


def test_ray_that_is_missing(pages: Path, tmp_path: Path) -> None:
    """Without Ray its engine is wrong use, and the sentence says how to get it."""
    (tmp_path / "ray.py").write_text("raise ModuleNotFoundError('no ray', name='ray')\n")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": path}
    done = batch(pages, "-o", tmp_path / "x", "--engine", "ray", check=2, env=env)
    assert b"pip install ray brings it" in done.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_extract_many(workers: int) -> None:
    """Outcomes come in the pages' order, each with its article or the reason for none."""
    from articlecli import extract, extract_many

    pages = [PAGE, (HTML, "https://tidewater.example/x"), b"\x89PNG\0\0", "Home\nNews\n"] * 20
    done = list(extract_many(pages, workers=workers))
    assert [one.input for one in done] == [str(n) for n in range(80)]
    assert [one.result for one in done[:4]] == ["done", "done", "failed", "no_article"]
    assert done[0].article is not None
    assert done[0].article.text == extract(PAGE).text
    assert done[1].article is not None
    assert done[1].article.source.url == "https://tidewater.example/x"
    assert done[2].message
    assert "PNG" in done[2].message


def test_an_output_that_holds_the_inputs(tmp_path: Path) -> None:
    """Nothing is left out in silence because it lies where the outputs go."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(PAGE)
    for paths in ("in", "in/a.txt"):
        done = batch(tmp_path / paths, "-o", tmp_path / "in", check=1)
        assert b"is one of the inputs, or holds one; name another output" in done.stderr
    assert not (tmp_path / "in" / "_run").exists()
