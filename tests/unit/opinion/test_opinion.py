"""Second opinions: what is asked when, how another text is laid on a page, what comes of it."""

import logging
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from articlecli import Article, Extractor, Options, Phrase, Zone, extract, extractor
from articlecli.article import story
from articlecli.blocks import split_page
from articlecli.document import Document, Verdict
from articlecli.evidence import evidence_of
from articlecli.opinion import alignment, asked, evidence, second
from articlecli.opinion.alignment import shares
from articlecli.opinion.evidence import agreement, is_doubtful
from articlecli.read import read_page
from tests.laws.pages import lines_of

HTML = Options(input_format="html")
ALWAYS = Options(input_format="html", second_opinion="always")
NEVER = Options(input_format="html", second_opinion="never")
FERRY = "The ferry to the islands sails again from Monday, after eleven weeks in the dock at Narrow Sound."
CREW = (
    "Her crew of nine painted the hull themselves, and the cook says that the galley is blue now."
)
FARE = (
    "A ticket for both ways stays at four crowns, with children and bicycles carried for nothing."
)
SMALL = (
    "© 2021 Narrow Sound News. All rights reserved. Terms of use, privacy policy, cookie settings."
)
PAGE = f"""<html><head><title>Ferry sails again - Narrow Sound News</title></head><body>
<nav><a href="/">Home</a> <a href="/sea">Sea</a></nav><h1>Ferry sails again</h1>
<p>{FERRY}</p><p>{CREW}</p><p>{FARE}</p>
<footer><p>{SMALL}</p><p><a href="/about">About us</a></p></footer></body></html>"""
FORM = """<html><head><title>Sign in - Narrow Sound Bank</title></head><body><h1>Sign in</h1><form>
<label>User name</label><input><label>Password</label><input type=password><button>Sign in</button>
</form><p><a href="/lost">Forgot your password?</a></p></body></html>"""
TIDES = "青沙镇的渡轮停航十一周后，将从下周一起恢复开往各岛的航班。"


def document_of(page: str) -> Document:
    return split_page(read_page(page, url=None, options=HTML))


def held(page: str, text: str) -> list[str]:
    """Blocks of a page that a text holds."""
    document = document_of(page)
    told = shares(evidence_of(document.blocks), text)
    return [block.text for block, share in zip(document.blocks, told, strict=True) if share > 0.5]


def saying(monkeypatch: pytest.MonkeyPatch, text: str | None) -> list[str]:
    """Let the other find this text on any page; the pages that it is asked about."""
    pages: list[str] = []

    def text_of(html: str, _blocks: int) -> str | None:
        pages.append(html)
        return text

    monkeypatch.setattr(second, "text_of", text_of)
    return pages


def new_flags() -> set[str]:
    """Flags that the page has only where the other is asked."""
    flags = set(extract(PAGE, options=ALWAYS).flags)
    return flags - set(extract(PAGE, options=NEVER).flags)


@pytest.fixture
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """An opinion that outweighs any model, so that the next training does not change the tests."""
    monkeypatch.setattr(evidence, "GAINS", {zone: 400 * g for zone, g in evidence.GAINS.items()})


def test_blocks_that_a_text_holds() -> None:
    """Paragraphs are found by their words, whatever was cut from them; others are not."""
    assert held(PAGE, f"{FERRY}\n{CREW[:60]}") == [FERRY, CREW]
    assert held(PAGE, "") == []
    assert held(PAGE, "Not a word of that page stands here, by design.") == []
    assert held(f"<p>{TIDES}</p><p>渡轮公司版权所有</p>", TIDES) == [TIDES]


