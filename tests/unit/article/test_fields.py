"""Fields of the article: which source gives the value, and that its name is told."""

import pytest

from articlecli.article import authors, facts, fields
from articlecli.article.fields import Choice, Context, choose
from articlecli.article.story import Story
from articlecli.document import Block, Declared, Document, Markup, Page, Source
from articlecli.zone import BODY, META, TITLE, Zone

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
    story = Story(zones, headline=title, title=(0,) if title else (), body=body)
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
    assert choose(fields.TITLE, context) == Choice(value, source)


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
        ("9 May 2021", Declared(published="2021-05-03"), "2021-05-03", "declared_date"),
        ("2 May 2021", Declared(time="2021-05-03"), "2021-05-02", "meta_line"),
        ("Harbour", Declared(time="2021-05-03"), "2021-05-03", "time_tag"),
    ],
)
def test_published(meta: str, head: Declared, value: str, source: str) -> None:
    """A shown day beats a declared one that is near it, and no other."""
    context = context_of([(HEAD, TITLE), (meta, META), ("A long winter.", BODY)], head)
    assert choose(fields.PUBLISHED, context) == Choice(value, source)


def test_a_date_near_the_title() -> None:
    """On a page of HTML a short line about the headline may have the date in any zone."""
    lines = [(HEAD, TITLE), ("3 May 2021", BODY), ("A long winter.", BODY)]
    assert choose(fields.PUBLISHED, context_of(lines, Declared())) == Choice(
        "2021-05-03", "near_title"
    )
    assert choose(fields.PUBLISHED, context_of(lines)) == Choice()


def test_every_source_has_a_name_of_its_own() -> None:
    """The name tells who gave a value, so it is one word and says what the source reads."""
    lists = (fields.LANGUAGE, fields.TITLE, authors.BYLINE, fields.PUBLISHED,
             *facts.OF_PAGE.values(), *facts.OF_STORY.values())  # fmt: skip
    names = [source.__name__ for sources in lists for source in sources]
    assert len(names) == len(set(names))
    assert not any(name.startswith(("_", "<")) for name in names)
