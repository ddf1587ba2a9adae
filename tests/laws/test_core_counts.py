"""The core and its Python form count a page alike, and find the same signs, whatever it holds."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import force_setattr, replace

from articlecli.core import core_runs
from articlecli.document import Block, Declared, Document, Kind, Markup, Page, Source, Verdict
from articlecli.evidence import Evidence, evidence_of
from articlecli.model import label_blocks, page_counts, page_type
from articlecli.rules import sight
from articlecli.rules.sight import signs_of
from articlecli.zone import BODY, Zone
from lab.load.shapes import SHAPES
from tests.laws.pages import FLAT, gold_pages

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

from articlecli import _core
from tests.laws.test_core import BLOCKS, PAGES, blocks_of

PAGE = Page("", Source(None, "text", "str", "", None))
DECLARED = Declared(
    kinds=("article", "newsarticle"), authors=("Ann Lee",), headline="Lamps", published="2024",
    canonical="https://lamps.example/news/2024/05/quay-lamps-go-out",
)  # fmt: skip
SIGNS = st.sampled_from(
    [
        "12:30",
        "[",
        "Why?",
        "¿Qué",
        "なぜ？",
        "لماذا؟",
        "1. Lamps",
        "§ 2)",
        "٣ مصابيح",
        "ประภาคารเก่า",
        "ကမ်းရိုးတန်း",
        "ប៉ម",
        "ການ",
    ]
)
PRICES = st.sampled_from(
    ["$12", "12,50 zł", "ab €", "9.99 kr", "leipzig 2024", "12.00 lei", "5 ₽", "१२ ₹", "USD 0000", "2024"]
)  # fmt: skip


KINDS: list[Kind | None] = [None, "table", "code", "paragraph"]


def judged(blocks: Sequence[Block], seed: int = 0) -> list[Verdict]:
    """A verdict a block, in runs of zones as pages have them."""
    random = Random(seed)
    zones: list[Zone] = []
    while len(zones) < len(blocks):
        zones += [random.choice(list(Zone))] * random.randint(1, 5)
    return [
        Verdict(zone, random.randrange(1_000_001) / 1_000_000)
        for zone, _ in zip(zones, blocks, strict=False)
    ]


def compare(blocks: Sequence[Block], verdicts: Sequence[Verdict] | None = None) -> None:
    """Both forms count the same, to the last bit."""
    evidence = evidence_of(blocks)
    verdicts = judged(blocks) if verdicts is None else verdicts
    right = page_counts.by_python(blocks, evidence, verdicts)
    own = page_counts.count_page(blocks, evidence, verdicts)
    for name in right.__struct_fields__:
        assert getattr(own, name) == getattr(right, name), name
    assert own == right
    for head in (None, DECLARED):
        document = Document(PAGE, "", (), tuple(blocks), head)
        assert page_type.row_sums(document, own) == page_type.by_python(document, own)
    assert signs_of(blocks, evidence) == sight.by_python(blocks, evidence)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_pages(path: Path) -> None:
    """The samples and the golden pages, with the model's verdicts."""
    blocks = blocks_of(path.read_bytes())
    compare(blocks, label_blocks(blocks, evidence_of(blocks)))


@settings(deadline=None)
@given(blocks=BLOCKS, seed=st.integers(0, 99))
def test_blocks(blocks: list[Block], seed: int) -> None:
    """Blocks of any text, with markup and without."""
    compare(blocks, judged(blocks, seed))


@settings(deadline=None)
@given(lines=st.lists(st.lists(PRICES, min_size=1, max_size=8).map(" ".join), max_size=9))
def test_prices(lines: list[str]) -> None:
    """Prices, years, and what looks like them."""
    compare([Block(line, (1, 1), (0, 1)) for line in lines])


@settings(deadline=None)
@given(lines=st.lists(st.lists(SIGNS, min_size=1, max_size=8).map(" ".join), max_size=9))
def test_signs(lines: list[str]) -> None:
    """Questions, numbers of many scripts, scripts without spaces and stops."""
    compare([Block(line, (1, 1), (0, 1), kind=KINDS[len(line) % 4]) for line in lines])


