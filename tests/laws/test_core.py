"""The core and its Python form give the same answers, whatever a page holds.

Python says what is right. A core that is older than its sources fails here too: `just core`.
"""

import hashlib
from array import array
from collections.abc import Sequence
from pathlib import Path
from random import Random
from runpy import run_path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articlecli import InputError, Options, core
from articlecli.blocks import split_page
from articlecli.core import core_runs
from articlecli.document import Block, Markup, Verdict
from articlecli.errors import ModelError
from articlecli.evidence import by_python, evidence_of
from articlecli.model import features, network, viterbi
from articlecli.model.file import FORMAT, ZONES, Header, Model, Rows, load_model
from articlecli.model.lanes import LIMIT, ONE
from articlecli.options import InputFormat
from articlecli.read import read_page
from articlecli.text.phrases import load_phrases
from articlecli.zone import BODY, Zone
from lab.load.shapes import SHAPES
from tests import ROOT, SAMPLES
from tests.cases import HERE as CASES
from tests.laws.pages import FLAT, LINES, gold_pages

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

from articlecli import _core
from articlecli.model import compiled

CORPUS = ROOT / "tests" / "fuzz" / "corpus"
PAGES = sorted([*SAMPLES.glob("*.*"), *CASES.glob("*/page.*"), *CORPUS.iterdir()])
ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
"""Text in any script, control characters and NUL included."""
WORDS = st.sampled_from(
    ["nav-item", "nav", "NAV", "byline__author", "a_b-c", "--", "ad", "é", "карта", "a\xa0b", "",
     "related-links-und-mehr", "x1", "widget_" * 9]
)  # fmt: skip
TAGS = st.sampled_from(["html", "body", "main", "div", "ul", "li", "p", "h1", "x-é", ""])
MARKUP = st.builds(
    Markup,
    path=st.lists(TAGS, max_size=6).map("/".join),
    marks=st.lists(WORDS, max_size=30).map(" ".join),
    linked=st.floats(0, 1),
    strong=st.booleans(),
    inline=st.frozensets(st.sampled_from(["time", "cite", "b", "em", "é"])),
    declared=st.frozensets(st.sampled_from(["headline", "description", "body", "author"])),
)
BLOCKS = st.lists(
    st.builds(
        Block,
        text=st.one_of(
            LINES.filter(str.strip),
            ANY,
            st.tuples(ANY, st.integers(1, 300)).map(lambda p: p[0] * p[1]),
        ),
        lines=st.just((1, 1)),
        span=st.just((0, 1)),
        gap=st.integers(0, 9),
        kind=st.sampled_from([None, "heading", "paragraph", "list_item", "code"]),
        level=st.integers(0, 9),
        markup=st.none() | MARKUP,
    ),
    min_size=1,
    max_size=14,
)


def compare(blocks: Sequence[Block]) -> None:
    """Features, scores, zones and confidences of a page, in both forms."""
    evidence = evidence_of(blocks)
    for own, told in zip(evidence, by_python([block.text for block in blocks]), strict=True):
        assert own == told
        assert list(own.concepts.items()) == list(told.concepts.items()), own.lower
    model = load_model(markup=any(block.markup for block in blocks))
    right = features.page_and_block_features(blocks, evidence)
    seen = compiled.page_and_block_features(blocks, evidence)
    page, rows = _core.unpack(seen)
    assert page == right.page
    for block, own, told in zip(blocks, rows, right.blocks, strict=True):
        assert own == told, block
    scores = network.zone_scores(model, right)
    assert compiled.zone_scores(model, seen) == scores
    assert compiled.decode(model, scores) == viterbi.decode(model, scores)


def blocks_of(source: str | bytes, kind: InputFormat | None = None) -> Sequence[Block]:
    """Blocks of a page."""
    options = Options(input_format=kind) if kind else Options()
    try:
        return split_page(read_page(source, url=None, options=options)).blocks
    except InputError:  # binary data: no page
        return ()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_pages(path: Path) -> None:
    """The samples and the golden pages."""
    compare(blocks_of(path.read_bytes()))


def test_it_is_built_from_these_sources() -> None:
    """Where the sources are at hand, the core is theirs."""
    build = ROOT / "src" / "core" / "build.py"
    if not build.exists():
        pytest.skip("the sources are not here")
    assert run_path(str(build))["sources_sum"]() == _core.SOURCES, "run `just core`"


@settings(deadline=None)  # it is the answers that count; other tests hold the time
@given(blocks=BLOCKS)
def test_blocks(blocks: list[Block]) -> None:
    """Blocks of any text, with markup and without, from one on."""
    compare(blocks)


