"""Pages of text become the same blocks by the core and in Python, whatever a page holds."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlecli.blocks import paragraphs
from articlecli.blocks.from_text import by_python, text_blocks
from articlecli.blocks.marks import NO_MARK, Mark
from articlecli.blocks.passes import passed
from articlecli.blocks.rows import ODD, Row, read_rows
from articlecli.core import core_runs
from articlecli.text import lines
from articlecli.text.characters import WHITE, shown
from lab.load.shapes import SHAPES
from tests import ROOT, SAMPLES
from tests.cases import HERE as CASES
from tests.laws.pages import FLAT

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

from articlecli import _core
from articlecli.blocks import compiled_text as compiled

CORPUS = ROOT / "tests" / "fuzz" / "corpus"
PAGES = sorted([*SAMPLES.glob("*.*"), *CASES.glob("*/page.*"), *CORPUS.iterdir()])


def compare(page: str) -> None:
    """Both forms read the page alike."""
    spans = lines.line_spans(page)
    assert lines.by_python(page.replace("\r\n", " \n").replace("\r", "\n")) == spans
    own, right = text_blocks(page, spans), by_python(page, spans)
    for block, wanted in zip(own, right, strict=False):
        assert block == wanted
    assert len(own) == len(right)


def numbered(text: str) -> str:
    """The lines of a text, numbered."""
    return "\n".join(f"{i}. {line}" for i, line in enumerate(text.split("\n"), 1))


SHAPED: list[Callable[[str], str]] = [
    str,
    str.lower,
    numbered,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("\n", "\r"),
    lambda text: text.replace("\n", "\n\n"),
    lambda text: text.replace("\n", " "),
    lambda text: text.replace("\n", "\f\n", 3),
    lambda text: text.replace("\n", "\\n"),
    lambda text: text.replace(" ", "\t", 9),
    lambda text: text.replace(" ", "   "),
    lambda text: text.replace(" ", "\xa0").replace("e", "&eacute;"),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace("\n", "\n> "),
    lambda text: text.replace("\n", "\n    • "),
    lambda text: text.replace("\n", "-\n"),
    lambda text: text.replace("\n", ",\n"),
    lambda text: text.replace("a", "\u00ad"),
    lambda text: text.replace("\n", "\n12 %\n"),
    lambda text: text.replace("e ", "e-\n"),
    lambda text: "Subject: Lamps\nFrom: Ada\n" + text,
    lambda text: "\n\n".join(
        f"{text[i : i + 900]}\n\nPage {i // 900}" for i in range(0, 9000, 900)
    ),
    lambda text: "\n".join(text[i : i + 72] for i in range(0, len(text), 72)),
]
"""What a page looks like that another program flattened, or broke."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_pages(path: Path) -> None:
    """The samples and the golden pages, in many forms."""
    text = path.read_bytes().decode("utf-8", "replace")[:20_000]
    for shape in SHAPED:
        compare(shape(text))


@settings(deadline=None, max_examples=300)
@given(page=FLAT, shape=st.sampled_from(SHAPED))
def test_flat_pages(page: str, shape: Callable[[str], str]) -> None:
    """Made-up pages, in such forms."""
    compare(shape(page))


PIECES = st.sampled_from(
    ["the lamps", "Lamps along the quay", "12", "12 %", "½", "3.1 m", "€ 40", "12:30", "1.", "(2)",
     "-", "•", "|", "»so«", "”", "…", "...", ",", ">", "$ ls", "x = f(y);", "return", "import re",
     "By Ann Lee", "par Marie", "2024", "字年月日", "一覧", "Ⅳ", "٣", "한국어", "été", "Ärger-", "and", "\t", "  ",
     "   ", "\xa0", "&amp;", "\u200b", "\u2028", "\x1f", "\ud800", "(", "word " * 14]
)  # fmt: skip
LINE = st.lists(PIECES, max_size=6).map(" ".join) | st.lists(PIECES, max_size=3).map("".join)


@settings(deadline=None, max_examples=500)
@given(page=st.lists(LINE, max_size=16).map("\n".join))
def test_odd_lines(page: str) -> None:
    """Lines of what the passes look for: figures, numbers, code, bullets, quotes, names."""
    compare(page)


@settings(deadline=None)
@given(page=st.text(max_size=200))
def test_any_text(page: str) -> None:
    """Any characters."""
    compare(page)


@pytest.mark.parametrize("name", [name for name in SHAPES if SHAPES[name].format == "text"])
def test_hostile_pages(name: str) -> None:
    """The shapes that are made to be slow."""
    compare(SHAPES[name].make(20_000))


def test_a_headline_and_its_copies() -> None:
    """Of many rows that begin and end alike, those that are cut are found."""
    head = "Lamps along the old quay return"
    for before, behind in (
        ("Home News ", ""),
        ("", " Photo: A. Lee"),
        ("The Daily - ", ""),
        ("", " | X"),
    ):
        compare("\n".join([head, *[f"{head} {i}" for i in range(90)], f"{before}{head}{behind}"]))


