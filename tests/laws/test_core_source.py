"""What a page's source tells, and which blocks say what it declares, the same in both forms."""

import re
import sys
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks import formulas, nests, said, source
from articlecli.blocks.declared.marked import DATED, read_marks
from articlecli.blocks.from_html import html_blocks
from articlecli.blocks.said import LONGEST_BODY, Told, _by_core, by_python
from articlecli.core import core_runs
from articlecli.read import encoding
from articlecli.text.folding import letters, letters_of_lines

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

from articlecli import _core


def compare_source(page: str) -> None:
    """The core counts tags as Python does, and says of nothing that a page lacks it."""
    told = source.read_source(page)
    tree = LexborHTMLParser(page)
    assert told[:2] == source.tag_counts(page)
    assert told.formulas or tree.css_first(formulas._ANY) is None
    assert told.code or tree.css_first("pre, code") is None
    assert told.times or tree.css_first("time") is None
    assert told.bases or tree.css_first("base") is None
    assert told.items or tree.css_first("[itemprop]") is None
    assert told.edits or not any(word in page for word in source.EDIT_WORDS)
    compare_marks(tree, told)


def compare_marks(tree: LexborHTMLParser, told: source.Source) -> None:
    """All that a page declares is found by one question, as by one for each."""
    marks = read_marks(tree, told)
    first = {name: name for name in ("time[pubdate]", "time[datetime]", "base[href]")}
    first |= {name: f'[property="{name}"]' for name in DATED}
    for name, selector in first.items():
        found, right = marks.first.get(name), tree.css_first(selector)
        assert (found and found.mem_id) == (right and right.mem_id)
    assert marks.meta == [node.attributes for node in tree.css("meta[content]")]
    data = [node for node in tree.css("script[type]")
            if "ld+json" in (node.attributes["type"] or "").lower()]  # fmt: skip
    assert [node.mem_id for node in marks.data] == [node.mem_id for node in data]
    for word in ("a", "headline", "code"):
        right = [node.mem_id for node in tree.css(f'[itemprop~="{word}"]')]
        assert [node.mem_id for node in marks.itemprop.get(word, ())] == right


@settings(deadline=None)
@given(st.text("<>/opOPta", max_size=60))
def test_tag_counts(page: str) -> None:
    """Brackets in any order."""
    compare_source(page)


PIECES = st.sampled_from(
    ["<meta content=a", "<meta name=b", "<script type='application/LD+json'", "datetime=2024", "pubdate", "href=/b",
     "property=schema:datePublished", "property='schema:dateModified'", "property=schema:date", "<math", "<MATH", "<img", "<image", "<script", "<pre", "<code", "<time", "<base", "<p", "<a", "</a", "<!--",
     "-->", ">", "/>", "/", " ", "\n", "\f", "\v", "=", "'", '"', "\0", "class", "CLASS=", "type=", "alt=", "tex",
     "mathtex", "LaTeX", "'a>b'", '"mwe-math-fallback-image"', "math/tex", "&#109;ath/", "t&#101;x", "itemprop",
     "ITEMPROP=a", "itempr", "mpro", "edit", "href='?action=edit'", "edit-section", "x" * 300]
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_what_a_source_lacks(page: str) -> None:
    """Tags, attributes and quotes in any order."""
    compare_source(page)


NAMES = st.sampled_from(
    ["<a", "<b", "</", "<", ">", "/>", "/", " ", "\n", "\x1c", "\x85", "\u3000", "=", "=c", "'", '"', "d", "e f", "É",
     "字", "\0", "data-x", "?", "'g>h'", '"i j"', " k = l", "m='n'o"]
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.lists(NAMES, max_size=30).map("".join))
def test_names(page: str) -> None:
    """The core counts as many names as Python does."""
    for most in range(12):
        assert _core.few_names(page, most) == nests.few_names(page, most)


def test_names_take_no_square() -> None:
    """Tags without an end, quotes without one, and as many names as a page can hold."""
    started = process_time()
    for page in (
        "<a " * 900_000,
        "<a b='" * 500_000,
        "<a " + 'b="' * 500_001,
        "<a" + "\"'" * 900_000,
    ):
        assert _core.few_names(page, 5000)
    assert not _core.few_names("".join([f"<x{n}>" for n in range(300_000)]), 5000)
    assert process_time() - started < 2


def test_tags_in_tags_take_no_square() -> None:
    """Tags without an end are looked through a few times in all."""
    started = process_time()
    for page in ("<img a " * 200_000, "<img/" * 900 + " " * 4_000_000 + ">", "<img b='" * 300_000):
        assert source.read_source(page).formulas
    assert process_time() - started < 2


def test_an_image_is_a_picture() -> None:
    """What a parser makes of `<image>` is looked for too: its formula is no picture."""
    page = '<p>Its height is <image class=tex alt="h^2"> feet.'
    compare_source(page)
    assert source.read_source(page).formulas
    assert "$h^2$" in html_blocks(page)[1][0].text


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from([*"aÃâÐïÂ™œž“”»¿«° \0\x80\x9d\xbfƒ‰€Ñ字😀", "\ufffd", "ï»¿"]), max_size=30
    )
)
def test_odd_signs(signs: list[str]) -> None:
    """Of a text nothing odd is missed, and NULs and broken characters are told alike."""
    text = "".join(signs)
    nuls, bad, begun = _core.odd_signs(text)
    right = encoding.odd_signs(text)
    assert [nuls > 0, bad > 0] == [right[0] > 0, right[1] > 0]
    assert begun >= len(re.findall(encoding._MOJIBAKE, text))
    assert right[2] >= 2 or begun == 0


