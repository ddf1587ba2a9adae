"""Choices made ready once: an `Extractor`, and what it explains."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from articlecli import Extractor, InputError, Options, Phrase, Zone, extract, extract_file
from tests import SAMPLES

PATHS = sorted(SAMPLES.iterdir())
PAGE = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_gives_what_extract_gives(path: Path) -> None:
    """An extractor is `extract` with its options bound; a file is its bytes and a path."""
    page = path.read_bytes()
    article = Extractor().extract(page)
    assert article.to_json(offsets=True) == extract(page).to_json(offsets=True)
    from_file = extract_file(path)
    assert from_file.source.path == str(path)
    assert from_file.text == article.text


def test_never_changes_and_travels() -> None:
    """No attribute can be set; a pickled copy is equal and gives the same; so do many threads."""
    one = Extractor(Options(language="fr", phrases=(Phrase("the evening letter", Zone.BODY),)))
    for name in ("options", "other"):
        with pytest.raises(AttributeError, match="never changes"):
            setattr(one, name, None)
    with pytest.raises(AttributeError, match="never changes"):
        del one.options
    copy = pickle.loads(pickle.dumps(one))
    assert copy == one != Extractor()
    assert hash(copy) == hash(one)
    assert copy.extract(PAGE) == one.extract(PAGE)
    with ThreadPoolExecutor(4) as pool:
        assert set(map(hash, pool.map(lambda _: one.extract(PAGE).text, range(8)))) == {
            hash(one.extract(PAGE).text)
        }


def test_many_pages() -> None:
    """Many pages with the extractor's options, each with how it ended."""
    many = list(
        Extractor(Options(language="fr")).extract_many([PAGE, (PAGE, "https://a.example/")])
    )
    assert [outcome.result for outcome in many] == ["done", "done"]
    assert [outcome.article.language for outcome in many if outcome.article] == ["fr", "fr"]


def test_wrong_options_are_told() -> None:
    """A dict for options: the error shows how they are written."""
    with pytest.raises(TypeError, match=r"articlecli\.Options"):
        Extractor({"language": "fr"})  # type: ignore[arg-type]
    with pytest.raises(InputError, match="does not exist"):
        extract_file("nowhere.txt")


SPEAKERS = ("model", "page_type", "text_model", "second_opinion")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_explains_every_line(path: Path) -> None:
    """Each block with a zone, who said so, its part, and a reason where it was removed."""
    explained = Extractor().explain(path.read_bytes())
    assert explained.article == extract(path.read_bytes())
    for line in explained.lines:
        assert line.part
        assert (line.reason is not None) == (line.part == "removed")
        assert line.by in SPEAKERS or line.by.startswith("rule:")
    zones = explained.article.zones
    first = {line.lines[0]: line.zone for line in reversed(explained.lines)}
    assert sum(zones[number - 1] is zone for number, zone in first.items()) >= len(first) - 1


def test_phrases_that_decided_are_named() -> None:
    """A phrase is named where the line would have another zone without it, and only there."""
    plain = Extractor().explain(PAGE)
    body = next(line for line in plain.lines if line.zone is Zone.BODY)
    start = body.text[:25].rsplit(" ", 1)[0]
    for zone, by in ((Zone.CAPTION, f"phrase:{start}"), (Zone.BODY, "model")):
        rule = Phrase(start, zone, always=True)
        told = Extractor(Options(phrases=(rule,))).explain(PAGE)
        line = next(line for line in told.lines if line.text == body.text)
        assert (line.zone, line.by) == (zone, by)


def test_weights_are_the_model_s_own() -> None:
    """Things left out one at a time: the stock phrase spoke for the removal, and sums are finite."""
    explained = Extractor().explain((SAMPLES / "regional-daily-fr.txt").read_bytes())
    at = next(i for i, line in enumerate(explained.lines) if line.reason == "search")
    weights = explained.weights(at)
    assert [abs(w.logits) for w in weights] == sorted(
        (abs(w.logits) for w in weights), reverse=True
    )
    phrase = next(w for w in weights if "search" in w.what)
    assert phrase.logits > 0
    assert any("above" in w.what for w in weights)
    assert any("below" in w.what for w in weights)
