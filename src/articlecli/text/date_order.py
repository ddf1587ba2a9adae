"""In which order a page writes the figures of its dates: by its region, and by its other dates."""

from collections.abc import Iterable, Sequence

from articlecli.text.dates import dates_in, iso_day, looks_dated, part_words, whole_year
from articlecli.text.figures import with_figure
from articlecli.text.patterns import lazy

_FIGURES = lazy(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-]((?:20)?\d\d)(?![\d./-])")
_THREE_FIGURES = lazy(r"\d[./-]\d{1,2}[./-]\d")
_LONDON = lazy(_FIGURES.pattern + r"\W{0,3}\d{1,2}:\d\d\s?(?:[ap]m)?\s(?:GMT|BST)")
"""A date with the time of London, whose dates begin with the day."""
_DAY_FIRST_HOSTS = frozenset(
    ("uk", "au", "nz", "ie", "in", "za", "ng", "ke", "gh", "sg", "my", "hk", "mt", "pk", "eu")
)
"""Ends of hosts whose English pages write the day first."""


def with_region(language: str | None, declared: str, host: str) -> str | None:
    """A story's language with the region that its page tells.

    Args:
        language: ISO 639-1 code of the story.
        declared: `lang` of the page, such as `en-gb`; the empty string where there is none.
        host: Host of its address; the empty string where it is not known.

    """
    declared = declared.lower().replace("_", "-")
    if language and declared.startswith(f"{language}-"):
        return f"{language}-{declared.rpartition('-')[2]}"
    end = host.rpartition(".")[2].lower()
    if language == "en" and end in _DAY_FIRST_HOSTS:
        return f"en-{end}"
    return language


def told_order(lines: Sequence[str], known: Iterable[str] = ()) -> str | None:
    """The English whose dates a page has: `en-us` for 11.24.2025, `en-gb` for 24.11.2025.

    Dates that may be read both ways are read so that they agree with others.

    Args:
        lines: Its short lines.
        known: Days that are told otherwise: declared, in the address; ISO 8601.

    Returns:
        `None` where no date tells, or they do not agree.

    """
    figured = with_figure(list(lines))
    text = "\n".join(figured)
    # A pattern that begins with a class of characters is found several times as fast.
    found = list(_FIGURES.finditer(text)) if _THREE_FIGURES.search(text) else []
    if not found:
        return None
    pairs = [(int(m[1]), int(m[2])) for m in found]
    american = any(first <= 12 < second <= 31 for first, second in pairs)
    british = any(second <= 12 < first <= 31 for first, second in pairs)
    if american == british:
        named = (line for line in figured if looks_dated(line) and not _FIGURES.search(line))
        days = {*known, *(one.day for line in named for one in dates_in(part_words(line), "en"))}
        years = [(whole_year(m[3]), int(m[1]), int(m[2])) for m in found]
        american = any(iso_day(year, first, second) in days for year, first, second in years)
        british = any(iso_day(year, second, first) in days for year, first, second in years)
    if not american and not british:
        return "en-gb" if _LONDON.search("\n".join(lines)) else None
    return None if american == british else "en-us" if american else "en-gb"
