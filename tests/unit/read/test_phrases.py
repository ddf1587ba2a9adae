"""A user's own phrases: evidence, rules, and lists that cannot be read."""

import subprocess
import sys
from pathlib import Path

import pytest

from articlecli import InputError, Options, Phrase, Zone, extract, parse_phrases
from tests import SAMPLES

PAGE = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")


def test_list_is_read() -> None:
    """Headers name zones, phrases are parted by bars, comments and blank lines are passed over."""
    text = "# mine\n\n[boilerplate]\nfr: un | deux mots\n[Teaser_Section, ALWAYS]\n*: encore\n"
    assert parse_phrases(text) == (
        Phrase("un", Zone.BOILERPLATE),
        Phrase("deux mots", Zone.BOILERPLATE),
        Phrase("encore", Zone.TEASER_SECTION, always=True),
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[header]\nfr: un\n", "line 1"),
        ("[body, never]\n", "line 1"),
        ("fr: un\n", "line 1"),
        ("[body]\n\njust words\n", "line 3"),
        ("[body]\nfr: a|b\n", "line 2"),
        ("[body]\nfr: one | ...\n", "line 2"),
        ("# nothing\n", "no phrase"),
    ],
)
def test_bad_list_names_the_line(text: str, place: str) -> None:
    """The error names the file, the line and the remedy."""
    with pytest.raises(InputError, match=place) as caught:
        parse_phrases(text, path="mine.txt")
    assert str(caught.value).startswith("mine.txt ")


def test_rule_decides() -> None:
    """A phrase that is a rule decides whatever the page says, and no other line changes sides."""
    article = extract(PAGE)
    lines = PAGE.splitlines()
    at = next(i for i, zone in enumerate(article.zones) if zone is Zone.BODY)
    rule = Phrase(lines[at][:25].rsplit(" ", 1)[0], Zone.CAPTION, always=True)
    again = extract(PAGE, options=Options(phrases=(rule,)))
    assert again.zones[at] is Zone.CAPTION
    assert article.zones[at] is Zone.BODY


def test_evidence_adds_up() -> None:
    """Evidence for the zone that a line has already changes nothing but its confidence."""
    article = extract(PAGE)
    line = next(
        line
        for line, zone in zip(PAGE.splitlines(), article.zones, strict=True)
        if zone is Zone.BOILERPLATE
    )
    again = extract(PAGE, options=Options(phrases=(Phrase(line.upper(), Zone.BOILERPLATE),)))
    assert again.zones == article.zones
    assert again.confidence >= article.confidence


def test_parts_of_words_do_not_count() -> None:
    """A phrase is not found inside a word."""
    page = "Newsroom\n" + PAGE
    rule = Phrase("news", Zone.CAPTION, always=True)
    assert extract(page, options=Options(phrases=(rule,))).zones[0] is not Zone.CAPTION


def test_start_and_end_are_looked_at_apart() -> None:
    """A phrase at a line's end counts though a word at its start begins alike."""
    page = "Newsletter daily news\n" + PAGE
    rule = Phrase("news", Zone.CAPTION, always=True)
    assert extract(page, options=Options(phrases=(rule,))).zones[0] is Zone.CAPTION


def test_command(tmp_path: Path) -> None:
    """`--phrases` reads a list; one that cannot be used is wrong usage."""
    page, phrases = tmp_path / "page.txt", tmp_path / "mine.txt"
    page.write_text(PAGE, encoding="utf-8")
    phrases.write_text("[nonsense]\nfr: un\n", encoding="utf-8")
    command = [sys.executable, "-m", "articlecli", "extract", str(page), "--phrases", str(phrases)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "mine.txt has 'nonsense' in line 1" in done.stderr
    phrases.write_bytes(b"[boilerplate]\nfr: \xe9t\xe9\n")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "not UTF-8" in done.stderr) == (2, True)
    phrases.write_text("[boilerplate]\n*: northwire\n", encoding="utf-8")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
