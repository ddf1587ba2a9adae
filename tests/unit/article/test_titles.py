"""Headlines that hold signs with which sites part their name off."""

import pytest

from articlecli import Options, extract
from articlecli.article.title import strip_site

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
