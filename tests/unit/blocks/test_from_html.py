"""HTML: its blocks, what it declares, and the article made of both."""

import pytest

from articlecli import extract
from articlecli.blocks import split_page
from articlecli.blocks.from_html import html_blocks
from articlecli.blocks.said import flat_text
from articlecli.document import Declared, Verdict
from articlecli.evidence import evidence_of
from articlecli.options import Options
from articlecli.read import read_page
from articlecli.rules.html_tables import keep_tables_whole
from articlecli.rules.sight import sight_of
from articlecli.text.addresses import base_address, whole_address
from articlecli.write import to_json, to_markdown, to_text
from articlecli.zone import BODY, BOILERPLATE
from tests import SAMPLES

SAMPLE = (SAMPLES / "science-blog-en.html").read_text(encoding="utf-8")


def texts(html: str) -> list[str]:
    return [block.text for block in html_blocks(html)[1]]


def kinds(html: str) -> list[tuple[str | None, int]]:
    return [(block.kind, block.level) for block in html_blocks(html)[1]]


def test_blocks_are_cut_at_block_tags() -> None:
    """A block is what stands between two block-level tags; inline tags leave no trace."""
    html = "<div>One <b>two</b>, <i>three</i><p>four<br>five</p>six<section>seven</section></div>"
    assert texts(html) == ["One two, three", "four", "five", "six", "seven"]


def test_hidden_parts_are_left_out() -> None:
    """Scripts, styles, templates, form choices and comments are no text."""
    html = (
        "<p>shown</p><script>a()</script><style>b{}</style><template><p>c</p></template>"
        "<select><option>d</select><svg><text>e</text></svg><!-- f --><textarea>g</textarea>"
    )
    assert texts(html) == ["shown", "g"]


def test_noscript_is_shown_where_it_is_all() -> None:
    """A page that speaks to those without scripts only is read; elsewhere it is left out."""
    assert texts("<body><p>Loading</p><noscript><p>The post.</p></noscript>")[-1] == "The post."
    long = "<p>" + "A long paragraph about the harbour. " * 20 + "</p>"
    assert "The post." not in texts(f"<body>{long}<noscript><p>The post.</p></noscript>")


def test_kinds_and_levels() -> None:
    """Tags tell headings, list items with their depth, quotes, captions and code."""
    html = (
        "<h3>h</h3><ul><li>one<ol><li><p>two</p></ol></ul><blockquote><p>q</p></blockquote>"
        "<figure><figcaption>c</figcaption></figure><pre>  a\n    b<br>c\n</pre><p>p</p><div>d</div>"
    )
    assert kinds(html) == [
        ("heading", 3), ("list_item", 1), ("list_item", 2), ("quote", 0), ("caption", 0),
        ("code", 0), ("paragraph", 0), (None, 0),
    ]  # fmt: skip
    assert texts(html)[5] == "  a\n    b\nc"


def test_rows_of_data_are_one_block() -> None:
    """Cells of a row are joined; a table that lays out the page is not data."""
    data = "<table><tr><th>Town<th>Year<tr><td>Lorn<td>1997</table>"
    assert texts(data) == ["Town | Year", "Lorn | 1997"]
    layout = "<table><tr><td><p>One paragraph</p><p>Another</p><td><p>Side</p></table>"
    assert texts(layout) == ["One paragraph", "Another", "Side"]


def test_lines_and_spans_count_blocks() -> None:
    """`lines` number the blocks, `spans` place them in the text of all, one a line."""
    _, blocks = html_blocks(SAMPLE)
    text = flat_text(blocks)
    for number, block in enumerate(blocks, 1):
        assert block.lines == (number, number)
        assert text[slice(*block.span)] == block.text.replace("\n", " ")


@pytest.mark.parametrize(
    "html",
    ["", "<", "<p", "\x00", "<div>" * 3000 + "deep", "<table><tr><td>" * 500 + "x", "<b>" * 5000,
     "<frameset><frame src=a></frameset>", "<!doctype html><html><head></head></html>",
     "<p>" + "&amp;" * 5000, "</div></p></body>after", "<a href='[//'>x</a>"],
)  # fmt: skip
def test_broken_html_is_read(html: str) -> None:
    """Whatever is handed over as HTML gives an article or says why not."""
    from articlecli import Options

    article = extract(html, options=Options(input_format="html"))
    assert article.status == "ok" or article.reason


