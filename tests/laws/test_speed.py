"""Slow checks: how time grows with the page. `python -m lab timing` prints the times themselves."""

import time

import pytest

from articlecli import extract
from tests import SAMPLES


def seconds(page: str) -> float:
    """Least of three runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        extract(page)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["trade-paper-fr.txt", "news-zh.txt", "guide-en.md"])
def test_time_grows_with_the_page(name: str) -> None:
    """Sixteen times the lines take at most thirty times as long: nothing is quadratic."""
    lines = (SAMPLES / name).read_text(encoding="utf-8") * 12
    assert seconds(lines * 16) < 30 * seconds(lines)


@pytest.mark.slow
def test_strange_pages_take_no_longer() -> None:
    """One endless line, many short lines of one kind, and blank lines end in seconds."""
    for page in (
        "word " * 400_000,
        "x\n" * 60_000,
        "» a word here\n" * 60_000,
        "foo(1);\n" * 60_000,
        "\n" * 1_000_000,
        "#" * 200_000,
    ):
        assert seconds(page) < 20
