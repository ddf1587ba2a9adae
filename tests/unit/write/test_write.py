"""Article → JSON, text, Markdown."""

import json

import jsonschema_rs
import pytest
from markdown_it import MarkdownIt

from articlecli import extract, from_json, json_schema, to_json, to_markdown, to_text
from articlecli.output import Article, BodyPart, Teaser
from articlecli.write.markdown import escape
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
