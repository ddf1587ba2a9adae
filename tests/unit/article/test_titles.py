"""Headlines that hold signs with which sites part their name off."""

import pytest

from articlecli import Options, extract
from articlecli.article.title import last_part, own_name, strip_site
from tests import ROOT

STORY = "Two rowers went from Arden to Berl on the coast last winter and wrote down what they saw."


@pytest.mark.parametrize(
    "title",
    [
        "Rovers hold on at Quayside 2 - 1 United",
        "Our winter journey along the coast - Part 2",
        "The slow train from here to Arden – Berl",
        "Valley station records a new low of -51 C",
        "Why a good snake_case name matters",
    ],
)
def test_signs_of_its_own(title: str) -> None:
    """A number behind a dash, what the story speaks of, a minus, a name in a program."""
    assert strip_site(title, [], [], "", opening=STORY) == title


def test_a_headline_that_is_a_quotation() -> None:
    """No part of it is a site's name, and a copy without the signs is taken."""
    said = '"Ferries: the last of the summer boats"'
    assert strip_site(said, [], ["Ferries"], "ferries.example") == said
    assert strip_site(said, [said[1:-1]], ["Ferries"], "ferries.example") == said[1:-1]


def test_two_whole_copies() -> None:
    """The headline on the page has the same end, so it is no site's name."""
    title = "The old lighthouse keeper speaks - Still Awake"
    assert strip_site(title, [title.lower()], [], "") == title


@pytest.mark.parametrize(
    ("by", "date", "byline", "day"),
    [
        ("Par Jeanne Roux", "le 12 mars 2024 à 10h20", "Jeanne Roux", "2024-03-12"),
        ("Von Anna Berg", "am 12. März 2024", "Anna Berg", "2024-03-12"),
        ("Jeanne Roux", "il y a 3 heures", None, None),
    ],
)
def test_byline_is_no_part_of_it(by: str, date: str, byline: str | None, day: str | None) -> None:
    """Three lines in a row of which the last begins with a small letter are no cut sentence."""
    headline = "Le village de montagne rouvre son ancienne boulangerie"
    told = "La boulangerie du village a rouvert lundi ses portes, après trois longs hivers. "
    article = extract(
        "\n".join([headline, by, date, told * 3, told * 2]), options=Options(input_format="text")
    )
    assert article.title == headline
    if byline:
        assert (article.byline, article.published) == (byline, day)


def test_site_name_needs_evidence() -> None:
    """A name behind a bar goes where the page has it elsewhere, alone or among other words."""
    title = "The lighthouse at Arden opens again | Harbour Post"
    assert strip_site(title, [], [], "", opening=STORY) == title
    bare = "The lighthouse at Arden opens again"
    assert strip_site(title, [], ["Harbour Post"], "", opening=STORY) == bare
    assert strip_site(title, [], ["Write to the Harbour Post"], "", opening=STORY) == bare
    assert strip_site(title, [], [], "harbourpost.example", opening=STORY) == bare


def test_page_named_in_the_menu() -> None:
    """The first half of `<title>` is a line of the page, the other half is none."""
    title = "Our services | Arden Boats"
    assert strip_site(title, [], ["Our services", "Contact"], "", opening="") == "Our services"


def test_a_list_page_has_a_name() -> None:
    """Its only top heading, or the beginning of its `<title>` that is a line of it, not the site's."""
    page = (ROOT / "tests/cases/html-listing-fr/page.html").read_text(encoding="utf-8")
    assert extract(page).title == "Patrimoine"
    twice = extract(page.replace("<h1>", "<h1>Ailleurs</h1><h1>"))
    assert twice.title == "Patrimoine"
    lines = ["Rowing boats", "Arden Boats", "Home"]
    assert own_name("Rowing boats | Arden Boats", lines, [], "") == "Rowing boats"
    assert own_name("Arden Boats | Rowing boats", lines, ["Arden Boats"], "") is None
    assert own_name("Arden Boats | Rowing boats", lines, [], "ardenboats.example") is None
    assert own_name("Rowing boats", lines, [], "") is None
    assert last_part("Rowing boats - Oak | Arden Boats") == "Arden Boats"
    assert last_part("Rowing boats") == ""


MENU = ["Home", "Harbour", "Sport", "Weather"]
FIRST = (
    "The old lighthouse at the harbour of Arden opens its doors again on Saturday, the town said. "
    "Visitors may climb the stairs and look at the lamp, which two keepers have repaired."
)
SECOND = (
    "The lighthouse was closed four winters ago after a storm had broken its windows. The repair "
    "took longer than the town had planned, because the glass of the lamp came from abroad."
)
BODY = [FIRST, SECOND]


def test_headline_is_found_by_what_it_says() -> None:
    """Without the text of `<title>`, among a menu and a kicker."""
    headline = "Lighthouse of Arden opens its doors again"
    page = "\n".join([*MENU, "Coast", headline, "12 May 2024", *BODY])
    article = extract(page, options=Options(input_format="text"))
    assert article.title == headline
    assert article.title_lines == ((6, 6),)


def test_a_note_below_is_no_part_of_the_title() -> None:
    """A byline that begins with a small letter is joined to the line above; the title is not."""
    headline = "Lighthouse of Arden opens its doors again"
    page = "\n".join([*MENU, headline, "by Jane Roe, 12 May 2024", *BODY])
    assert extract(page, options=Options(input_format="text")).title == headline


@pytest.mark.parametrize("declared", ["Lighthouse reopens", ""])
def test_visible_headline_wins(declared: str) -> None:
    """Another headline that the page declares is an alternative title."""
    headline = "Lighthouse of Arden opens its doors again"
    meta = f'<meta property="og:title" content="{declared}">' if declared else ""
    page = (
        f"<title>Arden lighthouse news | Harbour Post</title>{meta}<body><ul><li>Home<li>Sport</ul>"
        f"<article><h1>{headline}</h1><p>{BODY[0]}</p><p>{BODY[1]}</p></article>"
    )
    article = extract(page)
    assert article.title == headline
    assert article.alternative_titles == tuple(filter(None, [declared]))


def test_page_without_a_story_has_a_title() -> None:
    """Its `<title>`; text and Markdown stay empty, since there is nothing below it."""
    page = "<title>Log in - Harbour Post</title><body><form><label>Password</label></form>"
    article = extract(page)
    assert (article.status, article.title) == ("no_article", "Log in - Harbour Post")
    assert article.to_text() == article.to_markdown() == ""
