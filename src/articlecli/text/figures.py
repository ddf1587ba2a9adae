"""Figures, and the other signs of a date."""

from collections.abc import Callable
from functools import partial

from articlecli.core import core_runs
from articlecli.text.patterns import lazy

_FIGURE = lazy(r"\d")


def holds_figure(text: str) -> bool:
    """Whether a text has a figure, a sign for "year", or the letter that all Hebrew years have.

    One without has no date. Most lines have none, and the patterns of dates are slow.
    """
    if _FIGURE.search(text):
        return True
    return not text.isascii() and any(map(text.__contains__, "年년ת"))


def by_python(lines: list[str]) -> list[str]:
    """Those that may have a date, as `holds_figure` says; the core has the same."""
    return list(filter(holds_figure, lines))


if core_runs():
    from articlecli._core import with_figure as _by_core

    with_figure: Callable[[list[str]], list[str]] = partial(_by_core, holds_figure)
else:
    with_figure = by_python
