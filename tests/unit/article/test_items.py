"""Items of lists that no tag marks, rows of one cell, headings that are bold as a whole."""

import pytest
from msgspec.structs import replace

import articlecli
from articlecli.article.body import body_parts
from articlecli.article.items import bulleted, is_spoken, numbered
from articlecli.article.ledger import Ledger
from articlecli.article.story import Story
from articlecli.blocks import split_page
from articlecli.document import Kind, Mark
from articlecli.output import BodyPart
from articlecli.read import read_page
from articlecli.zone import BODY, CAPTION, where_zones_are

HTML = articlecli.Options(input_format="html")
STORY = "".join(
    f"<p>On day {n} the crew of the lightship painted the lamp room, and in the evening they all "
    "sat on deck, mended their nets and waited for the boat that brings the post.</p>"
    for n in range(1, 5)
)


def parts(*texts: str, kind: Kind = "paragraph") -> list[BodyPart]:
    """A body of these texts, a line each."""
    return [BodyPart(text=t, lines=((i, i),), kind=kind) for i, t in enumerate(texts, 1)]


def told(body: list[BodyPart]) -> list[tuple[str, str]]:
    """Kind and text of each part, items with their number."""
    return [(p.kind, f"{p.number}. {p.text}" if p.number else p.text) for p in body]


def article_of(inner: str) -> articlecli.Article:
    """The article of a page of HTML with this in its story."""
    page = f"<html lang=en><body><article><h1>A week at sea</h1>{STORY}{inner}{STORY}</article>"
    return articlecli.extract(page, options=HTML)


@pytest.mark.parametrize("sign", ["• ", "▪", "■ ", "· ", "- ", "* "])
def test_bullets(sign: str) -> None:
    """Lines that begin with a bullet are items, the bullet taken off."""
    body = bulleted(parts("We need:", f"{sign}two ropes", f"{sign}a lamp", "That is all."))
    assert told(body) == [
        ("paragraph", "We need:"), ("list_item", "two ropes"), ("list_item", "a lamp"),
        ("paragraph", "That is all."),
    ]  # fmt: skip
    assert body[1].level == 1


def test_a_hyphen_alone_and_a_talk_are_no_list() -> None:
    """A footnote stays as it is, and so do people who talk."""
    alone = parts("Prices are in crowns.", "* without the fare", "- and the meals")
    assert bulleted(alone[:2]) == alone[:2]
    framed = parts("· The lamp ·")
    assert bulleted(framed) == framed
    talk = parts("- Where is the boat?", "- Gone, said the mate.", "- For good?")
    assert bulleted(talk) == talk


def test_marks_move_with_the_text() -> None:
    """What stands out begins where its words do; a bold bullet alone is gone."""
    one, two = parts("- oil for the lamp", "- nets")
    body = bulleted(
        [
            replace(one, marks=(Mark("strong", 0, 1), Mark("emphasis", 2, 5))),
            replace(two, marks=(Mark("strong", 0, 6),)),
        ]
    )
    assert body[0].marks == (Mark("emphasis", 0, 3),)
    assert body[1].marks == (Mark("strong", 0, 4),)


def test_numbers_on_lines_of_their_own() -> None:
    """Each counts what stands below it, and they share their lines."""
    body = numbered(parts(
        "1", "Trim the wick of the lamp.", "2", "Fill it up with clean oil.", "Wait for dusk.",
    ))  # fmt: skip
    assert told(body) == [
        ("list_item", "1. Trim the wick of the lamp."),
        ("list_item", "2. Fill it up with clean oil."),
        ("paragraph", "Wait for dusk."),
    ]
    assert body[0].lines == ((1, 2),)


def test_numbers_above_headings_stand_before_them() -> None:
    """A heading keeps its kind."""
    body = [
        part
        for number in ("1", "2", "3")
        for part in (*parts(number), *parts(f"Step {number}", kind="heading"))
    ]
    assert told(numbered(body)) == [("heading", f"{n} Step {n}") for n in (1, 2, 3)]


def test_numbers_that_count_nothing() -> None:
    """A score, a year and a count that goes down are no lists."""
    for numbers in (("3", "2"), ("1", "7"), ("12",), ("9", "8", "7"), ("1", "40", "200")):
        body = [p for n in numbers for p in parts(n, "is what the board at the quay said.")]
        assert numbered(body) == body


def test_an_item_that_is_its_number() -> None:
    """A step's number written inside of a numbered item is not said twice."""
    body = article_of(
        "<ol><li><span>1</span><p>Trim the wick of the lamp with care.</p></li>"
        "<li><span>2</span><p>Fill it up with clean oil from the can.</p></li></ol>"
    ).body
    items = [part for part in body if part.kind == "list_item"]
    assert told(items) == [
        ("list_item", "1. Trim the wick of the lamp with care."),
        ("list_item", "2. Fill it up with clean oil from the can."),
    ]


def test_rows_of_one_cell_do_not_cut_a_table() -> None:
    """They stand between its rows and below them."""
    made = article_of(
        "<table><tr><td>80 g</td><td>of butter</td></tr><tr><td>2</td><td>eggs</td></tr>"
        "<tr><td colspan=2>salt to taste</td></tr><tr><td>1 l</td><td>of milk</td></tr>"
        "<tr><td colspan=2>nutmeg, if the cook likes it</td></tr></table>"
    )
    rows = [part.text for part in made.body if part.kind == "table"]
    assert rows[0] == "80 g | of butter"
    assert [row.rstrip(" |") for row in rows[2:]] == [
        "salt to taste", "1 l | of milk", "nutmeg, if the cook likes it",
    ]  # fmt: skip
    assert made.to_markdown().count("|---") == 2


def test_a_caption_in_a_row_of_its_own_stays_one() -> None:
    """What kind a part has, and its lines' zone, are said alike."""
    page = (
        "<table><tr><td>80 g</td><td>of butter</td></tr><tr><td colspan=2>A plate</td></tr>"
        "<tr><td>2</td><td>eggs</td></tr></table>"
    )
    document = split_page(read_page(page, url=None, options=HTML))
    own = [CAPTION if block.text == "A plate" else BODY for block in document.blocks]
    story = Story(own, where_zones_are(own), body=tuple(range(len(own))))
    kinds = [part.kind for part in body_parts(document.blocks, story, Ledger(document), "")]
    assert kinds == ["table", "caption", "table"]


def test_a_heading_is_bold_as_a_whole() -> None:
    """Also where its bold pieces leave out a bracket."""
    made = article_of("<h2><b>The lamp</b> (<b>new</b>)</h2>" + STORY)
    assert "## The lamp (new)" in made.to_markdown()
    made = article_of("<h2><b>Lamp:</b> how it was built</h2>" + STORY)
    assert "## **Lamp:** how it was built" in made.to_markdown()


def test_what_people_say_in_a_page_of_text_is_no_list() -> None:
    """The dash is theirs; hyphens in a row are a list."""
    assert is_spoken(["Come aboard, said the mate."], "–")
    assert is_spoken(["Come aboard!", "Is there room?"], "-")
    assert not is_spoken(["two ropes", "a lamp"], "–")
    assert not is_spoken(["two ropes"], "-")
    assert not is_spoken(["rain or shine", "bring a friend!"], "-")
    story = STORY.replace("<p>", "").replace("</p>", "\n")
    text = f"A week at sea\n\n{story}– The post is late again, said the mate of the ship.\n{story}"
    assert "\n– The post is late" in articlecli.extract(text).to_markdown()
