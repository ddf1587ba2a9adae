"""The core and its Python form find the same candidates for the headline, and weigh them alike."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from articlecli.core import core_runs
from articlecli.document import Block, Markup, Verdict
from articlecli.evidence import Evidence, evidence_of
from articlecli.model import headline, label_blocks
from articlecli.zone import BODY, LEAD, TITLE, Zone
from lab.load.shapes import SHAPES
from tests.laws.pages import FLAT, gold_pages

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

from articlecli import _core
from articlecli.model import compiled_headline as compiled
from tests.laws.test_core import BLOCKS, PAGES, blocks_of

WORDS = st.sampled_from(
    ["The", "lamps", "HARBOUR", "quay", "lit", "2024", "00", "|", "»", "Ночь", "НОЧЬ", "ночь", "青沙镇",
     "老码头改建", "ǅ", "ß", "٣", "²", "éclat", "É", "x", "字", "ประภาคาร"]
)  # fmt: skip
ENDS = st.sampled_from(
    ["", ".", "。", ":", "?", "!", "…", ",", "-", '"', "”", ")", " >", " - a", "/b"]
)
TEXTS = st.tuples(st.lists(WORDS, min_size=1, max_size=7), ENDS).map(
    lambda pair: " ".join(pair[0]) + pair[1]
)
MARKUP = st.builds(
    Markup,
    path=st.sampled_from(["html/head/title", "html/body/h1", "body/nav/ul/li/h2", "", "div/h3"]),
    marks=st.sampled_from(["", "entry-title", "headline top", "tit le", "head line"]),
    linked=st.sampled_from([0.0, 0.5, 0.51, 1.0]),
    strong=st.booleans(),
    hidden=st.booleans(),
    declared=st.sampled_from([frozenset[str](), frozenset({"headline"}), frozenset({"body"})]),
)
LINES = st.lists(
    st.builds(
        Block,
        text=TEXTS,
        lines=st.just((1, 1)),
        span=st.just((0, 1)),
        kind=st.sampled_from([None, "heading", "list_item"]),
        level=st.integers(0, 6),
        markup=st.none() | MARKUP,
    ),
    min_size=1,
    max_size=20,
)
NEAR = (0, -1, 200, 900, 5000, 40_000)
"""Scores between which candidates are near and far, strong and weak."""


def judged(blocks: Sequence[Block], seed: int) -> list[Verdict]:
    """A verdict a block: scores that lie close together most often; some have none."""
    random = Random(seed)
    zones = [*Zone, BODY, BODY, LEAD, TITLE]
    return [
        Verdict(
            random.choice(zones),
            0.5,
            () if random.random() < 0.1 else tuple(random.choice(NEAR) for _ in Zone),
            0.002,
        )
        for _ in blocks
    ]


def tables(seed: int) -> tuple[tuple[int, ...], object]:
    """What the core weighs with, each trait with a weight of its own."""
    random = Random(seed)
    weights = tuple(random.randrange(-(1 << 30), 1 << 30) for _ in range(headline.TRAITS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headline, "load_weights", lambda **_: weights)
        return weights, compiled._tables.__wrapped__(html=False)


WEIGHTS, TABLES = tables(3)


def compare(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> None:
    """Both forms name the same candidates, and find the same traits of them and of other blocks."""
    evidence = evidence_of(blocks)
    members = headline.candidates(blocks, verdicts)
    assert compiled.candidates(blocks, verdicts) == members
    others = [i for i, verdict in enumerate(verdicts) if verdict.scores][-12:]
    for some in (members, others):
        scene = headline.Scene(blocks, evidence, verdicts)
        right = [sum(WEIGHTS[trait] for trait in own) for own in scene.traits(some)]
        own = _core.weigh(TABLES, tuple(blocks), tuple(evidence), tuple(verdicts), some)
        assert own == right
        if blocks:
            weighed = headline.weigh(blocks, evidence, verdicts, some)
            assert compiled.weigh(blocks, evidence, verdicts, some) == weighed


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_pages(path: Path) -> None:
    """The samples and the golden pages, with the model's verdicts, and as if it had a doubt."""
    blocks = blocks_of(path.read_bytes())
    verdicts = label_blocks(blocks, evidence_of(blocks))
    compare(blocks, verdicts)
    compare(blocks, [replace(verdict, unit=verdict.unit / 9) for verdict in verdicts])


@settings(deadline=None)
@given(blocks=BLOCKS, seed=st.integers(0, 99))
def test_blocks(blocks: list[Block], seed: int) -> None:
    """Blocks of any text, with markup and without."""
    compare(blocks, judged(blocks, seed))


@settings(deadline=None, max_examples=300)
@given(blocks=LINES, seed=st.integers(0, 999))
def test_headlines(blocks: list[Block], seed: int) -> None:
    """Lines that share words, in scripts with and without capitals and spaces."""
    compare(blocks, judged(blocks, seed))