@settings(deadline=None)
@given(page=FLAT)
def test_flat_pages(page: str) -> None:
    """Pages of text, empty ones included."""
    compare(blocks_of(page, "text"))


def test_many_words_and_classes() -> None:
    """Both stop at the same word, and at the same class name."""
    for size in (130, 400, 900):
        texts = [
            f"quay{chr(97 + i % 26)}{chr(97 + i // 26)} lamp ab{'é' * (i % 3)}" for i in range(size)
        ]
        markups = [
            Markup("p", f" a b\xa0c  mark{i} m{i % 7}-é x{i} ", i / size, False)
            for i in range(size)
        ]
        compare([
            Block(text, (1, 1), (0, 1), markup=markup)
            for text, markup in zip(texts, markups, strict=True)
        ])  # fmt: skip


def test_the_first_line() -> None:
    """Its words count as a title's, and as those of any line only where it is short."""
    story = (
        "The harbour office said on Friday that the lamps will be replaced by the autumn at last."
    )
    for first in (story, "harbour lamps"):
        for other in ("harbour office", "lamps"):
            compare([Block(text, (1, 1), (0, 1)) for text in (first, other)])


@pytest.mark.parametrize("name", SHAPES)
def test_hostile_pages(name: str) -> None:
    """The shapes that are made to be slow."""
    shape = SHAPES[name]
    compare(blocks_of(shape.make(20_000), shape.format))


@pytest.mark.slow
def test_gold_pages() -> None:
    """Real pages of all sets, as text and as HTML; some of a set."""
    for page in gold_pages(12):
        for blocks in (blocks_of(page["text"], "text"), blocks_of(page["html"], "html")):
            compare(blocks, label_blocks(blocks, evidence_of(blocks)))


SIGHTS, KNOWN = sight.Signs, (Block, Evidence, Markup)
LINE = Block("x", (1, 1), (0, 1))
OWN = evidence_of([LINE])[0]
SAID = Verdict(BODY, 0.5)


