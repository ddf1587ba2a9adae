"""What changed between two outputs, and two texts of one page side by side."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner

from articlecli import InputError, Options, Phrase, Zone, extract
from articlecli.cli import cli
from articlecli.report import difference
from articlecli.report.comparison import compared, side_of
from articlecli.report.difference import Pages, changes, counts_of
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
    first, second = (Pages(str(path)) for path in outputs)
    found = list(changes(first, second))
    assert [(c.name.rpartition("/")[2].removesuffix(".json"), c.kind) for c in found] == [
        (NAMES[0], "gone"), (NAMES[2], "added"), (NAMES[1], "changed"),
    ]  # fmt: skip
    assert found[2].fields.keys() == {"title"}
    assert counts_of(found) == {"gone": 1, "added": 1, "changed": 1, "title": 1}
    assert not list(changes(first, first))


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
    found = list(changes(*(Pages(str(tmp_path / f"{name}.jsonl")) for name in "ab")))
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


def lines_of(*titles: str, path: str = "p") -> bytes:
    pages = [{"source": {"path": f"{path}{n}"}, "title": title} for n, title in enumerate(titles)]
    return b"".join(json.dumps(page).encode() + b"\n" for page in pages)


def test_packed_outputs(tmp_path: Path) -> None:
    """Files that cannot be read at any place are compared as others are."""
    before, after = lines_of("Rain", "Snow", "Fog"), lines_of("Rain", "Sleet", "Fog")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(before))
    (tmp_path / "b.jsonl").write_bytes(after)
    with Pages(str(tmp_path / "a.jsonl.gz")) as first, Pages(str(tmp_path / "b.jsonl")) as second:
        found = list(changes(first, second))
    assert [(one.name, one.fields) for one in found] == [("p1", {"title": ("Snow", "Sleet")})]
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "page.json").write_text(json.dumps({"title": "Rain"}, indent=2))
    (folder / "some.jsonl.gz").write_bytes(gzip.compress(before + b"\n" + after))
    with Pages(str(folder)) as pages:
        assert list(pages) == ["page.json", "some.jsonl.gz#p0", "some.jsonl.gz#p1",
                               "some.jsonl.gz#p2"]  # fmt: skip
        assert not list(changes(pages, pages))


def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    """Of a page its name and place are held, packed or not: not its text."""
    pages = lines_of(*("Hail " * 8_000 for _ in range(400)))
    others = pages.replace(b"Hail", b"Calm")
    for pack in (bytes, gzip.compress):
        for name, data in (("a", pages), ("b", others)):
            (tmp_path / name).write_bytes(pack(data))
        tracemalloc.start()
        with Pages(str(tmp_path / "a")) as first, Pages(str(tmp_path / "b")) as second:
            assert sum(change.kind == "changed" for change in changes(first, second)) == 400
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < len(pages) / 4


def test_pages_that_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line without end is refused with its number, a field of millions of values with its page."""
    monkeypatch.setattr(difference, "LONGEST", 1 << 20)
    monkeypatch.setattr(difference, "MOST_VALUES", 1000)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines_of("Rain") + b'{"title": "' + b"a" * (4 << 20)))
    done = CliRunner().invoke(cli, ["diff", str(path), str(path)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "a.jsonl.gz has a page of more than 1 MiB in line 2; leave it out" in str(done.exception)
    for name, value in (("a", b"[]"), ("b", b"{}")):
        (tmp_path / name).write_bytes(b'{"body": [' + b",".join([value] * 2000) + b"]}")
    done = CliRunner().invoke(cli, ["diff", str(tmp_path / "a"), str(tmp_path / "b")])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "has more than 1000 values in its body; leave it out" in str(done.exception)


def test_an_output_that_changes_meanwhile(tmp_path: Path) -> None:
    """A page that is no longer where it was is told; so are bytes that are no text."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines_of("Rain", "Snow"))
    pages = Pages(str(path))
    path.write_bytes(b"\n" * 200)
    with pytest.raises(InputError, match="was changed while it was read"):
        list(changes(pages, pages))
    path.write_bytes(b'{"title": "\xff"}')
    (tmp_path / "b").write_bytes(b'{"title": "Rain"}')
    with pytest.raises(InputError, match="has a title that is no JSON"):
        list(changes(Pages(str(path)), Pages(str(tmp_path / "b"))))


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
