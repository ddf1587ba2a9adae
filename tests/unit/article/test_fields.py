"""Fields of the article: which source gives the value, and that its name is told."""

import pytest

from articlecli.article import authors, facts, fields, titles
from articlecli.article.context import Context
from articlecli.article.fields import Choice, choose
from articlecli.article.story import Story
from articlecli.document import Block, Declared, Document, Markup, Page, Source
from articlecli.zone import (
    BODY,
    BOILERPLATE,
    COMMENT,
    META,
    TEASER_META,
    TITLE,
    Zone,
    where_zones_are,
)

HEAD = "Harbour cranes repaired at last"


def context_of(
    lines: list[tuple[str, Zone]], head: Declared | None = None, *, names: str = ""
) -> Context:
    """Context of a page whose first line is its headline; blocks with `names` show an author."""
    blocks = tuple(
        Block(text=text, lines=(i, i), span=(0, 0),
              markup=Markup("p", "", 0.0, strong=False,
                            declared=frozenset(["author"] if names and names in text else [])))
        for i, (text, _) in enumerate(lines, 1)
    )  # fmt: skip
    page = Page("", Source(None, "html" if head else "text", "str", "", None))
    zones = [zone for _, zone in lines]
    title = next((text for text, zone in lines if zone is TITLE), None)
    body = tuple(i for i, zone in enumerate(zones) if zone is BODY)
    heads = tuple(i for i, zone in enumerate(zones) if zone is TITLE)[:1]
    story = Story(zones, where_zones_are(zones), headline=title, title=heads, body=body)
    return Context(Document(page, "", (), blocks, head), story, "", language="en")


@pytest.mark.parametrize(
    ("shown", "declared", "value", "source"),
    [
        (HEAD, "", HEAD, "shown_headline"),
        ("Port: " + HEAD, HEAD, HEAD, "whole_headline"),
        ("Harbour cranes", HEAD, HEAD, "whole_headline"),
        (HEAD, HEAD + " - The Quay", HEAD, "shown_headline"),
        (HEAD, "Welcome to the Quay", HEAD, "shown_headline"),
        (None, HEAD, HEAD, "declared_headline"),
        (None, "", None, None),
    ],
)
def test_title(shown: str | None, declared: str, value: str | None, source: str | None) -> None:
    """The declared headline completes the shown one, and stands in for a missing one."""
    lines = [(shown, TITLE)] if shown else []
    context = context_of([*lines, ("A long winter of repairs.", BODY)], Declared(headline=declared))
    assert choose(titles.TITLE, context) == Choice(value, source)


@pytest.mark.parametrize(
    ("meta", "declared", "shown", "value", "source"),
    [
        (["By Ann Lee"], ("Ann Lee", "Max Roe"), "Ann Lee", "Ann Lee, Max Roe", "confirmed_persons"),
        (["quill_7"], ("quill_7",), "quill_7", "quill_7", "confirmed_handle"),
        (["By Ann Lee"], ("Quay Media",), "Quay Media", "Ann Lee", "signed_persons"),
        (["By Ann Lee"], ("Desk Four",), "", "Ann Lee", "signed_persons"),
        (["By Quorra Lee"], ("Ann Lee",), "", "Ann Lee", "declared_persons"),
        (["By Quorra Lee"], (), "", "Quorra Lee", "signed_line"),
        (["Ann Lee · 3 May 2021"], (), "", "Ann Lee", "beside_date"),
        (["Harbour Notes · 3 May 2021", "More notes"], (), "", None, None),
        (["Ann Lee"], (), "", "Ann Lee", "name_about_story"),
        (["Story Tips"], (), "", None, None),
        (["quill.7 3 May 2021 14:02"], (), "", "quill.7", "handle_beside_date"),
        (["Posted on 3 May 2021 by quillseven"], (), "", "quillseven", "handle_beside_date"),
        (["Ann", "3 May 2021"], (), "", "Ann", "handle_beside_date"),
        (["QuillSeven", "Registered User"], (), "", "QuillSeven", "handle_beside_date"),
        (["Travel 3 May 2021"], (), "", None, None),
        (["Ann Lee: ferries", "3 May 2021 Harbour"], (), "", None, None),
        ([], ("Desk Four",), "", "Desk Four", "declared_authors"),
    ],
)  # fmt: skip
def test_byline(
    meta: list[str],
    declared: tuple[str, ...],
    shown: str,
    value: str | None,
    source: str | None,
) -> None:
    """Persons come first: a declared organisation gives way to whoever signed."""
    lines = [(HEAD, TITLE), *((line, META) for line in meta), ("A long winter.", BODY)]
    context = context_of(lines, Declared(authors=declared), names=shown)
    assert choose(authors.BYLINE, context) == Choice(value, source)


