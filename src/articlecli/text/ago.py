"""Days that are told from the one on which they are read: "3 hours ago", "yesterday".

Such words mean something only beside the moment at which a page was fetched, and only to the hour
or the day: of "2 weeks ago" nobody knows the day. The words are CLDR's (`data/ago.txt`).
"""

import re
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from articlecli.data import read_data
from articlecli.text.dates import plain_figures
from articlecli.text.patterns import lazy
from articlecli.text.scripts import begins_unspaced

MOST_DAYS = 6
"""Days of the longest time back that is still told to the day."""
_MOMENT = lazy(
    r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)"
    r"(?:[T ]?(\d\d):?(\d\d)(?::?\d\d)?(?:\.\d+)?\s?(Z|[+-]\d\d:\d\d)?)?"
)
"""As ISO 8601 has it, or in fourteen figures, as archives do."""
_CLOCK = lazy(r"\d[:h]\d\d")
"""Beside a word for a day: "Yesterday, 14:05", and not "Nothing new today"."""


class _Words(Struct, frozen=True):
    """A language's line of `ago.txt`."""

    am: tuple[str, ...]
    pm: tuple[str, ...]
    days: tuple[tuple[str, ...], ...]
    """What it calls today, yesterday, the day before."""
    past: tuple[tuple[str, ...], ...]
    """How it says that something was so many minutes, hours, days ago."""


@cache
def _lines() -> dict[str, str]:
    """Language → its line; of one in two scripts both."""
    found: dict[str, str] = {}
    for line in read_data("ago.txt").decode().splitlines()[1:]:
        language, _, words = line.partition(": ")
        found[language] = f"{found[language]}\n{words}" if language in found else words
    return found


def _words(language: str) -> list[_Words]:
    return [
        _Words(cells[0], cells[1], tuple(cells[2:5]), tuple(cells[5:]))
        for line in _lines().get(language, "").split("\n")
        if line
        for cells in [[tuple(filter(None, cell.split("/"))) for cell in line.split(" | ")]]
    ]


@cache
def half_days() -> dict[str, bool]:
    """What languages call the halves of a day → whether it is the one after noon."""
    found: dict[str, bool] = {}
    for language in _lines():
        for words in _words(language):
            found |= dict.fromkeys(words.am, False) | dict.fromkeys(words.pm, True)
    return found


def day_ago(text: str, language: str | None, fetched: str) -> str | None:
    """The day that a line tells from the one on which it was read.

    Args:
        text: A line, such as "Updated 3 hours ago".
        language: ISO 639-1 code; English is read everywhere.
        fetched: When the page was fetched, ISO 8601 or fourteen figures.

    Returns:
        ISO 8601 date; `None` where the line tells none, or only about the week.

    """
    read = _moment(fetched)
    if read is None:
        return None
    moment, timed = read
    text = plain_figures(text).lower().replace("'", "’")
    for code in dict.fromkeys(((language or "en").partition("-")[0], "en")):
        words = _patterns(code)
        for back, pattern in enumerate(words.days):
            found = pattern.search(text) if pattern else None
            if found and (found.start() == 0 or _CLOCK.search(text)):
                return (moment - timedelta(back)).date().isoformat()
        for unit, number, form in words.past:
            if (timed or unit.days) and (found := form.search(text)):
                back_by = unit * (int(found[1]) if number is None else number)
                if back_by <= timedelta(MOST_DAYS):
                    return (moment - back_by).date().isoformat()
    return None


_UNITS = (timedelta(minutes=1), timedelta(hours=1), timedelta(1))


class _Patterns(NamedTuple):
    days: list[re.Pattern[str] | None]
    """Of words for today, yesterday, the day before."""
    past: list[tuple[timedelta, int | None, re.Pattern[str]]]
    """A unit, how many of it (`None` for the pattern's group), and how a language says so."""


@cache
def _patterns(language: str) -> _Patterns:
    every = _words(language)
    days: list[re.Pattern[str] | None] = []
    for back in range(3):
        forms = sorted({form for words in every for form in words.days[back]}, key=len)
        days.append(re.compile("|".join(map(_whole, reversed(forms)))) if forms else None)
    past = []
    for at, unit in enumerate(_UNITS):
        for form in dict.fromkeys(form for words in every for form in words.past[at]):
            number, mark, text = form.rpartition("=")
            past.append((unit, int(number) if mark else None, re.compile(_whole(text))))
    return _Patterns(days, past)


def _whole(form: str) -> str:
    """A pattern of words that stand alone, their number a group, dots and spaces as may be."""
    parts = (r"\.?\s+".join(map(re.escape, part.split())) for part in form.split("#"))
    pattern = r"\s*(?<!\d)(\d{1,3})\s*".join(parts)
    # In a script without spaces one word begins where another ends.
    return pattern if begins_unspaced(form.strip("# ")) else rf"(?<!\w){pattern}(?![\w’])"


def is_moment(text: str) -> bool:
    """Whether a text is a day or a moment as `day_ago` reads them, and nothing else."""
    return _MOMENT.fullmatch(text) is not None and _moment(text) is not None


def _moment(fetched: str) -> tuple[datetime, bool] | None:
    """A moment, and whether its time of day is told."""
    found = _MOMENT.match(fetched)
    if not found:
        return None
    year, month, day, hour, minute, zone = found.groups()
    clock = f"{hour or '12'}:{minute or '00'}:00{(zone or 'Z').replace('Z', '+00:00')}"
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{clock}"), hour is not None
    except ValueError:
        return None
