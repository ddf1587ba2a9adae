"""A line that was cut in two: the output's promise of where it is."""

from articlecli import extract
from articlecli.output import Article
from tests import SAMPLES
from tests.laws.pages import lines_of, parts_of

STORY = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")
HEADLINE = "Two rescued after fishing boat capsizes off Garrow Point"


def glued(menu: str) -> tuple[Article, list]:
    """The article of a page whose first line is a menu with the headline behind it."""
    article = extract(f"{menu} {HEADLINE}\n{STORY}")
    parts = parts_of(article)
    end = len(menu) + 1 + len(HEADLINE)
    return article, [part for part in parts if any(span[1] <= end for span in part.spans)]


def test_the_larger_piece_has_the_line() -> None:
    """The line stands with the headline, which is longer; the menu has its span and no line."""
    menu = "Home News Sport"
    article, pieces = glued(menu)
    assert {part.text: part.lines for part in pieces}.get(menu) == ()
    held = [*article.title_lines, *(r for part in pieces for r in part.lines)]
    assert (1, 1) in held
    assert article.title == HEADLINE


def test_the_larger_piece_may_come_first() -> None:
    """Where the menu is the longer piece, the line is the menu's."""
    menu = "Home News Sport Culture Travel Weather Opinion Letters Archive Shop"
    article, pieces = glued(menu)
    assert {part.text: part.lines for part in pieces}[menu] == ((1, 1),)
    assert (1, 1) not in article.title_lines
    assert article.zones[0] == "boilerplate"


def test_every_line_is_held_once() -> None:
    """A cut line is in `lines` of one part only, and told once."""
    for menu in ("Home News Sport", "Home News Sport Culture Travel Weather Opinion Letters Shop"):
        article, _ = glued(menu)
        told = [line.number for line in article.lines()]
        assert told == lines_of(article)
        assert told[0] == 1
