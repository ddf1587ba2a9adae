"""Calls that start without Click: they are told from others, and answer as Click's way does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from articlecli.core import core_runs
from articlecli.plain import run_plain
from tests import SAMPLES

PAGE, EMPTY = str(SAMPLES / "agency-en.txt"), str(SAMPLES / "login-pt.txt")
HTML = str(SAMPLES / "science-blog-en.html")
BY_CLICK = "import sys; sys.argv[0] = 'articlecli'; from articlecli.cli import main; main()"
NOT_OF_TEXT = frozenset(
    """
    ast dataclasses decimal email importlib.metadata importlib.resources inspect json platform
    textwrap tokenize typing_extensions unicodedata urllib.parse uuid
    msgspec.inspect msgspec.msgpack msgspec.toml msgspec.yaml
    article.comments article.declarations article.east_asian article.entries article.furniture
    blocks.from_html blocks.glued blocks.grids blocks.joining blocks.letters blocks.listing
    blocks.markdown blocks.paragraphs blocks.passes blocks.printed blocks.verse
    model.features.block model.features.context model.lanes model.network model.weights opinion
    read.mail read.records rules.hidden_parts rules.html_tables rules.verse show text.ago text.hebrew
    text.joints
    """.split()
)
"""What a page of text in English, with a date, loads no more: each took a hundredth of its time."""
MOST_MODULES, MOST_PATTERNS = 106, 22
"""Modules of the package and regular expressions of such a page: 98 and 14 when this was written."""
LOADED = """
import sys
from articlecli.plain import run_plain
run_plain(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
"""


def run(start: list[str], args: list[str], folder: Path, page: str | None = None, **env: str):
    """Status, standard output and standard error of a call; a page is piped in."""
    with open(page or os.devnull, "rb") as given:
        done = subprocess.run(
            [sys.executable, *start, *args], cwd=folder, check=False, capture_output=True,
            input=given.read() if page else None, stdin=None if page else given,
            env={**os.environ, "XDG_CONFIG_HOME": str(folder / "xdg"), **env},
        )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of pages, good and bad."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "feed\x1b[31m.html").write_text("<rss></rss>")
    return tmp_path


@pytest.mark.parametrize(
    ("args", "page"),
    [
        ([PAGE], None),
        (["extract", PAGE, "-f", "text"], None),
        (["--format", "markdown", HTML], None),
        (["extract", "-f", "jsonl", EMPTY], None),
        (["-f", "text", EMPTY], None),
        (["-f", "md", PAGE], None),
        (["-f", "text", "-f", "json", PAGE], None),
        (["-f", PAGE], None),
        (["-f", "word", PAGE], None),
        ([PAGE, EMPTY], None),
        (["-", "-f", "text"], PAGE),
        ([], PAGE),
        (["extract"], HTML),
        ([], None),
        (["empty.txt"], None),
        (["picture.txt"], None),
        (["folder.txt"], None),
        (["feed\x1b[31m.html"], None),
        (["missing.txt"], None),
        (["-x.txt"], None),
        (["--", PAGE], None),
        (["extract", "a\0.txt"], None) if os.name == "nt" else (["extract", ""], None),
    ],
    ids=str,
)
def test_the_same_as_by_click(folder: Path, args: list[str], page: str | None) -> None:
    """Bytes, messages and exit status."""
    plain = run(["-m", "articlecli"], args, folder, page)
    assert plain == run(["-c", BY_CLICK], args, folder, page)


@pytest.mark.parametrize(
    ("args", "plain"),
    [
        ([PAGE], True),
        (["extract", PAGE, "-f", "text"], True),
        (["-f", "json", PAGE], True),
        (["-"], True),
        (["extract"], True),
        ([PAGE, "--links"], False),
        (["-f", "csv", PAGE], False),
        (["batch", PAGE], False),
    ],
    ids=str,
)
def test_what_is_plain(folder: Path, args: list[str], *, plain: bool) -> None:
    """A page and a usual format; nothing of Click is loaded for it."""
    status, out, said = run(["-c", LOADED], args, folder, PAGE)
    loaded = said.decode().split()
    assert (status, bool(out)) == (0, plain)
    assert not {"click", "signal", "rich", "json", "typing_extensions"} & set(loaded)


@pytest.mark.skipif(not core_runs(), reason="Python's form is loaded where no core runs")
def test_a_page_loads_what_it_needs(folder: Path) -> None:
    """No form of what the core does, nothing for other kinds of pages; few patterns are made."""
    told = LOADED + "import re; print(len(re._cache), file=sys.stderr)"
    _, _, said = run(["-c", told], [PAGE], folder)
    *loaded, patterns = said.decode().split()
    assert not NOT_OF_TEXT & {name.removeprefix("articlecli.") for name in loaded}
    assert sum(name.startswith("articlecli") for name in loaded) <= MOST_MODULES
    assert int(patterns) <= MOST_PATTERNS


@pytest.mark.parametrize("name", ["ARTICLECLI_EXTRACT_LANGUAGE", "_ARTICLECLI_COMPLETE"])
def test_the_environment_has_a_say(folder: Path, name: str) -> None:
    """Variables are Click's to read; that of the core is none of its."""
    assert run(["-c", LOADED], [PAGE], folder, **{name: ""})[1] == b""
    assert run(["-c", LOADED], [PAGE], folder, ARTICLECLI_CORE="off")[1]


def test_a_file_has_a_say(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So are options from files."""
    (folder / "articlecli.toml").write_text('format = "text"\n')
    assert run(["-c", LOADED], [PAGE], folder)[1] == b""
    assert run(["-m", "articlecli"], [PAGE], folder)[1][:1] != b"{"
    monkeypatch.chdir(folder)
    assert run_plain([PAGE]) is None


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
@pytest.mark.parametrize("to", ["/dev/full", "closed", "gone"])
def test_output_that_cannot_be_written(folder: Path, to: str) -> None:
    """A full disk is told, a closed pipe is success."""
    ended = []
    for start in ("-m articlecli", f'-c "{BY_CLICK}"'):
        line = f"{sys.executable} {start} {PAGE} "
        line += {"closed": ">&-", "gone": "| true"}.get(to, f"> {to}")
        done = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=folder, check=False,
                              capture_output=True, env={**os.environ, "HOME": str(folder)})  # fmt: skip
        ended.append((done.returncode, done.stderr))
    assert ended[0] == ended[1]
    assert ended[0][0] == (0 if to == "gone" else 1)


@pytest.mark.skipif(os.name == "nt", reason="terminals of other systems")
def test_a_terminal_is_for_reading() -> None:
    """There the article is shown, which is no plain call."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "articlecli", PAGE], stdout=theirs) as running:
        os.close(theirs)
        seen = os.read(ours, 10)
        while True:
            try:
                if not os.read(ours, 1000):
                    break
            except OSError:
                break
    os.close(ours)
    assert running.returncode == 0
    assert not seen.startswith(b"{")


@pytest.mark.skipif(os.name != "posix", reason="limits are the system's")
@pytest.mark.parametrize("words", [("extract", PAGE), ("explain", PAGE, "--all"), ("schema",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_fills_up(tmp_path: Path, words: tuple[str, ...], unbuffered: str) -> None:
    """What is written in part has failed, whether or not Python has a buffer before it."""
    resource = pytest.importorskip("resource")
    with open(tmp_path / "out", "wb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "articlecli", *words], stdout=file, stderr=subprocess.PIPE,
            check=False, env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"cannot be written" in done.stderr
