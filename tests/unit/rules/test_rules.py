"""Each rule has a page on which it says something else than the model, and says that it did."""

import pytest
from msgspec.structs import replace

from articlecli.document import Block, Document, Field, Markup, Page, Source, Verdict
from articlecli.evidence import evidence_of
from articlecli.late import load
from articlecli.model.file import ZONES
from articlecli.rules import RULES, apply_rules
from articlecli.rules.appended_articles import relabel_appended_articles
from articlecli.rules.sight import sight_of
from articlecli.zone import (
    BODY,
    BOILERPLATE,
    CAPTION,
    COMMENT,
    HEADING,
    LEAD,
    META,
    TEASER_META,
    TEASER_TEXT,
    TEASER_TITLE,
    TITLE,
    Zone,
)  # fmt: skip

LONG = "The harbour opens again on Monday after a long winter of repairs to its three old cranes. "
LONGER = LONG + "A ferry has brought the workers home, and the town has paid for the party. "


def verdict(zone: Zone, second: Zone | None = None) -> Verdict:
    """A zone that the model gives ten logits, and another that it gives eight."""
    scores = tuple(1000 if z is zone else 800 if z is second else 0 for z in ZONES)
    return Verdict(zone, 0.9, scores, 0.01)


ROW = Markup(path="html/body/table/tr/td", marks="", linked=0.0, strong=False)
HIDDEN = "(hidden) "
"""What marks a line of a case that its page hides."""
LINK = " (link)"
"""What marks a line of a case that is a link."""
Lines = list[tuple[str, Verdict, Zone]]
CASES: dict[str, Lines] = {
    "told_fields": [
        ("Re: The cranes", verdict(BODY), TITLE),
        ("Tue, 12 May 2020", verdict(BODY), META),
        (LONG, verdict(BODY), BODY),
    ],
    "headline": [
        ("Home News Sport", verdict(BOILERPLATE), BOILERPLATE),
        ("Cranes in the harbour turn again", verdict(META, TITLE), TITLE),
        (LONG, verdict(BODY), BODY),
    ],
    "only_paragraph": [
        ("Home News Sport", verdict(BOILERPLATE), BOILERPLATE),
        (LONGER, verdict(BOILERPLATE, BODY), BODY),
    ],
    "solid_paragraphs": [
        ("ประภาคารเก่าจะได้รับการซ่อมแซม", verdict(TITLE), TITLE),
        ("ประภาคารเก่าทางใต้ของเมือง" * 4, verdict(TEASER_TITLE, BODY), BODY),
    ],
    "verse": [
        ("Home", verdict(BOILERPLATE), BOILERPLATE),
        ("Cranes", verdict(BOILERPLATE, TITLE), TITLE),
        ("It lifts the barrels up at dawn,", verdict(BOILERPLATE), BODY),
        ("It sets them down at night", verdict(BOILERPLATE), BODY),
        ("And when the last of them is gone,", verdict(BOILERPLATE), BODY),
        ("It stands against the light.", verdict(BOILERPLATE), BODY),
        ("The gulls that sit upon its arm,", verdict(BOILERPLATE), BODY),
        ("They never say a word.", verdict(BOILERPLATE), BODY),
    ],
    "live_report": [
        ("Cranes turn again: live updates", verdict(TITLE), TITLE),
        ("10:42", verdict(TEASER_META), META),
        ("A ferry comes in", verdict(TEASER_TITLE), HEADING),
        (LONG, verdict(TEASER_TEXT), BODY),
        ("10:15", verdict(TEASER_META), META),
        (LONGER, verdict(TEASER_TEXT), BODY),
        ("9:50", verdict(TEASER_META), META),
        (LONG + LONG, verdict(TEASER_TEXT), BODY),
    ],
    "plain_page": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        (LONG, verdict(BODY), BODY),
        (LONGER, verdict(BOILERPLATE), BODY),
    ],
    "resumed_story": [
        ("Home", verdict(BOILERPLATE), BOILERPLATE),
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        (LONG, verdict(BODY), BODY),
        ("Who paid?", verdict(BODY), BODY),
        ("The town and the state.", verdict(BODY), BODY),
        ("Are you tired?", verdict(BOILERPLATE, BODY), BODY),
        ("Yes.", verdict(BOILERPLATE, BODY), BODY),
        ("And then?", verdict(BOILERPLATE, BODY), BODY),
        (LONGER.strip(), verdict(BOILERPLATE, BODY), BODY),
        ("Privacy policy", verdict(BOILERPLATE), BOILERPLATE),
    ],
    "answers": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        ("Who paid for them?", verdict(HEADING), HEADING),
        (LONG, verdict(BODY), BODY),
        ("Are they new?", verdict(BODY), BODY),
        ("No.", verdict(BOILERPLATE, BODY), BODY),
        ("May one climb them?", verdict(HEADING), HEADING),
        ("Never.", verdict(BOILERPLATE, BODY), BODY),
        ("Privacy" + LINK, verdict(BOILERPLATE, BODY), BOILERPLATE),
    ],
    "numbered_sections": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        ("Part 1: who may climb", verdict(HEADING), HEADING),
        (LONG, verdict(BODY), BODY),
        ("Part 2: who may not", verdict(BODY, HEADING), HEADING),
        (LONGER, verdict(BODY), BODY),
        ("Part 3: hours", verdict(HEADING), HEADING),
        (LONG + LONG, verdict(BODY), BODY),
        ("Part 5: gulls", verdict(BODY), BODY),
    ],
    "forum_posts": [
        ("How do I grease a crane? - Harbour forum", verdict(TITLE), TITLE),
        (LONG, verdict(BODY), BODY),
        ("Thread starter", verdict(COMMENT), META),
        ("Joined", verdict(COMMENT), META),
        (LONGER, verdict(COMMENT), BODY),
    ],
    "notices": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        (LONG, verdict(BODY), BODY),
        ("This article is for subscribers only", verdict(BODY), BOILERPLATE),
    ],
    "read_also": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        (LONG, verdict(BODY), BODY),
        (f"Read also: a ferry comes in{LINK}", verdict(HEADING), TEASER_TITLE),
    ],
    "hidden_parts": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        (LONG, verdict(BODY), BODY),
        (LONGER, verdict(BODY), BODY),
        (f"{HIDDEN}Tell us what you think", verdict(BODY), BOILERPLATE),
        (f"{HIDDEN}A crane at night", verdict(CAPTION), BOILERPLATE),
    ],
    "html_tables": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        ("Crane | 1990", verdict(BODY), BODY),
        ("Ferry | 1991", verdict(BODY), BODY),
        ("Bridge | 1992", verdict(BOILERPLATE), BODY),
    ],
    "appended_articles": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        *[(f"{n} {LONG.strip()}", verdict(BODY), BODY) for n in range(4)],
        ("Two rivers meet again after fifty years", verdict(TITLE), TEASER_TITLE),
        *[(f"{n} {LONG.strip()}", verdict(BODY), TEASER_TEXT) for n in range(4, 9)],
    ],
    "late_lead": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        (LONG, verdict(BODY), BODY),
        (LONGER, verdict(LEAD), BODY),
    ],
    "dateline": [
        ("Cranes in the harbour turn again", verdict(TITLE), TITLE),
        ("The town has paid for repairs that took a whole winter.", verdict(BODY, LEAD), LEAD),
        ("ARDEN, 6 May - " + LONG, verdict(BODY), BODY),
        (LONGER, verdict(BODY), BODY),
    ],
}

