"""Figures, and the other signs of a date."""

from articlecli.text.patterns import lazy

_SIGN = lazy(r"[\d年년ת]")


def holds_figure(text: str) -> bool:
    """Whether a text has a figure, a sign for "year", or the letter that all Hebrew years have.

    One without has no date. Most lines have none, and the patterns of dates are dear.
    """
    return _SIGN.search(text) is not None
