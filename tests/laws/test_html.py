"""Laws that hold for any page of HTML."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articlecli import Article, Options, extract
from articlecli.blocks.from_html import html_blocks
from articlecli.blocks.said import flat_text
from articlecli.read import read_page
from articlecli.text.lines import line_spans
from tests import SAMPLES
from tests.cases import cases

from .pages import TREE, Tree, lines_of, parts_of

HTML = Options(input_format="html")
ASKED = Options(input_format="html", second_opinion="always")


@settings(max_examples=150, deadline=None)
@given(TREE, st.sampled_from([HTML, ASKED]))
def test_visible_text_once(tree: Tree, options: Options) -> None:
    """Each visible text is in exactly one part, in the page's order; what is hidden is in none."""
    _, blocks = html_blocks(tree.html)
    text = flat_text(blocks)
    article = extract(tree.html, options=options)
    spans = [*article.title_spans, *article.lead_spans]
    for part in parts_of(article):
        spans += part.spans
    found = " ".join(text[start:end] for start, end in sorted(spans))
    assert re.findall(r"w\d+z", found) == tree.shown
    assert lines_of(article) == list(range(1, len(blocks) + 1))
    assert None not in article.zones


@settings(max_examples=100, deadline=None)
@given(TREE, TREE, st.sampled_from([HTML, ASKED]))
def test_two_parses_are_equal(tree: Tree, other: Tree, options: Options) -> None:
    """No history: blocks and bytes are the same again, after other pages, beside other trees."""
    blocks, article = (
        html_blocks(tree.html),
        extract(tree.html, options=options).to_json(offsets=True),
    )
    kept = [LexborHTMLParser(other.html) for _ in range(3)]
    for _ in range(3):
        extract(other.html, options=options)
        assert html_blocks(tree.html) == blocks
        assert extract(tree.html, options=options).to_json(offsets=True) == article
    assert kept


def pages_of_html() -> list[tuple[str, str]]:
    """The golden pages of HTML, and the flat samples with a tag around each line."""
    golden = [
        (case.name, read_page(case.data, url=None, options=HTML).text)
        for case in cases()
        if case.name.startswith("html")
    ]
    lined = [
        (path.name, "".join(f"<div>{escape(line)}</div>" for line in read_page(path.read_bytes(), url=None, options=Options()).text.split("\n")))
        for path in sorted(SAMPLES.iterdir())
        if path.suffix == ".txt"
    ]  # fmt: skip
    return golden + lined


@pytest.mark.parametrize(("name", "page"), pages_of_html(), ids=lambda value: value[:30])
@pytest.mark.parametrize("around", ["{}", '<nav class="menu footer sidebar">{}</nav>'])
def test_no_page_comes_out_empty(name: str, page: str, around: str) -> None:
    """A page of HTML has a text where its own words, its tags unseen, give one."""
    del name
    page = around.format(page)
    flat = flat_text(html_blocks(page)[1])
    if extract(flat, options=Options(input_format="text")).status == "ok":
        assert extract(page, options=HTML).text


@settings(max_examples=20, deadline=None)
@given(st.lists(TREE, min_size=2, max_size=6))
def test_threads(trees: list[Tree]) -> None:
    """Pages read on many threads at once give the same bytes as one after the other."""

    def done(tree: Tree) -> bytes:
        return extract(tree.html, options=HTML).to_json(offsets=True, links=True, images=True)

    alone = [done(tree) for tree in trees]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(done, trees * 3)) == alone * 3


@settings(max_examples=80, deadline=None)
@given(TREE)
def test_json_round_trip(tree: Tree) -> None:
    """JSON with everything in it is the article; with less in it, it is read and written alike."""
    article = extract(tree.html, url="https://page.example/a", options=HTML)
    whole = article.to_json(offsets=True, links=True, images=True)
    assert Article.from_json(whole) == article
    plain = article.to_json()
    assert Article.from_json(plain).to_json() == plain
    article.to_text(teasers=True)
    article.to_markdown(teasers=True, links=True, images=True)


@settings(max_examples=80, deadline=None)
@given(TREE)
def test_zones_agree_with_parts(tree: Tree) -> None:
    """A block's zone is that of the part it stands in."""
    article = extract(tree.html, options=HTML)
    for part in article.removed:
        for first, last in part.lines:
            assert set(article.zones[first - 1 : last]) == {part.zone}
    for part in article.body:
        expected = {"heading": "heading", "caption": "caption"}.get(part.kind)
        for first, last in part.lines:
            zones = set(article.zones[first - 1 : last])
            assert zones == {expected or "body"} or (expected is None and zones == {"heading"})


@settings(max_examples=80, deadline=None)
@given(TREE, st.sampled_from(["text", "markdown"]))
def test_flat_shapes_of_html(tree: Tree, input_format: str) -> None:
    """The source of a page, and what is left of it without tags, keep the laws of flat text."""
    blocks = html_blocks(tree.html)[1]
    for page in (tree.html.replace("><", ">\n<"), flat_text(blocks)):
        article = extract(page, options=Options(input_format=input_format))  # type: ignore[arg-type]
        wanted = [n for n, (a, b) in enumerate(line_spans(page), 1) if page[a:b].strip()]
        assert lines_of(article) == wanted
