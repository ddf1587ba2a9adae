"""Where a batch writes: names that mean something else, its own outputs, what is left of old runs."""

import csv
import gzip
import json
import os
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from articlecli.batch import Folder, Job, OneFile, destination_of
from articlecli.batch.journal import TIMES, Journal, difference
from articlecli.batch.spec import choices_of, inputs_of
from articlecli.disk import ResumableFile, atomic, locked, temporary_name, write_file
from articlecli.errors import InputError
from tests import SAMPLES

PAGE = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")


def command(*args: object, given: str = "") -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "articlecli", *map(str, args)]
    return subprocess.run(words, capture_output=True, text=True, check=False, input=given)


def batch(*args: object) -> subprocess.CompletedProcess[str]:
    return command("batch", *args, "--workers", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages in a folder."""
    source = tmp_path / "in"
    source.mkdir()
    for name in ("a", "b"):
        (source / f"{name}.txt").write_text(PAGE.replace("the", f"the {name}", 2), encoding="utf-8")
    return source


def test_what_a_name_means(tmp_path: Path) -> None:
    """A suffix says whether all pages go to one file; a file of another kind is refused."""
    assert destination_of("x.jsonl") == OneFile("x.jsonl")
    assert destination_of("x.JSONL") == OneFile("x.JSONL")
    assert destination_of("x.jsonl.gz") == OneFile("x.jsonl.gz", compression="gz")
    assert destination_of("x.parquet") == OneFile("x.parquet", parquet=True)
    assert destination_of("x.csv.gz") == OneFile("x.csv.gz", compression="gz", format="csv")
    assert destination_of("x.md") == OneFile("x.md", format="markdown")
    assert destination_of("x.csv/") == Folder("x.csv/")
    assert destination_of("2024.05") == Folder("2024.05")
    (tmp_path / "x.json").mkdir()
    assert destination_of(str(tmp_path / "x.json")) == Folder(str(tmp_path / "x.json"))
    for name in ("x.json", "x.json.gz", "x.pdf", "x.gz"):
        with pytest.raises(InputError, match="no kind of file that a batch writes"):
            destination_of(name)


@pytest.mark.parametrize("name", ["pages.docx", "pages.json", "pages.zip"])
def test_a_file_of_another_kind_is_wrong_use(folder: Path, tmp_path: Path, name: str) -> None:
    """No folder of that name is made."""
    done = batch(folder, "-o", tmp_path / name)
    assert done.returncode == 2
    assert ".jsonl" in done.stderr
    assert not (tmp_path / name).exists()


def test_one_file_of_each_format(folder: Path, tmp_path: Path) -> None:
    """The suffix tells the format; what stands above and below the articles stands there once."""
    for name in ("all.csv", "all.tsv", "all.md", "all.txt", "all.html", "all.xml"):
        assert batch(folder, "-o", tmp_path / name).returncode == 0
        assert batch(folder, "-o", tmp_path / name).returncode == 0  # nothing left to do
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"] for row in rows] == ["a.txt", "b.txt"]
    assert (tmp_path / "all.tsv").read_text(encoding="utf-8").count("\n") == 3
    assert (tmp_path / "all.md").read_text(encoding="utf-8").count("\n\f\n") == 2
    assert (tmp_path / "all.html").read_text(encoding="utf-8").count("<article") == 2
    assert (tmp_path / "all.html").read_text(encoding="utf-8").count("</html>") == 1
    corpus = ET.parse(tmp_path / "all.xml").getroot()
    assert [child.tag.rpartition("}")[2] for child in corpus] == ["teiHeader", "TEI", "TEI"]


def test_an_output_that_may_be_a_page_is_not_overwritten(folder: Path) -> None:
    """A file that no run wrote and that is named as a page stays as it is."""
    before = (folder / "a.txt").read_bytes()
    done = batch(folder, "-o", folder / "a.txt")
    assert done.returncode == 2
    assert "no run wrote it" in done.stderr
    assert (folder / "a.txt").read_bytes() == before


def test_a_shard_in_a_table_has_one_head(tmp_path: Path) -> None:
    """Each shard of a folder of outputs begins with the names of the columns."""
    lines = [json.dumps({"id": str(n), "text": PAGE}) + "\n" for n in range(40)]
    (tmp_path / "x.jsonl").write_text("".join(lines), encoding="utf-8")
    done = batch(
        tmp_path / "x.jsonl", "-o", tmp_path / "out", "-f", "csv", "--fields", "path,title"
    )
    assert done.returncode == 0, done.stderr
    found = (tmp_path / "out" / "x.jsonl.csv").read_text(encoding="utf-8").splitlines()
    assert found[0] == "path,title"
    assert len(found) == 41
    assert sum(line == "path,title" for line in found) == 1


def test_a_suffix_in_capitals(folder: Path, tmp_path: Path) -> None:
    """`.JSONL` is one file, as `.jsonl`."""
    assert batch(folder, "-o", tmp_path / "x.JSONL", "-q").returncode == 0
    assert len((tmp_path / "x.JSONL").read_text(encoding="utf-8").splitlines()) == 2


def test_standard_output(folder: Path, tmp_path: Path) -> None:
    """`-o -` gives JSON Lines in the order of the inputs, names failures, and makes no folder."""
    (folder / "empty.txt").write_bytes(b"")
    words = [sys.executable, "-m", "articlecli", "batch", str(folder), "-o", "-", "-q"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert [json.loads(line)["source"]["path"] for line in done.stdout.splitlines()] == [
        "a.txt", "b.txt"]  # fmt: skip
    [told] = done.stderr.splitlines()
    assert told.endswith("empty.txt is empty; check how it was written")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    for more in ("--fresh", "--learn-furniture"):
        assert batch(folder, "-o", "-", more).returncode == 2


def test_extract_to_standard_output(tmp_path: Path) -> None:
    """`extract -o -` writes no file named `-`, and a folder is no file."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    words = [sys.executable, "-m", "articlecli", "extract", "page.txt", "-o", "-"]
    done = subprocess.run(words, capture_output=True, check=False, cwd=tmp_path)
    assert json.loads(done.stdout)["status"] == "ok"
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]
    done = command("extract", page, page, "-o", f"{tmp_path}/dir/")
    assert done.returncode == 2
    assert "articlecli batch" in done.stderr
    assert not (tmp_path / "dir").exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The message has the name that the user gave, and no temporary one."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    done = command("extract", page, "-o", tmp_path / "no" / "x.json")
    assert done.returncode == 1
    assert f"{tmp_path / 'no' / 'x.json'} cannot be written" in done.stderr