@pytest.mark.parametrize(
    ("meta", "head", "value", "source"),
    [
        ("2 May 2021", Declared(published="2021-05-03T00:30:00Z"), "2021-05-02", "confirmed_date"),
        ("9 May 2021", Declared(published="2021-05-03"), "2021-05-09", "meta_line"),
        ("Updated 9 May 2021", Declared(published="2021-05-03"), "2021-05-03", "declared_date"),
        ("Updated 9 May 2021", Declared(), "2021-05-09", "updated_line"),
        ("2 May 2021", Declared(time="2021-05-03"), "2021-05-02", "meta_line"),
        ("Harbour", Declared(time="2021-05-03"), "2021-05-03", "time_tag"),
    ],
)
def test_published(meta: str, head: Declared, value: str, source: str) -> None:
    """A shown day beats a declared one that is near it, and no other."""
    context = context_of([(HEAD, TITLE), (meta, META), ("A long winter.", BODY)], head)
    assert choose(fields.PUBLISHED, context) == Choice(value, source)


@pytest.mark.parametrize(
    ("lines", "value", "source"),
    [
        ([(HEAD, TITLE), ("3 May 2021", BOILERPLATE)], "2021-05-03", "near_title"),
        ([("Monday, 3 May 2021", BOILERPLATE), (HEAD, TITLE)], "2021-05-03", "near_title"),
        ([("Monday, 3 May 2021", BOILERPLATE), ("Menu", BOILERPLATE), (HEAD, TITLE)], None, None),
        ([("3 May 2021", TEASER_META), (HEAD, TITLE)], None, None),
        ([(HEAD, TITLE), ("Rated 9.8 /10", BOILERPLATE)], None, None),
        ([(HEAD + " by Ann Lee, 3 May 2021", TITLE)], "2021-05-03", "in_headline"),
        ([("The week of 28. - 30. April 2021", TITLE)], None, None),
    ],
)
def test_a_date_about_the_headline(
    lines: list[tuple[str, Zone]], value: str | None, source: str | None
) -> None:
    """A short line about the headline may have the date in any zone, but the day of saving."""
    assert choose(
        fields.PUBLISHED, context_of([*lines, ("A long winter of repairs.", BODY)])
    ) == Choice(value, source)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PARIS, 3 May 2021 (AFP) – The cranes turn again.", "2021-05-03"),
        ("Port Town (3 May 2021). The cranes turn again.", "2021-05-03"),
        ("03.05.2021, 15:30 The cranes turn again.", "2021-05-03"),
        ("(3 May 2021) The cranes turn again.", "2021-05-03"),
        ("The cranes, repaired on 3 May 2021, turn again.", None),
        ("In a letter of 3 May 2021 the board wrote to its members.", None),
    ],
)
def test_a_dateline(text: str, value: str | None) -> None:
    """The first paragraph may begin with the day, alone or behind a place."""
    context = context_of([(HEAD, TITLE), (text, BODY)])
    assert fields.opening(context) == value


def test_a_line_that_says_published() -> None:
    """It may stand anywhere but in teasers and comments."""
    foot = [(HEAD, TITLE), ("A long winter.", BODY), ("The second paragraph.", BODY)]
    for zone, value in ((BOILERPLATE, "2021-05-03"), (COMMENT, None), (TEASER_META, None)):
        context = context_of([*foot, ("Published 3 May 2021", zone)])
        assert fields.said_published(context) == value
    assert fields.said_published(context_of([*foot, ("3 May 2021", BOILERPLATE)])) is None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://quay.example/2021/05/03/cranes", "2021-05-03"),
        ("https://quay.example/2021/may/3/cranes", "2021-05-03"),
        ("https://quay.example/news/20210503-cranes.html", "2021-05-03"),
        ("https://quay.example/news/23-05-2021/cranes", "2021-05-23"),
        ("https://quay.example/news/03-05-2021/cranes", None),
        ("https://quay.example/cranes?day=2021-05-03", None),
        ("https://quay.example/2021/05/", None),
    ],
)
def test_a_date_in_the_address(address: str, day: str | None) -> None:
    """The path may have the day; one that can be read as two days is none."""
    context = context_of([(HEAD, TITLE), ("A long winter.", BODY)], Declared(canonical=address))
    assert choose(fields.PUBLISHED, context) == Choice(day, "address_date" if day else None)


def test_a_figure_date_is_read_as_the_declared_one() -> None:
    """An English page that declares the third of May means it by 03/05/2021."""
    lines = [(HEAD, TITLE), ("03/05/2021", META), ("A long winter.", BODY)]
    british = context_of(lines, Declared(published="2021-05-03T09:00:00+01:00"))
    assert choose(fields.PUBLISHED, british).value == "2021-05-03"
    assert choose(fields.PUBLISHED, context_of(lines)).value == "2021-03-05"


def test_every_source_has_a_name_of_its_own() -> None:
    """The name tells who gave a value, so it is one word and says what the source reads."""
    lists = (fields.LANGUAGE, titles.TITLE, authors.BYLINE, fields.PUBLISHED,
             *facts.FACTS.values())  # fmt: skip
    names = [source.__name__ for source in {source for sources in lists for source in sources}]
    assert len(names) == len(set(names))
    assert not any(name.startswith(("_", "<")) for name in names)
