"""Shapes of HTML that change what a page says if they are read carelessly."""

import time
from collections.abc import Callable

import pytest

from articlecli import extract
from articlecli.blocks.from_html import html_blocks
from articlecli.blocks.nests import (
    DEEPEST,
    LARGE,
    MOST_NAMES,
    MOST_OPEN,
    OTHER,
    bound_nests,
    bound_page,
)
from articlecli.options import Options
from articlecli.write import to_markdown


def texts(html: str) -> list[str]:
    return [block.text for block in html_blocks(html)[1]]


def kinds(html: str) -> list[tuple[str, str | None]]:
    return [(block.text, block.kind) for block in html_blocks(html)[1]]


def numbers(html: str) -> list[int]:
    return [block.markup.number for block in html_blocks(html)[1] if block.markup]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("There are 10<sup>6</sup> grains", "There are 10⁶ grains"),
        ("3 × 10<sup>-4</sup> m", "3 × 10⁻⁴ m"),
        ("etwa 10<sup>−9</sup> Meter", "etwa 10⁻⁹ Meter"),
        ("25 km<sup>2</sup> de forêt", "25 km² de forêt"),
        ("H<sub>2</sub>SO<sub>4</sub>", "H₂SO₄"),
        ("2<sup>n</sup> chemins", "2ⁿ chemins"),
        ("2<sup>2k</sup> Wege", "2^(2k) Wege"),
        ("opened in 1931<sup>4</sup> by", "opened in 1931⁴ by"),
        ("opened in 1931<sup>4, 5</sup> by", "opened in 1931[4, 5] by"),
        ("le 1<sup>er</sup> mai, M<sup>me</sup> Roux", "le 1er mai, Mme Roux"),
        ("on the 2<sup>nd</sup> day", "on the 2nd day"),
        ("1<sup>o</sup> de maio", "1o de maio"),
        ("2<sup>1</sup>/<sub>3</sub> cups", "2¹/₃ cups"),
        ("1⁄<sub>3</sub> cup", "1⁄3 cup"),
        ("the tide<sup><a href=#n7>7</a></sup> turns", "the tide[7] turns"),
        ("the tide<sup>[<a href=#n7>7</a>]</sup> turns", "the tide[7] turns"),
        ("the tide<sup><a href=#n7><i>[</i>7<i>]</i></a></sup> turns", "the tide[7] turns"),
        ("the <a href=#p7>7</a> piers", "the 7 piers"),
    ],
)
def test_raised_and_lowered_figures(html: str, text: str) -> None:
    """They never run into the number before them; ordinals stay words."""
    assert texts(f"<p>{html}</p>") == [text]


FRACTION = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
POWER = "<msup><mi>v</mi><mn>2</mn></msup>"
TEX = '<annotation encoding="application/x-tex">v^2</annotation>'


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<math>{FRACTION}<mi>m</mi>{POWER}</math>", "(1/2)mv^2"),
        ("<math><msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt></math>", "√(a+b)"),
        ("<math><msubsup><mi>x</mi><mi>i</mi><mn>3</mn></msubsup></math>", "x_i^3"),
        (f"<math><semantics>{POWER}{TEX}</semantics></math>", "$v^2$"),
        (f"<math alttext='v^{{2}}'>{POWER}</math>", "$v^{2}$"),
        (f"<math display=block alttext='v^2'>{POWER}</math>", "$$v^2$$"),
        ((f"<span class=katex><span class=katex-mathml><math><semantics>{POWER}{TEX}</semantics></math>"
         "</span><span class=katex-html aria-hidden=true><i>v</i><b>2</b></span></span>"), "$v^2$"),
        ((f"<mjx-container class=MathJax><mjx-math>v2</mjx-math><mjx-assistive-mml><math>{POWER}</math>"
         "</mjx-assistive-mml></mjx-container>"), "v^2"),
        (("<span class=MathJax_Preview>v2</span><span class=MathJax>v2</span>"
         '<script type="math/tex">v^2 < 3</script>'), "$v^2 < 3$"),
        ('<script type="math/tex; mode=display">v^2</script>', "$$v^2$$"),
        (("<span class=mwe-math-element><span style='display:none'><math alttext="
         f"'{{\\displaystyle v^2}}'>{POWER}</math></span><img class=mwe-math-fallback-image-inline "
         "alt='{\\displaystyle v^2}' src=/v.svg></span>"), "$v^2$"),
        ("<img class=latex alt='v^2' src=/v.png>", "$v^2$"),
    ],
)  # fmt: skip
def test_formulas(html: str, text: str) -> None:
    """A formula is written once, as its LaTeX where the page has it."""
    assert texts(f"<p>Energie ist {html} hier</p>") == [f"Energie ist {text} hier"]