@pytest.mark.parametrize("name", ["all.jsonl", "out"])
def test_an_output_inside_the_inputs(folder: Path, name: str) -> None:
    """It can be taken up again, and no other run takes it for an input."""
    for _ in range(2):
        done = batch(folder, "-o", folder / name)
        assert done.returncode == 0, done.stderr
        assert "2 pages: 2 done" in done.stderr
    done = batch(folder, "-o", folder / "other.jsonl")
    assert "2 pages: 2 done" in done.stderr


def test_pages_in_a_folder_of_that_name(folder: Path, tmp_path: Path) -> None:
    """Pages whose outputs would write over the notes have failed, and the notes are whole."""
    (folder / "_run").mkdir()
    (folder / "_run" / "run").write_text(PAGE, encoding="utf-8")
    done = batch(folder, "-o", tmp_path / "out", "--pattern", "*")
    assert "3 pages: 2 done, 0 without a story, 1 failed" in done.stderr
    assert "version" in json.loads((tmp_path / "out" / "_run" / "run.json").read_text())


def test_an_output_that_is_anothers_folder(folder: Path, tmp_path: Path) -> None:
    """One page fails for its name; the run ends, and leaves nothing unfinished."""
    (folder / "a.txt.json").mkdir()
    (folder / "a.txt.json" / "c.txt").write_text(PAGE, encoding="utf-8")
    out = tmp_path / "out"
    done = batch(folder, "-o", out)
    assert done.returncode == 1
    assert "2 done, 0 without a story, 1 failed" in done.stderr
    assert not list(out.rglob("*.part"))


