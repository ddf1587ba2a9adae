"""Faults that were found once, each held by a test of its own."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articlecli import Zone, extract, extract_many
from articlecli.batch import Job, destination_of, run
from articlecli.batch.report import record_outcome
from articlecli.blocks.from_html import html_blocks
from articlecli.text.date_order import with_region
from articlecli.text.dates import find_date
from articlecli.write.render import Render
from tests import SAMPLES

STORY = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")


def batch(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "articlecli", "batch", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_stop_before_the_first_chunk_loses_nothing(tmp_path: Path) -> None:
    """A shard stopped, resumed, stopped again at once, and finished has every record."""
    pytest.importorskip("fcntl")
    shard, out = tmp_path / "a.jsonl", tmp_path / "out"
    records = 400
    shard.write_text(
        "".join(
            json.dumps({"id": i, "text": f"{STORY}\nNumber {i}."}) + "\n" for i in range(records)
        ),
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "articlecli", "batch", str(shard), "-o", str(out), "-q"]
    grown = out / "a.jsonl.jsonl.part"
    first = subprocess.Popen([*command, "--workers", "1"])
    limit = time.monotonic() + 60
    while time.monotonic() < limit and not (grown.exists() and grown.stat().st_size > 50_000):
        time.sleep(0.01)
    first.send_signal(signal.SIGTERM)
    first.wait()
    stopped = grown.stat().st_size
    assert stopped > 0
    # The second session is stopped while its workers start: no chunk has come back by then.
    second = subprocess.Popen([*command, "--workers", "1"])
    while time.monotonic() < limit and "lock" not in {p.name for p in (out / "_run").iterdir()}:
        time.sleep(0.01)
    time.sleep(0.25)
    second.send_signal(signal.SIGTERM)
    second.wait()
    assert batch(shard, "-o", out, "-q", "--workers", 1).returncode == 0
    assert len((out / "a.jsonl.jsonl").read_bytes().splitlines()) == records


def test_lengths_of_unopened_outputs_are_kept(tmp_path: Path) -> None:
    """What a session has not opened yet keeps its length in the state."""
    from articlecli.batch import Folder, Job
    from articlecli.batch.journal import Journal
    from articlecli.batch.outputs import Outputs

    journal = Journal(str(tmp_path))
    journal.state.lengths = {"errors": 0, "a.jsonl": 4711}
    outputs = Outputs(Job((), Folder(str(tmp_path)), 1), journal, [])
    outputs.save()
    outputs.close(whole=False)
    assert journal.state.lengths == {"errors": 0, "inputs": 0, "a.jsonl": 4711}


def test_what_is_missing_at_the_end_is_a_failure(tmp_path: Path) -> None:
    """Outputs that hold less than the run wrote are noticed, whatever the cause."""
    from articlecli.batch import Folder, Job, Render
    from articlecli.batch.check import missing_of
    from articlecli.batch.journal import Journal
    from articlecli.batch.spec import inputs_of

    shard, out = tmp_path / "a.jsonl", tmp_path / "out"
    shard.write_text(json.dumps({"text": STORY}) + "\n", encoding="utf-8")
    assert batch(shard, "-o", out, "-q").returncode == 0
    to = Folder(str(out))
    journal = Journal(to.notes)
    journal.state.counts.written = (out / "a.jsonl.jsonl").stat().st_size
    inputs, _ = inputs_of(Job((str(shard),), to, 1))
    assert missing_of(to, Render(), inputs, journal) is None
    with (out / "a.jsonl.jsonl").open("r+b") as file:
        file.truncate(100)
    assert "100 bytes of records instead of" in (missing_of(to, Render(), inputs, journal) or "")


def test_a_deleted_output_is_made_again(tmp_path: Path) -> None:
    """A finished run whose outputs are gone is done again, and says so."""
    page, out = tmp_path / "page.txt", tmp_path / "out"
    page.write_text(STORY, encoding="utf-8")
    assert batch(page, "-o", out, "-q").returncode == 0
    (out / "page.txt.json").unlink()
    done = batch(page, "-o", out)
    assert done.returncode == 0
    assert "page.txt.json is gone since the run ended" in done.stderr
    assert (out / "page.txt.json").exists()
    one = tmp_path / "all.jsonl"
    assert batch(page, "-o", one, "-q").returncode == 0
    one.unlink()
    assert batch(page, "-o", one, "-q").returncode == 0
    assert one.exists()


def test_parquet_leaves_its_neighbours_alone(tmp_path: Path) -> None:
    """`-o all.parquet` does not touch a file `all.jsonl` beside it."""
    pytest.importorskip("pyarrow")
    page, precious = tmp_path / "page.txt", tmp_path / "all.jsonl"
    page.write_text(STORY, encoding="utf-8")
    precious.write_text("precious\n")
    assert batch(page, "-o", tmp_path / "all.parquet", "-q").returncode == 0
    assert precious.read_text() == "precious\n"
    assert (tmp_path / "all.parquet").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "all.jsonl", "all.parquet", "all.parquet._run", "page.txt"]  # fmt: skip


def test_extract_many_keeps_the_callers_timer() -> None:
    """A timer that the program had set fires after the pages are done."""
    if not hasattr(signal, "setitimer"):
        pytest.skip("no timers of this kind here")
    fired = []
    before = signal.signal(signal.SIGALRM, lambda *_: fired.append(True))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        assert [outcome.result for outcome in extract_many([STORY, STORY])] == ["done", "done"]
        time.sleep(0.3)
        assert fired
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_two_parses_of_a_page_are_equal() -> None:
    """Blocks of HTML hold no addresses of objects: another tree in memory changes nothing."""
    page = (
        "<ul><li>One</ul><table><tr><td>a<td colspan=3>b<tr><td>c<td>d</table><ol><li>x<li>y</ol>"
    )
    from selectolax.lexbor import LexborHTMLParser

    first = html_blocks(page)
    others = [LexborHTMLParser("<p>other</p>" * n) for n in range(1, 50)]
    assert html_blocks(page) == first
    assert others


def test_a_confidence_is_of_the_zone_printed() -> None:
    """Where a rule changes a line's zone, the line's confidence is that of the new zone."""
    from articlecli.document import Verdict
    from articlecli.model.file import ZONES
    from articlecli.model.viterbi import confidence_of

    scores = tuple(
        300 if zone is Zone.COMMENT else 100 if zone is Zone.BODY else 0 for zone in ZONES
    )
    verdict = Verdict(Zone.COMMENT, 0.87, scores, 0.01)
    assert confidence_of(verdict, Zone.COMMENT) == 0.87
    assert 0 < confidence_of(verdict, Zone.BODY) < 0.2
    # A user's rule weighs a thousand logits: nothing overflows.
    far = Verdict(Zone.COMMENT, 1.0, tuple(s * 1000 for s in scores), 0.01)
    assert confidence_of(far, Zone.TITLE) == 0.0


@pytest.mark.parametrize(
    ("declared", "host", "day"),
    [
        ("en-GB", "", "2020-04-03"),
        ("en_AU", "", "2020-04-03"),
        ("en-US", "news.example.co.uk", "2020-03-04"),
        ("en", "news.example.co.uk", "2020-04-03"),
        ("", "", "2020-03-04"),
    ],
)
def test_day_and_month_by_the_pages_region(declared: str, host: str, day: str) -> None:
    """03/04/2020 is in April where a page is British, in March where nothing says so."""
    assert find_date("Published 03/04/2020", with_region("en", declared, host)) == day


def test_region_reaches_the_article() -> None:
    """`lang` of the page decides on declared and shown dates."""
    story = (
        "<p>" + "The harbour opens again on Monday after a long winter of repairs. " * 6 + "</p>"
    )
    page = (
        "<html lang='{}'><head><title>Harbour opens again</title></head><body><h1>Harbour opens "
        "again after winter</h1><p>By Ann Lee 03/04/2020</p>" + story * 4 + "</body></html>"
    )
    assert extract(page.format("en-GB")).published == "2020-04-03"
    assert extract(page.format("en-US")).published == "2020-03-04"


@pytest.mark.parametrize("output", ["out", "out.jsonl", "out.csv"])
@pytest.mark.parametrize("at", [1, 40, 63, 64, 65])
def test_a_stop_amid_a_chunk_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, at: int
) -> None:
    """The outcomes of a chunk that a signal cut short are made again, and stand there once."""
    shard = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": i, "text": f"{STORY}\nNumber {i}."}) for i in range(100)]
    shard.write_text("\n".join([*lines, "{broken", *lines]), encoding="utf-8")

    def job(to: str) -> Job:
        path = str(tmp_path / to)
        form = "csv" if to.endswith(".csv") else "jsonl"
        return Job((str(shard),), destination_of(path), 1, render=Render(form), quiet=True)

    def content(to: str) -> bytes:
        path = tmp_path / to
        return (path / "a.jsonl.jsonl" if path.is_dir() else path).read_bytes()

    run(job(f"whole-{output}"))
    told = 0

    def stopped(*args: object, **names: object) -> None:
        nonlocal told
        told += 1
        if told > at:
            raise KeyboardInterrupt
        record_outcome(*args, **names)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("articlecli.batch.runner.record_outcome", stopped)
        with pytest.raises(KeyboardInterrupt):
            run(job(output))
    report = run(job(output))
    assert (report.pages, report.failed) == (201, 1)
    assert content(output) == content(f"whole-{output}")
