"""Notes of a run that were damaged or edited, outputs that are not its own, odd places."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import articlecli
from articlecli.batch import Job, destination_of, run
from articlecli.batch.chunks import Chunk
from articlecli.batch.outcome import Outcome
from articlecli.batch.worker import extract_records
from articlecli.cli import cli
from articlecli.errors import ArticleCliError
from articlecli.report.difference import Pages
from articlecli.teach.gold import read_gold

LINE = '{"text": "Boats at sea\\n\\nNine boats went out on Monday, and eight of them came back."}\n'
JUNK = [b"", b"\0" * 40, b"{", b"[]", b"null", b"7", b"\xff\xfe", b'{"a":' * 2000, b"1" * 5000]


class Here:
    """Does chunks in this process, and stops before one of them."""

    workers = 1
    whole_shards = False

    def __init__(self, stop: int | None = None) -> None:
        self.stop = stop

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """As `Engine.run`."""
        for number, chunk in enumerate(chunks):
            if number == self.stop:
                raise KeyboardInterrupt
            yield chunk, extract_records(chunk.records, chunk.instructions)


@pytest.fixture
def stopped(tmp_path: Path) -> tuple[Job, Path]:
    """A run that was stopped in the middle of its one input."""
    (tmp_path / "a.jsonl").write_text(LINE * 70 + "{\n" + LINE * 5, encoding="utf-8")
    out = tmp_path / "out"
    job = Job((str(tmp_path / "a.jsonl"),), destination_of(str(out)), 1, quiet=True)
    with pytest.raises(KeyboardInterrupt):
        run(job, Here(2))
    return job, out


@pytest.mark.parametrize(
    "name", ["state.json", "run.json", "errors.jsonl.part", "inputs.list.part"]
)
@pytest.mark.parametrize("update", [False, True])
def test_damaged_notes(
    stopped: tuple[Job, Path], tmp_path: Path, name: str, *, update: bool
) -> None:
    """A sentence says so, or the run ends with what it would have written; nothing else is raised."""
    job, out = stopped
    wanted = tmp_path / "wanted"
    run(Job(job.paths, destination_of(str(wanted)), 1, quiet=True), Here())
    before = tmp_path / "before"
    shutil.copytree(out, before)
    for junk in JUNK:
        shutil.rmtree(out)
        shutil.copytree(before, out)
        (out / "_run" / name).write_bytes(junk)
        again = Job(job.paths, job.destination, 1, quiet=True, update=update)
        try:
            run(again, Here())
        except ArticleCliError as error:
            told = str(error)
        else:
            told = "--fresh"
            same = (wanted / "a.jsonl.jsonl").read_bytes()
            assert (out / "a.jsonl.jsonl").read_bytes() == same
        assert "--fresh" in told
        run(Job(job.paths, job.destination, 1, quiet=True, fresh=True), Here())


@pytest.mark.parametrize("name", ["mine.jsonl", "mine.csv.gz", "mine.parquet", "mine.md"])
def test_a_file_that_no_run_wrote(tmp_path: Path, name: str) -> None:
    """It stays as it is; an empty one, as `mktemp` makes it, may become the output."""
    (tmp_path / "a.txt").write_text("Boats\n", encoding="utf-8")
    mine = tmp_path / name
    mine.write_bytes(b"mine")
    words = ["batch", str(tmp_path / "a.txt"), "-o", str(mine), "--dry-run"]
    for more in ([], ["--fresh"]):
        done = CliRunner().invoke(cli, [*words, *more])
        assert done.exit_code == 2
        assert "is there already, and no run wrote it" in done.output
    assert mine.read_bytes() == b"mine"
    mine.write_bytes(b"")
    assert CliRunner().invoke(cli, words).exit_code == 0


def test_folders_far_down(tmp_path: Path) -> None:
    """A tree that is too deep to be searched is named, and the rest of it is done."""
    top = tmp_path / "in"
    top.mkdir()
    (top / "a.txt").write_text("Boats\n", encoding="utf-8")
    top.joinpath(*["d"] * 300).mkdir(parents=True)
    done = CliRunner().invoke(cli, ["batch", str(top), "-o", str(tmp_path / "out"), "--dry-run"])
    assert done.exit_code == 0
    assert "a.txt.json" in done.stdout
    run(Job((str(top),), destination_of(str(tmp_path / "out")), 1, quiet=True), Here())
    errors = (tmp_path / "out" / "_run" / "errors.jsonl").read_text(encoding="utf-8")
    assert "is more than 200 folders deep; name the files in it" in errors
    assert (tmp_path / "out" / "a.txt.json").exists()


def test_workers_that_cannot_be() -> None:
    """None at all is an error of the program that asks; as many as can be counted are cut down."""
    with pytest.raises(ValueError, match="workers is 0; name one at least"):
        list(articlecli.extract_many(["Boats"], workers=0))
    found = list(articlecli.extract_many(["Boats"], workers=10**30))
    assert [outcome.result for outcome in found] == ["no_article"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX")
def test_a_pipe_in_a_folder(tmp_path: Path) -> None:
    """Nobody writes to it: it is passed over, and no command waits for it."""
    (tmp_path / "a.jsonl").write_text('{"id": "boats"}\n', encoding="utf-8")
    os.mkfifo(tmp_path / "b.jsonl")
    os.mkfifo(tmp_path / "b.zones.json")
    assert list(Pages(str(tmp_path))) == ["a.jsonl"]
    with pytest.raises(ArticleCliError, match="holds no file that ends in"):
        list(read_gold([str(tmp_path)]))
