"""Choosing what comes out, and what goes in, as a shell does it."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import SAMPLES

TRADE = str(SAMPLES / "trade-paper-fr.txt")
AGENCY = str(SAMPLES / "agency-en.txt")
TITLE = "Verdane et Port-Lannec ouvrent la première école de la réparation navale"


def run(*args: str, stdin: bytes = b"", **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "articlecli", *args],
        input=stdin, capture_output=True, check=False, **more,
    )  # type: ignore[call-overload,no-any-return]  # fmt: skip


def test_without_a_command() -> None:
    """A page, an option of `extract`, or a pipe without a command is `extract`."""
    whole = run("extract", TRADE).stdout
    assert run(TRADE).stdout == whole
    assert run("-f", "text", TRADE).stdout.decode().startswith(TITLE)
    for args in ([], ["extract"], ["-"]):
        assert json.loads(run(*args, stdin=Path(TRADE).read_bytes()).stdout)["title"] == TITLE
    assert b"is empty" in run("extract").stderr


def test_nothing_given() -> None:
    """Where nothing is piped in: help without a command, wrong usage with it."""
    with open(os.devnull, "rb") as nothing:
        command = [sys.executable, "-m", "articlecli"]
        told = subprocess.run(command, stdin=nothing, capture_output=True, check=False)
        assert b"Usage: articlecli" in told.stdout + told.stderr
        done = subprocess.run(
            [*command, "extract"], stdin=nothing, capture_output=True, check=False
        )
    assert done.returncode == 2
    assert b"Missing argument" in done.stderr


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["extrct"], "Did you mean extract?"),
        (["extract", TRADE, "--fields", "titel"], "Did you mean title?"),
        (["extract", TRADE, "--only", "teasers", "--fields", "byline"], "no field 'byline' of teasers"),
        (["extract", TRADE, "--fields", ","], "names no field"),
        (["extract", TRADE, "--fields", "title,title"], "twice"),
        (["extract", TRADE, "--formt", "text"], "--format"),
        (["extract", TRADE, "--front-matter"], "--format json; it goes with markdown"),
        (["extract", TRADE, "-f", "text", "--fields", "title"], "means nothing to --format text"),
        (["extract", TRADE, "-f", "tei", "--only", "body"], "means nothing to --format tei"),
        (["extract", TRADE, "-f", "csv", "--offsets"], "means nothing to --format csv"),
        (["extract", TRADE, "--only", "teasers", "--no-teasers"], "leave nothing to write"),
        (["extract", TRADE, "-q", "-v"], "cannot go together"),
        (["extract", TRADE, "-0"], "goes with --files-from"),
        (["extract", TRADE, "-o", "x.parquet"], "use articlecli batch"),
        (["extract", TRADE, "-o", "x.json.gz"], "use articlecli batch"),
        (["extract", str(SAMPLES), "--url", "https://example.org"], "one page"),
        (["batch", TRADE, "-o", "x.parquet", "--fields", "title"], "whole articles"),
        (["batch", TRADE, "-o", "x.csv", "-f", "text"], "name says csv"),
        (["batch", TRADE, "-o", "-", "--input-format", "jsonl"], "goes with extract"),
    ],
)  # fmt: skip
def test_wrong_usage(args: list[str], why: str, tmp_path: Path) -> None:
    """One clear sentence, exit status 2, and nothing written."""
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert why in " ".join(done.stderr.decode().split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "begin"),
    [("x.md", "# "), ("x.txt", TITLE), ("x.json", "{\n"), ("x.jsonl", '{"schema"'),
     ("x.csv", "path,url"), ("x.TSV", "path\turl"), ("x.xml", "<?xml"), ("x.html", "<!doctype"),
     ("x", "{\n")],
)  # fmt: skip
def test_the_suffix_tells_the_format(tmp_path: Path, name: str, begin: str) -> None:
    """`-o x.md` is Markdown; without a known suffix it is JSON; `--format` overrules."""
    target = tmp_path / name
    assert run("extract", TRADE, "-o", str(target)).returncode == 0
    assert target.read_text(encoding="utf-8").startswith(begin)
    assert run("extract", TRADE, "-o", str(target), "-f", "txt").returncode == 0
    assert target.read_text(encoding="utf-8").startswith(TITLE)


def test_csv_of_several() -> None:
    """One head, one row a page, failures named beside it."""
    done = run("extract", TRADE, "missing.txt", AGENCY, "-f", "csv", "--fields", "path,title,words")
    rows = list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))
    assert done.returncode == 1
    assert rows[0] == ["path", "title", "words"]
    assert [row[0] for row in rows[1:]] == [TRADE, AGENCY]
    assert run("extract", "missing.txt", "gone.txt", "-f", "csv").stdout == b""


def test_table() -> None:
    """The rows of all pages below one head."""
    told = run("extract", TRADE, AGENCY, "-f", "table").stdout.decode().splitlines()
    assert told[0].split()[:2] == ["title", "byline"]
    assert len(told) == 4


def test_a_folder_and_shards_stream(tmp_path: Path) -> None:
    """Each page of a folder or a shard is one line, under its own name, bad records beside it."""
    texts = [Path(TRADE).read_text(encoding="utf-8"), Path(AGENCY).read_text(encoding="utf-8")]
    (tmp_path / "a.txt").write_text(texts[0], encoding="utf-8")
    records = [{"id": "x", "text": texts[0], "url": "https://example.org/x"}, {"id": "y"},
               {"id": "z", "text": texts[1]}]  # fmt: skip
    lines = "".join(json.dumps(one) + "\n" for one in records).encode()
    shard = tmp_path / "b.jsonl.gz"
    shard.write_bytes(gzip.compress(lines))
    done = run("extract", str(tmp_path))
    found = [json.loads(line)["source"] for line in done.stdout.splitlines()]
    assert [one["path"] for one in found] == [str(tmp_path / "a.txt"), f"{shard}#x", f"{shard}#z"]
    assert found[1]["url"] == "https://example.org/x"
    assert done.returncode == 1
    assert b"has no text or html" in done.stderr
    for given in (lines, shard.read_bytes()):
        piped = run("extract", "--input-format", "jsonl", stdin=given)
        assert [json.loads(line)["source"]["path"] for line in piped.stdout.splitlines()] == [
            "-#x",
            "-#z",
        ]
    body = [{"page": texts[0]}, {"page": texts[1]}]
    given = "".join(json.dumps({"stuff": one["page"]}) + "\n" for one in body).encode()
    piped = run(
        "--input-format",
        "jsonl",
        "--text-field",
        "stuff",
        "-f",
        "tsv",
        "--fields",
        "title",
        stdin=given,
    )
    assert piped.stdout.decode().splitlines()[1] == TITLE


def test_files_from(tmp_path: Path) -> None:
    """Paths of a list, by lines or by NUL, of a file or of standard input."""
    listed = tmp_path / "list"
    listed.write_text(f"{TRADE}\n{AGENCY}\n", encoding="utf-8")
    assert run("extract", "--files-from", str(listed)).stdout.count(b"\n") == 2
    nul = f"{TRADE}\0{AGENCY}\0".encode()
    assert run("extract", "-0", "--files-from", "-", stdin=nul).stdout.count(b"\n") == 2
    out = str(tmp_path / "all.csv")
    assert (
        run("batch", "-0", "--files-from", "-", "-o", out, "-j", "1", "-q", stdin=nul).returncode
        == 0
    )
    assert Path(out).read_text(encoding="utf-8").startswith("path,url,status")


def test_quiet_and_verbose() -> None:
    """`-q` keeps back what is no error; `-v` says how each page ended."""
    login = str(SAMPLES / "login-pt.txt")
    assert run("extract", login, "-f", "text", "-q").stderr == b""
    told = run("extract", login, TRADE, "-v").stderr.decode().splitlines()
    assert told[0].endswith("has no story (login wall)")
    assert "has a story of" in told[1]
    assert run("-V").stdout.startswith(b"articlecli, version")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The sentence names the file that the user named, and says what is missing."""
    done = run("extract", TRADE, "-o", str(tmp_path / "no" / "x.json"))
    assert done.returncode == 1
    assert b"x.json cannot be written (its folder does not exist)" in done.stderr