def test_what_a_text_has_once_is_one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two copies the one counts whose place fits the order."""
    monkeypatch.setattr(alignment, "SLACK", 0)
    page = f"<p>{FERRY}</p><p>{CREW}</p><h2>More</h2><p>{FERRY}</p><p>{FARE}</p>"
    assert held(page, f"{CREW}\n{FERRY}\n{FARE}") == [CREW, FERRY, FARE]
    assert held(page, f"{FERRY}\n{CREW}\n{FARE}") == [FERRY, CREW, FARE]
    assert held(f"<p>More</p>{page}", f"{CREW}\nMore\n{FARE}").count("More") == 1


def test_agreement() -> None:
    """The F1 of the words: order and marks do not count."""
    assert agreement("The ferry sails.", "sails THE ferry") == 1.0
    assert agreement("", "") == 1.0
    assert agreement(FERRY, "") == agreement(FERRY, TIDES) == 0.0
    assert 0.4 < agreement(FERRY, f"{FERRY} {CREW} {FARE}") < 0.6


def test_a_page_that_is_sure_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is a page of text, nor any page where nobody wants it; `always` asks about each of HTML."""
    pages = saying(monkeypatch, FERRY)
    sure = extract(PAGE, options=HTML)
    assert sure == extract(PAGE, options=NEVER)
    extract(PAGE, options=Options(input_format="text", second_opinion="always"))
    assert pages == []
    extract(PAGE, options=ALWAYS)
    assert pages == [PAGE]


@pytest.mark.parametrize(
    ("confidence", "rest", "doubtful"),
    [(0.74, 0, True), (0.76, 0, False), (0.84, 1, False), (0.84, 3, True), (0.86, 3, False)],
)
def test_doubt(confidence: float, rest: int, doubtful: bool) -> None:  # noqa: FBT001
    """Unsure zones; zones not quite sure, with more running text among the boilerplate than not."""
    document = document_of(f"<p>{FERRY}</p><p>{CREW}</p>" + f"<p>{FARE}</p>" * rest)
    zones = [Zone.BODY] * 2 + [Zone.BOILERPLATE] * rest
    verdicts = [Verdict(zone, confidence) for zone in zones]
    article = replace(extract(PAGE, options=NEVER), confidence=confidence)
    assert is_doubtful(article, evidence_of(document.blocks), verdicts) is doubtful


def test_a_page_without_a_story_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one whose zones are unsure; a form is no doubt."""
    pages = saying(monkeypatch, "")
    monkeypatch.setattr(evidence, "UNSURE", 1.01)
    assert "second_opinion" not in extract(PAGE, options=HTML).flags
    assert pages == [PAGE]
    monkeypatch.setattr(evidence, "UNSURE", 0.0)
    monkeypatch.setattr(evidence, "SURE", 0.0)
    extract(FORM, options=HTML)
    assert pages == [PAGE]
    monkeypatch.setattr(story, "FEW_WORDS", 1000)
    assert extract(PAGE, options=HTML).reason == "no story found"
    assert len(pages) == 2


@pytest.mark.usefixtures("loud")
def test_the_other_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paragraph that only the other text holds becomes story, and each line has its place."""
    saying(monkeypatch, SMALL)
    before, after = extract(PAGE, options=NEVER), extract(PAGE, options=ALWAYS)
    assert SMALL not in before.text
    assert SMALL in after.text
    assert FERRY in after.text  # nothing is taken away
    assert new_flags() == {"disputed", "second_opinion"}
    assert lines_of(after) == lines_of(before) == list(range(1, len(after.zones) + 1))
    told = {line.text: line.by for line in Extractor(ALWAYS).explain(PAGE).lines}
    assert told[SMALL] == "second_opinion"


def test_texts_that_agree_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thirds of the words in common are not enough for that, four fifths are."""
    saying(monkeypatch, f"{FERRY}\n{CREW}\n{FARE}")
    assert extract(PAGE, options=ALWAYS) == extract(PAGE, options=NEVER)


def test_a_dispute_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that stand nowhere on the page move nothing, and the page says that it is disputed."""
    saying(monkeypatch, "Quite another story was found here by whoever looked.")
    first, then = extract(PAGE, options=NEVER), extract(PAGE, options=ALWAYS)
    assert new_flags() == {"disputed"}
    assert then.text == first.text


