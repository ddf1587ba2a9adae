"""What people see: the article on a terminal and in a notebook, the lines of a page."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from articlecli import extract
from articlecli.cli import cli, screen
from articlecli.extractor import Extractor
from articlecli.show.lines import FOLD, folded_runs
from articlecli.show.palette import HUES, STYLES
from articlecli.show.safe import safe, safe_line
from articlecli.show.terminal import article_view, printed
from articlecli.zone import Zone
from tests import SAMPLES

PATHS = sorted(SAMPLES.iterdir())
PAGE = str(SAMPLES / "regional-daily-fr.txt")
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def run(*args: str, **env: str) -> str:
    """Standard output of a command that ends well."""
    done = CliRunner().invoke(cli, args, env=env)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_article_for_reading(path: Path) -> None:
    """Title, every word of the story and a line of what was removed; no line is too wide."""
    article = extract(path.read_bytes())
    told = printed(article_view(article), colour=False, width=78)
    assert not UNSAFE.search(told)
    words = " ".join(told.split())
    for text in filter(None, (article.title, article.lead)):
        assert " ".join(text.split()) in words
    for part in article.body:
        if part.kind in ("paragraph", "heading"):
            assert "".join(part.text.split()) in "".join(told.split())
    assert "Removed" in words or "Nothing was removed" in words
    assert max(map(len, told.splitlines())) <= 78


def test_nothing_of_a_page_commands_a_terminal() -> None:
    """Escape sequences go whole, control characters become spaces, overrides of direction go."""
    assert safe("a\x1b[2Jb\x07c\x9b31md\u202ee\x1b") == "ab c 31mde "
    assert safe("a\n\tb") == "a\n\tb"
    assert safe_line(" a\r\n\u2028b ") == "a b"
    evil = extract(
        "\x1b]0;title\x07The \x1b[31mharbour\x1b[0m turns\n\n" + "Words \u202e\x9b1m. " * 90
    )
    assert not UNSAFE.search(printed(article_view(evil), colour=False, width=78))
    assert "\x1b" not in evil._repr_html_()


def test_rich_and_notebook() -> None:
    """`rich.print` takes an article; a notebook gets HTML of it, escaped."""
    article = extract((SAMPLES / "regional-daily-fr.txt").read_bytes())
    assert article.title in " ".join(printed(article, colour=False, width=200).split())
    told = extract(
        "<b>A & B</b> story\n\n" + "So many words of a story, it seems. " * 20
    )._repr_html_()
    assert "<b>" not in told
    assert "<script" not in article._repr_html_()
    assert all(hue in article._repr_html_() for hue in (HUES[Zone.BODY], HUES[Zone.LEAD]))


def test_zones_have_colours_that_can_be_read() -> None:
    """Every zone has a style, and a hue with a contrast of 4.5 : 1 on the report's grounds."""
    assert set(STYLES) == set(HUES) == set(Zone)
    css = files("articlecli.report").joinpath("report.css").read_text(encoding="utf-8")
    schemes = [dict(re.findall(r"--(\w+): ([#\w]+)", css_line))
               for css_line in re.findall(r":root \{(.*?)\}", css)]  # fmt: skip
    assert [scheme["mix"] for scheme in schemes] == ["0", "55"]
    for scheme in schemes:
        grounds = [_rgb(scheme["page"]), _rgb(scheme["chosen"])]
        white = int(scheme["mix"]) / 100
        inks = [[part * (1 - white) + 255 * white for part in _rgb(hue)] for hue in HUES.values()]
        inks += [_rgb(scheme["ink"]), _rgb(scheme["soft"])]
        for ink in inks:
            assert all(_contrast(ink, ground) >= 4.5 for ground in grounds), ink


def _rgb(colour: str) -> list[float]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]


def _contrast(ink: list[float], ground: list[float]) -> float:
    """The ratio of WCAG 2.2."""
    lights = []
    for colour in (ink, ground):
        parts = [part / 255 for part in colour]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize(
    ("choice", "env", "terminal", "colour"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, True, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"CLICOLOR_FORCE": "1"}, True, False),
    ],
)
def test_colours(
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
    env: dict[str, str],
    *,
    terminal: bool,
    colour: bool,
) -> None:
    """The option comes first, then NO_COLOR, CLICOLOR_FORCE, TERM and the terminal."""
    for name in ("NO_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(screen, "is_screen", lambda: terminal)
    assert screen.in_colour(choice) is colour


def test_extract_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets the article for reading; a pipe, a format or what only JSON has gets that."""
    assert json.loads(run("extract", PAGE))["status"] == "ok"
    monkeypatch.setattr("articlecli.cli.extract_command.is_screen", lambda: True)
    told = run("extract", PAGE, NO_COLOR="1")
    assert "articlecli explain" in told
    assert "other stories on the page" in told
    assert "other stories" not in run("extract", PAGE, "--no-teasers", NO_COLOR="1")
    assert "\x1b[" in run("extract", PAGE, "--color", "always")
    assert json.loads(run("extract", PAGE, "--format", "json"))["status"] == "ok"
    assert json.loads(run("extract", PAGE, "--offsets"))["zones"]


def test_explain() -> None:
    """Lines in order with zone, confidence and reason; long runs folded, some on request."""
    told = run("explain", PAGE)
    assert "more lines: boilerplate" in told
    assert "skip link: Aller au contenu principal" in told
    assert "more lines" not in run("explain", PAGE, "--all")
    some = run("explain", PAGE, "--lines", "21-23").splitlines()
    assert [line.split()[:2] for line in some[:2]] == [["21", "title"], ["23", "lead"]]
    only = run("explain", PAGE, "--zone", "title", "--json").splitlines()
    assert {json.loads(line)["zone"] for line in only} == {"title"}
    for wrong in ("x", "9-3", "-"):
        assert CliRunner().invoke(cli, ["explain", PAGE, "--lines", wrong]).exit_code == 2


def test_explain_why() -> None:
    """What weighed most, by name, and who decided."""
    told = run("explain", PAGE, "--lines", "4", "--why")
    assert "the zone model decided" in told
    assert "the stock phrase “search” +" in told
    [row] = run("explain", PAGE, "--lines", "4", "--why", "--json").splitlines()
    assert json.loads(row)["weights"][0].keys() == {"what", "logits"}


def test_explain_html_shows_tags() -> None:
    """Blocks of HTML have their tags."""
    assert "<body a> Skip to content" in run("explain", str(SAMPLES / "science-blog-en.html"))


def test_folds_leave_no_line_out() -> None:
    """Each position is in one run, and only long runs of one zone are folded."""
    lines = Extractor().explain(Path(PAGE).read_bytes()).lines
    runs = folded_runs(lines, range(len(lines)))
    assert [i for run, _ in runs for i in run] == list(range(len(lines)))
    for run_, folded in runs:
        assert not folded or len(run_) >= FOLD - 4
        assert len({lines[i].zone for i in run_}) <= 1