def test_a_fresh_run_removes_what_the_last_one_left(folder: Path, tmp_path: Path) -> None:
    """Outputs of inputs that are gone, or of another format, do not stay; other files do."""
    out = tmp_path / "out"
    (folder / "deep").mkdir()
    (folder / "deep" / "c.txt").write_text(PAGE, encoding="utf-8")
    assert batch(folder, "-o", out, "-q").returncode == 0
    (out / "mine.txt").write_text("mine")
    (folder / "deep" / "c.txt").unlink()
    assert batch(folder, "-o", out, "-q", "--fresh").returncode == 0
    assert not (out / "deep").exists()
    assert batch(folder, "-o", out, "-q", "--fresh", "--format", "markdown").returncode == 0
    found = sorted(path.name for path in out.iterdir())
    assert found == ["_run", "a.txt.md", "b.txt.md", "mine.txt"]


def test_an_edited_list_of_outputs_removes_nothing_else(tmp_path: Path) -> None:
    """Names that lead out of the folder, or into the notes, are left alone."""
    out, other = tmp_path / "out", tmp_path / "other.txt"
    journal = Journal(str(out / "_run"))
    other.write_text("other")
    (out / "_run").mkdir(parents=True)
    (out / "_run" / "run.json").write_text("{}")
    (out / "_run" / "outputs.list").write_bytes(
        b"\0".join([b"../other.txt", os.fsencode(other), b"_run/run.json", b"a/../../other.txt"])
    )
    journal.note_outputs(str(out), [str(out / "a.json")])
    assert other.exists()
    assert journal.read("run.json") == b"{}"
    assert journal.read("outputs.list") == b"a.json"


def test_an_edit_of_the_same_size_is_seen(folder: Path, tmp_path: Path) -> None:
    """An input written since the run began is another input."""
    out = tmp_path / "out"
    assert batch(folder, "-o", out, "-q").returncode == 0
    page = folder / "a.txt"
    time.sleep(0.01)
    page.write_text(page.read_text(encoding="utf-8").swapcase(), encoding="utf-8")
    done = batch(folder, "-o", out)
    assert done.returncode == 1
    assert TIMES in done.stderr


def test_notes_of_an_older_version(folder: Path, tmp_path: Path) -> None:
    """A run whose notes lack the times goes on; one with other choices is refused."""
    out = tmp_path / "out"
    assert batch(folder, "-o", out, "-q").returncode == 0
    notes = out / "_run" / "run.json"
    old = json.loads(notes.read_text())
    del old[TIMES]
    notes.write_text(json.dumps(old))
    (out / "_run" / "outputs.list").unlink()
    done = batch(folder, "-o", out)
    assert done.returncode == 0, done.stderr
    notes.write_text(json.dumps({**old, "strict": True}))
    assert "strict" in batch(folder, "-o", out).stderr
    inputs, _ = inputs_of(Job((str(folder),), Folder(str(out)), 1))
    choices = choices_of(Job((str(folder),), Folder(str(out)), 1), inputs)
    assert difference(b"[]", choices) == "run.json is damaged"
    assert {*choices} == {"version", "model", "trafilatura", "options", "output", "fields", "strict", "inputs",
                          "names and sizes of the inputs", TIMES}  # fmt: skip


def test_the_other_s_version_is_noted(folder: Path, tmp_path: Path) -> None:
    """A run that asks trafilatura notes its version, and goes on with no other; `never` needs none."""
    out, alone = tmp_path / "out", tmp_path / "alone"
    batch(folder, "-o", out, "-q")
    notes = out / "_run" / "run.json"
    told = json.loads(notes.read_text())
    assert told["trafilatura"] == version("trafilatura")
    assert told["options"]["second_opinion"] == "auto"
    notes.write_text(json.dumps({**told, "trafilatura": "0.1"}))
    assert "trafilatura: 0.1 → " in batch(folder, "-o", out).stderr
    batch(folder, "-o", alone, "-q", "--second-opinion", "never")
    assert json.loads((alone / "_run" / "run.json").read_text())["trafilatura"] is None
    done = batch(folder, "-o", alone, "--second-opinion", "always")
    assert "--second-opinion: never → always" in done.stderr


