"""The front of the house: what a new user stumbled over."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from articlecli import extract
from articlecli.cli import cli
from articlecli.extras import EXTRAS, remedy
from articlecli.read.json_lines import record_of
from articlecli.read.record import Fields
from tests import ROOT, SAMPLES

STORY = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202edrah \u2066"
"""What sets a terminal's title, wipes it, colours it in eight bits, and turns words about."""


def command(*args: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "articlecli", *map(str, args)]
    return subprocess.run(
        words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def on_a_terminal(*args: object) -> str:
    """All that a command writes to a terminal."""
    pytest.importorskip("pty", reason="there are no terminals of this kind here")
    code = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    words = [sys.executable, "-c", code, sys.executable, "-m", "articlecli", *map(str, args)]
    done = subprocess.run(words, capture_output=True, check=False, stdin=subprocess.DEVNULL,
                          env={**os.environ, "TERM": "dumb", "NO_COLOR": "1"})  # fmt: skip
    return done.stdout.decode().replace("\r\n", "\n")


def pyproject() -> dict[str, Any]:
    if not (ROOT / "pyproject.toml").is_file():
        pytest.skip("pyproject.toml is not in this distribution")
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_pictures_and_teasers_are_no_story() -> None:
    """A front page whose captions are all that it says of itself has status `no_article`."""
    card = (
        "<div class=card><a href=/{0}><h3>Ferry {0} waits for the tide at the old pier</h3></a>"
        "<p>Passengers of line {0} were told to come back on Monday morning.</p></div>"
    )
    figure = "<figure><img src=/{0}.jpg><figcaption>The pier on day {0}.</figcaption></figure>"
    page = (
        "<html><head><title>Harbour portal</title></head><body><nav><a href=/a>News</a> <a href=/b>"
        "Tests</a></nav>" + "".join(figure.format(n) for n in range(3))
        + "".join(card.format(n) for n in range(50)) + "</body></html>"
    )  # fmt: skip
    article = extract(page)
    assert article.status == "no_article"
    assert article.entries


def test_a_field_that_holds_no_text_is_told_as_it_is() -> None:
    """A named field that is there and holds a number is not said to be missing."""
    told = record_of({"doc_id": "d2", "page_body": 5}, "1", "in line 1", Fields(text="page_body"))
    assert "has a number and no text in its field page_body" in (told.problem or "")


def test_extras_name_their_packages() -> None:
    """What a message tells to install is what the extra brings."""
    brings = pyproject()["project"]["optional-dependencies"]
    for extra, packages in EXTRAS.items():
        assert {re.split("[>=<]", one)[0] for one in brings[extra]} == set(packages)


@pytest.mark.parametrize(
    ("note", "begin"),
    [("uv-receipt.toml", "uv pip install --python "), ("pipx_metadata.json", "pipx inject"),
     ("else", sys.executable)],
)  # fmt: skip
def test_a_missing_package_comes_by_what_installed_articlecli(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, note: str, begin: str
) -> None:
    """Users of uv and pipx are told their own command, and nobody a name that no index has."""
    (tmp_path / note).write_text("")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert remedy("parquet").startswith(begin)
    assert remedy("parquet").endswith(" pyarrow")


def test_a_wrong_address_or_options_are_a_type_error() -> None:
    """`url=3` is answered where it was given."""
    with pytest.raises(TypeError, match="url is int"):
        extract(STORY, url=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("output", ["out", "all.jsonl", "-"])
def test_a_folder_without_pages_is_no_success(tmp_path: Path, output: str) -> None:
    """A wrong path or pattern is said, and leaves nothing behind."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "notes.doc").write_text("x")
    target = output if output == "-" else tmp_path / output
    done = command("batch", folder, "-o", target)
    assert done.returncode == 1
    assert "holds no page (1 files of other kinds); check the path and --pattern" in done.stderr
    assert list(tmp_path.iterdir()) == [folder]
    dry = command("batch", folder, "-o", target, "--dry-run")
    assert "notes.doc is of another kind" in dry.stderr
    assert command("batch", "-", "-o", target, "-q").returncode == 0  # an empty list


def test_colours_of_a_terminal_are_no_text() -> None:
    """A dump of a terminal loses its escape sequences whole, in text and in HTML."""
    lines = STORY.splitlines(keepends=True)
    page = "".join(f"\x1b[31m{line.rstrip()}\x1b[0m\n" if line.strip() else line for line in lines)
    article, plain = extract(page), extract(STORY)
    assert (article.title, article.text) == (plain.title, plain.text)


def test_the_sdist_holds_what_its_tests_read() -> None:
    """Tests of the archive of the source find the documents that they check."""
    targets = pyproject()["tool"]["hatch"]["build"]["targets"]
    include = set(targets["sdist"]["include"])
    read = {"src", "tests", "samples", "docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md",
            "SECURITY.md", "LICENSE"}  # fmt: skip
    assert read <= include


@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv", "html", "tei"])
def test_no_format_commands_a_terminal(tmp_path: Path, form: str) -> None:
    """Control characters and overrides of direction of a page stay out of a terminal."""
    page = tmp_path / "page.html"
    evil = HOSTILE.replace("\x1b", "&#27;").replace("\x9b", "&#x9b;\x9b")
    page.write_text(
        f"<html><head><title>The harbour {evil}turns</title></head><body><h1>The harbour {evil}"
        f"turns</h1><p>{'Words of the town ' * 9}{evil} end.</p><pre><code>a {evil} = 1\n"
        f"</code></pre><p>{'More words of the town ' * 30}.</p></body></html>",
        encoding="utf-8",
    )
    told = on_a_terminal("extract", page, "-f", form)
    assert "Words of the town" in told
    assert not [sign for sign in told if not (sign.isprintable() or sign in "\n\t")]
    assert not set(told) & set("\u202e\u2066\x9b\x1b")


def test_no_message_commands_a_terminal(tmp_path: Path) -> None:
    """Names of files and records in messages neither."""
    shard = tmp_path / "a.jsonl"
    record = {"id": HOSTILE, HOSTILE: "x"}
    shard.write_text(json.dumps(record) + "\n", encoding="utf-8")
    name = tmp_path / "a\x1b[2Jb.txt"
    for words in (["extract", shard], ["extract", name], ["batch", shard, "-o", tmp_path / "o"],
                  ["batch", shard, "-o", tmp_path / "p", "--log", "text"],
                  ["batch", shard, "-o", tmp_path / "q", "--log", "json"],
                  ["extract", SAMPLES / "agency-en.txt", "-o", f"{name}/"]):  # fmt: skip
        told = on_a_terminal(*words)
        assert told
        assert not [sign for sign in told if not (sign.isprintable() or sign in "\n\t")], words


def test_a_pipe_gets_the_text_as_it_is(tmp_path: Path) -> None:
    """Marks of direction are part of a text: a program that reads it gets them."""
    page = tmp_path / "page.txt"
    page.write_text(STORY.replace(". ", ".\u2029 ", 1), encoding="utf-8")
    words = [sys.executable, "-m", "articlecli", "extract", str(page), "-f", "text"]
    done = subprocess.run(words, capture_output=True, check=True)
    assert done.stdout.decode() == extract(page.read_bytes()).to_text()


def test_documents_name_variables_and_folders_that_are_there() -> None:
    """Each variable is an option of its command, and a folder that `split` writes into is made."""
    if not (ROOT / "docs").is_dir():
        pytest.skip("the documents are not in this distribution")
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    variables = re.findall(r"ARTICLECLI_([A-Z]+)_([A-Z_]+)\b", text)
    assert variables
    for command, option in variables:
        names = {param.name for param in cli.commands[command.lower()].params}
        assert option.lower() in names
    for folder in re.findall(r"split .* (\w+)/$", text, re.MULTILINE):
        assert f"mkdir -p {folder}" in text
