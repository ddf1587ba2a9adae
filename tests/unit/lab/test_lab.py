"""The lab: its commands, its measures, and the tables that it writes. No gold pages are needed."""

import json
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).parents[3]
if not (ROOT / "lab").is_dir():
    pytest.skip("the lab is in the repository only", allow_module_level=True)

from lab.cli import ROOMS, cli  # noqa: E402  # after the skip
from lab.results import newest  # noqa: E402
from lab.score import ngram_f1, word_f1, words  # noqa: E402
from lab.tables import DOCUMENTS, TABLES, measures, written  # noqa: E402

COMMANDS = sorted(cli.commands)
ROOM_ORDER = ["gold", "make", "train", "measure", "load"]
FORMER = """calibrate compare crowd dataset engines evaluate export furniture look pace reading rules
    storm teacher timing train""".split()


def call(*args: str) -> Any:
    """What a command line of the lab ends with."""
    return CliRunner().invoke(cli, args)


def test_all_commands_are_listed() -> None:
    """`python -m lab` alone lists every command, each with what it does."""
    told = call()
    assert told.exit_code == 0
    for commands in ROOMS.values():
        for command in commands:
            assert f"  {command.name} " in told.output
            assert command.get_short_help_str()
    assert set(FORMER) <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help(name: str) -> None:
    """Each command has help and stands in the table of `docs/architecture.md`."""
    assert call(name, "--help").exit_code == 0
    assert f"`{name}`" in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_typos_are_answered() -> None:
    """A name that is near is offered."""
    told = call("evalute")
    assert told.exit_code == 2
    assert "evaluate" in told.output