def test_declarations() -> None:
    """JSON-LD is read first, then meta; broken JSON costs nothing."""
    head, blocks = html_blocks(SAMPLE)
    assert head.authors == ("Ishbel Carrow", "Tam Okafor")
    assert head.published == "2024-03-18T07:30:00+00:00"
    assert head.site_name == "The Tidewater Notebook"
    assert head.keywords == ("seals", "tides", "Lorn")
    said = {block.text: block.markup.declared for block in blocks if block.markup}
    assert said[head.headline] == {"headline"}
    told, _ = html_blocks(
        "<meta name=author content='By Ann Lee'><meta property='article:published_time' "
        "content='2020-05-06T10:00:00Z'><script type='application/ld+json'>{broken</script>"
        "<script type='application/ld+json'>null</script>"
    )
    assert (told.authors, told.published) == (("Ann Lee",), "2020-05-06T10:00:00Z")
    site, _ = html_blocks(
        "<meta name=author content=Daily><meta property='og:site_name' content=Daily>"
    )
    assert site.authors == ()


def test_addresses() -> None:
    """Relative addresses are resolved against the base, the page's address, its own claim."""
    head = Declared(base="/sub/", canonical="https://c.example/x")
    assert base_address(head, "https://a.example/y") == "https://a.example/sub/"
    assert base_address(Declared(canonical="https://c.example/x"), None) == "https://c.example/x"
    assert whole_address("z?a=1", "https://a.example/sub/") == "https://a.example/sub/z?a=1"
    assert whole_address("javascript:void(0)", "https://a.example/") is None
    assert whole_address("//[bad", "https://a.example/") is None
    endless = "https://b.example/" + "a/" * 5000
    assert base_address(Declared(base=endless), "https://a.example/y") == "https://a.example/y"
    assert base_address(Declared(canonical=endless), None) == ""


def test_article_of_a_page() -> None:
    """Story, declarations, teasers with where they lead, and the road's promises."""
    article = extract(SAMPLE)
    assert article.source.format == "html"
    assert article.title == "Why the harbour seals of Lorn moved upriver"
    assert article.lead is not None
    assert article.lead.startswith("For forty years")
    assert article.byline == "Ishbel Carrow, Tam Okafor"
    assert article.published == "2024-03-18"
    assert [part.text for part in article.body if part.kind == "heading"] == [
        "Following the herring",
        "What happens next",
    ]
    assert sum(part.kind == "table" for part in article.body) == 4
    assert sum(part.kind == "list_item" for part in article.body) == 2
    assert {t.title: t.url for t in article.teasers}["How to read an old tide table"] == (
        "https://tidewater.example/maps/tide-tables"
    )
    assert "cormorant census" not in article.text
    assert "JavaScript" not in article.text


def test_links_and_pictures_on_request() -> None:
    """`links` and `images` are in the article, and printed only where they are asked for."""
    article = extract(SAMPLE)
    plain, full = to_markdown(article), to_markdown(article, links=True, images=True)
    assert "](" not in plain
    assert "[sixty-one animals](https://tidewater.example/data/counts-2024)" in full
    assert "![Seals below a weir](https://tidewater.example/img/seals-weir.jpg)" in full
    assert full.index("![Seals") < full.index("The first count")
    assert b"counts-2024" not in to_json(article)
    assert b"counts-2024" in to_json(article, links=True)
    assert b"seals-weir.jpg" in to_json(article, images=True)
    assert "January | 48" in to_text(article)


def test_code_keeps_its_lines() -> None:
    """White space and lines of `<pre>` stay, whatever tags stand inside."""
    assert texts("<pre>    <span>def</span> f()</pre>") == ["    def f()"]
    assert texts("<pre><div>one</div><div>two</div></pre>") == ["one\ntwo"]
    assert texts("<pre>a&#13;&#10;b&#13;c</pre>") == ["a\nb\nc"]


def test_empty_cells_keep_their_column() -> None:
    """A value stands under its own column; cells may hold paragraphs."""
    assert texts("<table><tr><td>A<td><td>5<tr><td><p>B<td><p>1<td>2</table>") == [
        "A |  | 5",
        "B | 1 | 2",
    ]
    assert texts("<table><tr><td></td><td>alone</td></tr></table>") == ["alone"]


