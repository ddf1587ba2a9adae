"""What the core does for the article stage is what Python says, whatever a page holds."""

import sys
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from articlecli import InputError, Options, zone
from articlecli.article import confidence, ledger, removed
from articlecli.article.ledger import Ledger
from articlecli.article.places import LETTERS, LINKED, Places
from articlecli.article.story import Story
from articlecli.article.tags import REASON_OF, TAGS, reason_by_tags
from articlecli.blocks import split_page
from articlecli.core import core_runs
from articlecli.document import Block, Document, Markup, Page, Source, Verdict
from articlecli.evidence import evidence_of
from articlecli.read import read_page
from articlecli.text import figures
from articlecli.text.lines import holding, holding_by_python
from articlecli.zone import BODY, BOILERPLATE, TEASER_META, TITLE, Zone, where_zones_are
from tests import ROOT, SAMPLES
from tests.cases import HERE as CASES
from tests.laws.pages import LINES

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

from articlecli import _core

CORPUS = ROOT / "tests" / "fuzz" / "corpus"
PAGES = sorted([*SAMPLES.glob("*.*"), *CASES.glob("*/page.*"), *CORPUS.iterdir()])
ODD = st.sampled_from(
    ["|", "#tags", "# 3", "12.03.2024", "12 March 2024", "٣ مارس", "+49 40 123 456", "+ New", "(12)",
     "a@b.example", "http://b.example/c", "www.b.example", "A | B | C | D", "One Two Three Four Five Six",
     "one, Two Three Four Five Six Seven", "Éire Île Ñu Öl Über Às", "1 / 2 / 3 / 4", "© 2024 Tide",
     "Copyright Tide", "Tidewater Post", "tidewater-post", "Tidé Post", "²³", "x ² y", "Ⅷ", "年", "3月",
     "Tidewater Post | Storm hits the coast of Brittany tonight", "\u2028a", "a\x1cb C D E F G",
     "3 kg 4", " a ", " 3", "3 kilo 4", "12 kg", "4-H", "(a b)", "1/2a!", "__", "+ 3", "Über uns Home News Sport Mail",
     "Über Öl Ähre home news sport", "Über Öl Home News Sport x", "a Öl Ähre Éire Ñu x y",
     "Menu", "menu", "MENU 1", "İstanbul", "ſhare", "Home", "ﬁ", "A" * 130, "Read more " * 40]
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
TEXTS = st.one_of(ODD, LINES.filter(str.strip), ANY)
MARKS = st.lists(
    st.sampled_from([*sorted(REASON_OF), *sorted(TAGS), "x", "é", "K", "menus", "-", "_", "--"]), max_size=12
).flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", "-", "_", "/", "\xa0", "\u2009", "\n"]),
        min_size=len(words), max_size=len(words),
    ).map(lambda joints: "".join(word + joint for word, joint in zip(words, joints, strict=True)))
)  # fmt: skip
"""Words of classes, and what may stand between them."""
MARKUP = st.builds(
    Markup,
    path=st.sampled_from(["html/body/p", "html/body/nav/ul/li", "html/body/footer/p", ""]) | MARKS,
    marks=st.sampled_from(["", "cookie-bar", "site__logo top", "tag_cloud--small x", "Ad"]) | MARKS,
    linked=st.sampled_from([0.0, 0.69, 0.7, 1.0]),
    strong=st.booleans(),
    hidden=st.booleans(),
)
ZONES = st.sampled_from([BOILERPLATE, BOILERPLATE, BOILERPLATE, TEASER_META, BODY, TITLE])
LINE = st.tuples(TEXTS, ZONES, st.none() | MARKUP, st.integers(0, 2), st.integers(0, 2))
"""The last two: how far below the last line of the block above it begins, and how many more it has."""


def compare(document: Document, zones: list[Zone], title: str | None) -> None:
    """Reasons of the lines of these zones, in both forms."""
    evidence = evidence_of(document.blocks)
    where = where_zones_are(zones)
    told = [
        reasons(document.blocks, evidence, Places(document, evidence, where, title))
        for reasons in (removed._by_core, removed.by_python)
    ]
    assert told[0] == told[1]
    owners = [ledger._owners_by_core(document.blocks), ledger.owners_by_python(document.blocks)]
    assert owners[0] == owners[1]
    firsts, owned = owners[0][0], Ledger(document).owned
    every = document.lines, firsts, owned, zones
    if document.lines:
        assert ledger._by_core(*every) == ledger.by_python(*every)
    left_out = {i: "repeat of the title" for i, zone in enumerate(zones) if zone is TITLE}
    story = Story(zones, where, left_out=left_out)
    parts = [
        group(document.blocks, story, told[0], Ledger(document))
        for group in (removed._groups_by_core, removed.groups_by_python)
    ]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.name}")