MARKS = st.sampled_from(
    [NO_MARK, Mark("quote", 0, "said"), Mark("code", 2, "  x = 1"),
     Mark("code", 3, "y"), Mark("table", 2, "a | b"), Mark("heading", 1, "Head"),
     Mark("list_item", 2, "an item-"), Mark(None, 0, "none")]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["Menu", "the mayor said on Friday that the lamps are to be lit again,", "and the lamps",
     "lamp-", "By Ann Lee", "by Ann Lee", "It is done, and all who came were glad of the new lights.",
     "字年月日。", "한국", "»", "(", "12 May 2020", "”so”", "a"]
)  # fmt: skip
ROW = st.tuples(
    TEXTS, st.sampled_from([0, 0, 0, 1, 2]), MARKS, st.sampled_from([None, None, None, "title"]),
    *[st.sampled_from([False, False, False, True])] * 4,
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(given=st.lists(ROW, max_size=12))
def test_any_rows(given: list[tuple]) -> None:
    """Rows with all that passes and the parser of Markdown say of them."""
    rows = [
        Row(i, 90 * i, 90 * i + len(text), text, gap, mark, field,
            silent and mark.kind != "quote", cut, resumes, joined)
        for i, (text, gap, mark, field, silent, cut, resumes, joined) in enumerate(given, 1)
    ]  # fmt: skip
    assert compiled.join(rows) == paragraphs.join(rows)


def test_rows_by_the_core_are_those_of_python() -> None:
    """Where Python is to see the core's rows, it sees its own."""
    page = "• One\n\n Two  lamps\na\tb\n\u200b\nx &lt; y"
    spans = lines.line_spans(page)
    rows, has, _ = _core.read_rows(compiled._reader(), page, spans)
    assert _core.rows(Row, rows) == read_rows(page, spans)
    assert passed(page, _core.rows(Row, rows), has)


def test_white_space_is_that_of_python() -> None:
    """The core is told what white space is; Unicode has added none since 1999."""
    found = {chr(c) for few in WHITE for c in range(ord(few[0]), ord(few[-1]) + 1)}
    assert found == {chr(c) for c in range(sys.maxunicode + 1) if chr(c).isspace()}


def test_lines_without_odd_characters_are_shown_as_they_are() -> None:
    """Of others, and of an ampersand without an entity, nothing is decoded or taken out."""
    odd = {chr(c) for few in ODD for c in range(ord(few[0]), ord(few[-1]) + 1)} - {"&"}
    text = "".join(chr(c) for c in range(0x3000) if chr(c) not in odd | {";"})
    assert shown(text) == text


READER = (None,) * 10, ((),) * 5, (0,) * 15
JOINER = (None,) * 8, ((),) * 6, (0,) * 16


@pytest.mark.parametrize(
    "call",
    [
        lambda: _core.reader((), (), ()),
        lambda: _core.reader(READER[0], READER[1], (1,)),
        lambda: _core.reader(READER[0], (("abc",),) * 5, READER[2]),
        lambda: _core.reader(READER[0], ("abc",) * 5, READER[2]),  # type: ignore[arg-type]
        lambda: _core.reader(READER[0], (("a",) * 5, ("é",) * 99, (), (), ()), READER[2]),
        lambda: _core.reader(*READER),
        lambda: _core.joiner((), (), ()),
        lambda: _core.read_rows(object(), "a", ()),
        lambda: _core.read_rows(compiled._reader(), "a", (1,)),  # type: ignore[arg-type]
        lambda: _core.read_rows(compiled._reader(), "a", ((0,),)),  # type: ignore[arg-type]
        lambda: _core.read_rows(compiled._reader(), "a", ((-4, 1),)),
        lambda: _core.read_rows(compiled._reader(), "a", (("a", 1),)),  # type: ignore[arg-type]
        lambda: _core.read_rows(compiled._reader(), b"a", ()),  # type: ignore[arg-type]
        lambda: _core.rows(Row, object()),
        lambda: _core.join(compiled._joiner(), object()),
        lambda: _core.join(compiled._joiner(), [Row(1, 0, 0, "", 0, NO_MARK)]),
        lambda: _core.join(compiled._joiner(), [None]),
        lambda: _core.line_spans(b"a"),  # type: ignore[arg-type]
    ],
)
def test_wrong_calls_raise(call) -> None:
    """What no caller of ours hands over is an exception, and no crash."""
    with pytest.raises((TypeError, ValueError, IndexError, AttributeError)):
        call()


def test_rows_that_change_their_list() -> None:
    """What is asked of a row may take the rows away: those that were given are joined."""
    rows: list[Any] = []

    class Fading:
        def __getattr__(self, name: str) -> object:
            rows.clear()
            return getattr(Row(1, 0, 3, "abc", 1, NO_MARK), name)

    rows += [Fading() for _ in range(3)]
    assert len(_core.join(compiled._joiner(), rows)) == 3


def test_numbers_that_change_their_list() -> None:
    """Features are whole numbers: nothing that would be asked for one."""
    blocks: list[list[int]] = []

    class Fading:
        def __index__(self) -> int:
            blocks.clear()
            return 1

    blocks += [[Fading(), 1], [2]]  # type: ignore[list-item]
    with pytest.raises(TypeError):
        _core.pack([], blocks)


def test_an_answer_that_is_no_text() -> None:
    """A function that the core asks may say anything."""
    calls = (None, lambda _: 1, *(None,) * 7, ())
    reader = _core.reader(calls, ((" ",), ("&",), (), (), ()), (0,) * 15)
    with pytest.raises(TypeError):
        _core.read_rows(reader, "a &b;", ((0, 5),))