PHRASES = st.sampled_from(sorted(load_phrases().concepts))
NOISE = st.sampled_from(
    ["the lamps", "»", "·", "12", "字", "年に", "’", "…", "!", "word " * 40, "('"]
)


@settings(deadline=None, max_examples=300)
@given(parts=st.lists(PHRASES | NOISE, min_size=1, max_size=6), between=st.sampled_from(["", " "]))
def test_stock_phrases(parts: list[str], between: str) -> None:
    """Stock phrases of all languages: alone, at the ends of a line and inside it."""
    text = " ".join(between.join(parts).split())
    right = by_python([text])[0]
    (own,) = evidence_of([Block(text, (1, 1), (0, 1))])
    assert own == right
    assert list(own.concepts.items()) == list(right.concepts.items())


def test_every_stock_phrase_inside_a_line() -> None:
    """In a script without spaces too, where any run of characters may be one."""
    phrases = sorted(load_phrases().concepts)
    texts = [f"{before}{phrase}{after}" for phrase in phrases
             for before, after in (("", ""), ("字", "年"), ("the ", " lamps"))]  # fmt: skip
    found = evidence_of([Block(text, (1, 1), (0, 1)) for text in texts])
    for own, right in zip(found, by_python(texts), strict=True):
        assert list(own.concepts.items()) == list(right.concepts.items()), right.lower


@settings(deadline=None)
@given(page=FLAT)
def test_flat_pages(page: str) -> None:
    """Pages of text, lone surrogates and empty ones included."""
    compare(blocks_of(page, "text"))


@settings(deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(["<p>", "<div class=a-b>", "</div>", "<li>", "<b>", "<h1>"]) | ANY
    )
)
def test_html_pages(parts: list[str]) -> None:
    """Pages of HTML, sound or not."""
    compare(blocks_of("<body>" + " ".join(parts), "html"))


@pytest.mark.parametrize("text", ["", "\ud800 lone", "a\0b\n\0\0", "word " * 30_000, "字" * 40_000])
def test_odd_pages(text: str) -> None:
    """Nothing, lone surrogates, NULs, very long lines."""
    compare(blocks_of(text, "text"))


@pytest.mark.parametrize("name", SHAPES)
def test_hostile_pages(name: str) -> None:
    """The shapes that are made to be slow."""
    shape = SHAPES[name]
    compare(blocks_of(shape.make(20_000), shape.format))


@pytest.mark.slow
def test_gold_pages() -> None:
    """Real pages of all sets, as text and as HTML; some of a set."""
    for page in gold_pages(12):
        compare(blocks_of(page["text"], "text"))
        compare(blocks_of(page["html"], "html"))


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.lists(TAGS, max_size=4), st.integers(0, 30),
                  st.lists(WORDS, max_size=9), st.sampled_from([" ", "  ", "\t", "\x85", "\x1c"])),
        max_size=12,
    )
)  # fmt: skip
def test_places_that_begin_alike(steps: list[tuple[int, list[str], int, list[str], str]]) -> None:
    """What is known of the place of one block stays for the next, and nothing else does."""
    tags: list[str] = []
    marks = ""
    blocks = []
    for kept, own, seen, words, space in steps:
        tags = [*tags[:kept], *own]
        marks = marks[: seen * 5] + space.join(words)
        markup = Markup("/".join(tags), marks, 0.5, strong=False)
        blocks.append(Block("Lamps along the quay", (1, 1), (0, 1), markup=markup))
    compare(blocks)


def test_more_features_than_are_looked_at() -> None:
    """Both cut at the same place where a block has more than the sums can hold."""
    path = "/".join(f"t{n}" for n in range(600))
    marks = " ".join(f"mark-{n}" for n in range(40))
    markup = Markup(path, marks, 0.5, strong=True, inline=frozenset("abcdefgh"))
    compare([Block("Lamps along the quay", (1, 1), (0, 1), markup=markup)] * 3)


def test_a_page_longer_than_a_tile() -> None:
    """The network is computed some blocks at a time; neighbours reach over the edges."""
    random = Random(7)
    line = "The harbour office said on Friday that the lamps will be replaced by the autumn."
    for count in (255, 256, 257, 300, 700):
        texts = [line[: random.randrange(3, 80)] for _ in range(count)]
        compare([Block(text, (1, 1), (0, 1), gap=i % 3) for i, text in enumerate(texts)])


SCORE = st.integers(-900_000, 900_000) | st.integers(-5, 5) | st.integers(-(1 << 36), 1 << 36)


@settings(deadline=None)
@given(scores=st.lists(st.tuples(*[SCORE] * len(ZONES)), max_size=12))
def test_any_scores(scores: list[tuple[int, ...]]) -> None:
    """Ties, far apart ones, and those that a user's rule makes."""
    for markup in (False, True):
        model = load_model(markup=markup)
        assert compiled.decode(model, scores) == viterbi.decode(model, scores)


