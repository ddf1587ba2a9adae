"""Hostile pages: no expression, and no shape of page, takes the square of its length."""

import ast
import importlib
import pkgutil
import re
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import articlecli
from articlecli import ArticleCliError, Options, extract
from articlecli.blocks.from_html import as_html, html_blocks
from articlecli.opinion.asked import text_of
from articlecli.text.patterns import lazy

UNITS = (
    "a", "aA", "Aa:", " ", "\n", "\t", "7", "1 ", ".", "…", "!", '"', "'", "-", "- ", "–", "|", " |",
    "| ", "_", "*", "#", "# ", "`", "~", "[", "]", "(", "[[", "[^", "![", "<", ">", "</", "<a ",
    "<!--", "<title", "<title ", "<script ", "<![CDATA[", "=", "&", "&#1", "&amp", "\x1b]", "\x1b[",
    ":", ": ", "::", "@", "a@", "/", "//", "\\", "\\n", ",", ", ", "by ", "\u200d", "é", "字", "年",
)  # fmt: skip
LENGTH = 12_000
SLOWEST = 0.5
"""Seconds of the processor: a square of the length takes some two, a linear one milliseconds."""
SOURCES = [
    path.read_text(encoding="utf-8") for path in Path(articlecli.__file__).parent.rglob("*.py")
]


def is_searched(name: str, source: str) -> bool:
    """Whether an expression is searched for, where it stands or, if others may use it, anywhere.

    Others are matched at the start of a text alone.
    """
    asked = re.compile(rf"\b{name}\.(?:search|finditer|findall|sub|split)\(")
    return any(map(asked.search, [source] if name.startswith("_") else SOURCES))


LAZY = lazy("")