def test_invisible_characters() -> None:
    """Soft hyphens go, and what cannot be seen is no block."""
    assert texts("<p>Mes\u00adsen\u00adger</p><p>&#8203;</p>") == ["Messenger"]


PARAGRAPH = "The ferry to the island sails again, and the people who waited for it are on board. "
STORY = "".join(f"<p>{PARAGRAPH * 3}</p>" for _ in range(4))


def story(head: str = "", inside: str = "", **options: str | None):
    page = (
        f"<html><head><title>The ferry sails again - Daily</title>{head}</head><body><main>"
        f"<article><h1>The ferry sails again</h1>{STORY}{inside}{STORY}</article></main></body></html>"
    )
    return extract(page, **options)


def test_the_page_s_own_declaration_counts() -> None:
    """Teasers in a list and customers' reviews declare authors and dates too."""
    other = (
        '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other",'
        '"author":"Wrong Person","datePublished":"2011-01-01"}]}'
    )
    review = '{"@type":"Review","author":"Some Customer","datePublished":"2012-01-01"}'
    own = (
        '{"@graph":[{"@type":"NewsArticle","headline":"The ferry sails again","author":'
        '{"@id":"#ann"},"datePublished":"2024-03-18"},{"@id":"#ann","@type":"Person",'
        '"name":"Ann Lee"}]}'
    )
    scripts = "".join(
        f'<script type="application/ld+json; charset=utf-8">{text}</script>'
        for text in (other, review, own)
    )
    article = story(scripts)
    assert (article.byline, article.published) == ("Ann Lee", "2024-03-18")


def test_half_a_character_is_replaced() -> None:
    """JSON may declare half a character; the output is whole."""
    article = story(
        '<script type="application/ld+json">{"@type":"Article","author":"Ann \\ud83d Lee"}</script>'
    )
    assert b"Ann" in to_json(article)


def test_lists_in_the_output() -> None:
    """Numbers of a list are kept; a second paragraph of an item is no item."""
    article = story(
        inside="<ol><li>First of all</li><li><p>Then this one</p><p>and more of it</p></li></ol>"
    )
    found = [(p.kind, p.number, p.text) for p in article.body if "ferry" not in p.text]
    assert found == [
        ("list_item", 1, "First of all"),
        ("list_item", 2, "Then this one"),
        ("paragraph", 0, "and more of it"),
    ]
    assert "1. First of all\n2. Then this one" in to_text(article)
    assert "1. First of all" in to_markdown(article)


def test_links_stand_at_their_words() -> None:
    """A link is put at its own words and leads somewhere."""
    article = story(
        inside="<p>There is more <a href='/m'>here</a> and <a href='JavaScript:go()'>there</a> for"
        " all who want to know more about the ferry.</p>",
        url="https://a.example/x",
    )
    markdown = to_markdown(article, links=True)
    assert "There is more [here](https://a.example/m) and there for" in markdown


def test_lazy_pictures() -> None:
    """The picture itself, and neither its placeholder nor an icon."""
    article = story(
        inside="<img src='data:image/gif;base64,R0' data-src='/real.jpg' alt='Ferry'>"
        "<img src='/s.jpg' srcset='/s.jpg 300w, /l.jpg 1200w'><img src='/share-icon.svg'>",
        url="https://a.example/x",
    )
    assert [image.source for image in article.images] == [
        "https://a.example/real.jpg",
        "https://a.example/l.jpg",
    ]


def test_saved_pages() -> None:
    """The HTML of an MHTML file is read; a mail that is none stays text."""
    page = SAMPLE.encode("utf-8")
    saved = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"
        b' boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: 8bit\r\nContent-Location: https://tidewater.example/x\r\n\r\n"
        + page.replace(b"\n", b"\r\n") + b"\r\n--b--\r\n"
    )  # fmt: skip
    article = extract(saved)
    assert article.title == "Why the harbour seals of Lorn moved upriver"
    assert article.source.url == "https://tidewater.example/x"
    text = b"He wrote of MIME-Version: and multipart/related in one line.\n"
    assert extract(text).source.format == "text"


