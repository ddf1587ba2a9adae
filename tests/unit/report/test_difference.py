"""What changed between two outputs, and two texts of one page side by side."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from articlecli import Options, Phrase, Zone, extract
from articlecli.cli import cli
from articlecli.report.comparison import compared, side_of
from articlecli.report.difference import changes, counts_of, pages_of
from tests import SAMPLES

NAMES = ("agency-en.txt", "news-pl.txt", "forum-en.txt")


@pytest.fixture
def outputs(tmp_path: Path) -> tuple[Path, Path]:
    """Outputs of two runs: in the second one page has gone, one is new, one has another title."""
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, names in ((first, NAMES[:2]), (second, NAMES[1:])):
        (folder / "sub" / "_run").mkdir(parents=True)
        (folder / "sub" / "_run" / "state.json").write_text("{}")
        for name in names:
            article = extract((SAMPLES / name).read_bytes())
            told = article.to_dict()
            if folder is second and name == NAMES[1]:
                told["title"] = "Another \x1b[31mtitle"
            (folder / "sub" / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    return first, second


def test_pages_are_matched_by_name(outputs: tuple[Path, Path]) -> None:
    """Added, gone, changed in one field; notes of the run are no pages; equal outputs are equal."""
    first, second = (pages_of(str(path)) for path in outputs)
    found = changes(first, second)
    assert [(c.name.rpartition("/")[2].removesuffix(".json"), c.kind) for c in found] == [
        (NAMES[0], "gone"), (NAMES[2], "added"), (NAMES[1], "changed"),
    ]  # fmt: skip
    assert found[2].fields.keys() == {"title"}
    assert counts_of(found) == {"gone": 1, "added": 1, "changed": 1, "title": 1}
    assert changes(first, first) == []


def test_a_folder_and_one_file_hold_the_same_pages(tmp_path: Path) -> None:
    """What a batch writes to a folder and to one file of JSON Lines is matched, shards too."""
    source = tmp_path / "in"
    source.mkdir()
    for name in NAMES[:2]:
        (source / name).write_bytes((SAMPLES / name).read_bytes())
    row = {"id": "one", "text": (SAMPLES / NAMES[2]).read_text(encoding="utf-8")}
    (source / "shard.jsonl").write_text(json.dumps(row), encoding="utf-8")
    outputs = [str(tmp_path / name) for name in ("out", "all.jsonl")]
    for out in outputs:
        CliRunner().invoke(cli, ["batch", str(source), "-o", out, "-q"])
    told = CliRunner().invoke(cli, ["diff", *outputs, "--summary"]).stdout
    assert told.startswith("3 pages are the same, 0 changed, 0 only in")


def test_lines_of_json(tmp_path: Path) -> None:
    """Pages of JSON Lines have the names in their source; parts are told by their text."""
    page = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")
    always = Phrase("related stories", Zone.BODY, always=True)
    for name, options in (("a", Options()), ("b", Options(min_confidence=1.0, phrases=(always,)))):
        article = extract(page, url="https://port.example/1", options=options)
        (tmp_path / f"{name}.jsonl").write_bytes(article.to_json() + b"\n")
    found = changes(*(pages_of(str(tmp_path / f"{name}.jsonl")) for name in "ab"))
    assert [change.name for change in found] == ["https://port.example/1"]
    assert found[0].fields["status"] == ("ok", "no_article")
    assert found[0].fields["body"][0][0].startswith("[paragraph] ")


def test_diff_command(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    """Sums at the end, details before, safe for a terminal; what is no output is told."""
    first, second = map(str, outputs)
    told = CliRunner().invoke(cli, ["diff", first, second]).stdout
    assert "0 pages are the same, 1 changed, 1 only in" in told
    assert "+ Another title" in told
    assert "\x1b" not in told
    assert "\x1b[3" in CliRunner().invoke(cli, ["diff", first, second, "--color", "always"]).stdout
    short = CliRunner().invoke(cli, ["diff", first, second, "--summary", "--field", "lead"]).stdout
    assert "Another" not in short
    assert "1 pages are the same, 0 changed" in short
    rows = CliRunner().invoke(cli, ["diff", first, second, "--json"]).stdout.splitlines()
    assert [json.loads(row)["kind"] for row in rows] == ["gone", "added", "changed"]
    assert CliRunner().invoke(cli, ["diff", first, second, "--field", "zone"]).exit_code == 2
    (tmp_path / "c.txt").write_text("no JSON")
    for wrong in ("c.txt", "nowhere"):
        done = CliRunner().invoke(cli, ["diff", first, str(tmp_path / wrong)])
        assert done.exit_code == 1


def test_texts_are_aligned() -> None:
    """The same paragraphs side by side, nearly alike ones too, others alone; words give a figure."""
    ours = "The cranes turn again.\nNobody saw the ships come in at night.\nOnly here."
    theirs = "Menu\nThe cranes turn again.\nNobody saw the ships come in."
    found = compared(ours, theirs)
    assert [side_of(pair) for pair in found.pairs] == ["theirs", "both", "both", "ours"]
    assert (found.ours, found.theirs) == (14, 11)
    assert found.agreement == pytest.approx(2 * 10 / 25)
    assert compared("", "").agreement == 1
    assert compared("a", "").agreement == 0


def test_compare_command() -> None:
    """Two columns and a figure for HTML; text is refused."""
    pytest.importorskip("trafilatura")
    page = str(SAMPLES / "science-blog-en.html")
    done = CliRunner().invoke(cli, ["compare", page])
    assert done.exit_code == 0
    assert "Agreement 0.9" in done.stdout
    told = json.loads(CliRunner().invoke(cli, ["compare", page, "--json"]).stdout)
    assert told.keys() == {"pairs", "agreement", "ours", "theirs"}
    assert CliRunner().invoke(cli, ["compare", str(SAMPLES / "agency-en.txt")]).exit_code == 2