def test_missing_pyarrow_is_told_first(folder: Path, tmp_path: Path) -> None:
    """No page is read for a file that cannot be written."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "pyarrow.py").write_text("raise ImportError('none')")
    path = os.pathsep.join([str(tmp_path / "site"), os.environ.get("PYTHONPATH", "")])
    words = [sys.executable, "-m", "articlecli", "batch", str(folder), "-o", "all.parquet"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path,
                          env={**os.environ, "PYTHONPATH": path})  # fmt: skip
    assert done.returncode == 1
    assert "-m pip install pyarrow" in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "site"]


def test_no_more_workers_than_chunks(folder: Path, tmp_path: Path) -> None:
    """A thousand workers for two pages start one process."""
    began = time.monotonic()
    done = command("batch", folder, "-o", tmp_path / "out", "--workers", 1000, "-q")
    assert done.returncode == 0
    assert time.monotonic() - began < 30


def test_links_of_text_are_wrong_use(folder: Path, tmp_path: Path) -> None:
    """What `extract` refuses, `batch` refuses too."""
    done = batch(folder, "-o", tmp_path / "out", "--format", "text", "--images")
    assert done.returncode == 2


def test_a_record_that_is_nested_too_deep(tmp_path: Path) -> None:
    """It fails, and the run goes on behind it."""
    shard = tmp_path / "s.jsonl"
    deep = '{"text": ' + "[" * 5000 + "]" * 5000 + "}"
    shard.write_text("\n".join([json.dumps({"text": PAGE}), deep, json.dumps({"text": PAGE})]))
    done = batch(shard, "-o", tmp_path / "out")
    assert "3 pages: 2 done, 0 without a story, 1 failed" in done.stderr


def test_a_damaged_shard_has_its_remedy(tmp_path: Path) -> None:
    """The list of failures says what to do about it."""
    (tmp_path / "s.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a page"}\n')[:-12])
    assert batch(tmp_path / "s.jsonl.gz", "-o", tmp_path / "out").returncode == 1
    [line] = (tmp_path / "out" / "_run" / "errors.jsonl").read_text().splitlines()
    assert json.loads(line)["message"].endswith("; fetch it again")


def test_files_get_the_usual_mode(tmp_path: Path) -> None:
    """Temporary names are not private to the owner once the file is whole."""
    if os.name != "posix":
        pytest.skip("modes of POSIX")
    before = os.umask(0o027)
    try:
        write_file(str(tmp_path / "a"), b"a")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    """Where a file grows somebody has put a link: what it leads to stays as it was."""
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (tmp_path / "x.jsonl.part").symlink_to(precious)
    file = ResumableFile(str(tmp_path / "x.jsonl"), 0)
    file.write(b"{}\n")
    file.close(whole=True)
    assert precious.read_text() == "precious"
    assert (tmp_path / "x.jsonl").read_bytes() == b"{}\n"
    (tmp_path / "y.jsonl.part").symlink_to(precious)
    with pytest.raises(OSError, match=r"y\.jsonl"):
        ResumableFile(str(tmp_path / "y.jsonl"), 3)


def test_temporary_names_cannot_be_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are random, and a file or link that is there already is never written to."""
    names = {temporary_name(str(tmp_path)) for _ in range(100)}
    assert len(names) == 100
    assert all(len(os.path.basename(name)) > 24 for name in names)
    precious = tmp_path / "precious"
    precious.write_text("precious")
    planted = tmp_path / ".planted.part"
    planted.symlink_to(precious)
    monkeypatch.setattr(atomic, "temporary_name", lambda _folder: str(planted))
    with pytest.raises(FileExistsError):
        write_file(str(tmp_path / "a"), b"a")
    assert precious.read_text() == "precious"


def test_two_runs_at_once(tmp_path: Path) -> None:
    """The second is refused while the first is at work, and not after it."""
    with locked(str(tmp_path)):
        code = (
            "from articlecli.disk import lock\n"
            "lock.PATIENCE = 0\n"
            f"with lock.locked({str(tmp_path)!r}): pass"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert b"is being written by another run" in done.stderr
    with locked(str(tmp_path)):
        pass
