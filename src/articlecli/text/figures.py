"""Figures, and the other signs of a date."""

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


def with_figure(lines: list[str]) -> list[str]:
    """Those of some lines that may have a date, as `holds_figure` says."""
    return _by_core(lines) if core_runs() else by_python(lines)


def by_python(lines: list[str]) -> list[str]:
    """The same; this form says what is right, and runs where no core was built."""
    return list(filter(holds_figure, lines))


def _by_core(lines: list[str]) -> list[str]:
    from articlecli._core import with_figure as of_core  # there only where it was built

    return of_core(holds_figure, lines)