SAID = st.lists(
    st.sampled_from(
        ["The harbour opens again", "the harbour", "OPENS", "Ferry “Anna”", "—", "é", "É", "İ", "ΑΣ", "ΣΑ", "ς",
         "字典", "Ω", "K", "ﬁ", "_", "\x85", "٣", "Ann Lee", "again and again", "\U0001f600", "x" * 90]
    ) | st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=9),
    max_size=9,
).map(" ".join)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(SAID, max_size=9), st.tuples(SAID, SAID, SAID, SAID), st.lists(SAID, max_size=3))
def test_said(lines: list[str], head: tuple[str, str, str, str], authors: list[str]) -> None:
    """Lines say the same of a head in both forms."""
    names = tuple(name for author in authors if (name := letters(author)))
    for folded in (head, (*lines, *head)[:4]):
        told = Told(*map(letters, folded), names)
        text = "\n".join(lines)
        assert _by_core(text, told) == list(by_python(text, told))


def test_said_of_all_letters() -> None:
    """Each character is the same letter in both forms, alone and among others."""
    codes = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    every = [code for code in codes if code != "\n"]
    for size in (1, 3, 400):
        lines = ["".join(every[at : at + size]) for at in range(0, len(every), size)]
        for few in (
            lines[at : at + 150] for at in range(0, len(lines), 150 if size > 3 else 60_000)
        ):
            told = Told("", "", "", "", tuple(filter(None, map(letters, few[:20]))))
            text = "\n".join(few)
            assert _by_core(text, told) == list(by_python(text, told))


def test_long_texts_are_found_whole() -> None:
    """A text of more than a few hundred letters is compared to its end."""
    story = "".join(f"ship{number}" for number in range(900))
    told = Told("", "", story[:6000], story, ())
    lines = [story[:3000], story[:2999] + "x", story[:600], "y" + story[:700], story[100:900]]
    assert _by_core("\n".join(lines), told) == list(by_python("\n".join(lines), told))


LIKE_IT = {
    "at its end": [f"{'a' * 27}{code}" for code in range(1000, 9000)],
    "in the middle": [f"{'a' * 20}{code}{'a' * 9}" for code in range(1000, 9000)],
    "at its beginning": [f"{code}{'a' * 29}" for code in range(1000, 9000)],
    "long": [f"{code}{'a' * 99}" for code in range(1000, 4000)],
    "beyond ASCII": [f"{'ä' * 20}{code}{'ä' * 9}" for code in range(1000, 9000)],
}


@pytest.mark.parametrize("name", LIKE_IT)
def test_lines_like_the_body_take_no_product(name: str) -> None:
    """Lines that are nearly in a long body are not looked for all the way through it, each."""
    lines = LIKE_IT[name]
    body = (lines[7] + lines[3999 % len(lines)]) * 9 + lines[0][:24] * 8000
    text = "\n".join([*lines, body[9:99], body[-40:], body[:31], body[-9:] + "a" * 30])
    told = Told("", "", "", body[:LONGEST_BODY], ())
    for form in (_by_core, by_python):
        started = process_time()
        assert len(list(form(text, told))) >= 5
        assert process_time() - started < 1.5, form
    assert _by_core(text, told) == list(by_python(text, told))


@settings(deadline=None, max_examples=300)
@given(st.text("abä字", max_size=200), st.lists(st.text("abä字", min_size=1, max_size=9)))
def test_a_sorted_body_holds_the_same(body: str, texts: list[str]) -> None:
    """What is in a body is told alike by looking through it and in its sorted texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(said, "PATIENCE", 0)
        sorted_texts = said._found_in(body)
    for text in (*texts, *(text * 9 for text in texts), body[3:], body[-40:], body[9:89]):
        if text:
            assert sorted_texts(text[:80]) == (text[:80] in body)


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\n")), max_size=9))
def test_letters_of_lines(lines: list[str]) -> None:
    """All lines at once as one by one."""
    assert letters_of_lines("\n".join(lines)) == [letters(line) for line in lines or [""]]


@pytest.mark.parametrize(
    "call",
    [
        lambda: _core.source(b"text", (), ()),  # type: ignore[arg-type]
        lambda: _core.source("text", (("a", "", ()),) * 17, ()),
        lambda: _core.source("text", (("", "", ()),), ()),
        lambda: _core.source("text", ("a",), ()),  # type: ignore[arg-type]
        lambda: _core.source("text", (("a", "b", ("c",) * 17),), ()),
        lambda: _core.source("text", (("a", "b", (1,)),), ()),  # type: ignore[arg-type]
        lambda: _core.source("text", (), (("key", ("key",)),)),
        lambda: _core.source("text", (), (("keys", ("lock",)),)),
        lambda: _core.source("text", (), (("keys", ("keys",)),) * 17),
        lambda: _core.source("text", (), ("keys",)),  # type: ignore[arg-type]
        lambda: _core.said(letters, "", "", "", "", "", ("",), (1, 2, 3, 4, 5)),
        lambda: _core.said(letters, "", "", "", "", "", ("a",) * 65, (1, 2, 3, 4, 5)),
        lambda: _core.said(len, "é", "", "", "", "", (), (1, 2, 3, 4, 5)),  # type: ignore[arg-type]
        lambda: _core.few_names(b"text", 1),  # type: ignore[arg-type]
        lambda: _core.few_names("half \ud800", 1),
        lambda: _core.odd_signs(b"text"),  # type: ignore[arg-type]
        lambda: _core.odd_signs("half \ud800"),
    ],
)
def test_wrong_calls_raise(call) -> None:
    """What no caller of ours hands over is an exception, and no crash."""
    with pytest.raises((TypeError, ValueError)):
        call()
