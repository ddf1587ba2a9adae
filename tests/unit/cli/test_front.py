"""Around the commands: configuration, completion, manual pages, help, typos."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from articlecli.cli import cli
from articlecli.cli.help import GROUPS
from articlecli.cli.man import page_of
from articlecli.cli.shells import SHELLS, script_of
from tests import SAMPLES

PAGE = str(SAMPLES / "agency-en.txt")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder to work in, and a home with nothing in it."""
    (tmp_path / "work" / "deep").mkdir(parents=True)
    (tmp_path / "xdg" / "articlecli").mkdir(parents=True)
    return tmp_path


def run(home: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "articlecli", *args], capture_output=True, text=True, check=False,
        cwd=home / "work" / "deep",
        env={**os.environ, "XDG_CONFIG_HOME": str(home / "xdg"), **env},
    )  # fmt: skip


def test_who_outweighs_whom(home: Path) -> None:
    """The command line, the environment, the nearest file, the user's file, the default."""
    user, near = home / "xdg" / "articlecli" / "config.toml", home / "work" / "articlecli.toml"
    assert run(home, "extract", PAGE).stdout.startswith("{")
    user.write_text('format = "markdown"\n')
    assert run(home, "extract", PAGE).stdout.startswith("# ")
    near.write_text('[extract]\nformat = "text"\n')
    text = run(home, "extract", PAGE).stdout
    assert not text.startswith(("#", "{"))
    assert run(home, "extract", PAGE, ARTICLECLI_EXTRACT_FORMAT="markdown").stdout.startswith("# ")
    told = run(home, "extract", PAGE, "--format", "json", ARTICLECLI_EXTRACT_FORMAT="text").stdout
    assert told.startswith("{")
    shown = run(home, "config", ARTICLECLI_BATCH_WORKERS="3").stdout
    assert f'format = "text"  # {near}, line 2' in shown
    assert f'format = "markdown"  # {user}, line 1' in shown
    assert "workers = 3  # ARTICLECLI_BATCH_WORKERS" in shown
    assert "links = false  # default" in shown


def test_names_are_those_of_the_command_line(home: Path) -> None:
    """Also where Python has another one, in files as in the environment."""
    assert run(home, "explain", PAGE, ARTICLECLI_EXPLAIN_JSON="1").stdout.startswith("{")
    (home / "work" / "articlecli.toml").write_text("[explain]\njson = true\n")
    assert run(home, "explain", PAGE).stdout.startswith("{")
    assert "json = true  # " in run(home, "config").stdout
    said = run(home, "adapt", "--help").stdout
    assert "ARTICLECLI_ADAPT_OUTPUT" in said
    assert "environment" not in run(home, "schema", "--help").stdout


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("language = 3", "line 1: --language '3' is no ISO 639-1 code"),
        ('fields = "titel"', "line 1: --fields: there is no field 'titel'. Did you mean title?"),
        ('phrases = "none.txt"', "line 1: --phrases: "),
        ('[extract]\nurl = ["a"]', "line 2: url takes one value and no list"),
        ('[evaluate]\ngold = "mine"', 'line 2: gold takes a list, such as ["mine"]'),
        ("workers = true", "line 1: workers takes a value; it is no switch"),
    ],
)
def test_what_a_command_refuses_is_told_with_its_place(home: Path, text: str, why: str) -> None:
    """Not only what Click itself refuses; an option of the command line has no file."""
    (home / "work" / "articlecli.toml").write_text(text)
    done = run(home, "extract", PAGE)
    assert (done.returncode, why in done.stderr) == (2, True)
    (home / "work" / "articlecli.toml").write_text("")
    assert "articlecli.toml" not in run(home, "extract", PAGE, "--language", "3").stderr


def test_pyproject(home: Path) -> None:
    """Its table counts where it has one; other projects' files are passed by."""
    (home / "work" / "pyproject.toml").write_text('[tool.articlecli.extract]\nformat = "text"\n')
    (home / "work" / "deep" / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert not run(home, "extract", PAGE).stdout.startswith("{")


def test_paths_begin_at_the_file(home: Path) -> None:
    """A list of phrases lies beside the file that names it."""
    (home / "work" / "articlecli.toml").write_text('phrases = "mine.txt"\n')
    assert "mine.txt does not exist" in run(home, "extract", PAGE).stderr
    (home / "work" / "mine.txt").write_text("[boilerplate]\nen: read more about it\n")
    assert run(home, "extract", PAGE).returncode == 0
    (home / "work" / "articlecli.toml").write_text('[evaluate]\ngold = ["zones"]\n')
    assert "work/zones does not exist" in run(home, "evaluate").stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            '\nfromat = "text"\n',
            "line 2: fromat is no option that a file can set. Did you mean format?",
        ),
        ('[batch]\nworkers = "many"\n', "line 2: workers has a wrong value."),
        ("[bach]\nx = 1\n", "line 1: bach is no option that a file can set. Did you mean batch?"),
        ("[batch]\n# fresh\nfresh = true\n", "line 3: fresh is no option that a file can set."),
        ("x = \n", "is no TOML"),
    ],
)
def test_a_wrong_file_is_named(home: Path, text: str, why: str) -> None:
    """File, line and key; wrong usage."""
    (home / "work" / "articlecli.toml").write_text(text)
    done = run(home, "extract", PAGE)
    assert done.returncode == 2
    assert why in done.stderr
    assert "articlecli.toml" in done.stderr


