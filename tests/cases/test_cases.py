"""The golden cases, one test a field. `tests/cases/__init__.py` tells what a case is."""

import re
from collections import Counter

import pytest

from tests import SAMPLES
from tests.cases import FIELDS, Case, cases, written
from tests.cases.__main__ import expected_of, rows_of

CASES = cases()
STORY = {"lead", "body", "heading"}
LINES_RIGHT = 0.9
STORY_F1 = 0.95
HTML_SHARE = 1 / 3
BELOW = {"html-shop-en": "zones text", "html-tables-de": "zones"}
"""Cases that are not as right as the others must be, and in what. The list may only get shorter."""

each_case = pytest.mark.parametrize("case", CASES, ids=repr)


@each_case
@pytest.mark.parametrize("name", FIELDS)
def test_field(case: Case, name: str) -> None:
    """A field is right, or differs as the case says it is known to."""
    assert case.difference(name) == case.known.get(name, {"lines": []})["lines"]


@each_case
def test_zones(case: Case) -> None:
    """Each line is in its zone, or in the one that the case says it is known to be put in."""
    found = [(row.today, row.text) for row in case.rows]
    assert found == case.found_rows


@each_case
def test_most_lines_are_right(case: Case) -> None:
    """Known differences are few: a page has most of its lines in the right zone."""
    said = [row for row in case.rows if row.right is not None]
    wrong = [str(row) for row in said if row.right is not row.today]
    right = len(wrong) <= (1 - LINES_RIGHT) * len(said)
    assert right != ("zones" in BELOW.get(case.name, "")), "\n".join(wrong)


TOLD = ("title", "summary", "meta")
"""What the text has of an entry."""


def words(text: str) -> Counter[str]:
    """Words; of a script without spaces, its signs."""
    return Counter(
        re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u4e00-\u9fff]+", text.lower())
    )


@each_case
def test_text(case: Case) -> None:
    """The text holds the words of the story, or of the entries, and hardly any other."""
    entries = [entry.get(name, "") for entry in case.expected["entries"] for name in TOLD]
    if case.expected["status"] != "ok" and not entries:
        assert (case.article.text == "") != ("text" in BELOW.get(case.name, ""))
        return
    story = [row.text for row in case.rows if row.right in STORY]
    gold = words("\n".join(story + entries))
    found = words(case.article.text)
    f1 = 2 * sum((found & gold).values()) / (sum(found.values()) + sum(gold.values()))
    assert (f1 >= STORY_F1) != ("text" in BELOW.get(case.name, ""))


@each_case
def test_files_in_step(case: Case) -> None:
    """`python -m tests.cases rerun` would change nothing, and every difference has its reason."""
    assert "".join(f"{row}\n" for row in rows_of(case, right=False)) == (
        case.folder / "zones"
    ).read_text(encoding="utf-8")
    on_disk = (case.folder / "expected.json").read_text(encoding="utf-8")
    assert written(expected_of(Case(case.folder), right=False)) == on_disk
    assert case.expected["makes"] not in ("", "?")
    assert all(known["why"] for known in case.known.values()), "say why the tool differs"


@pytest.mark.parametrize("sample", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_samples_are_cases(sample) -> None:
    """Each page in `samples/` is that of a case."""
    case = next(case for case in CASES if case.name == sample.stem)
    assert case.page.suffix == sample.suffix
    assert case.data == sample.read_bytes()


def test_a_third_is_html() -> None:
    """Most users have HTML or text made of it: neither is a guest here."""
    html = [case for case in CASES if case.page.suffix == ".html"]
    assert len(html) >= HTML_SHARE * len(CASES)
