"""Why a line was removed: by its words, its form, its tags, its place."""

import pytest

from articlecli.article.removed import ALL_REASONS, OTHER
from articlecli.article.tags import CLASSES, TAGS, reason_by_tags
from articlecli.document import Markup
from articlecli.extractor import Extractor
from tests import ROOT, SAMPLES


def reasons(page: str) -> dict[str, str | None]:
    """Text → reason of each removed line."""
    return {line.text: line.reason for line in Extractor().explain(page).lines if line.reason}


STORY = "\n\n".join(
    f"The harbour took in {n} ships on the {n}th day, and the cranes that had stood still since "
    f"the winter turned again while {n} people watched from the quay." for n in range(12, 18)
)  # fmt: skip
PAGE = f"""Tidewater Post
Sailing
Fishing
Boats
Weather maps
Storms

The cranes turn again

{STORY}

+49 40 123 456 78
Our people
Sailing
Weather maps
© 2020 Tidewater Post
"""


def test_text_by_form_and_place() -> None:
    """A row of short lines above the story is a menu, what stands below it is the page's foot."""
    told = reasons(PAGE)
    assert told["Fishing"] == told["Boats"] == "menu"
    assert told["+49 40 123 456 78"] == "contact"
    assert told["Our people"] == "foot of the page"
    assert told["© 2020 Tidewater Post"] == "footer and legal"


@pytest.mark.parametrize(
    ("path", "marks", "reason"),
    [
        ("html/body/nav/ul/li", "", "menu"),
        ("html/body/footer/nav/p", "", "menu"),
        ("html/body/footer/div/p", "", "footer and legal"),
        ("html/body/div", "cookie-banner__text", "cookies"),
        ("html/body/div", "page-wrap post-share-list", "share and follow"),
        ("html/body/div", "widget widget_recent sidebar", "sidebar"),
        ("html/body/div", "newsletter a b c d e f g h i", None),
        ("html/body/div", "", None),
    ],
)
def test_html_by_tags(path: str, marks: str, reason: str | None) -> None:
    """The innermost tag that tells decides, then the nearest word; far words do not count."""
    markup = Markup(path=path, marks=marks, linked=0.0, strong=False)
    assert reason_by_tags(markup) == reason


def test_reasons_are_of_the_list() -> None:
    """Those of tags and classes are known and documented."""
    assert {*TAGS.values(), *CLASSES} <= set(ALL_REASONS)
    docs = " ".join((ROOT / "docs" / "output.md").read_text(encoding="utf-8").split())
    for reason in ALL_REASONS:
        assert f"`{reason}`" in docs


def test_few_lines_have_no_reason() -> None:
    """On the sample pages at most 15 lines of 100 have no better reason than none."""
    told = [
        line.reason
        for path in SAMPLES.iterdir()
        for line in Extractor().explain(path.read_bytes()).lines
        if line.reason
    ]
    assert set(told) <= {*ALL_REASONS, "repeat of the title", "second title",
                         "repeat of the lead", "no story on the page"}  # fmt: skip
    assert told.count(OTHER) <= 0.15 * len(told)
