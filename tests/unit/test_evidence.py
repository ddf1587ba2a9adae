"""What a block's text tells, and the foldings and scripts that it is told by."""

import pytest

from articlecli import evidence as stage
from articlecli.article.removed import reason_by_words
from articlecli.core import core_runs
from articlecli.document import Block
from articlecli.errors import ModelError
from articlecli.evidence import Evidence, evidence_of
from articlecli.text import folding
from articlecli.text.phrases import END, START, WHOLE, Phrases, concept_at
from articlecli.text.scripts import begins_unspaced, holds_unspaced, is_unspaced
from articlecli.text.words import count_words


def of(text: str) -> Evidence:
    """Evidence of one line."""
    (evidence,) = evidence_of([Block(text=text, lines=(1, 1), span=(0, len(text)))])
    return evidence


def test_a_page_without_blocks_has_no_evidence() -> None:
    """The empty case."""
    assert evidence_of([]) == ()


def test_words() -> None:
    """Digits are made 0, punctuation parts words, and short words are no content."""
    evidence = of("The ferry's 12 cranes, 1990!")
    assert evidence.key == b"the ferry s 00 cranes  0000"
    assert evidence.words == (b"the", b"ferry", b"s", b"00", b"cranes", b"0000")
    assert evidence.content == {b"ferry", b"cranes", b"0000"}
    assert (evidence.count, evidence.width, evidence.unspaced) == (6, 28, False)


def test_words_of_a_script_without_spaces() -> None:
    """Pairs of characters stand for words, and each character counts twice."""
    evidence = of("港口今天开放")
    assert evidence.unspaced
    assert evidence.words == tuple(
        pair.encode() for pair in ("港口", "口今", "今天", "天开", "开放")
    )
    assert (evidence.count, evidence.width) == (2, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour opens again on Monday morning.", True),
        ("The harbour opens again on Monday morning", False),
        ("He said: “the harbour opens again on Monday.”", True),
        ("The harbour opens.", False),
        ("one two three four five " * 4, True),
    ],
)
def test_sentence(text: str, *, expected: bool) -> None:
    """Seven words and a full stop read like running text, or twenty words."""
    assert of(text.strip()).sentence is expected


def test_concepts_have_the_size_of_their_longest_phrase() -> None:
    """Words of a phrase, and characters in a script without spaces."""
    start, whole = concept_at("paywall", START), concept_at("paywall", WHOLE)
    assert of("This article is for subscribers").concepts[whole] == 5
    assert of("This article is for subscribers of the Harbour Post").concepts[start] == 5
    assert of("付费阅读").concepts[whole] == 4
    assert concept_at("paywall", END) in of("The rest is for subscribers only").concepts
    assert not of("The cranes turn again").concepts


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Newsletter", "newsletter"),
        ("› Newsletter: every Monday", "newsletter"),
        ("© 2020 Harbour Post", "footer and legal"),
        ("©2020 Harbour Post", "footer and legal"),
        ("Copyright 港口日报", "footer and legal"),
        ("分享到：", "share and follow"),
        ("Cranes turn again", None),
        ("Our newsletter", "newsletter"),
    ],
)
def test_reason(line: str, reason: str | None) -> None:
    """A line's reason is that of the phrase it is or begins with."""
    assert reason_by_words(of(line)) == reason


def test_foldings() -> None:
    """What each takes for the same."""
    assert folding.straight("l’eau") == "l'eau"
    assert folding.phrase_line("» L’eau   de\nMer: ") == "l'eau de mer"
    assert folding.word_list("Cranes – “turn” again!") == ["cranes", "turn", "again"]
    assert folding.letters("The-Harbour.Post 24") == "theharbourpost24"
    assert folding.numberless("Size:  2 of 10\nParts") == "size: 0 of 0 parts"
    assert folding.word_bytes("on 3 may, 12:30") == b"on 0 may  00 00"
    assert folding.pairs("港 口") == ["港口".encode()]
    assert folding.pairs("港") == ["港".encode()]


@pytest.mark.parametrize("text", ["港口", "ひらがな", "カタカナ", "crane 港", "。"])
def test_scripts_without_spaces(text: str) -> None:
    """Ideographs and kana, alone or among Latin letters."""
    assert is_unspaced(text.encode())
    assert holds_unspaced(text)
    assert begins_unspaced(text[-1])


@pytest.mark.parametrize(
    "text", ["", "crane", "l’eau – “été” …", "кран", "γερανός", "→ €", "رافعة"]
)
def test_scripts_with_spaces(text: str) -> None:
    """Typographic signs and other alphabets are none."""
    assert not is_unspaced(text.encode())
    assert not holds_unspaced(text)
    assert not begins_unspaced(text)


def test_korean_is_written_with_spaces() -> None:
    """Hangul counts as words between spaces."""
    assert not is_unspaced("항구가 다시 열린다".encode())


def test_count_words() -> None:
    """Two characters of a script without spaces are a word."""
    assert count_words("The cranes turn") == 3
    assert count_words("港口今天开放") == 3
    assert count_words("") == 0


def test_a_damaged_phrase_table_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phrase of no concept, with the core and without."""
    table = Phrases(("read_also",), "read_also: see also | read also\nother: more")
    with pytest.raises(ModelError, match="reinstall"):
        assert table.concepts
    monkeypatch.setattr(stage, "load_phrases", lambda: table)
    if core_runs():
        with pytest.raises(ModelError, match="reinstall"):
            stage._tables.__wrapped__()
