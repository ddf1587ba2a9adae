"""`batch --update`: new and changed inputs only, and what becomes of the outputs of those that are gone."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from articlecli.batch import Job, Render, destination_of, run
from articlecli.batch.journal import Journal
from articlecli.batch.ledger import entries_of
from articlecli.batch.report import record_outcome
from articlecli.disk import settle
from tests.batch.test_batch import HTML, PAGE, batch, files_of, report_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pages and a shard."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_bytes(PAGE)
    (folder / "sub" / "b.txt").write_bytes(PAGE)
    (folder / "c.html").write_text(HTML, encoding="utf-8")
    rows = [{"id": str(n), "text": PAGE.decode().replace("the", f"the {n}", 1)} for n in range(40)]
    (folder / "s.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "no json\n")
    return folder


def times(out: Path) -> dict[str, int]:
    """When each output was written."""
    return {name: (out / name).stat().st_mtime_ns for name in files_of(out)}


def redone(before: dict[str, int], out: Path) -> set[str]:
    return {name for name, at in times(out).items() if before.get(name) != at}


def update(folder: Path, out: Path, *more: str, check: int = 1) -> subprocess.CompletedProcess:
    return batch(folder, "-o", out, "--update", *more, check=check)  # the shard has a bad line: 1


def test_names_that_have_no_output(tmp_path: Path) -> None:
    """A page whose name has no place among the outputs stops no update, and removes no note."""
    folder, out = tmp_path / "in", tmp_path / "out"
    for name in ("ok.txt", "x.txt", "x.txt.json/y.txt", "_run/run", "_run/state", "_run/outputs"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PAGE)
    if os.name == "posix":
        (folder / f"{'a' * 251}.txt").write_bytes(PAGE)
    update(folder, out, "--pattern", "*")
    notes, report = sorted(os.listdir(out / "_run")), report_of(out)
    assert report["done"] == 2
    for _ in range(2):
        update(folder, out, "--pattern", "*")
        assert sorted(os.listdir(out / "_run")) == notes
        again = report_of(out)
        assert (again["done"], again["failed"]) == (report["done"], report["failed"])


def test_only_new_and_changed_inputs(folder: Path, tmp_path: Path) -> None:
    """What is as it was is not done again; the report tells of all pages."""
    out = tmp_path / "out"
    update(folder, out)  # the first time it is a run like any other
    before, whole = times(out), report_of(out)
    update(folder, out)
    assert redone(before, out) == set()
    assert report_of(out)["unchanged"] == 4
    (folder / "new.txt").write_bytes(PAGE)
    time.sleep(0.01)
    (folder / "a.txt").write_bytes(PAGE.replace(b"the", b"THE"))  # keeps its size
    os.utime(folder / "c.html")  # another time, the same content
    update(folder, out)
    assert redone(before, out) == {"a.txt.json", "new.txt.json"}
    report = report_of(out)
    assert report["pages"] == whole["pages"] + 1
    assert (report["inputs"], report["unchanged"], report["failed"]) == (5, 3, 1)
    errors = (out / "_run" / "errors.jsonl").read_text().splitlines()
    assert [json.loads(line)["input"] for line in errors] == ["s.jsonl"]
    fresh = tmp_path / "fresh"
    batch(folder, "-o", fresh, check=1)
    assert files_of(out) == files_of(fresh)
    plain = batch(folder, "-o", out, check=1)
    assert b"other choices" not in plain.stderr
    assert redone(times(out), out) == set()


def test_a_shard_that_grew(folder: Path, tmp_path: Path) -> None:
    """A file of records is done as a whole, and counted once."""
    out = tmp_path / "out"
    update(folder, out)
    before = times(out)
    with (folder / "s.jsonl").open("a") as file:
        file.write(json.dumps({"text": PAGE.decode()}) + "\n")
    update(folder, out)
    assert redone(before, out) == {"s.jsonl.jsonl"}
    assert report_of(out)["pages"] == 3 + 42


def test_an_output_that_is_gone_and_a_page_that_failed(folder: Path, tmp_path: Path) -> None:
    """Both are done again."""
    (folder / "bad.txt").write_bytes(b"")
    out = tmp_path / "out"
    update(folder, out)
    before = times(out)
    (out / "a.txt.json").unlink()
    (folder / "bad.txt").write_bytes(PAGE)
    update(folder, out)
    assert redone(before, out) == {"a.txt.json", "bad.txt.json"}
    (folder / "bad.txt").write_bytes(b"")
    update(folder, out)
    assert not (out / "bad.txt.json").exists()
    assert report_of(out)["failed"] == 2


def test_inputs_that_are_gone(folder: Path, tmp_path: Path) -> None:
    """Their outputs are named each time, until `--prune` removes them."""
    out = tmp_path / "out"
    update(folder, out)
    (folder / "sub" / "b.txt").unlink()
    for _ in range(2):
        done = update(folder, out)
        assert b"b.txt.json stays: its input is gone; see --prune" in done.stderr
    assert report_of(out)["left_over"] == [str(out / "sub" / "b.txt.json")]
    done = update(folder, out, "--dry-run", "--prune", check=0)
    assert b"b.txt.json will be removed" in done.stderr
    assert (out / "sub" / "b.txt.json").exists()
    done = update(folder, out, "--prune")
    assert b"b.txt.json was removed: its input is gone" in done.stderr
    assert not (out / "sub").exists()
    assert b"its input is gone" not in update(folder, out).stderr


def test_a_changed_option_is_told(folder: Path, tmp_path: Path) -> None:
    """Which option, from what to what; and inputs that changed are sent to `--update`."""
    out = tmp_path / "out"
    update(folder, out)
    done = update(folder, out, "--language", "fr", "--links", "--page-time", "7")
    assert b"(--language: none \xe2\x86\x92 fr, --links: off \xe2\x86\x92 on, " in done.stderr
    assert b"--page-time: 30.0 \xe2\x86\x92 7.0)" in done.stderr
    (folder / "new.txt").write_bytes(PAGE)
    done = batch(folder, "-o", out, check=1)
    assert b"inputs: 4 \xe2\x86\x92 5" in done.stderr
    assert b"--update" in done.stderr


def test_a_dry_run_says_what_is_passed_over(folder: Path, tmp_path: Path) -> None:
    """Each with its reason: other kinds, hidden files, own outputs, notes, links in a circle."""
    batch(folder / "a.txt", "-o", folder / "out", "-q")
    batch(folder / "a.txt", "-o", folder / "all.jsonl", "-q")
    (folder / "x.pdf").write_bytes(b"%PDF")
    (folder / ".h.txt").write_bytes(PAGE)
    (folder / "loop").symlink_to(folder)
    done = batch(folder, "-o", tmp_path / "o", "--dry-run")
    told = done.stderr.decode()
    for line in [
        "x.pdf is of another kind", ".h.txt is hidden; see --hidden", "out is the output of a run",
        "all.jsonl is the output of a run", "all.jsonl._run has the notes of a run",
        "is a link to a folder that holds it",
    ]:  # fmt: skip
        assert line in told
    update(folder, tmp_path / "o")
    (folder / "n.txt").write_bytes(PAGE)
    done = batch(folder, "-o", tmp_path / "o", "--dry-run", "--update")
    assert [Path(line.split(b"\t")[0].decode()).name for line in done.stdout.splitlines()] == [
        "loop", "n.txt"
    ]  # fmt: skip
    assert b"4 inputs are unchanged" in done.stderr


@pytest.mark.parametrize("after", [0.4, 0.8, 1.2])
def test_a_killed_update_goes_on(folder: Path, tmp_path: Path, after: float) -> None:
    """Killed and begun again, with or without `--update`, it ends as if left alone."""
    out = tmp_path / "out"
    update(folder, out)
    for number in range(200):
        (folder / f"m{number}.txt").write_bytes(PAGE.replace(b"the", b"the %d" % number, 3))
    words = [
        sys.executable,
        "-m",
        "articlecli",
        "batch",
        str(folder),
        "-o",
        str(out),
        "--workers",
        "1",
    ]
    process = subprocess.Popen(
        [*words, "--update"], stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    update(folder, out)
    batch(folder, "-o", tmp_path / "fresh", check=1)
    assert files_of(out) == files_of(tmp_path / "fresh")
    told, fresh = report_of(out), report_of(tmp_path / "fresh")
    assert all(told[key] == fresh[key] for key in ("pages", "done", "failed", "reasons", "inputs"))
    entries = entries_of((out / "_run" / "inputs.list").read_bytes())
    assert len(entries) == 204


@pytest.mark.parametrize(
    "words",
    [["--prune"], ["--update", "--fresh"], ["--update", "--learn-furniture"], ["--update", "-o", "x.parquet"]],
)  # fmt: skip
def test_what_does_not_go_together(folder: Path, tmp_path: Path, words: list[str]) -> None:
    """Wrong usage is told before anything is done."""
    batch(folder, "-o", tmp_path / "out", *words, check=2, cwd=tmp_path)


ONE_FILE = ["all.jsonl", "all.jsonl.gz", "all.csv", "all.xml", "all.md.zst"]


@pytest.mark.parametrize("name", ONE_FILE)
def test_one_file_for_all(folder: Path, tmp_path: Path, name: str) -> None:
    """The new and changed inputs are done, and the file is what a fresh run makes."""
    (folder / "bad.txt").write_bytes(b"")
    out, fresh = tmp_path / name, tmp_path / f"fresh-{name}"
    update(folder, out)
    (folder / "aa.txt").write_bytes(PAGE.replace(b"the", b"two"))
    (folder / "a.txt").write_bytes(PAGE.replace(b"the", b"THE"))
    (folder / "bad.txt").write_bytes(PAGE)
    (folder / "sub" / "b.txt").unlink()
    planned = update(folder, out, "--dry-run", check=0)
    assert len(planned.stdout.splitlines()) == 3
    assert b"2 inputs are unchanged" in planned.stderr
    done = update(folder, out)
    assert b"sub/b.txt was removed: its input is gone" in done.stderr
    batch(folder, "-o", fresh, check=1)
    assert out.read_bytes() == fresh.read_bytes()
    report = json.loads((tmp_path / f"{name}._run" / "report.json").read_text())
    assert (report["pages"], report["unchanged"], report["failed"]) == (45, 2, 1)
    update(folder, out)
    batch(folder, "-o", out, check=1)  # nothing is to be done, and nothing is said to be missing
    assert out.read_bytes() == fresh.read_bytes()
    left = sorted(one.name for one in tmp_path.iterdir())
    assert left == sorted(["in", name, f"{name}._run", f"fresh-{name}", f"fresh-{name}._run"])


def test_one_file_that_somebody_changed(folder: Path, tmp_path: Path) -> None:
    """It is made again as a whole: pieces of it could be anything."""
    out, fresh = tmp_path / "all.jsonl", tmp_path / "fresh.jsonl"
    update(folder, out)
    out.write_bytes(out.read_bytes() + b"more\n")
    (folder / "a.txt").write_bytes(PAGE.replace(b"the", b"THE"))
    update(folder, out)
    batch(folder, "-o", fresh, check=1)
    assert out.read_bytes() == fresh.read_bytes()


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4, 5])
def test_an_update_of_one_file_that_was_stopped(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Wherever it stops, before or while the file is put together, the next one ends right."""
    out, fresh = tmp_path / "all.jsonl", tmp_path / "fresh.jsonl"
    update(folder, out)
    for number in range(3):
        (folder / f"new{number}.txt").write_bytes(PAGE.replace(b"the", b"%d" % number))
    job = Job((str(folder),), destination_of(str(out)), 1, render=Render("jsonl"), quiet=True,
              update=True)  # fmt: skip
    calls = 0

    def stopping(call: Any) -> Any:
        def stopped(*args: object, **names: object) -> object:
            nonlocal calls
            calls += 1
            if calls > at:
                raise KeyboardInterrupt
            return call(*args, **names)

        return stopped

    with monkeypatch.context() as patch:
        patch.setattr("articlecli.batch.runner.record_outcome", stopping(record_outcome))
        patch.setattr("articlecli.batch.one_file.settle", stopping(settle))
        patch.setattr("articlecli.batch.journal.Journal.save", stopping(Journal.save))
        with pytest.raises(KeyboardInterrupt):
            run(job)
    (folder / "new1.txt").write_bytes(PAGE.replace(b"the", b"again"))
    run(job)
    batch(folder, "-o", fresh, check=1)
    assert out.read_bytes() == fresh.read_bytes()