LINES = ["for boat in boats:", "    moor(boat)", "print('done')"]


@pytest.mark.parametrize(
    "html",
    [
        "<table class=highlight>"
        + "".join(f"<tr><td class=blob-num>{i}</td><td class=blob-code><code>{line}</code></td></tr>\n"
                  for i, line in enumerate(LINES, 1)) + "</table>",
        "<figure><table><tr><td class=gutter><pre>1\n2\n3</pre></td><td class=code><pre>"
        + "\n".join(LINES) + "</pre></td></tr></table></figure>",
        "<pre><code>" + "\n".join(f"<span class=lineno>{i}</span>{line}"
                                  for i, line in enumerate(LINES, 1)) + "</code></pre>",
        "<pre><button>Copy</button>" + "<br>".join(LINES) + "</pre>",
        "<pre><ol>" + "".join(f"<li>{line}</li>" for line in LINES) + "</ol></pre>",
        "<pre>" + "".join(f"<div class=line>{line}</div>" for line in LINES) + "</pre>",
    ],
)  # fmt: skip
def test_listings(html: str) -> None:
    """Code is one block with its indent, whatever a highlighter made of it."""
    assert kinds(f"<p>Vorher</p>{html}<p>Nachher</p>") == [
        ("Vorher", "paragraph"),
        ("\n".join(LINES), "code"),
        ("Nachher", "paragraph"),
    ]


def test_tables_of_figures_are_no_listings() -> None:
    """A table with code in one column is a table; a column of numbers stays."""
    html = (
        "<p class=gutter>x</p><table><tr><td><code>moor</code><td>ties up<tr><td><code>sail</code>"
        "<td>leaves</table><table><tr><td>1<td>Lorn<tr><td>2<td>Kerrera</table>"
    )
    rows = ["moor | ties up", "sail | leaves", "1 | Lorn", "2 | Kerrera"]
    assert texts(html) == ["x", *rows]


def test_numbers_of_lists() -> None:
    """A list begins where it says, counts down where it says, and items may say their own."""
    assert numbers("<ol start=4><li>a<li>b</ol>") == [4, 5]
    assert numbers("<ol><li>a<li value=9>b<li>c</ol>") == [1, 9, 10]
    assert numbers("<ol reversed><li>a<li>b<li>c</ol>") == [3, 2, 1]
    assert numbers("<ol reversed start=10><li>a<li>b</ol>") == [10, 9]
    assert numbers("<ol start=x><li>a<ul><li>b</ul><li>c</ol>") == [1, 0, 2]


HEAD = "<tr><th>Boot<th>Häfen<th>Tage</tr>"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Oban<br>Mull", "Oban, Mull"),
        ("<ul><li>Oban</li><li>Mull</li></ul>", "Oban, Mull"),
        ("<p>Erst Oban.</p><p>Dann Mull</p>", "Erst Oban. Dann Mull"),
        ("<div>Oban</div><div>Mull</div>", "Oban, Mull"),
    ],
)
def test_cells_of_several_lines(cell: str, text: str) -> None:
    """They are one cell in a table with a head; elsewhere the table may lay out the page."""
    html = f"<table>{HEAD}<tr><td>Anna<td>{cell}<td>täglich</table>"
    assert kinds(html) == [
        ("Boot | Häfen | Tage", "table"),
        (f"Anna | {text} | täglich", "table"),
    ]


def test_unknown_elements() -> None:
    """They part text where they hold blocks or paragraphs, and not inside a line."""
    long = "The ferry sails again on the first of May, they say."
    assert texts(f"<x-text>{long}</x-text><x-text>{long}</x-text>") == [long, long]
    assert texts("before <x-card>loose<p>one</p></x-card>after") == [
        "before", "loose", "one", "after",
    ]  # fmt: skip
    assert texts("<p>at <x-time>noon</x-time>, they say") == ["at noon, they say"]