def test_what_a_page_hides_stays() -> None:
    """A part that unfolds is a block like the others: most of them are the story's."""
    html = "<p>seen</p><div hidden><p>folded</p></div><p style='display:none'>tab</p>"
    assert texts(html) == ["seen", "folded", "tab"]


def test_lines_broken_by_hand() -> None:
    """One `<br>` inside a sentence is none; verse, entries and sentences stay apart."""
    wrapped = "The ferry to the island sails again on the<br>first of May, and everybody is glad."
    assert texts(f"<p>{wrapped}</p>") == [wrapped.replace("<br>", " ")]
    assert texts(f"<p>{wrapped.replace('<br>', '<br> <br>')}</p>") == wrapped.split("<br>")
    assert texts("<p>Flour<br>salt<br>water</p>") == ["Flour", "salt", "water"]
    sentences = ["The ferry sails again on the first of May.", "Everybody on the island is glad."]
    assert texts("<div>" + "<br>".join(sentences) + "</div>") == sentences
    verse = ["The tide goes out, the tide comes in, the ferry", "Waits at the pier for all its kin"]
    assert texts("<p>" + "<br/>".join(verse) + "</p>") == verse
    link = "You will find the whole timetable of the ferry here<br>https://ferry.example/times"
    assert texts(f"<p>{link}</p>") == link.split("<br>")


def test_what_stands_apart_is_parted() -> None:
    """Entries of a menu without spaces are parted; parts of one word are not."""
    assert texts("<nav><a href=/>Home</a><a href=/n>News</a><a href=/s>Sport</a></nav>") == [
        "Home News Sport"
    ]
    assert texts("<div><span>3 May 2024</span><span>Ann Lee</span></div>") == ["3 May 2024 Ann Lee"]
    assert texts("<p><span>T</span><span>he</span> Mac<b>Leod</b> H<sub>2</sub>O") == [
        "The MacLeod H₂O"
    ]
    assert texts("<p><span>A</span><span>B</span> long<wbr>word") == ["AB longword"]
    credit = "<span>The mate paints the funnel.</span><small>Photo: Ann Lee</small>"
    assert texts(f"<figcaption>{credit}</figcaption>") == [
        "The mate paints the funnel. Photo: Ann Lee"
    ]
    assert texts("<p>We print with System.<span>Out</span>") == ["We print with System.Out"]
    tags = "<a href=/a><span>harbour</span></a><a href=/b><span>cranes</span></a>"
    assert texts(f"<p>{tags}") == ["harbour cranes"]
    running = "<p>我们乘<a href=/a>渡轮</a><a href=/b>回岛</a>。</p>"
    assert texts(running) == ["我们乘渡轮回岛。"]
    assert texts("<p><a href=/a>渡轮</a><a href=/b>回岛</a></p>") == ["渡轮 回岛"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>She said <q>come in</q> twice", "She said “come in” twice"),
        ("<html lang=fr><p>Un <q>oui</q> clair", "Un «oui» clair"),
        ("<p>She said <q>“come in”</q> twice", "She said “come in” twice"),
        ("<p>Well done <img class=wp-smiley src=/s.png alt=🎉>", "Well done 🎉"),
        ("<p>The tide turns<sup><a href=#n1>1</a></sup> here", "The tide turns[1] here"),
        ("<p>The tide turns<sup><a href=#n1>[1]</a></sup> here", "The tide turns[1] here"),
        ("<p><b>The ferry sails again</b>It left at noon", "The ferry sails again It left at noon"),
        ("<p>12 m<sup>2</sup> of deck", "12 m² of deck"),
        ("<p><ruby>島<rp>(</rp><rt>しま</rt><rp>)</rp></ruby>へ", "島へ"),
        ("<p>By <abbr title=x>RNLI</abbr> at <time>noon</time>", "By RNLI at noon"),
    ],
)
def test_signs_that_tags_stand_for(html: str, text: str) -> None:
    """Quotation marks, emoji and notes are as a browser shows them, readings are left out."""
    assert texts(html) == [text]


def test_details_are_blocks() -> None:
    """A summary and what it opens are blocks."""
    html = "<details><summary>Timetable</summary>Daily at noon</details>"
    assert texts(html) == ["Timetable", "Daily at noon"]