def test_help_is_light() -> None:
    """Listing the commands loads nothing that only a command needs."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "lab"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert not loaded & {"torch", "numpy", "lxml", "zstandard", "trafilatura", "ray", "articlecli"}


def test_unknown_names_are_refused() -> None:
    """A set or a way that does not exist is named, with those that do."""
    told = call("evaluate", "--sets", "zones,nothing")
    assert told.exit_code == 2
    assert "nothing" in told.output
    assert "wcxb" in told.output


def test_the_wheel_has_no_lab() -> None:
    """Only `src/articlecli` is packed."""
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    assert targets["build"]["targets"]["wheel"]["packages"] == ["src/articlecli"]


def test_no_module_is_too_long() -> None:
    """The limit of the package holds here too."""
    for path in (ROOT / "lab").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


def test_rooms_import_from_those_above() -> None:
    """gold, make, train, measure and load stand in that order, without train; docs needs none."""
    import ast

    for room in ("gold", "make", "train", "measure", "load", "docs"):
        allowed = {"score", "results", "options", "tables", room}
        if room != "docs":
            above = set(ROOM_ORDER[: ROOM_ORDER.index(room)])
            allowed |= above - {"train"} if room in ("measure", "load") else above
        for path in (ROOT / "lab" / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lab."):
                    assert node.module.split(".")[1] in allowed, f"{path.name}: {node.module}"


def test_tables_are_those_of_the_stored_results() -> None:
    """`python -m lab tables --check` finds nothing stale, and every table has its place."""
    assert call("tables", "--check").output == "stale: none\n"
    text = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for name in TABLES:
        assert f"<!-- results: {name} -->" in text, name
    assert newest("evaluate") is not None


def test_a_stale_table_is_named(tmp_path: Path) -> None:
    """A table that differs from the newest stored run is written anew, and named."""
    rows = [{"set": "tiny", "measure": "f1", "pages": 2, "values": {"wet": 0.5, "html": 0.75}}]
    for day, share in (("2026-01-01", 0.1), ("2026-01-02", 0.5)):
        rows[0]["values"] = {"wet": share, "html": 0.75}
        record = {"when": day, "commit": "abc", "python": "3", "versions": {}, "limit": None}
        folder = tmp_path / f"{day}-abc"
        folder.mkdir()
        told = json.dumps({**record, "figures": {"measures": rows}})
        (folder / "evaluate.json").write_text(told, encoding="utf-8")
    text, stale = written("a\n<!-- results: html -->\nold\n<!-- end -->\nb\n", tmp_path)
    assert stale == ["html"]
    assert "| tiny | f1 | 2 | 0.750 |" in text
    assert text.startswith("a\n")
    assert text.endswith("<!-- end -->\nb\n")
    assert written(text, tmp_path) == (text, [])
    assert "| tiny | f1 | 2 | 0.500 |" in measures({"measures": rows}, html=False)


def test_scores() -> None:
    """Word F1 counts words, Chinese by character; n-grams count runs."""
    assert words("The cat, 猫です") == ["the", "cat", "猫", "で", "す"]
    assert word_f1("a b c d", "a b") == pytest.approx(2 * 2 / 6)
    assert word_f1("", "") == 1.0
    assert word_f1("a", "") == 0.0
    assert ngram_f1("a b c d e", "a b c d x") == pytest.approx(0.5)


def test_a_tiny_page_is_measured() -> None:
    """Lines in their zones, the story and the title of a page made by hand."""
    pytest.importorskip("lxml")
    pytest.importorskip("zstandard")
    from articlecli import Options, extract
    from lab.gold import pages
    from lab.gold.zones import BIT
    from lab.measure.page import measure_snippets, measure_zones, zone_measures

    story = "The council of the small town voted on Monday to plant four hundred trees."
    html = f"<html><body><nav>Home</nav><h1>Trees for the town</h1><p>{story}</p></body></html>"
    tree = pages.parse(html)
    assert tree is not None
    dom = pages.dom_blocks(tree)
    assert [block.text for block in dom] == ["Home", "Trees for the town", story]
    labels = [BIT["boilerplate"], BIT["title"], BIT["body"]]
    lines = [block.text for block in dom]
    article = extract("\n".join(lines), options=Options(input_format="text"))
    found = measure_zones(article, lines, [(0,), (1,), (2,)], labels, BIT["title"], dom, story)
    assert [gold for gold, _ in found["pairs"]] == ["boilerplate", "title", "body"]
    assert found["f1"] == word_f1_of(article.text, story)
    snippets = {"with_": ["four hundred trees"], "without": ["Home"]}
    assert measure_snippets(snippets, story) == {"snippets kept": 1.0, "snippets kept out": 1.0}
    told = zone_measures({("body", "body"): 3, ("teaser_title", "body"): 1})
    assert told["lines right"] == 0.75
    assert told["teaser headlines leaked"] == 1.0


def test_entries_of_a_list_page_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of a list is its introduction and its entries, without what stands between them."""
    pytest.importorskip("lxml")
    pytest.importorskip("zstandard")
    from lab.gold import labels, pages
    from lab.gold.wanted import story_text, wanted_text
    from lab.gold.zones import BIT

    lines = [
        "Walks of May",
        "All begin at the mill.",
        "To the spring",
        "Two hours.",
        "Book",
        "Home",
    ]
    zones = ["title", "body", "teaser_title", "teaser_text", "boilerplate", "boilerplate"]
    tree = pages.parse("".join(f"<p>{line}</p>" for line in lines))
    assert tree is not None
    page = {"set": "made", "id": "walks"}
    entries = [(labels.line_hash(line), zone.startswith("teaser"))
               for line, zone in zip(lines, zones, strict=True)]  # fmt: skip
    monkeypatch.setattr(labels, "_entries", lambda: {("made", "walks"): entries})
    monkeypatch.setattr(labels, "_variants", dict)
    dom, bits = pages.dom_blocks(tree), [BIT[zone] for zone in zones]
    assert story_text(dom, bits) == lines[1]
    assert wanted_text(page, dom, bits).split("\n") == lines[1:4]


