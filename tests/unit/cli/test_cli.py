"""The real command, as a shell runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import SAMPLES

TRADE = str(SAMPLES / "trade-paper-fr.txt")
AGENCY = str(SAMPLES / "agency-en.txt")
LOGIN = str(SAMPLES / "login-pt.txt")
DAILY = str(SAMPLES / "regional-daily-fr.txt")
DAILY_TITLE = "Saint-Avold-le-Bas : la halle du marché rouvrira le 6 juin"
TITLE = "Verdane et Port-Lannec ouvrent la première école de la réparation navale"


def run(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run articlecli and wait."""
    return subprocess.run(
        [sys.executable, "-m", "articlecli", *args],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **env},
    )


def test_json_by_default() -> None:
    """One page gives one indented JSON object on standard output and nothing on standard error."""
    done = run("extract", TRADE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["title"] == TITLE
    assert done.stdout.startswith(b"{\n  ")


def test_standard_input() -> None:
    """`-` reads standard input."""
    done = run("extract", "-", "--format", "text", stdin=Path(TRADE).read_bytes())
    assert done.stdout.decode().splitlines()[0] == TITLE


def test_several_pages_make_json_lines() -> None:
    """Several inputs come one JSON object a line, in the order given."""
    done = run("extract", TRADE, AGENCY)
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [page["source"]["path"] for page in pages] == [TRADE, AGENCY]


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each failure is named in one sentence, the other pages are done, the exit status is 1."""
    done = run("extract", "missing.txt", str(tmp_path), TRADE)
    assert done.returncode == 1
    assert json.loads(done.stdout)["title"] == TITLE
    first, second = done.stderr.decode().splitlines()
    assert first == "articlecli: missing.txt does not exist; check the path"
    assert second.endswith("holds no file of a known kind; name the files")


def test_fail_empty() -> None:
    """A page without a story exits with 0, or with 3 where asked."""
    assert run("extract", LOGIN).returncode == 0
    assert json.loads(run("extract", LOGIN).stdout)["status"] == "no_article"
    assert run("extract", LOGIN, "--fail-empty").returncode == 3


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["extract", TRADE, "--format", "pdf"], b"Invalid value"),
        (["extract", TRADE, "--encoding", "klingon"], b"not known"),
        (["extract", "-", "-"], b"once only"),
        (["extract", TRADE, "--output", TRADE], b"one of the inputs"),
        (["extract", TRADE, "--second-opinion", "perhaps"], b"Invalid value"),
        (["nothing"], b"No such command"),
    ],
)
def test_wrong_usage(args: list[str], why: bytes) -> None:
    """Wrong usage exits with 2 and says why."""
    done = run(*args)
    assert done.returncode == 2
    assert why in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("extract", "pages", "-o", "pages/one.txt"),
        ("extract", "pages/one.txt", "--phrases", "phrases.md", "-o", "phrases.md"),
        ("extract", "--files-from", "list.csv", "-o", "list.csv"),
        ("report", "pages", "-o", "pages/one.txt"),
        ("report", "pages/one.txt", "-o", "pages/../pages/one.txt"),
        ("batch", "--files-from", "list.csv", "-o", "list.csv"),
        ("adapt", "--gold", "pages", "-o", "pages/one.txt.zones.json"),
    ],
)
def test_no_output_replaces_what_is_read(
    args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of a folder, lists, phrases and files of zones stay as they are."""
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    Path("pages/one.txt").write_bytes(Path(TRADE).read_bytes())
    Path("phrases.md").write_text("[boilerplate]\nen: read on\n")
    Path("list.csv").write_text("pages/one.txt\n")
    run("label", "pages/one.txt", "--set", "1=boilerplate", "-o", "pages")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    done = run(*args)
    assert done.returncode == 2
    assert b"--output" in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_output_file(tmp_path: Path) -> None:
    """`--output` writes the file whole, and leaves no other."""
    target = tmp_path / "out.json"
    assert run("extract", TRADE, "--output", str(target)).stdout == b""
    assert json.loads(target.read_bytes())["title"] == TITLE
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    """A missing folder is one sentence and exit 1."""
    done = run("extract", TRADE, "--output", str(tmp_path / "no" / "out.json"))
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_full_disk() -> None:
    """A full disk is one sentence and exit 1."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "articlecli", "extract", TRADE],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_broken_pipe() -> None:
    """`| head -1` is silent success."""
    command = f"{sys.executable} -m articlecli extract {' '.join([TRADE] * 30)} | head -c 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""
    assert done.stdout == b"{0\n"


def test_formats() -> None:
    """Text and Markdown print the story; `--teasers` appends the teasers."""
    text = run("extract", TRADE, "--format", "text").stdout.decode()
    markdown = run("extract", TRADE, "--format", "markdown", "--teasers").stdout.decode()
    daily = run("extract", DAILY, "--format", "markdown").stdout.decode()
    assert text.startswith(TITLE + "\n\nCe 14 mars")
    assert "Plus d'articles" not in text
    assert markdown.startswith(f"# {TITLE}\n\n")
    assert daily.startswith(f"# {DAILY_TITLE}\n\n**Fermée depuis")
    assert "## Plus d'articles" in markdown


def test_offsets_and_url() -> None:
    """`--offsets` adds spans and zones; `--url` and `--language` are kept."""
    done = run("extract", TRADE, "--offsets", "--url", "https://example.org/a", "--language", "br")
    page = json.loads(done.stdout)
    assert page["source"]["url"] == "https://example.org/a"
    assert page["language"] == "br"
    assert page["body"][0]["spans"]
    assert len(page["zones"]) == 62
    assert "zones" not in json.loads(run("extract", TRADE).stdout)


def test_no_teasers() -> None:
    """`--no-teasers` leaves the teasers out of the JSON."""
    assert json.loads(run("extract", TRADE, "--no-teasers").stdout)["teasers"] == []


def test_schema_help_version() -> None:
    """The small commands work."""
    assert json.loads(run("schema").stdout)["$id"] == "urn:articlecli:schema:articlecli/1"
    assert b"Usage: articlecli" in run("-h").stdout
    assert run("--version").stdout.startswith(b"articlecli, version ")


def test_environment() -> None:
    """Options can be set in the environment."""
    done = run("extract", TRADE, ARTICLECLI_EXTRACT_FORMAT="text")
    assert done.stdout.decode().startswith(TITLE)


def test_closed_streams() -> None:
    """Closed standard streams end in a sentence, not in a traceback."""
    command = f"{sys.executable} -m articlecli extract"
    for line, said in ((f"{command} {AGENCY} >&-", b"standard output is closed"),
                       (f"{command} - <&-", b"standard input is closed"),
                       (f"{command} --files-from - <&-", b"standard input is closed")):  # fmt: skip
        done = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
        assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
        assert said in done.stderr


def test_output_keeps_what_is_there(tmp_path: Path) -> None:
    """A link stays a link, a pipe a pipe, and a file is kept where no page could be read."""
    real, link, kept = tmp_path / "real", tmp_path / "link", tmp_path / "kept"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert run("extract", AGENCY, "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert json.loads(real.read_bytes())["status"] == "ok"
    assert real.stat().st_mode & 0o777 == 0o640
    kept.write_text("old")
    assert run("extract", "missing.txt", "-o", str(kept)).returncode == 1
    assert kept.read_text() == "old"
    assert run("extract", LOGIN, "-o", str(kept), "--format", "text").returncode == 0
    assert kept.read_text() == ""  # done, and there is nothing to print
    assert run("extract", AGENCY, "-o", os.devnull).returncode == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept", "link", "real"]


def test_no_story_is_said() -> None:
    """In text and Markdown, where nothing is printed, standard error says why."""
    done = run("extract", LOGIN, "--format", "text")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == f"articlecli: {LOGIN} has no story (login wall)\n"


@pytest.mark.parametrize("unit", ["<!-- a -->\n", "![a](", "[", "**a ", "a --- b\n", "|-", "~~~\n"])
def test_no_pattern_takes_the_square_of_a_page(unit: str) -> None:
    """Forty kilobytes of any mark of HTML or Markdown are read in a moment."""
    page = unit * (40_000 // len(unit)) + "\n<p>Hi</p>"
    for given in ([], ["--input-format", "markdown"]):
        done = subprocess.run(
            [sys.executable, "-m", "articlecli", "extract", "-", *given],
            input=page.encode(), capture_output=True, check=False, timeout=20,
        )  # fmt: skip
        assert done.returncode == 0


def test_min_confidence() -> None:
    """A page less sure than asked for has no story, and says so; all its lines are still there."""
    sure = json.loads(run("extract", TRADE).stdout)
    assert 0.5 < sure["confidence"] < 1
    done = run("extract", TRADE, "--min-confidence", "1", "--fail-empty")
    page = json.loads(done.stdout)
    assert (done.returncode, page["status"], page["reason"]) == (3, "no_article", "not sure enough")
    assert page["teasers"] == sure["teasers"]
    limit = str(sure["confidence"])
    assert json.loads(run("extract", TRADE, "--min-confidence", limit).stdout) == sure
    assert run("extract", TRADE, "--min-confidence", "2").returncode == 2


def test_types() -> None:
    """Stories of some types of pages only; a type that is none is answered with those there are."""
    page = json.loads(run("extract", TRADE).stdout)
    assert page["page_type"] == "article"
    assert 0 < page["page_type_confidence"] <= 1
    assert json.loads(run("extract", TRADE, "--types", "forum,article").stdout) == page
    done = json.loads(run("extract", TRADE, "--types", "forum,product").stdout)
    assert (done["status"], done["reason"], done["text"]) == ("no_article", "another page type", "")
    assert done["title"] == page["title"]
    wrong = run("extract", TRADE, "--types", "news")
    assert wrong.returncode == 2
    assert b"--types 'news' is none of article, forum" in wrong.stderr