@cache
def patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Every compiled expression of text that a module of the package keeps, and if it is searched."""
    found = {}
    for info in pkgutil.walk_packages(articlecli.__path__, "articlecli."):
        if info.name.startswith(("articlecli.ext", "articlecli.__main__")):
            continue
        module = importlib.import_module(info.name)
        if not (module.__file__ or "").endswith(".py"):
            continue  # the core
        source = Path(module.__file__ or "").read_text(encoding="utf-8")
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern | type(LAZY)) and isinstance(value.pattern, str):
                first, (kept, searched) = found.get(
                    value.pattern, (f"{info.name}.{name}", (value, False))
                )
                found[value.pattern] = first, (kept, searched or is_searched(name, source))
    return dict(found.values())


@cache
def written_in_place() -> dict[str, tuple[re.Pattern[str] | re.Pattern[bytes], bool]]:
    """Every expression that a function of the package gives to `re` where it is used."""
    found = {}
    for info in pkgutil.walk_packages(articlecli.__path__, "articlecli."):
        if info.name.startswith(("articlecli.ext", "articlecli.__main__", "articlecli._core")):
            continue
        module = importlib.import_module(info.name)
        for call in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
            match call:
                case ast.Call(func=ast.Attribute(ast.Name("re"), how), args=[first, *_]):
                    told = getattr(first, "value", vars(module).get(getattr(first, "id", "")))
                    if isinstance(told, str | bytes) and how not in ("compile", "escape"):
                        searched = how not in ("match", "fullmatch")
                        found[f"{info.name}, line {call.lineno}"] = re.compile(told), searched
    return found


@pytest.mark.parametrize("unit", UNITS)
def test_expressions_are_linear(unit: str) -> None:
    """Each expression is through with a repeated unit, and with a text that ends otherwise, at once."""
    for name, (pattern, searched) in (patterns() | written_in_place()).items():
        for start, end in (("", "\0x"), ("29 November 2017 by A", "")):
            page = start + unit * (LENGTH // len(unit)) + end
            page = page.encode() if isinstance(pattern.pattern, bytes) else page
            started = time.process_time()
            if searched:
                sum(1 for _ in pattern.finditer(page))
            pattern.match(page)
            assert time.process_time() - started < SLOWEST, name


DIGITS = st.integers(4290, 5000).map(lambda n: "1" * n)
DEEP = st.sampled_from([100, 1500, 5000])
HARD = st.one_of(
    DIGITS.map(lambda n: f"<meta property=og:title content='&amp;#{n};'><p>a"),
    DIGITS.map(lambda n: f"<title>&#{n}; &amp;#{n};</title><img src=a.jpg width={n}><p>a"),
    DIGITS.map(lambda n: f"<ol start={n}><li value={n}>a<table><tr><td colspan={n} rowspan={n}>a"),
    DIGITS.map(lambda n: f"{n}. a\n{n}/{n}/2020\n&#{n};\n{n} May 2020\n"),
    DIGITS.map(lambda n: f"<script type='application/ld+json'>{{\"headline\":{n}}}</script><p>a"),
    st.tuples(st.sampled_from(["<div>", "<q>", "<table><tr><td>", "<ul><li>", "<math>", "<svg>"]),
              DEEP).map(lambda t: t[0] * t[1] + "a"),
    st.tuples(st.sampled_from(["[", '{"a":', '[{"author":']), DEEP).map(
        lambda t: f"<script type='application/ld+json'>{t[0] * t[1]}</script><p>a"),
    DEEP.map(lambda n: '<script type="application/ld+json">{"@type":"Article","author":'
             + "[" * (n // 8) + '"Ann Lee"' + "]" * (n // 8) + "}</script><p>a"),
    st.tuples(st.sampled_from([">", "- ", "[", "*", "`", "  - a\n"]), DEEP).map(
        lambda t: t[0] * t[1] + "a"),
)  # fmt: skip
MIME = st.builds(
    lambda charset, deep, kind: (
        "MIME-Version: 1.0\n"
        + "".join(f"Content-Type: {kind}; boundary=b{n}\n\n--b{n}\n" for n in range(deep))
        + f"Content-Type: text/html; {charset}\n\n<p>a"
    ).encode("utf-8", "surrogateescape"),
    st.sampled_from(['charset="a\0b"', "charset*=a%00b''x", "charset=punycode", "charset=utf-7",
                     "charset=unicode_escape", "charset=" + "x" * 5000, "charset=hex"]),
    st.sampled_from([0, 3, 1000]),
    st.sampled_from(["multipart/related", "message/rfc822"]),
)  # fmt: skip
WIDE = {
    "cells that cover others": "<table><tr>" + "<td colspan=999 rowspan=999>a" * 2000,
    "one row": "<table><tr>" + "<td>a" * 15_000,
    "tables": "<table><tr><td>a<td>b</table>" * 3000,
    "paragraphs": "<p>a" * 9000,
    "lines": "<br>" * 20_000,
    "lists in lists": "<ul><li>a" * 9000,
    "nest": "<div>" * 20_000 + "a",
    "quotes in one another": "<blockquote><p>a" * 5000,
    "words": "<p>" + "lamp quay " * 100_000,
    "links": "<a href=/b>a</a> " * 8000,
    "open": "<p " * 20_000,
    "beyond all bounds": "<p>a" * 100_000,
}
"""Pages that a parser or a set of rules may take the square of."""


@pytest.mark.parametrize("name", WIDE)
def test_a_second_opinion_takes_its_time(name: str) -> None:
    """Seconds at most on any shape of page, and none at all beyond its bounds."""
    page = f"<html><body><h1>Lamps along the quay</h1>{WIDE[name]}"
    blocks = len(html_blocks(page)[1])
    text_of("<p>a</p>", 1)  # loads it
    started = time.process_time()
    text_of(as_html(page), blocks)
    assert time.process_time() - started < 5


HEADS = st.sampled_from([b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\x1f\x8b\x08", b"\0", b""])


@settings(max_examples=60, deadline=None)
@given(
    HARD, st.sampled_from(["auto", "text", "markdown", "html"]), st.sampled_from(["auto", "always"])
)
def test_only_own_errors_of_text(page: str, input_format: str, asked: str) -> None:
    """Digits beyond what Python reads, and nests beyond its recursion, raise nothing else."""
    article = extract(page, options=Options(input_format=input_format, second_opinion=asked))  # type: ignore[arg-type]
    article.to_json(offsets=True, links=True, images=True)
    article.to_text(teasers=True)
    article.to_markdown(teasers=True, links=True, images=True)


@settings(max_examples=40, deadline=None)
@given(st.one_of(MIME, st.tuples(HEADS, HARD).map(lambda t: t[0] + t[1].encode())))
def test_only_own_errors_of_bytes(page: bytes) -> None:
    """Mails with odd character sets and nests, and pages behind wrong marks, raise no other error."""
    try:
        extract(page)
    except ArticleCliError:
        pass
