"""Stages of the article one by one: bylines, dates of publication, titles, teasers, leads."""

import time

import pytest

from articlecli.article.comments import group_comments
from articlecli.article.ledger import Ledger
from articlecli.article.published import find_published
from articlecli.article.story import find_story
from articlecli.article.teasers import breaks_off, pair_teasers
from articlecli.article.title import strip_site
from articlecli.document import Block, Document, Page, Source, Verdict
from articlecli.evidence import evidence_of
from articlecli.model.page_type import PageType
from articlecli.rules import apply_rules
from articlecli.zone import (
    BODY,
    BOILERPLATE,
    COMMENT,
    LEAD,
    META,
    TEASER_META,
    TEASER_SECTION,
    TEASER_TITLE,
    TITLE,
    where_zones_are,
)
from tests.context import byline_of


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By JANE DOE May 3, 2020", "JANE DOE"),
        ("By Jane Doe Published May 3, 2020", "Jane Doe"),
        ("Par Jean Dupont Publié le 3 mai 2020", "Jean Dupont"),
        ("Von Anna Berg Stand: 3.5.2020", "Anna Berg"),
        ("Von Anna Berg, Berlin", "Anna Berg"),
        ("By Jane Doe, Senior Political Reporter, BBC News", "Jane Doe"),
        ("Par Jean Dupont, Marie Roux et Paul Martin", "Jean Dupont, Marie Roux, Paul Martin"),
        ("By May Smith 3 May 2020", "May Smith"),
        ("By Jane DoePublished: May 3, 2020", "Jane Doe"),
        ("Written by: Jane Doe Jane Doe", "Jane Doe"),
        ("ByJane DoeMay 3, 2020", "Jane Doe"),
    ],
)
def test_byline_is_names_alone(line: str, names: str) -> None:
    """Roles, towns, months and the words of a date line are no part of a name."""
    assert byline_of([line]) == names


def test_a_kicker_is_no_byline() -> None:
    """A role or a kicker beside a date is not taken for a person."""
    assert byline_of(["Breaking News", "3 May 2020"]) is None
    assert byline_of(["Reading time: 3 min", "Climate Change"]) is None
    assert byline_of(["Last Updated", "3 May 2020"]) is None
    assert byline_of(["Jane Doe", "3 May 2020"]) == "Jane Doe"


@pytest.mark.parametrize(
    "line",
    ["Jane Doe • May 3rd, 2020", "Jane Doe May 3, 2020", "3 May 2020 | Jane Doe | 4 min read",
     "Jane Doe | Senior Writer | May 3, 2020", "Recipe by Jane Doe"],
)  # fmt: skip
def test_a_name_in_a_line_with_a_date(line: str) -> None:
    """Without a "By", the date beside it tells a name."""
    assert byline_of([line]) == "Jane Doe"


def test_a_bare_name_needs_a_witness() -> None:
    """A name that stands alone counts where the page says more of its bearer."""
    page = ["Jane Doe", "Jane Doe is a glazier who writes about windows."]
    assert byline_of(["Jane Doe"], page) == "Jane Doe"
    assert byline_of(["Jane Doe"], ["Jane Doe", "What a lovely window"]) is None
    assert byline_of(["Written By", "3 May 2020"]) is None
    insights = ["Industry Insights", "3 May 2020", "The industry shares its insights."]
    assert byline_of(insights[:2], insights) is None
    assert byline_of(["Climate Change"], ["Climate Change", "Climate Change Is Here"]) is None


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Updated 5 May 2020, published 3 May 2020"], "2020-05-03"),
        (["Actualisé le 5 mai 2020", "Publié le 3 mai 2020"], "2020-05-03"),
        (["3-May-2020"], "2020-05-03"),
        (["pubblicato il 1° maggio 2020"], "2020-05-01"),
        (["2020년 5월 3일"], "2020-05-03"),
        (["2020-13-45 3 May 2020"], "2020-05-03"),
        (["Tel. 01.02.03.04.05"], None),
    ],
)
def test_published(lines: list[str], day: str | None) -> None:
    """The day of publication, and not of the update; a telephone number is no day."""
    assert find_published(lines, None) == day


@pytest.mark.parametrize(
    ("title", "copies", "expected"),
    [
        ("Twelve bakers who rise before dawn by Ida Lund on May 2",
         ["Twelve bakers who rise before dawn | The Crumb"], "Twelve bakers who rise before dawn"),
        # The site cut its own `<title>` short: a third copy says so.
        ("Twelve bakers who rise before dawn and what they earn",
         ["Twelve bakers who rise before dawn | The Crumb",
          "Twelve bakers who rise before dawn and what they earn"], None),
        # What goes on after a sign belongs to the headline.
        ("Twelve bakers who rise before dawn – and one who sleeps",
         ["Twelve bakers who rise before dawn – and one who sleeps | The Crumb"], None),
        ("Bread for all by Ida Lund", ["Bread for all | The Crumb"], None),  # too short to tell
    ],
)  # fmt: skip
def test_glued_end(title: str, copies: list[str], expected: str | None) -> None:
    assert strip_site(title, copies, [], "") == (expected or title)


@pytest.mark.parametrize(
    ("title", "furniture", "host", "expected"),
    [
        ("Storm hits the coast | The Daily", ["About The Daily"], "", "Storm hits the coast"),
        ("Storm hits the coast - The Daily", ["About The Daily"], "", "Storm hits the coast"),
        ("Storm hits the coast | The Daily", [], "", None),
        ("Grève à la SNCF ce week-end : ce qu'il faut savoir", [], "", None),
        ("Élections municipales du dimanche : résultats", ["Résultats"], "", None),
        ("Sécheresse dans le Sud du pays : le point", [], "lepoint.fr", None),
        ("Streit um das neue Heizungsgesetz – was jetzt gilt", [], "", None),
        ("Storm hits the coast of France - What You Should Know", [], "", None),
        ("Inflation is back again - How the U.S. dealt with it", [], "", None),
    ],
)
def test_site_name(title: str, furniture: list[str], host: str, expected: str | None) -> None:
    """The site's name goes, half of the headline stays."""
    assert strip_site(title, [], furniture, host) == (expected or title)


