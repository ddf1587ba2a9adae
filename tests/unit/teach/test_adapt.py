"""The zone model fitted to pages labelled by hand."""

import subprocess
import sys
from functools import cache
from pathlib import Path
from pickle import dumps, loads

import pytest
from click.testing import CliRunner

from articlecli import (
    Adaptation,
    Article,
    Extractor,
    InputError,
    ModelError,
    Options,
    extract,
    read_adaptation,
)
from articlecli.cli import cli
from articlecli.evidence import evidence_of
from articlecli.model.features import page_and_block_features
from articlecli.model.file import load_model
from articlecli.model.network import zone_scores
from articlecli.options import Fitted
from articlecli.read.adaptation import adaptation_bytes, base_of
from articlecli.teach.gold import SCHEMA, GoldFile, GoldLine, save_zones
from articlecli.teach.score import score_of, score_page
from articlecli.teach.usage import FIRST, read_usage
from tests import SAMPLES
from tests.unit.teach.made import gold_of, page_of

np = pytest.importorskip("numpy")


@cache
def fitted() -> Adaptation:
    """The model for HTML, fitted to four pages of a site."""
    from articlecli.teach.adapt import adapt

    model, [fit] = adapt([gold_of(seed) for seed in range(4)])
    assert fit.kind == "html"
    assert (fit.pages, fit.lines) == (4, 56)
    assert fit.after is not None
    assert fit.after > fit.before + 0.2
    return model


def test_pages_not_labelled_gain_and_others_stay() -> None:
    """Other pages of the site are told, and pages of other sites keep their zones."""
    own = Extractor(Options(model=fitted()))
    pages = [gold_of(seed) for seed in (10, 11, 12)]
    before = score_of(score_page(page, Extractor()) for page in pages)
    after = score_of(score_page(page, own) for page in pages)
    assert before.line_accuracy < 0.6
    assert after.line_accuracy > 0.85
    assert after.word_f1 > before.word_f1 + 0.1
    page = (SAMPLES / "science-blog-en.html").read_bytes()
    assert own.extract(page).zones == extract(page).zones


def test_text_keeps_its_own_model() -> None:
    """What was fitted to pages of HTML changes nothing of text."""
    page = (SAMPLES / "trade-paper-fr.txt").read_bytes()
    assert extract(page, options=Options(model=fitted())) == extract(page)


def test_read_again_it_is_the_same_model(tmp_path: Path) -> None:
    """A file of what was fitted holds all of it."""
    path = tmp_path / "my.model"
    path.write_bytes(adaptation_bytes(fitted()))
    assert read_adaptation(str(path)) == fitted()


@pytest.mark.slow
def test_same_pages_same_bytes() -> None:
    """Fitted again it is the same file."""
    from articlecli.teach.adapt import adapt

    again, _ = adapt([gold_of(seed) for seed in range(4)])
    assert adaptation_bytes(again) == adaptation_bytes(fitted())


def test_the_network_is_the_models_own() -> None:
    """The same scores as the whole numbers have, but for their rounding; and the true slope."""
    from articlecli.teach.network import Network

    page = gold_of(5)
    features = page_and_block_features(page.blocks, evidence_of(page.blocks))
    model = load_model(markup=True)
    network = Network(model)
    sums = network.embedded(features)
    scores, free = network.scores(sums)
    exact = np.array(zone_scores(model, features)) * model.out_unit
    assert np.abs(scores - exact).max() < 0.5
    pull = np.linspace(-1, 1, scores.size).reshape(scores.shape)
    slope = network.gradient(pull, free)
    step = np.zeros_like(sums)
    step[3, 7] = step[6, 2] = 1e-6
    moved = ((network.scores(sums + step)[0] - network.scores(sums - step)[0]) * pull).sum() / 2e-6
    assert moved == pytest.approx(slope[3, 7] + slope[6, 2], rel=1e-4, abs=1e-6)


def test_usage_has_every_hashed_feature() -> None:
    """Shares of lines; common ones are larger."""
    usage = read_usage()
    assert len(usage) == load_model(markup=True).header.rows - FIRST
    assert 0 <= min(usage) <= max(usage) <= 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "is no fitted model"),
        (b"\x00\x01", "is no fitted model"),
        (b'{"schema": "articlecli-model/1"}', "is no fitted model"),
        (
            adaptation_bytes(Adaptation(html=Fitted("0" * 16, (), b""))),
            "run articlecli adapt again",
        ),
    ],
)
def test_files_that_are_no_model(tmp_path: Path, content: bytes, said: str) -> None:
    """One sentence, for a program and on the command line, of whatever command."""
    path = tmp_path / "my.model"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_adaptation(str(path))
    page = str(SAMPLES / "agency-en.txt")
    for command in ("extract", "explain", "batch"):
        more = ["-o", str(tmp_path / "out")] if command == "batch" else []
        done = CliRunner().invoke(cli, [command, page, "--model", str(path), *more])
        assert done.exit_code == 2
        assert said in done.output
        assert "Traceback" not in done.output


def test_damaged_rows_are_refused() -> None:
    """Rows that the model does not have never reach its table."""
    wrong = Adaptation(text=Fitted(base_of("text"), (1, 2), b"short"))
    with pytest.raises(ModelError, match="damaged"):
        extract("A page.", options=Options(model=wrong))


def run(*args: str | Path, check: int = 0) -> str:
    command = [sys.executable, "-m", "articlecli", *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == check, done.stderr
    return done.stderr


def test_from_labels_to_a_batch(tmp_path: Path) -> None:
    """`adapt` writes a model, a batch with workers uses it, and does not go on with another one."""
    pages, mine = tmp_path / "pages", tmp_path / "mine"
    pages.mkdir()
    for seed in range(3):
        (pages / f"{seed}.html").write_text(page_of(seed + 20)[0], encoding="utf-8")
        gold = gold_of(seed)
        lines = tuple(GoldLine(*b.lines, zone, b.text) for b, zone in
                      zip(gold.blocks, gold.zones, strict=True) if zone)  # fmt: skip
        save_zones(GoldFile(SCHEMA, f"{seed}.html", str(seed), "html", page=gold.page.text,
                            lines=lines), str(mine))  # fmt: skip
    model, out = tmp_path / "my.model", tmp_path / "out"
    assert "3 pages, 42 lines" in run("adapt", "--gold", mine, "-o", model)
    run("batch", pages, "-o", out, "--model", model, "-j", "2", "-q")
    done = Article.from_json((out / "0.html.json").read_bytes())
    own = Extractor(Options(model=read_adaptation(str(model))))
    page = (pages / "0.html").read_bytes()
    assert done.text == own.extract(page).text == loads(dumps(own)).extract(page).text
    assert done.text != extract(page).text
    told = run("batch", pages, "-o", out, check=1)
    assert "was begun with other choices (model)" in told
    copy = tmp_path / "copy.model"
    copy.write_bytes(model.read_bytes())
    run("batch", pages, "-o", out, "--model", copy, "-q")
