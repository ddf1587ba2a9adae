"""Figures, and the other signs of a date."""

from collections.abc import Iterable

from articlecli.text.patterns import lazy

_FIGURE = lazy(r"\d")


def holds_figure(text: str) -> bool:
    """Whether a text has a figure, a sign for "year", or the letter that all Hebrew years have.

    One without has no date. Most lines have none, and the patterns of dates are dear.
    """
    if _FIGURE.search(text):
        return True
    return not text.isascii() and any(map(text.__contains__, "年년ת"))


def with_figure(lines: Iterable[str]) -> list[str]:
    """Those of some lines that may have a date, as `holds_figure` says."""
    return list(filter(holds_figure, lines))