def test_tables() -> None:
    """Wide cells keep the columns, bars in cells part none, nested tables lay out."""
    wide = "<table><tr><th>A<th>B<th>C<tr><td colspan=2>x<td>y<tr><td>1 | 2<td>3<td>4</table>"
    assert texts(wide) == ["A | B | C", "x |  | y", "1|2 | 3 | 4"]
    nested = (
        "<table><tr><td>Left<td>Right<table><tr><td>Lorn<td>1997</table></table>"
        "<table role=presentation><tr><td>One<td>Two</table>"
    )
    assert texts(nested) == ["Left", "Right", "Lorn | 1997", "One", "Two"]
    article = story(inside=wide)
    assert "| 1\\|2 | 3 | 4 |" in to_markdown(article)


def test_xhtml() -> None:
    """Elements that end in their own tag swallow nothing; CDATA is text."""
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/>'
        '<script src="a.js"/></head><body><p>The ferry sails</p><iframe src="b"/>'
        "<p><![CDATA[at 5 < 6 & later]]></p></body></html>"
    )
    assert texts(page) == ["The ferry sails", "at 5 < 6 & later"]


SIGNED = (
    '<script type="application/ld+json">{"@type":"Article","author":{"name":"%s"},'
    '"publisher":{"name":"%s"}}</script>'
)


@pytest.mark.parametrize(
    ("head", "inside", "byline"),
    [
        ("<meta name=author content=Ferry><meta property=og:site_name content=Ferry>",
         "<p itemprop=author>Ann Lee</p>", "Ann Lee"),
        ("", "<a rel=author href=/ann>All posts by Ann Lee</a>", "Ann Lee"),
        ("", "<span itemprop=author><a href=/x>Ann Lee</a></span>", "Ann Lee"),
        ("<meta name=author content='https://a.example/ann'>", "", None),
        (SIGNED % ("The Pier", "The Pier"), "<i itemprop=author>Ann Lee</i>", "Ann Lee"),
        (SIGNED % ("Ann Lee", "Ann Lee"), "", "Ann Lee"),
    ],
)  # fmt: skip
def test_authors(head: str, inside: str, byline: str | None) -> None:
    """People before the site; marked elements where nothing is declared; no addresses."""
    assert story(head, inside).byline == byline


@pytest.mark.parametrize(
    ("head", "inside", "day"),
    [
        ("<meta name=published content='July 17, 2025'>", "", "2025-07-17"),
        ("", "<time itemprop=datePublished datetime='2024-03-18T08:00'>then</time>", "2024-03-18"),
        ("", "<time datetime='2024-03-18T08:00'>then</time>", "2024-03-18"),
    ],
)
def test_dates(head: str, inside: str, day: str) -> None:
    """Declared dates, those of marked elements, those of any `<time>`."""
    assert story(head, inside).published == day


def test_titles_have_no_soft_hyphens() -> None:
    """A declared headline is whole words."""
    head, _ = html_blocks("<title>Messen&shy;ger</title><meta property=og:title content=Mes&shy;s>")
    assert (head.title, head.headline) == ("Messenger", "Mess")


def test_tables_are_kept_whole() -> None:
    """A table is the story's where most of its rows are; one beside it is not."""
    rows = "".join(f"<tr><td>Lorn<td>{1990 + i}" for i in range(4))
    html = f"<table>{rows}</table><div><table>{rows}</table></div>"
    document = split_page(read_page(html, url=None, options=Options(input_format="html")))
    zones = [BODY, BODY, BOILERPLATE, BODY, *[BOILERPLATE] * 4]
    given = [Verdict(zone, 1.0) for zone in zones]
    verdicts = keep_tables_whole(sight_of(document, evidence_of(document.blocks), given))
    assert [verdict.zone for verdict in verdicts] == [BODY] * 4 + [BOILERPLATE] * 4
    assert {verdict.by for verdict in verdicts} == {"model", "rule:html_tables"}


def test_the_sign_that_links_a_heading_to_itself() -> None:
    """It is shown under the mouse alone; in a sentence it is a word."""
    page = (
        '<h2 id=a>Ovens<a class=headerlink href="#a">¶</a></h2><p>See <a href="#b">§</a> 4 # 5</p>'
    )
    assert [block.text for block in html_blocks(page)[1]] == ["Ovens", "See § 4 # 5"]