@pytest.mark.parametrize(
    "given",
    [
        ((LINE,), (OWN,), ()),
        ((LINE,), (), (SAID,)),
        ((OWN,), (LINE,), (SAID,)),
        ((LINE,), (OWN,), (None,)),
        ((LINE,), (OWN,), (Verdict("body", 0.5),)),  # type: ignore[arg-type]
        ((LINE,), (Evidence("x", "x", 1, 1, 1, False, False, {}),), (SAID,)),  # type: ignore[arg-type]
        ((LINE,), (Evidence("x", b"x", 1, 1, -1, False, False, {}),), (SAID,)),
        ((LINE,), (Evidence("x", b"x", 1 << 50, 1, 1, False, False, {}),), (SAID,)),
        ((LINE,), (Evidence("x", None, 1, 1, 1, False, False, None),), (SAID,)),  # type: ignore[arg-type]
        ((Block(None, (1, 1), (0, 1)),), (OWN,), (SAID,)),  # type: ignore[arg-type]
        ((Block("x", (1, 1), (0, 1), markup=3),), (OWN,), (SAID,)),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_wrong_pages_raise(given: tuple[Sequence, Sequence, Sequence]) -> None:
    """What no stage makes is an exception, and no crash."""
    with pytest.raises((TypeError, ValueError, OverflowError)):
        page_counts.count_page(*given)


@pytest.mark.parametrize(
    "given",
    [
        ((LINE,), ()),
        ((OWN,), (LINE,)),
        ((Block("", (1, 1), (0, 1)),), (OWN,)),
        ((Block("x", (1, 1), (0, 1), kind=[]),), (OWN,)),  # type: ignore[arg-type]
        ((Block("x", (1, 1), (0, 1), markup=3),), (OWN,)),  # type: ignore[arg-type]
        ((LINE,), (Evidence("x", b"x", 1, 1, 1, False, False, None),)),  # type: ignore[arg-type]
        ((LINE,), (Evidence("x", b"x", 1, 1, 1, False, False, {"a": 1}),)),  # type: ignore[dict-item]
    ],
)  # fmt: skip
def test_wrong_blocks_raise(given: tuple[Sequence, Sequence]) -> None:
    """Nor where signs are looked for."""
    with pytest.raises((TypeError, ValueError, IndexError)):
        signs_of(*given)


def test_what_changes_while_it_is_counted_is_kept() -> None:
    """Class names that go while those of others are counted are still there to be compared with."""
    blocks = [
        Block("Lamps", (1, 1), (0, 5), markup=Markup("p", marks, linked=0.0, strong=False))
        for marks in ("quay " * 900 + "ferry", "quay " * 800)
    ]

    class Asked:
        def __float__(self) -> float:
            for block in blocks:
                force_setattr(block.markup, "marks", "harbour " * 700)
            return 0.1

    force_setattr(blocks[1].markup, "linked", Asked())
    assert len(page_counts.count_page(blocks, evidence_of(blocks), judged(blocks)).marks) == 3


def type_tables(
    width: int = 9,
    sizes: tuple[int, int] = (6, 4),
    used: tuple[int, ...] = (3, 1, 4, 7, 8, 11),
) -> object:
    """What the core adds up, as no caller of ours makes it."""
    return _core.type_tables(page_counts.Counts, bytes(90), width, sizes, (), tuple(Zone), used)


NO_BLOCKS = page_counts.count_page((), (), ())


@pytest.mark.parametrize(
    "call",
    [
        lambda: _core.count_page(object(), (), (), ()),
        _core.count_tables,
        lambda: _core.page_signs(object(), (), ()),
        _core.sign_tables,
        lambda: _core.sign_tables(
            dict, (int,) * 3, frozenset(), "", "", "", (), "\u0640", (1, 1, 1, 1), ()
        ),
        lambda: _core.sign_tables(
            dict, (), frozenset(), "", "", "", (), "\u0640", (1, 1, 1, 1), ()
        ),
        lambda: _core.sign_tables(
            dict, (), frozenset(), "", "", "", ("abc",), "\u0640", (1, 1, 1, 1), ()
        ),
        lambda: _core.sign_tables(
            SIGHTS, KNOWN, frozenset(), "", "", "", ("ab",), "\u0640", (1, 1, 1, 1), ()
        ),
        lambda: _core.sign_tables(
            SIGHTS, KNOWN, frozenset(), "", "", "", (), "a", (1, 1, 1, 1), ()
        ),
        lambda: _core.sign_tables(
            SIGHTS, KNOWN, frozenset(), "", "", "", (), "\u0640", (1, 1, 1, 1), (-1,)
        ),
        lambda: type_tables(width=0),
        lambda: type_tables(width=99),
        lambda: type_tables(sizes=(0, 1)),
        lambda: type_tables(sizes=(9, 9)),
        lambda: type_tables(used=(0, 1, 2, 3, 4, 12)),
        lambda: type_tables(used=(0, 1)),
        lambda: _core.page_sums(object(), NO_BLOCKS, [], False),
        lambda: _core.page_sums(type_tables(), object(), [], False),  # type: ignore[arg-type]
        lambda: _core.page_sums(type_tables(), NO_BLOCKS, [-1], False),
        lambda: _core.page_sums(type_tables(), NO_BLOCKS, [10], False),
        lambda: _core.page_sums(type_tables(), NO_BLOCKS, [None], False),  # type: ignore[list-item]
        lambda: _core.page_sums(type_tables(), replace(NO_BLOCKS, phrases={0: 1}), [], False),
        lambda: _core.page_sums(type_tables(), replace(NO_BLOCKS, kinds=7), [], False),
        lambda: _core.page_sums(type_tables(), replace(NO_BLOCKS, zone_widths=(1,)), [], False),
        lambda: _core.count_tables(dict, (), None, (), (), 0, (), 0.5, (1,) * 8),
        lambda: _core.count_tables(
            dict, (int,) * 4, None, (1,) * 12, (1,) * 12, 0, (), 0.5, (9,) * 8
        ),
    ],
)
def test_wrong_tables_raise(call) -> None:
    """Nor do wrong tables."""
    with pytest.raises((IndexError, TypeError, ValueError, AttributeError)):
        call()