@settings(deadline=None)
@given(page=FLAT)
def test_flat_pages(page: str) -> None:
    """Pages of text, empty ones included."""
    blocks = blocks_of(page, "text")
    compare(blocks, label_blocks(blocks, evidence_of(blocks)))


@pytest.mark.parametrize("name", SHAPES)
def test_hostile_pages(name: str) -> None:
    """The shapes that are made to be slow."""
    shape = SHAPES[name]
    blocks = blocks_of(shape.make(20_000), shape.format)
    compare(blocks, label_blocks(blocks, evidence_of(blocks)))
    compare(blocks, judged(blocks, 5))


@pytest.mark.slow
def test_gold_pages() -> None:
    """Real pages of all sets, as text and as HTML; some of a set."""
    for page in gold_pages(12):
        for kind in ("text", "html"):
            blocks = blocks_of(page[kind], kind)
            compare(blocks, label_blocks(blocks, evidence_of(blocks)))


def test_a_headline_far_from_the_story() -> None:
    """The first block is looked at, and so many above the story; none further off."""
    blocks = [Block(f"Lamps {i}", (1, 1), (0, 1)) for i in range(200)]
    row = tuple(9 * (zone is TITLE) for zone in Zone)
    for start in (0, 1, 79, 80, 81, 150, 199):
        verdicts = [Verdict(BODY if i >= start else TITLE, 1.0, row, 0.01) for i in range(200)]
        compare(blocks, verdicts)


PLAIN = (Block("Lamps", (1, 1), (0, 1)),)
OWN = evidence_of(PLAIN)
SURE = (Verdict(BODY, 1.0, (0,) * 12, 0.1),)


@pytest.mark.parametrize(
    "call",
    [
        lambda: _core.candidates(object(), PLAIN, SURE),
        lambda: _core.candidates(TABLES, PLAIN, ()),
        lambda: _core.candidates(TABLES, PLAIN, PLAIN),  # type: ignore[arg-type]
        lambda: _core.candidates(TABLES, PLAIN, (Verdict(BODY, 1.0, (1,)),)),
        lambda: _core.candidates(TABLES, PLAIN, (Verdict(BODY, 1.0, (1 << 70,) * 12),)),
        lambda: _core.candidates(TABLES, PLAIN, (Verdict(BODY, 1.0, ("",) * 12),)),  # type: ignore[arg-type]
        lambda: _core.candidates(TABLES, PLAIN, (Verdict("body", 1.0),)),  # type: ignore[arg-type]
        lambda: _core.weigh(TABLES, PLAIN, (), SURE, []),
        lambda: _core.weigh(TABLES, PLAIN, OWN, SURE, [1]),
        lambda: _core.weigh(TABLES, PLAIN, OWN, SURE, [-1]),
        lambda: _core.weigh(TABLES, PLAIN, OWN, SURE, ["0"]),  # type: ignore[list-item]
        lambda: _core.weigh(TABLES, PLAIN, OWN, SURE, [0] * 999),
        lambda: _core.weigh(TABLES, PLAIN, OWN, (Verdict(BODY, 1.0),), [0]),
        lambda: _core.weigh(TABLES, PLAIN, PLAIN, SURE, [0]),  # type: ignore[arg-type]
        lambda: _core.weigh(TABLES, (replace(PLAIN[0], text=""),), OWN, SURE, [0]),
    ],
)
def test_wrong_calls_raise(call) -> None:
    """What no caller of ours hands over is an exception, and no crash."""
    with pytest.raises((TypeError, ValueError, OverflowError, IndexError)):
        call()


@pytest.mark.parametrize("said", [-1, 8, "a", None])
def test_a_case_that_there_is_not(said: object) -> None:
    """What Python is asked beyond ASCII is looked at before it is used."""
    blocks = (Block("Ночь", (1, 1), (0, 1)),)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headline, "case_of", lambda _: said)
        own = compiled._tables.__wrapped__(html=False)
    with pytest.raises((TypeError, ValueError)):
        _core.weigh(own, blocks, evidence_of(blocks), SURE, [0])


def test_evidence_of_one_sign() -> None:
    """A line of a script without spaces that is one character, or none without its spaces."""
    blocks = [Block("字", (1, 1), (0, 1)), Block("字 字 字", (1, 1), (0, 1))]
    verdicts = [Verdict(BODY, 1.0, (0,) * 12, 0.1)] * 2
    compare(blocks, verdicts)
    blank: Evidence = replace(evidence_of(blocks)[0], lower="  ")
    scene = headline.Scene(blocks, [blank, blank], verdicts)
    right = [sum(WEIGHTS[trait] for trait in own) for own in scene.traits([0, 1])]
    assert _core.weigh(TABLES, tuple(blocks), (blank, blank), tuple(verdicts), [0, 1]) == right