def test_times_side_by_side() -> None:
    """Two times do not run together."""
    assert texts("<div><time>12:30</time><time>14:05</time></div>") == ["12:30 14:05"]


def test_edit_links_of_wikis() -> None:
    """The links by which a section is edited are no part of its heading."""
    link = "<a href='/w?title=x&amp;action=edit&amp;section=1'>Bearbeiten</a>"
    assert texts(f"<h2>Geschichte<span class=mw-editsection>[{link}]</span></h2>") == ["Geschichte"]
    assert texts(f"<h2>Geschichte <span>[{link}]</span></h2>") == ["Geschichte"]
    assert texts("<h2>Histoire <a href='/w?action=edit'>modifier</a></h2>") == ["Histoire"]


def test_entities_escaped_twice() -> None:
    """They are characters, except where a page writes of HTML."""
    assert texts("<p>Tom &amp;amp; Ann&amp;#39;s caf&amp;eacute;&amp;nbsp;too</p>") == [
        "Tom & Ann's café too"
    ]
    assert texts("<p>Write <code>&amp;amp;</code> or &amp;lt;b&amp;gt;") == [
        "Write &amp; or &lt;b&gt;"
    ]
    assert texts("<p>R&amp;D, AT&T; &amp;unknown;") == ["R&D, AT&T; &unknown;"]


def test_signs_that_nobody_sees() -> None:
    """Words are not cut by them; joiners that shape letters stay."""
    assert texts("<p>har\u200bbour wa\u2060ll\ufeff") == ["harbour wall"]
    assert texts("<p>می\u200cروم") == ["می\u200cروم"]


STORY = (
    "<p>" + "The ferry to the island sails again, and all who waited are on board. " * 5 + "</p>"
)


