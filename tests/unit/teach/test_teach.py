"""Zones by hand: their files, the list to edit, scores, the report's corrections."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from articlecli import Extractor, InputError, Zone
from articlecli.cli import cli
from articlecli.read import read_page
from articlecli.teach.gold import (
    KEPT,
    GoldLine,
    gold_file,
    gold_page,
    read_gold,
    read_zones,
    save_zones,
    zones_bytes,
    zones_of,
)
from articlecli.teach.listing import corrected, listing_of, zone_named, zones_in
from articlecli.teach.score import score_of, score_page, told, word_f1
from articlecli.zone import BODY, BOILERPLATE, COMMENT, META, TITLE
from tests import SAMPLES
from tests.unit.teach.made import gold_of, page_of

PAGE = SAMPLES / "trade-paper-fr.txt"
EXTRACTOR = Extractor()
EXPLAINED = EXTRACTOR.explain(PAGE.read_bytes())
ZONES = [line.zone for line in EXPLAINED.lines]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a page of text and one of HTML."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_bytes(PAGE.read_bytes())
    (tmp_path / "tale.html").write_text(page_of(1)[0], encoding="utf-8")
    return tmp_path


def invoke(*args: str, check: int = 0, **more) -> str:
    done = CliRunner().invoke(cli, list(args), **more)
    assert done.exit_code == check, done.output
    return done.output


def test_the_list_says_what_it_was_made_of() -> None:
    """A list that nobody changed gives the zones that it has."""
    assert zones_in(listing_of(EXPLAINED.lines, ZONES), EXPLAINED.lines) == ZONES
    some = [zone if i % 3 else None for i, zone in enumerate(ZONES)]
    assert zones_in(listing_of(EXPLAINED.lines, some), EXPLAINED.lines) == some


@pytest.mark.parametrize(
    ("name", "zone"),
    [("b", BODY), ("BODY", BODY), ("tm", Zone.TEASER_META), ("boil", BOILERPLATE), ("k", COMMENT),
     ("comm", COMMENT), ("t", TITLE), ("teaser_title", Zone.TEASER_TITLE), ("me", META)],
)  # fmt: skip
def test_zones_have_short_names(name: str, zone: Zone) -> None:
    """Names, short names, and the starts of names that only one zone has."""
    assert zone_named(name, "the list") is zone


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        ("storyy 1", "row 1 no zone"),
        ("teaser 1", "row 1 no zone"),
        ("body 9999 x", "row 1 no line"),
        ("body", "no line of the page (none)"),
        ("# x\nbody 1\nbody 1", "line 1 twice, again in row 3"),
    ],
)
def test_a_list_that_is_wrong(listing: str, said: str) -> None:
    """It is told which row is wrong, and why."""
    with pytest.raises(InputError) as raised:
        zones_in(listing, EXPLAINED.lines)
    assert said in str(raised.value)


def test_corrections_of_ranges() -> None:
    """`12=body` and `30-45=x` change whole lines; others are refused."""
    out = corrected(EXPLAINED.lines, ZONES, ["2=meta", "36-39=k"])
    assert out[1] is META
    assert [zone for zone in out if zone is COMMENT] == [COMMENT] * 3
    for wrong in ("2", "2=nothing", "5=body", "x=body"):
        with pytest.raises(InputError):
            corrected(EXPLAINED.lines, ZONES, [wrong])


def test_a_file_of_zones_keeps_the_page(tmp_path: Path) -> None:
    """It holds the page itself, a row for each line, and gives back zones and page."""
    page = read_page(PAGE.read_bytes(), url="https://paper.example/1", options=EXTRACTOR.options)
    zones = [META, *ZONES[1:-1], None]
    told_ = gold_file(page, EXPLAINED, zones, "sub/story.txt")
    path = save_zones(told_, str(tmp_path / "mine"))
    assert path.endswith("mine/story.txt.zones.json")
    assert read_zones(path) == told_
    assert json.loads(Path(path).read_text())["lines"][0][:3] == [1, 1, "meta"]
    assert len(Path(path).read_text().splitlines()) == len(zones) - 1 + 3
    [gold] = read_gold([str(tmp_path)])
    assert list(gold.zones) == zones
    assert gold.page.text == page.text
    assert gold.page.source.url == "https://paper.example/1"


def test_two_pages_of_one_name(tmp_path: Path) -> None:
    """The second has its hash in the name of its file; one that is labelled again keeps its own."""
    paths = []
    for text in (
        "One page.\n\nWith a line.",
        "Another page.\n\nWith two.",
        "One page.\n\nWith a line.",
    ):
        page = read_page(text, url=None, options=EXTRACTOR.options)
        explained = EXTRACTOR.explain(text)
        zones = [line.zone for line in explained.lines]
        paths.append(save_zones(gold_file(page, explained, zones, "a/index.txt"), str(tmp_path)))
    assert paths[0] == paths[2] != paths[1]


def test_lines_are_found_again() -> None:
    """By their text, as a report has it too; of text else by their numbers, of HTML not at all."""
    blocks = gold_of(2).blocks
    lines = [GoldLine(*b.lines, BODY, f"{b.text} "[:KEPT]) for b in blocks]
    assert zones_of(lines, blocks) == (BODY,) * len(blocks)
    assert zones_of(lines[1:], blocks)[1:] == (BODY,) * (len(blocks) - 1)
    other = [GoldLine(line.first, line.last, BODY, "gone") for line in lines]
    assert zones_of(other, blocks) == (None,) * len(blocks)
    plain = EXPLAINED._document.blocks
    numbered = [GoldLine(*b.lines, META, "gone") for b in plain]
    assert zones_of(numbered, plain) == (META,) * len(plain)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "is no file of zones"),
        (b"no json", "is no file of zones"),
        (b'{"schema": "articlecli-zones/9", "path": null, "sha256": "", "format": "text"}', "no file"),
        (b'{"schema": "articlecli-zones/1", "path": "gone.txt", "sha256": "", "format": "text"}',
         "of a page that is not there (gone.txt)"),
        (b'{"schema": "articlecli-zones/1", "path": "story.txt", "sha256": "0", "format": "text"}',
         "of a page that has changed since"),
    ],
)  # fmt: skip
def test_files_that_are_no_gold(here: Path, content: bytes, said: str) -> None:
    """Each is one sentence."""
    (here / "x.zones.json").write_bytes(content)
    with pytest.raises(InputError) as raised:
        gold_page("x.zones.json")
    assert said in str(raised.value)


def test_label_without_an_editor(here: Path) -> None:
    """`--set`, and `--print` and `--from`, which begin with the zones that were saved before."""
    invoke("label", "story.txt", "--set", "2=meta", "--url", "https://paper.example/1")
    path = here / "mine" / "story.txt.zones.json"
    assert read_zones(str(path)).lines[1].zone is META
    listing = invoke("label", "story.txt", "--print")
    assert listing.splitlines()[1].startswith("meta                 2  Verdane")
    assert listing == invoke("label", "story.txt", "--print")
    edited = listing.replace("meta ", "t ", 1).split("\n", 1)[1]
    invoke("label", "story.txt", "--from", "-", input=edited)
    told_ = read_zones(str(path))
    assert (told_.lines[0].first, told_.lines[0].zone) == (2, TITLE)
    assert "nothing is saved" in invoke("label", "tale.html", "--from", "-", input="# none\n")
    assert not (here / "mine" / "tale.html.zones.json").exists()
    said = invoke("label", "story.txt", "--set", "2=sport", check=2)
    assert "--set 2=sport names no zone (sport); write one of title," in said


def test_label_in_an_editor(here: Path) -> None:
    """The editor gets the list; what it leaves is kept."""
    editor = here / "editor.py"
    editor.write_text(
        "import sys\nfrom pathlib import Path\np = Path(sys.argv[1])\n"
        "p.write_text(p.read_text(encoding='utf-8').replace('title ', 'x ', 1), encoding='utf-8')\n"
    )
    env = {"EDITOR": f"{sys.executable} {editor}", "VISUAL": ""}
    invoke("label", "tale.html", "-o", "kept/own.json", env=env)
    assert read_zones("kept/own.json").lines[0].zone is BOILERPLATE


def test_an_editor_that_leaves_a_wrong_row(here: Path) -> None:
    """It is told which, and the editor opens again with what was written."""
    editor = here / "editor.py"
    editor.write_text(
        "import sys\nfrom pathlib import Path\np = Path(sys.argv[1])\n"
        "text = p.read_text(encoding='utf-8')\n"
        "p.write_text('meta ' + text[text.index(' '):] if text[:5] == 'sport' else 'sport' + text[5:],"
        " encoding='utf-8')\n"
    )
    env = {"EDITOR": f"{sys.executable} {editor}", "VISUAL": ""}
    said = invoke("label", "tale.html", "-o", "one.json", env=env, input="y\n")
    assert "names in row 1 no zone (sport)" in said
    assert read_zones("one.json").lines[0].zone is META
    said = invoke("label", "tale.html", "-o", "two.json", env={**env, "EDITOR": "false"}, check=1)
    assert "name another editor in VISUAL or EDITOR, or use --set" in said
    assert "needs the terminal" in invoke("label", "-", check=2, input="A page.")


def test_evaluate(here: Path) -> None:
    """Figures by page and overall, as a table and as JSON."""
    invoke("label", "story.txt", "--set", "2=meta")
    invoke("label", "tale.html", "--set", "1=title")
    figures = json.loads(invoke("evaluate", "--gold", "mine", "--json"))
    assert [page["name"] for page in figures["pages"]] == [
        "mine/story.txt.zones.json", "mine/tale.html.zones.json",
    ]  # fmt: skip
    assert figures["pages"][0]["line_accuracy"] == round(1 - 1 / len(ZONES), 4)
    assert figures["pages"][0]["word_f1"] == 1.0
    assert 0.9 < figures["overall"]["line_accuracy"] < 1
    assert figures["overall"]["zone_f1"]["meta"] == 0.0
    table = invoke("evaluate", "--gold", "mine")
    assert "mine/tale.html.zones.json" in table
    (here / "none").mkdir()
    with pytest.raises(InputError, match="holds no file that ends in"):
        list(read_gold(["none"]))


def test_scores() -> None:
    """Lines right, F1 of zones, and word F1; a page that nobody labelled has nothing wrong."""
    gold = gold_of(3)
    score = score_of([score_page(gold, EXTRACTOR)])
    page = score.pages[0]
    assert page.lines == len(gold.blocks)
    assert score.line_accuracy == page.right / page.lines
    assert set(score.zone_f1) == {"title", "body", "boilerplate"}
    assert told(score_of([]))["overall"]["line_accuracy"] == 1.0
    assert word_f1("", "") == 1.0
    assert word_f1("One two", "two three") == 0.5


def test_a_report_says_what_its_pages_are(here: Path) -> None:
    """A report has what a file of zones needs; the file it makes, made by hand here, is read."""
    invoke("report", "tale.html", "-o", "r.html")
    html = (here / "r.html").read_text(encoding="utf-8")
    source = read_page(
        (here / "tale.html").read_bytes(), url=None, options=EXTRACTOR.options
    ).source
    assert f'data-path="tale.html" data-sha256="{source.sha256}" data-format="html"' in html
    assert 'data-schema="articlecli-zones/1"' in html
    page = gold_of(1)
    told_ = gold_file(page.page, EXTRACTOR.explain_page(page.page), page.zones, "tale.html")
    rows = [[*line.lines, zone, line.text[:KEPT]] for line, zone in
            zip(EXTRACTOR.explain_page(page.page).lines, page.zones, strict=True)]  # fmt: skip
    (here / "tale.zones.json").write_text(json.dumps({
        "schema": "articlecli-zones/1", "path": "tale.html", "sha256": source.sha256,
        "format": "html", "lines": rows}))  # fmt: skip
    assert gold_page("tale.zones.json").zones == page.zones
    assert b'"page"' in zones_bytes(told_)
