"""Word lists of languages: each list of each language has a case, each phrase can be found."""

import re
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from articlecli import Options, extract
from articlecli.article.published import find_published
from articlecli.article.teasers import breaks_off
from articlecli.data import read_data
from articlecli.document import Block, Document, Page, Source, Verdict
from articlecli.evidence import evidence_of
from articlecli.model.features.slots import CONCEPTS
from articlecli.rules.forum_posts import relabel_forum_posts
from articlecli.rules.live_report import says_live
from articlecli.rules.sight import sight_of
from articlecli.text.dates import find_date
from articlecli.text.joints import join_texts
from articlecli.text.lexicon import Heading, phrase_texts, words_by_language, words_of
from articlecli.text.phrases import WHOLE, load_phrases, match
from articlecli.zone import BODY, BOILERPLATE, COMMENT, META, TITLE
from tests.context import byline_of

KINDS = {
    "months": "published", "by": "byline", "of": "byline", "signed": "byline", "named": "byline", "edited": "byline",
    "behind": "byline", "honorifics": "byline", "surnames": "byline",
    "all_by": "author", "and": "byline", "particles": "byline", "stops": "byline",
    "roles": "byline", "titles": "byline", "published": "published", "updated": "published", "open_ends": "ends",
    "other_days": "published",
    "forum": "forum", "live": "live", "hyphen_first": "hyphen", "hyphen_second": "hyphen",
    "hyphen_list": "hyphen",
}  # fmt: skip
"""Heading → the kind of case that tests its words; quotes have a test of their own."""


