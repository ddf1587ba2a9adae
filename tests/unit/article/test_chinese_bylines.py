"""Names of Chinese authors, which stand behind a word and without spaces."""

import pytest

from tests.context import byline_of


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("记者 林若川", "林若川"),
        ("记者林若川", "林若川"),
        ("本报记者：林若川 报道", "林若川"),
        ("作者：周敏", "周敏"),
        ("文/周敏", "周敏"),
        ("撰文　李小龙", "李小龙"),
        ("新华社记者 王小明 发自青沙", "王小明"),
    ],
)
def test_a_name_behind_its_word(line: str, name: str) -> None:
    """Reporter, author and text: two to four signs after the word are a name."""
    assert byline_of([line]) == name


@pytest.mark.parametrize(
    "line",
    [
        "记者近日从市政府获悉，老码头将于下周一开放",  # a sentence: a reporter has learned
        "青沙镇老码头改建为公共图书馆的消息传出后记者 林若川",  # the word stands too deep in the line
    ],
)
def test_no_name_behind_it(line: str) -> None:
    """The same word inside a sentence names nobody."""
    assert byline_of([line]) is None