def test_toml_is_loaded_for_a_file_only(home: Path) -> None:
    """Without a file nobody waits for its reader."""
    words = [sys.executable, "-X", "importtime", "-m", "articlecli", "extract", PAGE]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=home,
                          env={**os.environ, "XDG_CONFIG_HOME": str(home)})  # fmt: skip
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert not loaded & {"tomllib", "difflib", "urllib.request", "click.shell_completion"}


@pytest.mark.parametrize("shell", list(SHELLS))
def test_completion(home: Path, shell: str) -> None:
    """Each shell gets its script."""
    assert script_of(shell, cli).strip() == run(home, "completion", shell).stdout.strip()
    assert "_ARTICLECLI_COMPLETE" in script_of(shell, cli)


@pytest.mark.parametrize("word", ["", "--output "])
def test_paths_complete_as_paths(home: Path, word: str) -> None:
    """Arguments and options that take paths leave them to the shell; names of options are given."""
    done = run(home, _ARTICLECLI_COMPLETE="bash_complete", COMP_WORDS=f"articlecli batch {word}x",
               COMP_CWORD=str(2 + bool(word)))  # fmt: skip
    assert done.stdout.split(",")[0] == "file"
    done = run(home, _ARTICLECLI_COMPLETE="powershell_complete", COMP_WORDS="articlecli batch --upd",
               COMP_WORD="--upd")  # fmt: skip
    assert done.stdout.split("\t")[:2] == ["plain", "--update"]


def test_manual_pages(tmp_path: Path) -> None:
    """One a command, with all of its options."""
    for name, command in cli.commands.items():
        page = page_of(command, f"articlecli {name}")
        for param in command.params:
            for option in param.opts:
                assert option.startswith("-") <= (option.replace("-", "\\-") in page)
    done = subprocess.run([sys.executable, "-m", "articlecli.cli.man", str(tmp_path)], check=True,
                          capture_output=True, text=True)  # fmt: skip
    assert f"{tmp_path}/articlecli-batch.1" in done.stdout.splitlines()
    (tmp_path / "file").write_text("")
    done = subprocess.run([sys.executable, "-m", "articlecli.cli.man", str(tmp_path / "file")],
                          check=False, capture_output=True, text=True)  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_help_begins_with_examples() -> None:
    """Then what the command does, and its options by group; environment and files are told."""
    done = subprocess.run([sys.executable, "-m", "articlecli", "batch", "--help"], text=True,
                          capture_output=True, check=True)  # fmt: skip
    said = done.stdout
    order = [
        "Examples:",
        "Extract many pages",
        "Input:",
        "Output:",
        "Limits:",
        "ARTICLECLI_BATCH_FORMAT",
    ]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    names = {param.name for command in cli.commands.values() for param in command.params}
    grouped = " ".join(GROUPS.values()).split()
    assert len(grouped) == len(set(grouped))
    assert names & set(grouped)


def test_a_typo_is_answered(home: Path) -> None:
    """With the nearest command, or option."""
    assert "Did you mean extract?" in run(home, "extrct", PAGE).stderr
    assert "--format" in run(home, "extract", PAGE, "--fromat", "text").stderr


DIGITS = "1" * 5000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("explain", PAGE, "--lines", DIGITS), "is no range of lines"),
        (("label", PAGE, "--set", f"{DIGITS}=body"), "is no correction"),
        (("label", PAGE, "--set", "1=body", "-o", ""), "--output is no folder"),
        (("label", PAGE, "--set", "1=body", "-o", PAGE), "--output is no folder"),
        (("extract", PAGE, "--min-confidence", "nan"), "--min-confidence nan is not"),
        (("batch", PAGE, "-o", "out", "--page-time", "nan"), "--page-time nan is not"),
        (("batch", PAGE, "-o", "out", "--page-time", "inf"), "--page-time inf is not"),
    ],
    ids=["lines", "set", "nowhere", "page", "confidence", "nan", "inf"],
)
def test_values_that_nobody_means(home: Path, words: tuple[str, ...], said: str) -> None:
    """Each is wrong usage, told in a sentence with the option's name; nothing is written."""
    done = run(home, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert os.listdir(home / "work" / "deep") == []


def test_limits_beyond_all_bounds(home: Path) -> None:
    """More memory than a machine can count is no limit, and no page's fault."""
    assert run(home, "batch", PAGE, "-o", "out", "--page-memory", "9" * 30, "-q").returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="editors are named as a shell does")
@pytest.mark.parametrize("editor", ["'", "rm", "cp bad", "false", "nosuch-editor"])
def test_editors_that_fail(home: Path, editor: str) -> None:
    """One sentence says what to do instead; nothing is saved."""
    (home / "work" / "deep" / "bad").write_bytes(b"\xff\xfe\0")
    done = run(home, "label", PAGE, EDITOR=editor, VISUAL=editor)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "name another editor" in done.stderr
    assert os.listdir(home / "work" / "deep") == ["bad"]


def test_columns_beyond_all_bounds(home: Path) -> None:
    """Lines are filled with spaces up to a width that a screen may have."""
    page = "<h1>Lamps</h1>" + "<p>The harbour office said that the lamps are dark.</p>" * 5
    (home / "work" / "deep" / "page.html").write_text(page)
    done = run(home, "compare", "page.html", COLUMNS="100000000")
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 1000