def test_what_was_glued_to_a_headline_goes() -> None:
    """Another copy of the headline tells where it ends."""
    copy = "Storm hits the coast of Brittany"
    assert strip_site(copy + " skip to main content", [copy], [], "") == copy
    assert strip_site(copy + "ne", [copy], [], "") == copy + "ne"


def test_each_section_has_its_own_order() -> None:
    """Headlines alone under one header, kicker before headline under the next."""
    zones = [TEASER_SECTION, TEASER_TITLE, TEASER_TITLE, TEASER_SECTION,
             TEASER_META, TEASER_TITLE, TEASER_META, TEASER_TITLE]  # fmt: skip
    blocks = [Block(text=f"line {i}", lines=(i, i), span=(i, i)) for i in range(1, 9)]
    drafts, headers = pair_teasers(evidence_of(blocks), zones, where_zones_are(zones))
    assert headers == [0, 3]
    assert [(d.titles, d.metas) for d in drafts] == [([1], []), ([2], []), ([5], [4]), ([7], [6])]


def document_of(texts, page=None):
    """A document whose blocks are lines, one each."""
    spans, start = [], 0
    for text in texts:
        spans.append((start, start + len(text)))
        start += len(text) + 1
    blocks = tuple(
        Block(text=text, lines=(i, i), span=span)
        for i, (text, span) in enumerate(zip(texts, spans, strict=True), 1)
    )
    page = page or Page("\n".join(texts), Source(None, "text", "str", "", None))
    return Document(page, page.text, tuple(spans), blocks)


def _story(*parts: tuple[str, object]):
    document = document_of([text for text, _ in parts])
    evidence = evidence_of(document.blocks)
    verdicts = [Verdict(zone, 1.0) for _, zone in parts]
    told = PageType("article", 1.0, 1.0)
    return find_story(document, evidence, apply_rules(document, evidence, verdicts), told)


LONG = "The harbour opens again on Monday after a long winter of repairs to its three old cranes. "


def test_a_lead_stands_at_the_head() -> None:
    """A lead below a paragraph is body, and the text keeps its order."""
    story = _story(("Title of it", TITLE), (LONG, BODY), (LONG + "Two.", LEAD), (LONG + "3", BODY))
    assert (story.lead, story.body) == ((), (1, 2, 3))


def test_a_copy_of_the_lead_is_left_out() -> None:
    """A first paragraph that is the lead again is printed once."""
    story = _story(("Title of it", TITLE), (LONG, LEAD), (LONG, BODY), (LONG + "More.", BODY))
    assert (story.lead, story.body) == ((1,), (3,))
    assert story.left_out == {2: "repeat of the lead"}


def test_breaks_off() -> None:
    """An ellipsis or a last word that ends no sentence."""
    assert breaks_off("The council said on Monday that the")
    assert breaks_off("Le conseil a dit lundi que…")
    assert not breaks_off("The council said so on Monday.")


def test_short_comments_come_one_by_one() -> None:
    """Name and date lines part comments of a few words too."""
    said = ["Ginette", "9 février 2014", "Merci !", "Lucien", "10 février 2014", "De rien.", LONG]
    said += ["Horlo", "11.02.2014", LONG]
    blocks = [Block(text=text, lines=(i, i), span=(i, i)) for i, text in enumerate(said, 1)]
    ledger = Ledger(document_of(said))
    parts = list(group_comments(blocks, range(len(said)), ledger))
    assert [part.lines for part in parts] == [((1, 3),), ((4, 7),), ((8, 10),)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "zones",
    [[COMMENT], [TEASER_META], [TEASER_SECTION, TEASER_TITLE], [TEASER_META, TEASER_TITLE]],
)
def test_many_of_a_kind_take_no_longer(zones: list) -> None:
    """Twenty thousand comments or teasers are grouped in a moment."""
    count = 20_000
    blocks = [Block(text="Reply", lines=(i, i), span=(i, i)) for i in range(1, count + 1)]
    every = zones * (count // len(zones))
    started = time.process_time()
    where = where_zones_are(every)
    list(group_comments(blocks, where[COMMENT], Ledger(document_of(["Reply"] * count))))
    pair_teasers(evidence_of(blocks), every, where)
    assert time.process_time() - started < 3


def test_appended_articles_become_teasers() -> None:
    """Of a page that goes on with other articles the first is kept, and the others announced."""
    parts = [("Harbour cranes repaired", TITLE), *[(f"{n} {LONG.strip()}", BODY) for n in range(4)],
             ("Share", BOILERPLATE), ("By Ann Lee", META), ("Two rivers meet again after fifty years", TITLE),
             *[(f"{n} {LONG.strip()}", BODY) for n in range(4, 9)]]  # fmt: skip
    story = _story(*parts)
    assert story.flags == ("several_articles",)
    assert len(story.body) == 4
    blocks = [Block(text=text, lines=(i, i), span=(i, i)) for i, (text, _) in enumerate(parts, 1)]
    drafts, _ = pair_teasers(evidence_of(blocks), story.zones, story.where, story.others)
    assert [(draft.titles, len(draft.texts)) for draft in drafts if draft.titles] == [([7], 5)]
