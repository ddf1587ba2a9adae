"""What a run says: lines on a dumb terminal, a bar on others, JSON for machines, a table at the end."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from articlecli.batch.outcome import Outcome
from articlecli.batch.progress import Progress
from articlecli.batch.report import LISTED, Counts
from tests.batch.test_batch import PAGE, batch, report_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dozen pages, two of which fail."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"p{number:02}.txt").write_bytes(PAGE.replace(b"the", b"the %d" % number, 3))
    (folder / "bad.txt").write_bytes(b"")
    (folder / "worse.txt").write_bytes(bytes(range(256)) * 50)
    return folder


def on_a_terminal(term: str, *args: str) -> str:
    """What a batch says on a terminal."""
    ours, its = pty.openpty()
    words = [sys.executable, "-m", "articlecli", "batch", *args]
    process = subprocess.Popen(words, stderr=its, env={**os.environ, "TERM": term})
    os.close(its)
    said = b""
    try:
        while piece := os.read(ours, 65536):
            said += piece
    except OSError:  # Linux says so at the end
        pass
    os.close(ours)
    process.wait()
    return said.decode()


def test_a_log_for_machines(folder: Path, tmp_path: Path) -> None:
    """One object a line: the start, each failure, the end with the report; on an error, its sentence."""
    done = batch(folder, "-o", tmp_path / "out", "--log", "json", check=1)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [one["event"] for one in events] == ["start", "failed", "failed", "end"]
    assert events[0]["inputs"] == 14
    assert events[1]["input"] == "bad.txt"
    assert "bad.txt is empty; " in events[1]["message"]
    assert {"event": "end", **report_of(tmp_path / "out")} == events[-1]
    done = batch(folder, "-o", tmp_path / "out", "--log", "json", "--links", check=1)
    (event,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert event["event"] == "error"
    assert "--links: off → on" in event["message"]


def test_a_log_for_people(folder: Path, tmp_path: Path) -> None:
    """Each failure as it comes, the table at the end."""
    said = batch(folder, "-o", tmp_path / "out", "--log", "text", check=1).stderr.decode()
    assert "bad.txt is empty; check how it was written\n" in said
    for line in ["14 pages: 12 done, 0 without a story, 2 failed", "2 failed: unreadable",
                 "languages: en 12", "slowest", "least certain", f"outputs are in {tmp_path}/out"]:  # fmt: skip
        assert line in said
    report = report_of(tmp_path / "out")
    assert len(report["slowest"]) == len(report["least_certain"]) == LISTED
    assert report["slowest"] == sorted(report["slowest"], reverse=True)
    assert report["least_certain"] == sorted(report["least_certain"])


def test_on_terminals(folder: Path, tmp_path: Path) -> None:
    """A bar where the terminal can show one; no sign of control on a dumb one."""
    said = on_a_terminal("xterm", str(folder), "-o", str(tmp_path / "a"))
    assert "\x1b[" in said
    assert "2 failed, last worse.txt" in said
    said = on_a_terminal("dumb", str(folder), "-o", str(tmp_path / "b"))
    assert "\x1b" not in said
    assert "14 pages: 12 done" in said


def test_a_line_has_rate_time_left_and_the_last_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that somebody who waits wants to know, on one line."""
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    counts = Counts()
    with Progress(counts, 100, quiet=False, log="text") as progress:
        for number in range(10):
            now[0] += 1.0
            outcome = Outcome(
                f"p{number}", None, "failed" if number == 4 else "done", message="p4 x"
            )
            counts.add(outcome)
            progress.page(outcome)
            progress.inputs(number + 1)
    said = capsys.readouterr().err
    assert "articlecli: p4 x\n" in said
    assert "9 pages (8 of 100 inputs), 1 a second, 1:44 left, 1 failed, last p4" in said