@pytest.mark.parametrize(
    ("page", "size"),
    [
        (lambda n: "<div>" * n + STORY, 50_000),
        (lambda n: "<div>" * n + STORY + "</div>" * n, 50_000),
        (lambda n: "<x-a>" * n + STORY, 20_000),
        (lambda n: "<section>" * n + STORY + "</section>" * n + STORY, 10_000),
        (lambda n: "<table><tr><td>" * n + STORY, 3_000),
        (lambda n: "<!--" * n + STORY, 20_000),
        (lambda n: STORY + "<table><tr>" + "<td>c</td>" * n + "</table>", 30_000),
        (lambda n: STORY + "<br>" * n + STORY, 100_000),
        (lambda n: STORY + "<math>" + "<mrow>" * n + "x</math>", 5_000),
        (lambda n: STORY + "".join(f"<x{i}>a</x{i}>" for i in range(n)), 200_000),
        (lambda n: STORY + "".join(f"<p x{i} y{i} z{i}>a</p>" for i in range(n)), 80_000),
        (lambda n: STORY + f"<p {' '.join(f'x{i}' for i in range(n))}>a</p>", 200_000),
    ],
)
def test_no_page_takes_the_square_of_its_length(page: Callable[[int], str], size: int) -> None:
    """Four times as long takes less than eight times as long, wherever and beside whatever it runs.

    The second is for what is small, where a first use of a pattern weighs more than the page.
    """
    quarter, whole = (_seconds(page(n)) for n in (size // 4, size))
    assert whole < 8 * quarter + 1


def _seconds(html: str) -> float:
    """Processor time of one page."""
    start = time.process_time()
    extract(html, options=Options(input_format="html"))
    return time.process_time() - start


def test_nests_are_cut_where_browsers_cut_them() -> None:
    """Text of a deep nest stays, and what follows it stands where it stood."""
    closed = "<div>" * 30_000 + "<p>deep</p>" + "</div>" * 30_000 + "<p>after</p>"
    assert bound_nests(closed).count("</div>") == bound_nests(closed).count("<div>") == DEEPEST
    assert texts(closed) == ["deep", "after"]
    opened = "<div>" * 9_000 + "<p>deep</p>"
    assert bound_nests(opened).count("<div>") == DEEPEST
    assert texts(opened) == ["deep"]
    many = "<p>a<br>b" * 9_000
    assert bound_nests(many) == many


def test_names_without_end() -> None:
    """Beyond the names that a parser can compare, tags lose theirs and their attributes."""
    many = "".join(f'<x{n} class="lamp" y{n}="a b">lamp {n}</x{n}>\n' for n in range(20_000))
    assert len(many) > LARGE
    bound = bound_page(many)
    known = '<x7 class="lamp" y7="a b">lamp 7</x7>\n'
    assert known in many
    assert known in bound
    assert f"<{OTHER}>lamp 19999</{OTHER}>\n" in bound
    assert bound.count("class=") == bound.count("</x") - bound.count(f"</{OTHER}") < MOST_NAMES
    assert texts(bound) == texts(many)
    few = "".join(f'<b class="lamp{n}" title="a {n}">lamp {n}</b>\n' for n in range(20_000))
    assert bound_page(few) is few


def test_a_long_text_behind_the_last_tag_is_no_tag() -> None:
    """A page that was cut off, or whose last paragraph has no end tag, keeps its text."""
    text = " ".join(f"Lamp {n} of the quay was lit again." for n in range(2_000))
    assert texts(f"<h1>The lamps</h1><p>{text}") == ["The lamps", text]
    assert texts(f"<p {text}>The lamps") == ["The lamps"]


def test_formatting_without_end() -> None:
    """What is left open is opened again in each paragraph; other tags of it lose what differs."""
    opened = "".join(f"<b class=c{n} title='{n} > 0'>lamp {n} " for n in range(900))
    page = f"<p>{opened}" + "<p>quay</p>" * 900
    bound = bound_page(page)
    assert bound.count("<b class=") == MOST_OPEN
    assert bound.count("<b>") == 900 - MOST_OPEN
    assert texts(page)[:3] == [" ".join(f"lamp {n}" for n in range(900)), "quay", "quay"]
    closed = "<p><i class='a'>lamp</i> <code x>quay</code></p><!-- <b c> -->" * 900
    assert bound_page(closed) is closed


NOTE = "<p>Nimm die Fähre am Morgen, und vergiss den Regenmantel nicht, denn es regnet oft.</p>"


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        (f"<div hidden>{NOTE}</div>", False),
        (f"<div style='color:red; display : none'>{NOTE}</div>", False),
        (f"<div style='visibility:hidden'>{NOTE}</div>", False),
        (f"<div aria-hidden=true>{NOTE}</div>", False),
        (f"<dialog>{NOTE}</dialog>", False),
        (f"<template>{NOTE}</template>", False),
        (f"<dialog open>{NOTE}</dialog>", True),
        (f"<div hidden=until-found>{NOTE}</div>", True),
        (f"<div class=accordion-panel hidden>{NOTE}</div>", True),
        (NOTE, True),
    ],
)
def test_hidden_parts(inside: str, *, kept: bool) -> None:
    """They are no part of the story, and every line of them is told; what unfolds is one."""
    article = extract(f"<html lang=de><body><article><h1>Mit der Fähre</h1>{STORY}{inside}{STORY}")
    assert ("Regenmantel" in article.text) is kept
    if not kept and "template" not in inside:
        assert any("Regenmantel" in part.text for part in article.removed)


def test_a_story_that_a_script_shows() -> None:
    """Where the story is hidden as a whole, it is the story."""
    page = f"<html><body><p>Loading</p><div hidden><h1>The ferry sails again</h1>{STORY * 2}</div>"
    assert "The ferry to the island" in extract(page).text


def test_copies_for_other_screens() -> None:
    """A passage is kept once; a sentence that is said twice without such a sign stays."""
    copy = "<p>Whoever wants to sail with dogs has to ask the captain the evening before.</p>"
    page = f"<html><body><article><h1>The ferry sails again</h1>{STORY}{copy}{STORY}%s</article>"
    for extra in (f"<div class=only-mobile>{copy}</div>", f"<div class=slick-cloned>{copy}</div>"):
        assert extract(page % extra).text.count("captain") == 1
    assert extract(page % copy).text.count("captain") == 2


def test_numbers_in_markdown() -> None:
    """Markdown has the page's numbers and fences."""
    page = f"<html><body><article><h1>The ferry sails again</h1>{STORY}<ol start=7>"
    page += f"<li>Board the ferry at the pier</li></ol>{STORY}</article></body></html>"
    assert "7. Board the ferry" in to_markdown(extract(page))
