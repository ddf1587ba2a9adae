"""Pages written for this project, one test a field. `make.py` tells how a case is made."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from articlecli import extract
from articlecli.output import Article
from tests.cases.make import Case, cases

CASES = {case.name: case for case in cases()}
MISSES = json.loads((Path(__file__).parent / "known_misses.json").read_text())
STORY = {"lead", "body", "heading"}
LINES_RIGHT = 0.9
STORY_F1 = 0.95


@cache
def article_of(name: str) -> Article:
    return extract(CASES[name].data)


def field(name: str) -> list:
    """Cases that say something of a field, with the known misses as strict failures."""
    out = []
    for case in CASES.values():
        if name in case.expected or name in ("zones", "text", "accounting"):
            why = MISSES.get(case.name, {}).get(name)
            marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
            out.append(pytest.param(case, id=case.name, marks=marks))
    return out


def story(case: Case) -> str:
    return "\n".join(
        line for line, zone in zip(case.lines, case.zones, strict=True) if zone in STORY
    )


@pytest.mark.parametrize("case", field("status"))
def test_status(case: Case) -> None:
    """A page with a story has an article; one without says so and gives a reason."""
    article = article_of(case.name)
    assert article.status == case.expected["status"]
    assert (article.reason is None) == (article.status == "ok")


@pytest.mark.parametrize("case", field("language"))
def test_language(case: Case) -> None:
    """The story's language is told."""
    assert (article_of(case.name).language or "-") == case.expected["language"]


@pytest.mark.parametrize("case", field("title"))
def test_title(case: Case) -> None:
    """The headline is the story's own, without the site's name, once."""
    assert article_of(case.name).title == case.expected["title"]


@pytest.mark.parametrize("case", field("byline"))
def test_byline(case: Case) -> None:
    """The authors' names come without "by"."""
    assert article_of(case.name).byline == case.expected["byline"]


@pytest.mark.parametrize("case", field("published"))
def test_published(case: Case) -> None:
    """The date line gives an ISO date, in any language."""
    assert article_of(case.name).published == case.expected["published"]


@pytest.mark.parametrize("case", field("lead"))
def test_lead(case: Case) -> None:
    """The standfirst is the lead, and not the first paragraph."""
    assert article_of(case.name).lead == case.expected["lead"]


@pytest.mark.parametrize("case", field("headings"))
def test_headings(case: Case) -> None:
    """Intertitles stand in the body as headings."""
    found = [part.text for part in article_of(case.name).body if part.kind == "heading"]
    assert found == case.expected["headings"].split(" | ")


@pytest.mark.parametrize("case", field("flags"))
def test_flags(case: Case) -> None:
    """What is odd about a page is flagged."""
    assert set(case.expected["flags"].split()) <= set(article_of(case.name).flags)


@pytest.mark.parametrize("case", field("teasers"))
def test_teasers(case: Case) -> None:
    """Each announced story is one teaser with its headline."""
    wanted = [
        line for line, zone in zip(case.lines, case.zones, strict=True) if zone == "teaser_title"
    ]
    assert len(wanted) == int(case.expected["teasers"])
    assert [teaser.title for teaser in article_of(case.name).teasers] == wanted


@pytest.mark.parametrize("case", field("truncated"))
def test_truncated(case: Case) -> None:
    """The one summary that breaks off is flagged, and no other."""
    cut = [teaser.title for teaser in article_of(case.name).teasers if teaser.truncated]
    assert cut == [case.expected["truncated"]]


@pytest.mark.parametrize("case", field("comments"))
def test_comments(case: Case) -> None:
    """Readers' comments come one by one."""
    assert len(article_of(case.name).comments) == int(case.expected["comments"])


@pytest.mark.parametrize("case", field("text"))
def test_text(case: Case) -> None:
    """The text holds the story's words and hardly any other."""
    if case.expected["status"] != "ok":
        assert article_of(case.name).text == ""
        return
    found, gold = (
        Counter(re.findall(r"[^\W_]+?(?=[\u4e00-\u9fff])|[\u4e00-\u9fff]|[^\W_]+", text.lower()))
        for text in (article_of(case.name).text, story(case))
    )
    f1 = 2 * sum((found & gold).values()) / (sum(found.values()) + sum(gold.values()))
    assert f1 >= STORY_F1


@pytest.mark.parametrize("case", field("zones"))
def test_zones(case: Case) -> None:
    """Nearly every line is in its zone; the message lists those that are not."""
    found = article_of(case.name).zones
    assert len(found) == len(case.zones)
    wrong = [
        f"{number}: {got} for {zone}: {line[:60]}"
        for number, (got, zone, line) in enumerate(
            zip(found, case.zones, case.lines, strict=True), 1
        )
        if got != zone
    ]
    total = sum(zone is not None for zone in case.zones)
    assert len(wrong) <= (1 - LINES_RIGHT) * total, "\n".join(wrong)


@pytest.mark.parametrize("case", list(CASES.values()), ids=list(CASES))
def test_sample_in_step(case: Case) -> None:
    """`samples/` holds the pages of the golden cases (`python tests/cases/make.py`)."""
    assert case.sample.read_bytes() == case.data
