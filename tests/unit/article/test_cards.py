"""What a teaser's card says: headline, summary, facts."""

from collections.abc import Sequence

from articlecli.article.cards import card, one_card_a_page
from articlecli.article.ledger import Ledger
from articlecli.article.teasers import Draft
from articlecli.document import Block, Document, Link, Markup, Page, Source
from articlecli.output import Teaser

BASE = "https://quay.example/"


def cards(drafts: Sequence[Draft], *lines: tuple[str, str, str]) -> list[Teaser]:
    """Teasers of a page with these lines: what is linked, the rest of the line, the address."""
    blocks, at = [], 0
    for number, (linked, rest, target) in enumerate(lines, 1):
        links = (Link(linked, target),) if target else ()
        markup = Markup("html/body/a", "", 1.0, strong=False, links=links)
        text = linked + rest
        span = (at, at + len(text))
        blocks.append(Block(text, (number, number), span, markup=markup))
        at += len(text) + 1
    page = "\n".join(block.text for block in blocks)
    spans = tuple(block.span for block in blocks)
    document = Document(Page("", Source(None, "html", "str", "", None)), page, spans, tuple(blocks))
    ledger = Ledger(document)
    return [card(d, blocks, ledger, BASE) for d in one_card_a_page(drafts, blocks, BASE)]


def test_two_links_to_one_page_are_one_teaser() -> None:
    """What is linked below the headline is its summary; a button is not printed."""
    drafts = [
        Draft(None, [0], [], []), Draft(None, [1], [], []), Draft(None, [2], [], []),
        Draft(None, [3], [], []),
    ]  # fmt: skip
    made = cards(
        drafts,
        ("The cranes are back", "", "/a"),
        ("After a year they lift the first load again", "", "/a"),
        ("See more", "", "/a"),
        ("The fleet sails north", "", "/b"),
    )
    assert [(one.title, one.summary, one.url) for one in made] == [
        ("The cranes are back", "After a year they lift the first load again", f"{BASE}a"),
        ("The fleet sails north", None, f"{BASE}b"),
    ]
    assert made[0].lines == ((1, 3),)


def test_a_list_that_leads_to_one_page_stays_a_list() -> None:
    """Where all links have one address it says nothing."""
    drafts = [Draft(None, [i], [], []) for i in range(5)]
    lines = [(f"Story number {i} of the day", "", "/all") for i in range(5)]
    assert len(cards(drafts, *lines)) == 5


def test_a_label_above_many_headlines_is_none() -> None:
    """The same words above each card are a fact of it."""
    drafts = [Draft(None, [i], [], []) for i in range(8)]
    lines = [
        line
        for i in range(4)
        for line in (("Offer ends soon:", "", f"/{i}"), (f"Lamp number {i}", "", f"/{i}"))
    ]
    made = cards(drafts, *lines)
    assert [one.title for one in made] == [f"Lamp number {i}" for i in range(4)]
    assert made[0].meta == "Offer ends soon:"


def test_a_date_behind_the_link_is_a_fact() -> None:
    """A linked headline and its date on one line."""
    (one,) = cards([Draft(None, [0], [], [])], ("The cranes are back", " – 3 May 2021", "/a"))
    assert (one.title, one.meta) == ("The cranes are back", "3 May 2021")
    (one,) = cards([Draft(None, [0], [], [])], ("The cranes", " are back for good", "/a"))
    assert (one.title, one.meta) == ("The cranes are back for good", None)


def test_signs_and_repeats_are_no_facts() -> None:
    """Bullets, separators, and the headline said again as a summary."""
    (one,) = cards(
        [Draft(None, [0], [1], [2, 3, 4])],
        ("» The cranes are back", "", "/a"),
        ("The cranes are back", "", ""),
        ("3 May 2021 |", "", ""),
        (",", "", ""),
        ("-20 %", "", ""),
    )
    assert (one.title, one.summary, one.meta) == ("The cranes are back", None, "3 May 2021 · -20 %")
