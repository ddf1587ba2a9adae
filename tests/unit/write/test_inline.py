"""Links, emphasis and code inside the words of a story."""

import json
import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from articlecli import extract
from articlecli.document import Link, Mark
from articlecli.output import Article, BodyPart
from articlecli.write import to_html, to_json, to_markdown, to_tei
from articlecli.write.inline import stretches, written

PAGE = """<html><head><title>The harbour of Elmsford opens again</title></head><body>
<h1>The harbour of Elmsford opens again</h1>
<p>After a long winter the <em>Marigold</em> left the pier with <strong>forty <i>happy</i> guests</strong>
on board, and the <a href="/pilots"><em>pilots</em> of the town</a> had not expected so many people.</p>
<p>The command <code>harbour --open | log `x`</code> is what the clerk types each morning; "<b>it
works</b>," she said, and the others agreed with a smile that it did so<b>!</b>but not on Sundays.</p>
<h2><strong>What comes <em>next</em></strong></h2>
<blockquote><p>We are <em>very</em> glad that the boats are back, said the mayor in her speech.</p></blockquote>
<ul><li>First the <b>cranes</b> are painted, then the sheds.</li></ul>
<table><tr><th>Boat</th><th>Guests</th></tr><tr><td><em>Aster</em></td><td><code>a|b</code></td></tr></table>
<pre><code>open --now <b>x</b></code></pre>
<p>The rest of the story tells of the summer plans of the town, which the council talks about in May.</p>
</body></html>"""


@pytest.fixture(scope="module")
def article() -> Article:
    return extract(PAGE, url="https://example.org/harbour")


def test_markdown_keeps_what_stands_out(article: Article) -> None:
    """Emphasis, code and links, one inside another; signs that would print as signs are left out."""
    told = to_markdown(article, links=True)
    for piece in (
        "the *Marigold* left the pier with **forty *happy* guests** on board",
        "the [*pilots* of the town](https://example.org/pilots) had",
        "The command `` harbour --open | log `x` `` is",
        '"**it works**," she',
        "it did so!but not",
        "## What comes *next*\n",
        "> We are *very* glad",
        "- First the **cranes** are",
        "| *Aster* | `a\\|b` |",
        "```\nopen --now x\n```",
    ):
        assert piece in told
    assert "[pilots" not in to_markdown(article)
    assert "the *pilots* of the town" in to_markdown(article)


def test_html_and_tei_keep_it(article: Article) -> None:
    """In the elements of each."""
    html, tei = to_html(article), to_tei(article)
    assert "<strong>forty <em>happy</em> guests</strong>" in html
    assert '<a href="https://example.org/pilots"><em>pilots</em> of the town</a>' in html
    assert "<td><code>a|b</code></td>" in html
    assert '<hi rend="#b">forty <hi rend="#i">happy</hi> guests</hi>' in tei
    assert "<code>harbour --open | log `x`</code>" in tei


def test_json_has_the_places_where_asked(article: Article) -> None:
    """`marks` count characters of the part's own text, and come with `--offsets` only."""
    assert b'"marks"' not in to_json(article)
    told = json.loads(to_json(article, offsets=True))
    found = {(mark["kind"], part["text"][mark["start"] : mark["end"]])
             for part in told["body"] for mark in part.get("marks", ())}  # fmt: skip
    assert found == {
        ("emphasis", "Marigold"), ("strong", "forty happy guests"), ("emphasis", "happy"),
        ("emphasis", "pilots"), ("code", "harbour --open | log `x`"), ("strong", "it works"),
        ("strong", "!"), ("emphasis", "next"), ("emphasis", "very"), ("strong", "cranes"),
        ("emphasis", "Aster"), ("code", "a|b"),
    }  # fmt: skip


WORDS = st.text(st.sampled_from(list("abc é字*_`[]()<>&!#|\\\"'.,-~1")), min_size=1, max_size=40)
MARKS = st.lists(
    st.tuples(st.sampled_from(["strong", "emphasis", "code"]), st.integers(0, 40),
              st.integers(1, 20)),
    max_size=5,
)  # fmt: skip


@given(WORDS, MARKS)
@example("11", [("strong", 0, 1), ("strong", 3, 1), ("emphasis", 0, 4)])
def test_no_mark_changes_the_words(words: str, marks: list[tuple[str, int, int]]) -> None:
    """Whatever stands out, a reader of the Markdown and of the HTML reads the same words."""
    text = "x " + " ".join(words.split()) + " y"
    shown = [i for i, char in enumerate(text) if char != " "]
    found = []
    for kind, first, size in marks:
        inside = [i for i in shown if first <= i < first + size]
        if inside:
            found.append(Mark(kind, inside[0], inside[-1] + 1))  # type: ignore[arg-type]
    body = BodyPart(text=text, lines=((1, 1),), kind="paragraph", marks=tuple(found))
    article = replace(extract(""), status="ok", body=(body,))
    html = MarkdownIt("commonmark").render(to_markdown(article))
    assert " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split()) == " ".join(text.split())
    page = to_html(article)
    told = page[page.index("<p>") : page.index("</article>")]
    assert unescape(re.sub(r"<[^>]+>", "", told)).strip() == text


def test_stretches_lie_inside_one_another() -> None:
    """One that crosses another's end is cut there, and the same kind stands once."""
    marks = [Mark("strong", 0, 4), Mark("emphasis", 2, 6), Mark("strong", 1, 2)]
    found = stretches("abcdefgh", [Link("h", "/x")], marks)
    assert [(one.start, one.end, one.kind) for one in found] == [
        (0, 4, "strong"), (2, 4, "emphasis"), (4, 6, "emphasis")]  # fmt: skip
    told = written("abcdefgh", found, str, lambda one, words: f"<{one.kind[0]}{words}>")
    assert told == "<sab<ecd>><eef>gh"
    assert written("abcdefgh", found, str, lambda _, words: words, part=(3, 7)) == "defg"


def test_many_stretches_take_their_time_once() -> None:
    """Thousands of them, all across another, are no square."""
    text = "ab " * 20_000
    marks = [Mark("strong" if i % 2 else "emphasis", 3 * i, 3 * i + 5) for i in range(19_000)]
    assert written(text, stretches(text, (), marks), str, lambda _, words: words) == text
