"""Which blocks have the signs that rules look for, and what is counted of a page."""

import pytest

from articlecli.document import Block, Document, Markup, Page, Source, Verdict
from articlecli.evidence import evidence_of
from articlecli.model.page_counts import count_page, has_price
from articlecli.rules.sight import sight_of, signs_of
from articlecli.text.phrases import START, WHOLE, concept_at
from articlecli.zone import BODY, BOILERPLATE, TITLE

ROW = Markup("html/body/table/tr/td", "", 0.0, strong=False)
LINES = [
    ("Why do the lamps go out?", "questions"),
    ("なぜ灯りが消えるのか？", "questions"),
    ("لماذا تنطفئ المصابيح؟", "questions"),
    ("21:40", "times"),
    ("[9.15 pm]", "times"),
    ("Section 3: the quay", "numbers"),
    ("٣. المصابيح", "numbers"),
    ("โคมไฟเก่าริมท่าเรือจะถูกเปลี่ยนใหม่ทั้งหมด", "solid"),
    ("ဆိပ်ကမ်းရှိ မီးအိမ်ဟောင်းများကို အသစ်လဲမည်", "solid"),
]


@pytest.mark.parametrize(("line", "sign"), LINES)
def test_signs_of_a_line(line: str, sign: str) -> None:
    """Each is found where it stands, and not on a plain line."""
    blocks = [Block(text, (1, 1), (0, 1)) for text in ("The lamps along the quay", line, "Lamps")]
    signs = signs_of(blocks, evidence_of(blocks))
    assert getattr(signs, sign) == [1]


def test_signs_of_a_form() -> None:
    """Rows, code, fields and what is hidden."""
    blocks = [
        Block("Lamp | 12", (1, 1), (0, 1), kind="table"),
        Block("Lamp | 12", (1, 1), (0, 1), kind="table", markup=ROW),
        Block("lamp = 12", (1, 1), (0, 1), kind="code"),
        Block("Ann Lee", (1, 1), (0, 1), field="author"),
        Block("Lamp", (1, 1), (0, 1), markup=Markup("html/body/p", "", 0.0, False, hidden=True)),
    ]
    signs = signs_of(blocks, evidence_of(blocks))
    assert (signs.rows, signs.tagged_rows, signs.fields, signs.hidden) == ([0, 1, 2], [1], [3], [4])


def test_stock_phrases_and_zones() -> None:
    """By their numbers, and by the verdicts as they are after each rule."""
    texts = ["Reply", "Read also: the lamps", "Reply"]
    blocks = tuple(Block(text, (1, 1), (0, 1)) for text in texts)
    page = Document(Page("", Source(None, "text", "str", "", None)), "", (), blocks)
    sight = sight_of(page, evidence_of(blocks), [Verdict(BOILERPLATE, 1.0)] * 3)
    assert sight.signs.concepts[concept_at("reply", WHOLE)] == [0, 2]
    assert sight.signs.concepts[concept_at("read_also", START)] == [1]
    assert (sight.where[BOILERPLATE], sight.where[TITLE]) == ([0, 1, 2], [])
    assert sight.after(sight.verdicts) is sight
    assert sight.after([Verdict(TITLE, 1.0), *sight.verdicts[1:]]).where[TITLE] == [0]


def test_counts_of_a_page() -> None:
    """Running text, links, prices, days and copies."""
    story = "The lamps along the quay went out on Monday, and the office has not said why."
    link = Markup("html/body/a", "nav menu", 1.0, strong=False)
    blocks = [
        Block("Lamps on the quay", (1, 1), (0, 1)),
        Block(story, (1, 1), (0, 1), kind="paragraph"),
        Block("Lamp, brass, 12,50 zł", (1, 1), (0, 1)),
        Block("3 May 2024", (1, 1), (0, 1)),
        Block("Home", (1, 1), (0, 1), markup=link),
        Block("Home", (1, 1), (0, 1), markup=link),
    ]
    zones = [TITLE, BODY, *[BOILERPLATE] * 4]
    counts = count_page(blocks, evidence_of(blocks), [Verdict(zone, 0.5) for zone in zones])
    assert (counts.text, counts.text_best, counts.story_best) == (len(story),) * 3
    assert (counts.short, counts.prices, counts.days, counts.copies) == (5, 1, 1, 1)
    assert (counts.tagged, counts.linked, counts.linked_heads, len(counts.marks)) == (2, 8, 0, 2)
    assert counts.sure == counts.characters / 2
    assert (counts.found, counts.told) == (16, 16)
    assert counts.kinds == {None: 5, "paragraph": 1}


@pytest.mark.parametrize("line", ["$12", "12 €", "9,99 kr", "5.00 usd each", "¥ 300"])
def test_price(line: str) -> None:
    """A sign before a figure or behind it, a word behind cents."""
    assert has_price(line)
    assert not has_price(line.replace("0", "").translate({ord(c): "x" for c in "123459"}))