@pytest.mark.parametrize("form", ["text", "html"])
def test_reasons_on_pages(path: Path, form: str) -> None:
    """Every line of a page, as if all were left out, all but some, or all below the first."""
    try:
        page = read_page(path.read_bytes(), url=None, options=Options(input_format=form))
    except InputError:  # binary data: no page
        return
    document = split_page(page)
    count = len(document.blocks)
    title = document.blocks[count // 3].text if count else None
    every: list[list[Zone]] = [
        [BOILERPLATE] * count,
        [BODY if i % 7 == 3 else BOILERPLATE for i in range(count)],
        [TITLE if i == 0 else BOILERPLATE for i in range(count)],
        [TEASER_META if i % 3 else BOILERPLATE for i in range(count)],
    ]
    for zones in every:
        compare(document, zones, title)


@given(st.lists(LINE, max_size=14), st.none() | TEXTS)
@settings(max_examples=300)
def test_reasons_of_any_lines(
    lines: list[tuple[str, Zone, Markup | None, int, int]], title: str
) -> None:
    """Lines of any kind beside any others."""
    blocks: list[Block] = []
    text = "x\n \n" * 2 * len(lines)
    spans = tuple((2 * i, 2 * i + 1) for i in range(4 * len(lines)))
    last = 0
    for said, _, markup, below, more in lines:
        first = max(last + below, 1)
        last = first + more
        span = spans[first - 1][0], spans[last - 1][1]
        blocks.append(Block(text=said, lines=(first, last), span=span, markup=markup))
    page = Page("", Source(None, "text", "str", "", None))
    zones = [zone for _, zone, *_ in lines]
    compare(Document(page, text, spans, tuple(blocks)), zones, title)


@given(MARKUP)
@settings(max_examples=300)
def test_what_tags_say(markup: Markup) -> None:
    """Tags and classes of any kind, in both forms."""
    block = Block(text="x", lines=(1, 1), span=(0, 1), markup=replace(markup, hidden=False))
    ask = (lambda _: None, removed._tag_tables, lambda _: False)
    reasons = _core.reasons(removed._tables(), evidence_of([block]), (block,), [0], (), (0, 0), ask)
    assert reasons == [
        reason_by_tags(markup) or ("link" if markup.linked >= LINKED else "single short line")
    ]


def test_a_head_of_many_names() -> None:
    """What stands beside the title may be as many names as a page has lines; none is gone through."""
    title, start = "Ferries at the quay", "a" * 20
    head = " - ".join([title, *(f"{start}{code}" for code in range(8000))])
    lines = [head, title, *(f"{start}{code}x" for code in range(8000)), f"{start.title()} 77"]
    blocks = [Block(line, (i, i), (0, len(line))) for i, line in enumerate(lines, 1)]
    zones: list[Zone] = [TITLE, TITLE, *(BOILERPLATE,) * 8001]
    started = process_time()
    page = Page("", Source(None, "text", "str", "", None))
    compare(Document(page, "", (), tuple(blocks)), zones, title)
    assert process_time() - started < 1


def test_letters() -> None:
    """The ranges that are taken for letters hold letters alone."""
    for first, last in LETTERS:
        signs = [chr(code) for code in range(ord(first), ord(last) + 1)]
        assert all(sign.isalpha() and not sign.isdigit() for sign in signs)


def test_figures_of_every_character() -> None:
    """Each character there is holds a figure, or the sign of a year, in both forms."""
    lines = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert figures.with_figure(lines) == figures.by_python(lines)


@given(st.lists(TEXTS | st.just("")))
def test_figures_of_any_lines(lines: list[str]) -> None:
    """Lines that may have a date, in both forms."""
    assert figures.with_figure(lines) == figures.by_python(lines)


@given(st.lists(ANY), ANY)
@example(["Harbour News", "The Harbour News", "", "Ünd\U0001f600\nHarbour"], "Harbour")
@example(["é", "日", "\U0001f600"], "日")
@example(["a", ""], "")
def test_lines_that_hold_a_text(texts: list[str], part: str) -> None:
    """Which lines hold a text, in both forms."""
    assert holding(texts, part) == holding_by_python(texts, part)


@given(st.lists(st.tuples(ANY, st.floats(0, 1) | st.integers(0, 10**6).map(lambda n: n / 10**6))))
@example([("a", 0.0005), ("b", 0.0015), ("c", 0.9995), ("d", 1.0), ("e", 0.0)])
def test_confidences(pairs: list[tuple[str, float]]) -> None:
    """What adds up to the confidence of a page, in both forms."""
    blocks = [Block(text=text, lines=(1, 1), span=(0, 1)) for text, _ in pairs]
    verdicts = [Verdict(BODY, share) for _, share in pairs]
    own = confidence._by_core(blocks, verdicts)
    assert own == confidence.by_python(blocks, verdicts)
    assert all(type(share) is float for share in own[2])


@given(st.lists(st.sampled_from(Zone)))
def test_where_zones_are(zones: list[Zone]) -> None:
    """Positions of zones, in both forms."""
    own = zone._by_core(zones)
    assert own == zone.by_python(zones)
    assert list(own) == list(Zone)


class Other:
    """No block, and no evidence."""

    text = lower = key = confidence = concepts = lines = span = 7
    width = count = sentence = unspaced = -1
    markup = None


def test_wrong_objects_raise() -> None:
    """What is handed over is looked at before it is used."""
    tables, classes = removed._tables(), (Block, Verdict)
    calls = (str, str, str)
    evidence = evidence_of([Block(text="Menu", lines=(1, 1), span=(0, 4))])
    block = Block(text="Menu", lines=(1, 1), span=(0, 4))
    for own, of, members, site in (
        ((Other(),), (block,), [0], ()),
        (evidence, (Other(),), [0], ()),
        (evidence, (), [0], ()),
        (evidence, (block,), [1], ()),
        (evidence, (block,), [-1], ()),
        (evidence, (block,), [0, 0], ()),
        (evidence, (block,), ["0"], ()),
        (evidence, (block,), [0], (7,)),
    ):
        with pytest.raises((TypeError, ValueError)):
            _core.reasons(tables, own, of, members, site, (0, 0), calls)
    with pytest.raises(ValueError, match="another size"):
        _core.removal_tables((), ({}, {}), ("menu",), "hidden", (), (1,), (0.0, 0.0), ((), (), ()))
    with pytest.raises(TypeError):
        _core.tag_tables({"nav": 7}, {}, 8)
    with pytest.raises(ValueError, match="another size"):
        _core.tag_tables({}, {str(i): "menu" for i in range(300)}, 8)
    with pytest.raises(TypeError):
        _core.with_figure(str, [7])
    with pytest.raises(TypeError):
        _core.holding(["Harbour", 7], "Harbour")
    with pytest.raises(TypeError):
        _core.holding(["Harbour"], b"Harbour")
    with pytest.raises(TypeError):
        _core.confidences(float, classes, (Other(),), (Verdict(BODY, 1.0),))
    with pytest.raises(ValueError, match="no share"):
        _core.confidences(float, classes, (block,), (Verdict(BODY, float("nan")),))
    with pytest.raises(ValueError, match="a verdict a block"):
        _core.confidences(float, classes, (), (Verdict(BODY, 1.0),))


def test_wrong_ledgers_raise() -> None:
    """What the lines of parts are made of is looked at too."""
    line = ((0, 4),)
    for told, firsts, owned, values in (
        (-1, [], {}, []), (1 << 62, [], {}, []), ([(0, 4)], [1], {}, [0]), (line, [], {}, [0]),
        (line, [0], {}, [0]), (line, [2], {}, [0]), (line, ["1"], {}, [0]), (line, [1], {0: 7}, [0]),
        (line, [1], {0: [2]}, [0]), (line, [1], {1: [1]}, [0]), (line, [1], {"0": [1]}, [0]),
        (line, [1], {0: ["1"]}, [0]),
    ):  # fmt: skip
        with pytest.raises((TypeError, ValueError, IndexError)):
            _core.by_line(told, firsts, owned, values)
    tables = ledger.core_tables()
    block = Block(text="Menu", lines=(1, 1), span=(0, 4))
    for blocks in ((Other(),), (replace(block, lines=7),), (replace(block, lines=("a", 2)),),
                   (replace(block, lines=(0, 1)),), (replace(block, lines=(2, 1)),)):  # fmt: skip
        with pytest.raises((TypeError, ValueError)):
            _core.line_owners(tables, blocks)
    for blocks, owned, zones, members, reasons, left_out in (
        ((Other(),), {}, [BODY], [0], ["menu"], []),
        ((replace(block, text=7),), {}, [BODY], [0], ["menu"], []),
        ((block,), {0: 7}, [BODY], [0], ["menu"], []),
        ((block,), {0: ["1"]}, [BODY], [0], ["menu"], []),
        ((block,), {}, [], [0], ["menu"], []),
        ((block,), {}, [BODY], [0], [], []),
        ((block,), {}, [BODY], [1], ["menu"], []),
        ((block,), {}, [BODY], [-1], ["menu"], []),
        ((block,), {}, [BODY], [], [], [0]),
        ((block,), {}, [BODY], [], [], [(0, 7)]),
        ((block,), {}, [BODY], [], [], [(1, "menu")]),
    ):
        with pytest.raises((TypeError, ValueError, IndexError)):
            _core.group_removed(tables, blocks, owned, zones, members, reasons, left_out)