def made_up(random: Random, width: int, most: int) -> Model:
    """A network of random weights."""
    rows, layers = 50, 2
    count = width + layers * (18 + 3 * width + 1) * width + (width + 1) * len(ZONES)
    sparse = [random.choice((0, 1)) * random.randint(-most, most) for _ in range(count)]
    weights = array("i", sparse)
    header = Header(
        FORMAT, 0, rows, width, ((7, 6),) * layers, 1e-4, 1.5,
        tuple(tuple(random.uniform(-1, 1) for _ in ZONES) for _ in ZONES), "", "", {}, 0,
    )  # fmt: skip
    return Model(header, Rows(random.randbytes(rows * width), width), weights.tobytes())


@settings(deadline=None)
@given(seed=st.integers(0, 10_000))
def test_any_network(seed: int) -> None:
    """Widths and weights other than those that ship; a model that was adapted."""
    random = Random(seed)
    model = made_up(random, random.randint(2, 9), random.choice((40, 100)))
    seen = features.Features(
        [random.randrange(50) for _ in range(3)],
        [
            [random.randrange(50) for _ in range(random.randrange(30))]
            for _ in range(random.randint(1, 40))
        ],
    )
    packed = _core.pack(seen.page, seen.blocks)
    assert _core.unpack(packed) == (seen.page, seen.blocks)
    assert compiled.zone_scores(model, packed) == network.zone_scores(model, seen)


