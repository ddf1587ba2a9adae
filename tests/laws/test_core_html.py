"""The walk through a page of HTML gives the same blocks by the core and in Python."""

import sys
from html import escape
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks.from_html import as_html
from articlecli.blocks.hidden import HIDDEN_TAGS
from articlecli.blocks.walk import walk
from articlecli.core import core_runs
from articlecli.document import Block
from lab.load.shapes import SHAPES
from tests import ROOT
from tests.cases import HERE as CASES
from tests.laws.pages import gold_pages
from tests.laws.test_core_source import compare_source

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

from articlecli import _core
from articlecli.blocks import compiled_html as compiled

CORPUS = ROOT / "tests" / "fuzz" / "corpus"
PAGES = sorted([*CASES.glob("*/page.html"), *CORPUS.glob("*htm*")])
TITLE = Block("The lamps of the quay", (1, 1), (0, 21))


def compare(page: str) -> None:
    """Blocks, pictures and counts of a page, in both forms."""
    page = as_html(page)
    for noscript in (False, True):
        for above in ([], [TITLE]):
            right, own = (
                form(LexborHTMLParser(page), noscript=noscript, language="fr", above=above)
                for form in (walk, compiled.walk)
            )
            for told, seen in zip(right.blocks, own.blocks, strict=False):
                assert seen == told
            assert own == right
    compare_source(page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_pages(path: Path) -> None:
    """The golden pages."""
    compare(path.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.parametrize("name", [name for name in SHAPES if SHAPES[name].format == "html"])
def test_hostile_pages(name: str) -> None:
    """The shapes that are made to be slow."""
    page = SHAPES[name].make(20_000)
    compare(page if isinstance(page, str) else page.decode("utf-8", "replace"))


@pytest.mark.slow
def test_gold_pages() -> None:
    """Real pages of all sets; some of a set."""
    for page in gold_pages(12):
        compare(page["html"])


TAGS = st.sampled_from(
    ["div", "p", "span", "a", "b", "em", "code", "pre", "br", "table", "tr", "td", "th", "tbody",
     "ul", "ol", "li", "h2", "q", "sup", "sub", "small", "time", "img", "noscript", "x-card", "dl",
     "dt", "figcaption", "dialog", "blockquote", "amp-img", "hr", "cite", *HIDDEN_TAGS]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["word", "Capital", "small letters here.", " ", "\n ", "12", "¶", "#", "🔗 ", "é", "Ärger", "字",
     "字が", "a\u00adb", "\u200b", "\u200d", "می\u200cخواهم", "\ufeff", "\u2060 ", "a&amp;amp;b", "&amp;eacute;",
     "x & y;", "ship.", "Ends in a full sentence. ", "A line that was broken by hand before it ended",
     "http://a.example", "\xa0", "\u3000", "\x85", "\x1c", "i\u0307", "ΑΣ", "Photo by Ann", "[", "1,2"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map(escape)  # fmt: skip
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        ["class", "id", "role", "rel", "itemprop", "data-testid", "href", "style", "hidden",
         "aria-hidden", "colspan", "value", "start", "reversed", "alt", "src", "width", "open",
         "srcset", "content", "type", "property", "datetime"]
    ),
    st.sampled_from(
        ["", "a", "application/ld+json", "schema:dateCreated", "A-b c", "É", "ΑΣ", "İ", "#", "#note1", "/x", "3", "-2", "0", "99", "true", "code",
         "emoji", "presentation", "display:none", "Display : NONE", "vıſıbility:hidden", "until-found",
         "nav " * 30, "a.png 2x, b.png 3x", "data:x"]
    ),
    max_size=3,
)  # fmt: skip


@st.composite
def soup(draw: st.DrawFn) -> str:
    """Tags and text, nested or not, closed or not."""
    parts = []
    for tag, said, text, ends in draw(
        st.lists(st.tuples(TAGS, ATTRIBUTES, TEXTS, st.integers(0, 3)), max_size=30)
    ):
        told = "".join(f' {name}="{escape(value)}"' for name, value in said.items())
        parts.append(f"<{tag}{told}>" if ends < 3 else "<!-- note -->")
        parts.append(text)
        if ends > 0:
            parts.append(f"</{tag}>")
    return "<body>" + "".join(parts)


@settings(deadline=None, max_examples=600)
@given(page=soup())
def test_any_page(page: str) -> None:
    """Tags in any order, with attributes and texts that matter."""
    compare(page)


PICTURED = st.dictionaries(
    st.sampled_from(["alt", "class", "src", "data-src", "data-lazy", "srcset", "data-srcset", "width", "height"]),
    st.sampled_from(
        ["", "a.png", "/a/logo.png?b", "/logos/a.png", "a.png?b=icon/c", "ICON.gif", "x.SVG", ".svg", "svg", "/a/?b",
         "blankets.png", "blank.gif", "\u212a.png", "\u0130con.png", "s\u017fpacer.gif", "é.png", "data:a", "DATA:a",
         "data", "59", "60", "060", "-5", "٣", "000000005", "00000005", "5px", "🙂", "Smiley", "smil\u0130e",
         "wp-EMOJI b", "A picture of the quay", "a b.png 2x, c.png 3x", " ", ", ,",
         "a.png 1.5x, b.png 1.25x", "a.png 100w,b.png 99w, c.png 200w", "a.png .x, b.png 1.x, c.png .5x", "a 1.2.3x,  b 1x",
         "data:a 3x, b.svg 2x", "a 9999999999w, b 99999999w", "a 123456789w,\tb 2.5w ", "a.png\n2x, b.png 1x", "é 2x, b 1x"]
    ),
)  # fmt: skip


@settings(deadline=None, max_examples=600)
@given(said=st.lists(PICTURED, min_size=1, max_size=3))
def test_any_picture(said: list[dict[str, str]]) -> None:
    """Pictures of all kinds, addresses and sizes."""
    tags = (" ".join(f'{name}="{escape(told)}"' for name, told in one.items()) for one in said)
    compare("<p>one" + "two".join(f"<img {told}>" for told in tags) + "<br>three")


def test_white_space_is_that_of_python() -> None:
    """Each character stands between two words: it parts them in both forms or in none."""
    codes = (code for code in range(14, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    page = "<p>" + "".join([f"a&#{code};b" for code in codes])
    right, own = (form(LexborHTMLParser(page), noscript=False) for form in (walk, compiled.walk))
    assert own == right
    assert right.blocks[0].text.count(" ") > 20


def test_marks_and_paths_without_end() -> None:
    """What is cut of them is cut at the same place."""
    words = " ".join(f"wörd{number}" for number in range(2_000))
    for said in (words, "x" * 9_000, "é" * 9_000, f"{'x' * 7_990} yy zz", f"{'y' * 8_001} z"):
        compare(f"<div class='{said}'>a<div class='b {said[:5000]}'>c<p class=d>e<b class=f>g")
    compare("".join(f"<x{number}>{number}" for number in range(500)))


@pytest.mark.parametrize(
    "call",
    [
        lambda: _core.walk(object(), object(), False, "", [], 0),  # type: ignore[arg-type]
        lambda: _core.walk_tables({}, {}, (), (), {}, {}, {}, {}, "", ""),
        lambda: _core.walk_tables({}, {}, (), (), {}, {}, (), {}, "", ""),  # type: ignore[arg-type]
        lambda: _core.walk_tables({}, {}, ("a",) * 99, (), {}, {}, {}, {}, "", ""),
    ],
)
def test_wrong_calls_raise(call) -> None:
    """What no caller of ours hands over is an exception, and no crash."""
    with pytest.raises((TypeError, ValueError)):
        call()


def test_what_the_parser_raises_comes_through() -> None:
    """A node that is none of the parser's: its exception, and nothing held."""

    class Node:
        tag_id, tag, attributes = 1, "div", {"class": "a"}

        @property
        def first_child(self) -> object:
            raise RuntimeError("gone")

    with pytest.raises(RuntimeError, match="gone"):
        compiled.walk_nodes(compiled._tables(), Node(), False, "", [], 0)  # type: ignore[arg-type]


def test_what_elements_share_is_made_once() -> None:
    """Blocks below one element have its classes, and no copy of them each."""
    page = f"<div class='{'lamp ' * 1500}'>" + "<p>One lamp</p>" * 50
    blocks = compiled.walk(LexborHTMLParser(page), noscript=False).blocks
    marks = [block.markup.marks for block in blocks if block.markup is not None]
    assert len(marks) == 50
    assert len(set(map(id, marks))) == 1


def test_nested_quotes_are_searched_once() -> None:
    """Tags inside a nest of `<q>` are not looked through for each of them."""
    started = process_time()
    compiled.walk(LexborHTMLParser("<q>" * 1900 + "<b></b>" * 15_000), noscript=False)
    assert process_time() - started < 2
