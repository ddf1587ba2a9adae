"""What an article takes from a page's declarations, and what from its lines."""

import pytest

from articlecli import extract

TITLE = "The ferry to the island sails again"
PARAGRAPH = "The ferry to the island sails again, and the people who waited for it are on board. "
STORY = "".join(f"<p>{PARAGRAPH * 3}</p>" for _ in range(5))


def page(head: str = "", above: str = "", title: str = TITLE, below: str = "") -> str:
    return (
        f"<html><head><title>{title} - Daily</title>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"{above}<main><article><h1>{title}</h1>{below}{STORY}</article></main></body></html>"
    )


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        (f"{TITLE} after ten years", f"{TITLE} after ten years"),  # the shown one is cut short
        (f"{TITLE}: the whole story", TITLE),  # what follows a sign is an addition
        ("island sails again", "island sails again"),  # the shown one has a kicker before it
        ("Something else altogether", TITLE),
        ("", TITLE),
    ],
)
def test_a_declared_title_may_replace_the_shown_one(declared: str, title: str) -> None:
    """Where the shown title is a piece of the declared one, or has more before it."""
    head = f'<meta property="og:title" content="{declared}">'
    assert extract(page(head)).title == title


@pytest.mark.parametrize(
    "place",
    [
        {"above": "<div class=bar><span>Friday, 3 May 2024</span></div>"},
        {"below": "<div class=share>3 May 2024</div>"},
    ],
)
def test_a_date_near_the_headline(place: dict[str, str]) -> None:
    """A short line with a date about the headline is the day, whatever else it was taken for."""
    assert extract(page(**place)).published == "2024-05-03"
    assert extract(page()).published is None