FIELDS: dict[str, Field] = {"Re: The cranes": "title", "Tue, 12 May 2020": "date"}


def document(lines: Lines) -> Document:
    text = "\n".join(line for line, _, _ in lines)
    blocks, start = [], 0
    for number, (line, _, _) in enumerate(lines, 1):
        table = " | " in line
        markup = replace(ROW, hidden=line.startswith(HIDDEN)) if table or HIDDEN in line else None
        if LINK in line:
            markup = replace(ROW, path="html/body/p/a", linked=1.0)
        blocks.append(Block(text=line, lines=(number, number), span=(start, start + len(line)),
                            kind="table" if table else None, markup=markup,
                            field=FIELDS.get(line)))  # fmt: skip
        start += len(line) + 1
    spans = tuple(block.span for block in blocks)
    return Document(Page(text, Source(None, "text", "str", "", None)), text, spans, tuple(blocks))


def test_every_rule_has_a_case() -> None:
    """No rule without a page that needs it."""
    assert [name for name, *_ in RULES] == list(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_changes_what_it_is_for(name: str) -> None:
    """With the rule the zones are right, and the lines it changed name it."""
    lines = CASES[name]
    verdicts = [verdict for _, verdict, _ in lines]
    page = document(lines)
    out = apply_rules(page, evidence_of(page.blocks), verdicts)
    assert [verdict.zone for verdict in out] == [zone for _, _, zone in lines]
    changed = [new.by for old, new in zip(verdicts, out, strict=True) if old.zone is not new.zone]
    assert changed
    assert set(changed) == {f"rule:{name}"}
    assert all(0 <= new.confidence <= 1 for new in out)


@pytest.mark.parametrize("name", CASES)
def test_without_the_rule_the_page_is_wrong(name: str) -> None:
    """The case fails where the rule is switched off, and no input is written to."""
    lines = CASES[name]
    verdicts = [verdict for _, verdict, _ in lines]
    before = list(verdicts)
    page = document(lines)
    out = apply_rules(page, evidence_of(page.blocks), verdicts, without={name})
    assert [verdict.zone for verdict in out] != [zone for _, _, zone in lines]
    assert verdicts == before


@pytest.mark.parametrize("name", CASES)
def test_what_no_rule_is_asked_for_it_would_not_change(name: str) -> None:
    """A rule that is not loaded for a page has nothing to do there; each page lacks what some need."""
    lines = CASES[name]
    page = document(lines)
    sight = sight_of(page, evidence_of(page.blocks), [verdict for _, verdict, _ in lines])
    asked = {rule: need(sight) for rule, _, need in RULES}
    for rule, function, _ in RULES:
        if not asked[rule]:
            assert list(load(f"rules.{rule}", function)(sight)) == list(sight.verdicts), rule
    assert asked[name]
    assert not all(asked.values())


COPIES = [
    ("Cranes in the harbour turn again, a year before the plan", "A year before the plan", LONG),
    ("Die Kräne im Hafen drehen sich wieder, ein Jahr früher als geplant", "Ein Jahr früher als geplant",
     "Nach einem langen Winter der Reparaturen öffnet der Hafen am Montag wieder seine Tore. "),
    ("Портовые краны снова работают, на год раньше срока", "На год раньше срока",
     "После долгой зимы ремонта порт снова открывается в понедельник для всех судов. "),
    ("港のクレーンが再び動く、計画より一年早く", "計画より一年早く", "長い冬の修理を終えて、港は月曜日に再び開きます。"),
]  # fmt: skip


@pytest.mark.parametrize(("headline", "half", "text"), COPIES)
def test_a_copy_of_the_story_is_no_other_article(headline: str, half: str, text: str) -> None:
    """Half of the headline again, one below mere lines, and one that is none surely append nothing."""
    story = [(f"{n} {text.strip()}", verdict(BODY), BODY) for n in range(8)]
    copy = [
        (headline, verdict(TITLE), TITLE),
        *story[:4],
        (half, verdict(TITLE), TITLE),
        *story[4:],
    ]
    rows = [(f"{n} 000", verdict(BODY), BODY) for n in range(4)]
    below = [
        (headline, verdict(TITLE), TITLE),
        *rows,
        ("1912 Ōtsuki", verdict(TITLE), TITLE),
        *story,
    ]
    unsure = replace(verdict(TITLE), confidence=0.1)
    doubted = [
        (headline, verdict(TITLE), TITLE),
        *story[:4],
        (text[:20], unsure, TITLE),
        *story[4:],
    ]
    for lines in (copy, below, doubted):
        page = document(lines)
        given = [zone for _, zone, _ in lines]
        sight = sight_of(page, evidence_of(page.blocks), given)
        assert relabel_appended_articles(sight) == given