def read_cases() -> list[tuple[str, str, str, str]]:
    """Language, kind, what is read, what must come out."""
    cases, language = [], ""
    text = (Path(__file__).parent / "languages.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and line[0] != "#":
            kind, _, rest = line.partition(": ")
            given, _, expected = rest.rpartition(" = ")
            cases.append((language, kind, given, expected))
    return cases


CASES = read_cases()


def declared_author(text: str) -> str:
    """Byline of a page that declares an author and shows none."""
    story = "<p>The harbour opens again on Monday after a long winter of repairs to its cranes.</p>"
    head = f'<title>Harbour cranes repaired</title><meta name="author" content="{text}">'
    page = f"<html><head>{head}</head><body><h1>Harbour cranes repaired</h1>{story * 4}</body>"
    return extract(page, options=Options(input_format="html")).byline or "-"


def is_forum(title: str) -> bool:
    """Whether two signs of a forum are enough for a page with this title."""
    parts = [(title, TITLE), ("The first post", BODY), ("Joined", META), ("New member", META),
             ("An answer of a good many words, so that it is no line of facts.", COMMENT)]  # fmt: skip
    blocks = tuple(Block(text=text, lines=(i, i), span=(0, 0)) for i, (text, _) in enumerate(parts))
    page = Page("", Source(None, "text", "str", "", None))
    verdicts = [Verdict(zone, 1.0) for _, zone in parts]
    return (
        relabel_forum_posts(
            sight_of(Document(page, "", (), blocks), evidence_of(blocks), verdicts)
        )[-1].zone
        is BODY
    )


@pytest.mark.parametrize(("language", "kind", "given", "expected"), CASES)
def test_cases(language: str, kind: str, given: str, expected: str) -> None:
    """Bylines, days, summaries and titles in each language."""
    lines = given.split(" / ")
    told = {
        "byline": lambda: byline_of(lines) or "-",
        "published": lambda: (
            find_published(lines, language) or find_published(lines, language, ["updated"]) or "-"
        ),
        "author": lambda: declared_author(given),
        "ends": lambda: "yes" if breaks_off(given) else "no",
        "forum": lambda: "yes" if is_forum(given) else "no",
        "live": lambda: "yes" if says_live(given.lower()) else "no",
        "hyphen": lambda: join_texts(*lines, frozenset({"hyphenated"})),
    }[kind]()
    assert told == expected


def test_every_list_has_a_case() -> None:
    """A list that no case uses a word of is a list that may be broken."""
    missing = []
    for heading, kind in KINDS.items():
        for language, words in words_by_language(heading).items():
            forms = {form for word in words for form in word.split("/")}
            lines = [given.lower() for own, of, given, _ in CASES if (own, of) == (language, kind)]
            stem = "" if heading in ("published", "updated", "other_days") else r"(?!\w)"
            begin = "" if forms and min(forms) >= "\u2e80" else r"(?<!\w)"
            end = "" if forms and min(forms) >= "\u2e80" else stem
            found = any(
                re.search(begin + re.escape(form) + end, line) for form in forms for line in lines
            )
            if not found:
                missing.append(f"{language}: {heading}")
    assert not missing
    assert {*KINDS, "quotes"} == set(get_args(Heading))


def test_files_hold_known_headings() -> None:
    """No heading is misspelt, no word stands there twice or in capitals."""
    known = set(get_args(Heading))
    for path in Path(read_data.__code__.co_filename).parent.glob("languages/*.txt"):
        words, _, phrases = path.read_text(encoding="utf-8").partition("\n[phrases]\n")
        assert words.startswith("# "), path.name
        for line in chain(words.splitlines()[1:], phrases.splitlines()):
            if line:
                heading, _, items = line.partition(": ")
                names = known if line in words.splitlines() else load_phrases().names
                assert heading in names, f"{path.name}: {heading}"
                each = items.split(" | ")
                assert heading == "quotes" or len(each) == len(set(each)), f"{path.name}: {line}"
                assert items == items.lower(), f"{path.name}: {line}"
                assert items == items.replace("’", "'"), f"{path.name}: {line}"


def test_months() -> None:
    """Each form of each month is read as that month."""
    for language, names in words_by_language("months").items():
        assert len(names) == 12, language
        for number, forms in enumerate(names, 1):
            for form in forms.split("/"):
                assert find_date(f"3 {form} 2021", language) == f"2021-{number:02}-03", form


def test_quotes() -> None:
    """A `<q>` has the signs of the page's language."""
    for language, (start, end) in words_by_language("quotes").items():
        said = "She said <q>the harbour opens again on Monday</q> after a long winter of repairs."
        page = f'<html lang="{language}"><body><p>{said}</p></body></html>'
        article = extract(page, options=Options(input_format="html"))
        every = f"{article.title} {article.text}" + "".join(p.text for p in article.removed)
        assert f"{start}the harbour opens again on Monday{end}" in every, language


def test_phrases_can_be_found() -> None:
    """Each stock phrase is found where a line is that phrase.

    The ends of lines are looked at without signs and figures, so phrases that end with one (the
    dates of Chinese, say) are found inside lines alone.
    """
    phrases = load_phrases()
    lost = []
    for text in phrase_texts().values():
        for line in text.splitlines():
            concept, _, items = line.partition(": ")
            place = 4 * phrases.names.index(concept) + WHOLE
            lost += [
                phrase
                for phrase in items.split(" | ")
                if not re.search(r"^[\d.»?]|[\d.»?]$|^\d+月", phrase)
                and place not in match(phrases, phrase, unspaced=phrase[-1] >= "\u2e80")
            ]
    assert lost == []


def test_concepts_keep_their_order() -> None:
    """The model's weights go by it: add new ones at the end and train again."""
    names = load_phrases().names
    assert 4 * len(names) <= CONCEPTS
    assert " ".join(names) == (
        "skip_link menu home search login subscribe paywall newsletter share social app comments "
        "comment_form reply breadcrumb previous_next close advertisement cookies legal "
        "rights_reserved about_site services most_read related latest read_also read_more video "
        "photo_credit by_author published updated reading_time ago month weekday tags agency "
        "summary contents shop recipe forum js_error about_company follow_author language"
    )


def test_lists_are_sets_of_all_languages() -> None:
    """Few pages say which language they are in, so every list holds on every page."""
    assert {"by", "par", "von"} <= words_of("by")
    assert BOILERPLATE.value not in words_of("roles")