@pytest.mark.parametrize("blocks", [1, 255, 257, 513])
def test_sums_near_the_limit(blocks: int) -> None:
    """Sums as large as a model may have are exact, whatever the compiler adds up first."""
    random = Random(blocks)
    width, shifts, rows = 5, (9, 9), 50  # what is added up of the neighbours just has 16 bits
    taps = (LIMIT - 1) // (45 * ONE)
    reach = (taps * 45 * ONE >> shifts[0]) + 1
    mixed = (LIMIT - (1 << 16) - 1) // (width * (ONE + 2 * reach))
    parts = (
        (width, LIMIT // 2 - 1), (18 * width, taps), (3 * width * width, mixed), (width, 1 << 16),
        (width * len(ZONES), (LIMIT - 1001) // ONE // width), (len(ZONES), 1000),
    )  # fmt: skip
    weights = array(
        "i", [random.randint(-most, most) for count, most in parts for _ in range(count)]
    )
    header = Header(FORMAT, 0, rows, width, (shifts,), 1e-4, 1.5, (), "", "", {}, 0)
    model = Model(header, Rows(random.randbytes(rows * width), width), weights.tobytes())
    seen = features.Features([1], [random.choices(range(rows), k=9) for _ in range(blocks)])
    scores = compiled.zone_scores(model, _core.pack(seen.page, seen.blocks))
    assert scores == network.zone_scores(model, seen)
    assert max(abs(score) for row in scores for score in row) > LIMIT // 32


@pytest.mark.parametrize(
    ("most", "of"), [(1 << 25, "the embedding"), (1 << 11, "the neighbours"), (700, "the weights")]
)
def test_weights_that_could_overflow_are_refused(most: int, of: str) -> None:
    """No sum of a network, and no number that it multiplies, is too large, whatever is in its file."""
    model = made_up(Random(1), 8, most)
    with pytest.raises(ModelError, match=f"a sum of {of} can overflow"):
        compiled.zone_scores(model, _core.pack([], [[1]]))


VERDICTS = st.lists(
    st.builds(
        Verdict,
        st.sampled_from(ZONES),
        st.floats(0, 1),
        scores=st.tuples(*[SCORE] * len(ZONES)),
        by=st.sampled_from(["model", "phrase:lamps"]),
    ),
    max_size=9,
)


@settings(deadline=None)
@given(
    verdicts=VERDICTS,
    steps=st.lists(st.tuples(*[SCORE] * len(ZONES)), min_size=1, max_size=4),
    wanted=st.sampled_from(ZONES),
)
def test_any_gains(verdicts: list[Verdict], steps: list[tuple[int, ...]], wanted: Zone) -> None:
    """Zones decoded again, step by step, until one has what is looked for."""
    told: list[tuple[list[Verdict], list[list[Zone]]]] = []
    for form in (compiled, viterbi):
        asked: list[list[Zone]] = []

        def enough(zones: Sequence[Zone], asked: list[list[Zone]] = asked) -> bool:
            asked.append(list(zones))
            return wanted in zones

        model = load_model()
        told.append((form.decode_again(model, verdicts, steps, enough, "page_type"), asked))
    assert told[0] == told[1]


def test_what_is_asked_for_enough_may_fail() -> None:
    """Its exception is that of the call."""

    def enough(zones: Sequence[Zone]) -> bool:
        raise KeyError(len(zones))

    verdicts = [Verdict(BODY, 1.0, ROW)] * 3
    with pytest.raises(KeyError, match="3"):
        compiled.decode_again(load_model(), verdicts, [ROW, ROW], enough, "page_type")


ROW = (0,) * len(ZONES)
NONE = (ROW,) * len(ZONES)
ODDS = array("q", [1] * 9)


def decoder(
    make: type[Verdict] = Verdict,
    zones: tuple[Zone, ...] = ZONES,
    transitions: tuple[tuple[int, ...], ...] = NONE,
    near: int = 9,
    coarse: "array[int]" = ODDS,
    bits: int = 1,
) -> object:
    """What the core decodes with, as no caller of ours makes it."""
    return _core.decoder(
        make, zones, 1.0, 1.0, "", transitions, (near, 9), (coarse, ODDS), bits, 20
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda: _core.scores(object(), object()),
        lambda: _core.network(b"", 0, b"", ()),
        lambda: _core.network(b"", 300, b"", ()),
        lambda: _core.network(b"ab", 2, b"1234", ((7, 7),)),
        lambda: _core.network(b"ab", 2, bytes(4000), ((7, 70),)),
        lambda: _core.network(b"ab", 2, bytes(4000), ((7, 7),) * 99),
        lambda: _core.pack([-1], []),
        lambda: _core.pack([], [[1 << 40]]),
        lambda: _core.pack([], [None]),  # type: ignore[list-item]
        lambda: _core.scores(_core.network(b"ab", 2, bytes(4000), ()), _core.pack([], [[1]])),
        lambda: _core.features(_core.pack([], []), (), ()),
        lambda: _core.tables((), {}, {}, {}, {}, {}, "", b"", b"", ord),
        lambda: decoder(zones=ZONES[:1]),
        lambda: decoder(transitions=NONE[:1]),
        lambda: decoder(near=99),
        lambda: decoder(coarse=array("b", [1] * 99)),
        lambda: decoder(bits=10),
        lambda: _core.decode(decoder(), [(1,)]),
        lambda: _core.decode(decoder(), [(1 << 50,) * 12]),
        lambda: _core.decode(object(), []),
        lambda: _core.decode_again(decoder(), (), (), bool, ""),
        lambda: _core.decode_again(decoder(), (), ((1,),), bool, ""),
        lambda: _core.decode_again(decoder(), (Verdict(BODY, 1.0),), (ROW,), bool, ""),
        lambda: _core.decode_again(decoder(), (7,), (ROW,), bool, ""),  # type: ignore[arg-type]
    ],
)
def test_wrong_calls_raise(call) -> None:
    """What no caller of ours hands over is an exception, and no crash."""
    with pytest.raises((TypeError, ValueError, OverflowError)):
        call()


def test_blocks_without_text_raise() -> None:
    """As in Python: the stages before it make none."""
    given = (Block("", (1, 1), (0, 0)),)
    own = evidence_of([Block("x", (1, 1), (0, 1))])
    with pytest.raises(IndexError):
        compiled.page_and_block_features(given, own)
    with pytest.raises(ValueError, match="number of blocks"):
        compiled.page_and_block_features(given, ())


def test_what_fails_is_asked_no_more() -> None:
    """A failure that Python tells of the first character is not lost by asking for the last."""
    asked: list[str] = []

    def fails_once(character: str) -> int:
        asked.append(character)
        if len(asked) == 1:
            raise KeyError(character)
        return 3

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "lru_cache", lambda **_: lambda _: fails_once)
        tables = compiled._tables.__wrapped__()
    blocks = (Block("é à", (1, 1), (0, 3)),)
    with pytest.raises(KeyError):
        _core.features(tables, blocks, evidence_of(blocks))
    assert asked == ["é"]


@given(st.binary(max_size=300))
@example(b"")
@example(b"a" * 55)
@example(b"a" * 56)
@example(b"a" * 64)
def test_sums(data: bytes) -> None:
    """SHA-256 of the core, where the processor has it, is that of OpenSSL."""
    assert _core.sha256(data) in (None, hashlib.sha256(data).hexdigest())
    assert core.sha256(data) == hashlib.sha256(data).hexdigest()


def test_sums_by_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the processor has no instructions for it, OpenSSL adds up."""
    monkeypatch.setattr(_core, "sha256", lambda _: None)
    assert core.sha256(b"page") == hashlib.sha256(b"page").hexdigest()
    with pytest.raises(TypeError):
        core.sha256("page")  # type: ignore[arg-type]