@pytest.mark.usefixtures("loud")
def test_a_user_s_rule_stands_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page's reader has laid down outweighs any opinion."""
    monkeypatch.setattr(evidence, "GAINS", dict.fromkeys(evidence.GAINS, 40.0))
    saying(monkeypatch, SMALL)
    rule = Phrase(SMALL, Zone.BOILERPLATE, always=True)
    options = Options(input_format="html", second_opinion="always", phrases=(rule,))
    assert SMALL not in extract(PAGE, options=options).text


def failing(error: type[BaseException]) -> Callable[[], Callable[[str], str]]:
    def extract_() -> Callable[[str], str]:
        def fail(_html: str) -> str:
            raise error

        return fail

    return extract_


@pytest.mark.parametrize("error", [ValueError, RecursionError, TypeError])
def test_what_it_stumbles_over(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    """The first opinion stands, and the page says that there was no other."""
    monkeypatch.setattr(asked, "_extract", failing(error))
    first, then = extract(PAGE, options=NEVER), extract(PAGE, options=ALWAYS)
    assert new_flags() == {"no_second_opinion"}
    assert then.text == first.text


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt])
def test_the_limits_of_a_page_hold(
    monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """What ends a page ends it here too."""
    monkeypatch.setattr(asked, "_extract", failing(error))
    with pytest.raises(error):
        extract(PAGE, options=ALWAYS)


@pytest.mark.parametrize("name", ["LONGEST", "MOST_TAGS", "MOST_BLOCKS"])
def test_pages_too_long_to_ask(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """They are done without."""
    monkeypatch.setattr(asked, name, 3)
    assert new_flags() == {"no_second_opinion"}


def test_it_finds_the_story_without_a_word(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Trafilatura itself: the paragraphs, nothing on standard error, no handler but a silent one."""
    caplog.set_level(logging.ERROR)
    text = asked.text_of(PAGE, 9) or ""
    assert FERRY in text
    assert "Home" not in text
    assert asked.text_of("", 0) == asked.text_of("no tag at all", 1) == ""
    assert capfd.readouterr() == ("", "")


def test_no_history() -> None:
    """The same bytes for a page asked five times, with others between, beside a filter of duplicates."""
    import trafilatura

    def done() -> bytes:
        return extract(PAGE, options=ALWAYS).to_json(offsets=True)

    once, text = done(), asked.text_of(PAGE, 9)
    for _ in range(5):
        trafilatura.extract(PAGE, deduplicate=True)
        trafilatura.settings.DEFAULT_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100000")
        try:
            extract(FORM, options=ALWAYS)
            assert done() == once
            assert asked.text_of(PAGE, 9) == text
        finally:
            trafilatura.settings.DEFAULT_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "250")


HIDDEN_BY_TAGS = f"""<html><body><nav class="menu sidebar footer"><ul class="share cookies">
<li><p>{FERRY}</p><li><p>{CREW}</p><li><p>{FARE}</p></ul></nav></body></html>"""


def test_words_alone_are_asked_where_tags_hide_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that comes out empty is judged once more without its tags; its links stay."""
    empty = extract(HIDDEN_BY_TAGS, options=NEVER)
    assert FERRY in empty.text
    told = extractor.label_blocks
    boilerplate = list(evidence.ZONES).index("boilerplate")

    def all_furniture(blocks, *rest):  # type: ignore[no-untyped-def]
        verdicts = told(blocks, *rest)
        if not any(block.markup for block in blocks):
            return verdicts
        row = tuple(90000 if n == boilerplate else -900000 for n in range(len(evidence.ZONES)))
        return [replace(one, zone=Zone.BOILERPLATE, scores=row) for one in verdicts]

    monkeypatch.setattr(extractor, "label_blocks", all_furniture)
    linked = PAGE.replace(FARE, f'{FARE} <a href="/fares">All fares</a>.')
    article: Article = extract(linked, url="https://sound.example/", options=NEVER)
    assert article.text.startswith(FERRY)
    assert article.title == "Ferry sails again"
    assert {line.by for line in Extractor(NEVER).explain(linked).lines} >= {"text_model"}
    assert "https://sound.example/fares" in article.to_json(links=True).decode()
