"""Article → JSON, text, Markdown."""

import json
import re

import jsonschema_rs
import pytest
from markdown_it import MarkdownIt

from articlecli import Options, extract, from_json, json_schema, to_json, to_markdown, to_text
from articlecli.output import Article, BodyPart, Teaser
from articlecli.write.markdown import escape
from articlecli.write.render import Render
from tests.cases import cases


def article_with(*body: BodyPart, teasers: tuple[Teaser, ...] = ()) -> Article:
    """A small article with a given body."""
    from msgspec.structs import replace

    return replace(
        extract(""), status="ok", title="A & B", lead="Lead.", body=body, teasers=teasers
    )


def part(kind: str, text: str, level: int = 0) -> BodyPart:
    return BodyPart(text=text, lines=((1, 1),), kind=kind, level=level)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_json_keeps_to_the_schema(case) -> None:
    """Every output validates against the schema that the tool prints."""
    validator = jsonschema_rs.validator_for(json.loads(json_schema()))
    article = extract(case.data)
    for data in (to_json(article), to_json(article, indent=2, offsets=True)):
        validator.validate(json.loads(data))
        assert from_json(data).title == article.title


def test_json_without_teasers() -> None:
    """`teasers=False` leaves them out."""
    teaser = Teaser("T", None, None, None, False, ((2, 2),))
    article = article_with(teasers=(teaser,))
    assert json.loads(to_json(article))["teasers"]
    assert json.loads(to_json(article, teasers=False))["teasers"] == []


def test_text() -> None:
    """Title, lead and body, a blank line between; lists close together; no captions."""
    article = article_with(
        part("paragraph", "One."),
        part("list_item", "a", 1),
        part("list_item", "b", 2),
        part("caption", "A picture"),
        part("heading", "Two"),
    )
    assert to_text(article) == "A & B\n\nLead.\n\nOne.\n\n- a\n  - b\n\nTwo\n"


def test_text_with_teasers() -> None:
    """Teasers follow under their header."""
    teaser = Teaser("Other", "Summary.", "3 May", "More", False, ((2, 2),))
    assert to_text(article_with(teasers=(teaser,)), teasers=True).endswith(
        "\n\nMore\n\nOther\n3 May\nSummary.\n"
    )


def test_markdown() -> None:
    """Headings, lists, quotes, code and tables as Markdown has them."""
    article = article_with(
        part("heading", "Two", 3),
        part("list_item", "a", 1),
        part("list_item", "1. b", 2),
        part("quote", "Said."),
        part("code", "x = '```'"),
        part("table", "a | b"),
        part("table", "1 | 2"),
    )
    assert to_markdown(article) == (
        "# A & B\n\n**Lead.**\n\n### Two\n\n- a\n    1. b\n\n> Said.\n\n"
        "````\nx = '```'\n````\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "- no list",
        "12. no list",
        "*no emphasis* and _none_ here_either",
        "[no](link) `code` <b>tag</b> &amp;",
        "> no quote",
        "a | b",
        "| no | table",
        "---",
        "\\ backslash",
        "snake_case_word 2*3*4",
    ],
)
def test_markdown_renders_as_the_words(text: str) -> None:
    """Characters that Markdown would take for marks come out as themselves."""
    html = MarkdownIt("commonmark").enable("table").render(escape(text))
    from html import unescape

    assert unescape(html) == f"<p>{text}</p>\n"


def test_lists_and_tables_render_whole() -> None:
    """Items under a wide number, lists that begin deep, and tables with a short head lose nothing."""
    from articlecli.output import BodyPart
    from articlecli.write.markdown import _list, _table

    def part(kind: str, text: str, level: int = 0) -> BodyPart:
        return BodyPart(text=text, lines=(), kind=kind, level=level)

    render = MarkdownIt("commonmark").enable("table").render
    html = render(_list([part("list_item", "deep", 3), part("list_item", "100. wide", 1),
                         part("list_item", "under it", 2), part("list_item", "back", 1)]))  # fmt: skip
    assert html.count("<li>") == 4
    assert "<pre>" not in html
    assert html.index("<ul>", html.index("wide")) < html.index("under it")
    html = render(_table([part("table", "Results"), part("table", "Team | Points | Goals")]))
    assert all(word in html for word in ("Results", "Team", "Points", "Goals"))


@pytest.mark.parametrize("kind", ["text", "html", "markdown"])
def test_nothing_commands_a_terminal(kind: str) -> None:
    """Controls of either set, escapes and overrides of direction reach no text that is printed."""
    odd = "\x1b[2J\x1b]0;x\x07\x9b31m\x90\x08\x02\x7f\u202e\u2066"
    body = f"The harbour office{odd} said on Friday that the lamps will be mended by autumn."
    page = f"<h1>Lamps{odd} along the quay</h1><p>{body}</p><pre>a{odd}\rb</pre><p>{body}</p>"
    if kind != "html":
        page = f"Lamps{odd} along the quay\n\n{body}\n\n- a{odd}b\n- c\n\n{body}\n"
    article = extract(page, options=Options(input_format=kind))
    row = Render(format="csv", fields=("title", "text")).article(article).decode()
    shown = [article.to_text(teasers=True), article.to_markdown(teasers=True, front_matter=True),
             article.to_html(), article.to_tei(), row]  # fmt: skip
    for written in shown:
        assert "harbour" in written
        assert not re.search(
            "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written
        )
        assert "\r" not in written