def word_f1_of(found: str, gold: str) -> float:
    """By another way: common words twice over all words."""
    a, b = words(found), words(gold)
    common = sum(min(a.count(word), b.count(word)) for word in set(a))
    return 2 * common / (len(a) + len(b))


def test_thresholds() -> None:
    """What a threshold keeps, how good that is, and how much of the bad is gone."""
    pytest.importorskip("lxml")
    pytest.importorskip("zstandard")
    from lab.measure.trust import buckets, thresholds

    told = [(0.95, 1.0), (0.92, 0.9), (0.82, 0.95), (0.5, 0.2)]
    assert buckets(told)[0] == [0.0, 0.6, 1, 0.0, 1.0, 0.2]
    assert [row[:3] for row in buckets(told)] == [
        [0.0, 0.6, 1],
        [0.8, 0.85, 1],
        [0.9, 0.95, 1],
        [0.95, 1.0, 1],
    ]
    first, *_, last = thresholds(told)
    assert first == [0.0, 1.0, 0.75, 0.25, 0.7625, 0.0]
    assert last == [0.9, 0.5, 1.0, 0.0, 0.95, 1.0]
    assert thresholds([]) == []


def test_two_freezes_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """What differs is counted by field, with an example."""
    pytest.importorskip("lxml")
    pytest.importorskip("zstandard")
    from lab.measure.freeze import report

    old = {"id": "x", "kind": "text", "hash": "1", "output": {"title": "A", "body": [1, 2]}}
    new = {**old, "hash": "2", "output": {"title": "B", "body": [1, 2]}}
    assert not report([old], [old], 3)
    assert report([old], [new], 3)
    told = capsys.readouterr().out
    assert "1 outputs compared, 1 differ: {'text': 1}" in told
    assert "title: A\n    → B" in told


def test_counts_and_their_bytes() -> None:
    """A count is read back within a twelfth; none stays none."""
    pytest.importorskip("zstandard")
    pytest.importorskip("lxml")
    pytest.importorskip("zstandard")
    from articlecli.teach.usage import STEPS
    from lab.train.usage import byte_of

    assert byte_of(0) == 0
    for count in (1, 2, 3, 1000, 352_907):
        assert 2 ** ((byte_of(count) - 1) / STEPS) == pytest.approx(count, rel=1 / 12)
        assert 0 < byte_of(count) < 256


def test_an_exported_model_gets_its_sum(tmp_path: Path) -> None:
    """The list beside a model has its SHA-256, once, and keeps those of others."""
    pytest.importorskip("numpy")
    from articlecli.model.file import made_sum
    from lab.train.export import note_sum

    model, sums = tmp_path / "a.model", tmp_path / "models.sha256"
    sums.write_text("00  b.model\n")
    for data in (b"one", b"two"):
        model.write_bytes(data)
        note_sum(model)
    assert made_sum(sums.read_text(), "b.model") == "00"
    assert made_sum(sums.read_text(), "a.model") == sha256(b"two").hexdigest()
    assert len(sums.read_text().splitlines()) == 2


def test_facts_are_counted_by_set_and_by_the_source_that_gave_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A wrong value counts against the source that gave it; one that is missing against none."""
    pytest.importorskip("zstandard")
    pytest.importorskip("lxml")
    pytest.importorskip("zstandard")
    from lab.measure import facts

    gold = [
        {"set": "pool", "id": str(i), "html": "", "date": "2021-03-04", "title": "Tide tables"}
        for i in range(2)
    ]
    told = iter(("2021-03-04", "2021-03-05"))
    monkeypatch.setattr(facts, "gold_pages", lambda *_: iter(gold))
    monkeypatch.setitem(
        facts.READERS, "made", lambda _: {"date": next(told), "date from": "meta_line"}
    )
    counts = facts.facts(["made"], ["pool"], [1], None)
    assert "| made | date | meta_line | 2 | 1 | 0.500 |" in facts.table_of_sources(counts)
    assert "| made | title | pool | 2 | 0.000 | – |" in facts.table_of_sets(counts)
