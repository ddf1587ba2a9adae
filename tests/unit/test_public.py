"""What a program sees: names, methods of an article, and what is said of wrong use."""

from pathlib import Path

import pytest

import articlecli
from articlecli import Article, extract, to_json, to_markdown, to_text
from tests import SAMPLES

PAGE = (SAMPLES / "trade-paper-fr.txt").read_text(encoding="utf-8")
ARTICLE = extract(PAGE)


def test_tab_shows_all_public_names() -> None:
    """`dir` lists what is loaded on first use too."""
    assert set(articlecli.__all__) <= set(dir(articlecli))


def test_methods_are_the_functions() -> None:
    """An article writes itself as the functions write it."""
    assert ARTICLE.to_json(offsets=True, indent=2) == to_json(ARTICLE, offsets=True, indent=2)
    assert ARTICLE.to_text(teasers=True) == to_text(ARTICLE, teasers=True)
    assert ARTICLE.to_markdown(teasers=True) == to_markdown(ARTICLE, teasers=True)
    assert Article.from_json(ARTICLE.to_json(offsets=True)) == ARTICLE
    assert ARTICLE.to_dict()["title"] == ARTICLE.title
    assert isinstance(ARTICLE.to_dict()["body"][0]["lines"], list | tuple)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_lines_account_for_the_page(path: Path) -> None:
    """Each non-blank line once, in order, with its zone and the part that holds it."""
    article = extract(path.read_bytes())
    lines = list(article.lines())
    assert [line.number for line in lines] == [
        number for number, zone in enumerate(article.zones, 1) if zone is not None
    ]
    assert [line.zone for line in lines] == [zone for zone in article.zones if zone is not None]
    assert all(line.part and 0 <= line.confidence <= 1 for line in lines)


def test_repr_is_short() -> None:
    """A title, a number of words and of teasers; or why there is no story."""
    assert len(repr(ARTICLE)) < 200
    assert (ARTICLE.title or "") in repr(ARTICLE)
    assert repr(extract("")) == "<Article: no story (empty page)>"


@pytest.mark.parametrize("source", [Path("page.txt"), None, 7, ["a page"]])
def test_what_is_no_page_is_told(source: object) -> None:
    """A path, nothing, or a list: the error says what to give."""
    with pytest.raises(TypeError, match="Read the file first"):
        extract(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("options", [{"language": "fr"}, {}, "fr"])
def test_what_is_no_options_is_told(options: object) -> None:
    """A dict for options: the error shows how they are written."""
    with pytest.raises(TypeError, match=r"articlecli\.Options"):
        extract(PAGE, options=options)  # type: ignore[arg-type]
