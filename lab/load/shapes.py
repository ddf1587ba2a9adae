"""Hostile pages: what a page can hold to make a program slow or large. Made up here, of any size.

A shape is a start, a unit that is repeated, and an end; `{n}` in a unit is a number that counts up.
Those that need more are functions of the number of characters.
"""

from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from articlecli.options import InputFormat

Make = Callable[[int], str]


class Shape(NamedTuple):
    """A kind of page, and how one of a size is made."""

    format: InputFormat
    make: Make


STORY = "<h1>Lamps along the quay</h1>" + "".join(
    f"<p>The harbour office said on Friday that {n} lamps will be mended before the autumn.</p>"
    for n in range(5)
)
BODY = f"<html><head><title>Lamps along the quay</title></head><body>{STORY}"
XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
BYLINE = '<html><body><h1>Lamps along the quay</h1><p class="byline">'


def repeated(start: str, unit: str, end: str = "") -> Make:
    """A page that is one unit again and again."""

    def make(size: int) -> str:
        if "{n}" not in unit:
            return start + unit * max(1, size // len(unit)) + end
        parts, length, numbers = [], 0, count(1)
        while length < size:
            parts.append(unit.replace("{n}", str(next(numbers))))
            length += len(parts[-1])
        return start + "".join(parts) + end

    return make


def nested(open_tag: str, close_tag: str = "", inner: str = "the lamp") -> Make:
    """Tags inside one another: closed ones, or such as the end of the page closes."""

    def make(size: int) -> str:
        deep = max(1, size // len(open_tag + close_tag))
        return BODY + open_tag * deep + inner + close_tag * deep

    return make


def halves(start: str, first: str, middle: str, second: str) -> Make:
    """Two repeated units, half of the size each: what is square in their product."""

    def make(size: int) -> str:
        return repeated(start, first)(size // 2) + repeated(middle, second)(size // 2)

    return make


def _json_ld(first: str, middle: str, second: str) -> Make:
    return halves(f'<html><head><script type="application/ld+json">{first}', '"Ann Lee {n}",',
                  middle, second)  # fmt: skip


TEXT: dict[str, Make] = {
    "one word": repeated("", "a"),
    "one line": repeated("", "lamp quay "),
    "short lines": repeated("", "a\n"),
    "numbers a line": repeated("", "{n}\n"),
    "blank lines": repeated("a", "\n"),
    "spaces": repeated("a", " ", "\nThe lamp."),
    "spaces inside": repeated("29 November 2017", " ", "x"),
    "tabs": repeated("", "a\tb\tc\n"),
    "invisible lines": repeated("", "\u200b\n"),
    "same line": repeated("", "The harbour office said that the lamps will be mended.\n"),
    "same headline": repeated("", "Lamps along the quay are mended\n\n"),
    "title and its copies": halves("", "lamp{n} ", "\n", "some lamp{n} stands\n"),
    "long title": halves("", "quay ", "\n", "a{n} quay lamp far out\n"),
    "bylines": repeated("Lamps\n", "By Ann Lee{n}\n3 May 2020\n"),
    "names": repeated("Lamps\n3 May 2020\n", "Ann Lee\n"),
    "by by by": repeated("29 November 2017 ", "by X "),
    "dates": repeated("", "3 May 2020\n"),
    "digits": repeated("", "7"),
    "dots": repeated("", "."),
    "dashes": repeated("", "-"),
    "bars": repeated("", "| "),
    "bars in a title": repeated("Lamps", " | a"),
    "dash lines": repeated("", "- \n"),
    "quotes": repeated("", '"'),
    "quote marks": repeated("", "> "),
    "deep quote": repeated("", ">", " a"),
    "brackets": repeated("", "["),
    "parentheses": repeated("", "("),
    "addresses": repeated("", "https://quay.example/a/{n} "),
    "at signs": repeated("", "a@"),
    "colons": repeated("", "a: "),
    "glued": repeated("By ", "aA"),
    "hyphens": repeated("", "lamp-"),
    "hyphens at ends": repeated("", "The lamp of the har-\nbour stands beside the wa-\nter. "),
    "entities": repeated("", "&amp;"),
    "open entities": repeated("", "&"),
    "escapes": repeated("", "\x1b[31m"),
    "open escapes": repeated("", "\x1b]"),
    "controls": repeated("", "\x01"),
    "written ends": repeated("", "a\\n"),
    "form feeds": repeated("", "a\f"),
    "CJK": repeated("", "灯"),
    "CJK lines": repeated("", "灯火\n"),
    "Thai": repeated("", "โคม"),
    "emoji": repeated("", "\U0001f468\u200d\U0001f469\u200d"),
    "accents": repeated("e", "\u0301"),
    "directions": repeated("", "\u202ea\u202c"),
    "mail quotes": repeated("Subject: a\nFrom: b\n\n", "> a\n>> b\n"),
    "sender of a mail": repeated("Subject: a\nFrom: ", "a", "\n\nThe lamp."),
    "prompts": repeated("", "$ a\n"),
    "code": repeated("", "import a{n}\n"),
    "grid": repeated("", "a  1\nb  2\n"),
    "sheets": repeated("", "The lamp\n- {n} -\n\f"),
    "comments": repeated("Lamps\n\n", "Ann Lee says:\nThe lamp is dark.\nReply\n"),
    "verse": repeated("", "The lamp, the quay,\nThe quay, the sea,\n\n"),
    "indents": repeated("", "    a\n  b\n"),
}  # fmt: skip
MARKDOWN: dict[str, Make] = {
    "heading of spaces": repeated("# a", " ", "x"),
    "hashes": repeated("", "#"),
    "headings": repeated("", "# a\n"),
    "emphasis": repeated("", "*a "),
    "strong": repeated("", "**a"),
    "underscores": repeated("", "_a"),
    "ticks": repeated("", "`"),
    "ticks of all sizes": lambda size: "".join("`" * n + " " for n in range(int(size**0.5) + 1)),
    "open fences": repeated("", "```\n"),
    "fences": repeated("", "```\na\n```\n"),
    "links": repeated("", "[a](b)"),
    "open links": repeated("", "[a]("),
    "link in link": repeated("", "[", "]"),
    "pictures": repeated("", "![a]("),
    "references": repeated("", "[a{n}]: b\n"),
    "notes": repeated("", "[^{n}]: b\n"),
    "nest of lists": lambda size: "".join("  " * n + "- a\n" for n in range(int(size**0.5))),
    "list marks": repeated("", "- "),
    "items": repeated("", "- a\n"),
    "tables": repeated("|a|b|\n|-|-|\n", "|a|b|\n"),
    "wide table": lambda size: "|a" * (size // 4) + "|\n" + "|-" * (size // 4) + "|\n",
    "backslashes": repeated("", "\\"),
    "tags": repeated("", "<a "),
    "open comments": repeated("", "<!-- "),
    "open scripts": repeated("", "<script>a\n"),
    "front matter": repeated("---\n", "a{n}: b\n"),
    "front matter of sixtieths": repeated("---\na: ", "1:", "1\n---\nThe lamp."),
    "strikes": repeated("", "~~a"),
    "tildes": repeated("", "~"),
}
HTML: dict[str, Make] = {
    "paragraphs": repeated(BODY, "<p>The harbour office said that lamp {n} is dark.</p>"),
    **{f"nest of {tag}": nested(f"<{tag}>") for tag in (
        "div", "ul><li", "a><div", "section", "span", "table", "table><tr><td", "b", "q", "i><p",
        "form", "blockquote", "font", "button", "h1", "pre", "dl><dd", "sup", "ruby", "x-a",
        "a href=b", "template", "svg", "math", "noscript", "select", "details", "p", "ol><li",
    )},
    "closed div": nested("<div>", "</div>"),
    "closed q": nested("<q>", "</q>"),
    "tags in nested q": halves(BODY, "<q>", "", "<b></b>"),
    "paragraphs below many classes": repeated(BODY + f"<div class='{'w ' * 3990}'>", "<p>a"),
    "paragraphs in a long tag": halves(BODY + "<", "x", ">", "<p>a"),
    "b and p": repeated(BODY, "<b><p>"),
    "open formatting and p": halves(BODY + "<p>", "<b class=a{n}>", "", "<p>a</p>"),
    "formatting of its own": repeated(BODY, "<b class=a{n}><p>a"),
    "ends without starts": repeated(BODY, "</p>"),
    "open tags": repeated(BODY, "<a"),
    "angles": repeated(BODY, "<"),
    "open comments": repeated(BODY, "<!--"),
    "comments": repeated(BODY, "<!-- a -->"),
    "attributes": lambda size: BODY + "<p " + repeated("", "a{n}=b ")(size) + ">a</p>",
    "tags with attributes": repeated(BODY, "<p a=b c=d e=f>a"),
    "long attribute": lambda size: BODY + f'<p title="{"a" * size}">a</p>',
    "long class": lambda size: f'{BODY}<div class="{"a " * (size // 2)}"><p>a</p></div>',
    "long class above classes": lambda size: (
        f'{BODY}<div class="{"ab " * (size // 6)}">' + '<p class="c">a</p>' * (size // 36)
    ),
    "classes": repeated(BODY, '<p class="c{n} d">a</p>'),
    "br": repeated(BODY, "a<br>"),
    "br alone": repeated(BODY, "<br>"),
    "small letters and br": repeated(BODY, "the lamp of the quay is dark and so it is<br>"),
    "hr": repeated(BODY, "<hr>"),
    "short paragraphs": repeated(BODY, "<p>a"),
    "links": repeated(BODY, '<a href="/{n}">a</a> '),
    "long base": lambda size: repeated(
        f'<html><head><base href="http://q.example/{"a/" * (size // 4)}"></head><body>{STORY}',
        "<p>The harbour office said that <a href=x>lamp {n}</a> is dark.</p>")(size // 2),
    "links in a list": repeated(BODY + "<ul>", '<li><a href="/{n}">Lamp {n}</a>'),
    "anchors in spans": halves(BODY, "<span>", "", "<a href=#>#</a>"),
    "one link": repeated(BODY + "<p><a href=b>", "<b>a</b>"),
    "pieces": repeated(BODY + "<p>", "a<b>b</b>"),
    "raised": repeated(BODY + "<p>", "a<sup>2</sup>"),
    "quotes": repeated(BODY + "<p>", "<q>a</q>"),
    "one row": repeated(BODY + "<table><tr>", "<td>a"),
    "rows": repeated(BODY + "<table>", "<tr><td>a<td>b"),
    "empty cells": repeated(BODY + "<table>", "<tr><td><td>a"),
    "wide cells": repeated(BODY + "<table><tr>", "<td colspan=999>"),
    "wide cells and rows": repeated(BODY + "<table>", "<tr><td>a<td colspan=999>b"),
    "tall cells": repeated(BODY + "<table>", "<tr><td rowspan=999>a"),
    "tables": repeated(BODY, "<table><tr><td>a<td>b</table>"),
    "heads of tables": repeated(BODY + "<table>", "<tr><th>a<td>b"),
    "options": repeated(BODY + "<select>", "<option>a"),
    "items": repeated(BODY + "<ol>", "<li>a"),
    "reversed lists": repeated(BODY, "<ol reversed><li>a"),
    "scripts": repeated(BODY, "<script>a</script>"),
    "open script": repeated(BODY + "<script>", "a "),
    "pre": repeated(BODY + "<pre>", "a\n"),
    "pre of br": repeated(BODY + "<pre>", "a<br>"),
    "code": repeated(BODY, "<pre><code>a</code></pre>"),
    "meta": repeated("<html><head>", '<meta name="a{n}" content="b">'),
    "authors in meta": repeated("<html><head>", '<meta name="author" content="Ann Lee {n}">'),
    "marked authors": repeated(BODY, "<b itemprop=author>Ann Lee {n}</b>"),
    "author links": repeated(BODY, "<a rel=author>Ann Lee {n}</a>"),
    "JSON-LD of lists": lambda size: (
        '<html><head><script type="application/ld+json">'
        + ("[" + '{"@type":"Article"},' * 45 + "0]").join(["["] + [","] * (size // 1000) + ["0]"])
        + "</script></head>" + STORY
    ),
    "JSON-LD nest": lambda size: (
        '<html><head><script type="application/ld+json">' + "[" * (size // 2) + "]" * (size // 2)
        + "</script></head>" + STORY
    ),
    "JSON-LD authors": _json_ld('{"@type":"Article","headline":"Lamps","author":[',
                                '"Bo"]}</script></head><body>', "<p>By {n}</p>"),
    "JSON-LD body": halves(
        '<html><head><script type="application/ld+json">{"@type":"Article","articleBody":"',
        "the lamp number {n} of the quay is dark ", '"}</script></head><body>',
        "<p>no lamp {n} burns along the road or the shore</p>"),
    "JSON-LD scripts": repeated(
        "<html><head>", '<script type="application/ld+json">{"@type":"Article"}</script>'),
    "description": halves('<html><head><meta name=description content="', "lamp {n} ", '">',
                          "<p>no lamp {n} burns along the road or the shore</p>"),
    "title": halves("<html><head><title>", "lamp{n} ", "</title></head><body>",
                    "<p>some lamp{n} stands</p>"),
    "title of bars": repeated("<html><head><title>", "a | ", "</title>" + STORY),
    "title of spaces": lambda size: (
        f"<html><head><title>a{' ' * size}b</title></head><pre>a{' ' * size}b</pre>{STORY}"),
    "headings": repeated(BODY, "<h1>Lamps along the quay</h1>"),
    "headings of their own": repeated(BODY, "<h2>Lamp {n} along the quay</h2>"),
    "keywords": lambda size: f'<html><head><meta name=keywords content="{"a," * (size // 2)}">',
    "byline of by": repeated(BYLINE + "29 November 2017 ", "by X "),
    "byline of spaces": lambda size: (
        f'{BODY}<pre class="byline">29 November 2017{" " * size}x</pre>'),
    "glued byline": repeated(BYLINE + "By ", "aA"),
    "byline of labels": repeated(BYLINE + "By ", "aA:"),
    "names": repeated(BYLINE + "By ", "Ann Lee and "),
    "bylines": repeated(BODY, '<p class="byline">Ann Lee{n}</p><p class="date">3 May 2020</p>'),
    "XHTML open titles": repeated(XHTML, "<title"),
    "XHTML title of spaces": repeated(XHTML + "<title", " "),
    "XHTML titles of spaces": repeated(XHTML, "<title  "),
    "XHTML CDATA": repeated(XHTML, "<![CDATA["),
    "XHTML scripts": repeated(XHTML, "<script "),
    "XHTML closed scripts": repeated(XHTML, "<script>a</script>"),
    "entities": repeated(BODY + "<p>", "&amp;"),
    "entities twice": repeated(BODY + "<p>", "&amp;amp;"),
    "ampersands": repeated(BODY + "<p>", "&amp;&amp;amp"),
    "soft hyphens": repeated(BODY + "<p>", "a&shy;"),
    "pictures": repeated(BODY, '<img src="/{n}.jpg" alt="a" width=900>'),
    "srcset": lambda size: f'{BODY}<img srcset="{"a 1w, " * (size // 6)}">',
    "data picture": lambda size: f'{BODY}<img src="data:{"a" * size}">',
    "emoji": repeated(BODY + "<p>", 'a<img class=emoji alt="☺">'),
    "formulas": repeated(BODY, "<math><mi>a</mi></math>"),
    "TeX": repeated(BODY, '<span class="katex">a</span>'),
    "line numbers": repeated(BODY + "<table>", '<tr><td class="lineno">{n}<td><pre>a</pre>'),
    "edit links": repeated(BODY, "<h2>a<span>[<a href='?action=edit'>edit</a>]</span></h2>"),
    "noscript": repeated("<html><body>", "<noscript>a</noscript>"),
    "own elements": repeated(BODY, "<x-a>the lamp</x-a>"),
    "own elements in one": repeated(BODY + "<x-a>", "<x-b>a</x-b>"),
    "deep, then tags of their own": lambda size: (
        BODY + "<div>" * 600 + repeated("", "<x{n}>a</x{n}>")(size)),
    "attributes of their own": repeated(BODY, "<p a{n} b{n} c{n}>The lamp is dark. "),
    "attributes without end": lambda size: (
        f"{BODY}<p {repeated('', 'a{n} ')(size)}>The lamp is dark."),
    "text of links": repeated(BODY + "<p>", '<a href="/{n}">lamp {n}</a> '),
    "NUL": repeated(BODY + "<p>", "\0"),
    "attributes of digits": lambda size: f'{BODY}<ol start={"1" * size}><td colspan={"9" * size}>',
    "comments of readers": repeated(BODY, '<div class="comment"><b>Ann</b><p>The lamp!</p></div>'),
    "cards": repeated(BODY, '<article><h3><a href="/{n}">Lamp {n} is dark</a></h3>'
                            "<p>Read more</p></article>"),
}  # fmt: skip
SHAPES: dict[str, Shape] = {
    **{f"text: {name}": Shape("text", make) for name, make in TEXT.items()},
    **{f"markdown: {name}": Shape("markdown", make) for name, make in (TEXT | MARKDOWN).items()},
    **{f"html: {name}": Shape("html", make) for name, make in HTML.items()},
}
