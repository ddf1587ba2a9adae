"""Day of publication of the story: what its lines show, and what HTML declares."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Literal

from articlecli.text.dates import Dated, dates_in, find_date, part_words
from articlecli.text.lexicon import words_of
from articlecli.text.patterns import lazy

Label = Literal["published", "plain", "updated", "other"]
"""What a date is said to be of: publication, nothing, an update, something else."""
BEHIND = 2
"""Characters between a date and a word behind it that says what it is of."""
LONGEST_LINE = 200
"""Characters of the longest line that is looked at for a date of publication."""
LONGEST_AGO = 365
"""Days that a page may be saved anew after it was published."""
_HOUR = lazy(r"\d[T ]+(\d\d):\d\d")
AHEAD = 24 - 14
"""Hour of UTC from which it is the next day somewhere."""
DATE_LINE = 60
"""Characters of the longest line beside the headline that is taken for a date line."""


def find_published(lines: Sequence[str], language: str | None) -> str | None:
    """Date of publication.

    Args:
        lines: The story's meta lines in page order.
        language: ISO 639-1 code of the story, for the order of numeric dates.

    Returns:
        ISO 8601 date of the first line that has one, those of an update last.

    """
    updated = None
    for line in lines:
        if len(line) <= LONGEST_LINE:
            for label, day in _told(line, language):
                if label != "updated":
                    return day
                updated = updated or day
    return updated


def _told(line: str, language: str | None) -> Iterator[tuple[Label, str]]:
    """The days of a line, each with what the words before it say that it is of."""
    line = part_words(line)
    lower = line.lower()
    dated = dates_in(line, language)
    if not dated and (day := find_date(line, language)):
        dated = [Dated(len(line), len(line), day)]
    said = sorted(
        (found.start(), label)
        for label, words in (_labels().items() if dated else ())
        for found in words.finditer(lower)
    )
    at = 0
    while at < len(dated):
        one = dated[at]
        before = (label for start, label in reversed(said) if start <= one.start)
        label: Label = next(before, "plain")
        if label == "plain":
            behind = (label for start, label in said if 0 <= start - one.end <= BEHIND)
            label = next(behind, "plain")
        beside = dated[at + 1 : at + 2]
        if (
            label != "updated"
            and beside
            and not any(map(str.isalpha, lower[one.end : beside[0].start]))
        ):
            # Two side by side are those of publication and update, in either order.
            one = min(one, beside[0], key=attrgetter("day"))
            at += 1
        if label != "other":
            yield label, one.day
        at += 1


@cache
def _labels() -> dict[Label, re.Pattern[str]]:
    """The words that say what a date is of."""
    kinds: dict[Label, frozenset[str]] = {
        "published": words_of("published"),
        "updated": words_of("updated"),
        "other": words_of("other_days"),
    }
    return {
        label: re.compile(
            "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        )
        for label, words in kinds.items()
    }


def declared_day(declared: str, locale: str | None) -> str | None:
    """Declared date; 12.04.2019 is in April, and 04/12/2019 where the month is written first."""
    english = locale if locale and locale.startswith("en-") else None
    dotted = declared[:3].rstrip("0123456789").endswith(".") or declared[1:2] == "."
    return find_date(declared[:60], "de" if dotted else english or "en")


def agrees(shown: str, day: str, declared: str = "") -> bool:
    """Whether a day that the page shows is the day of publication although another is declared.

    A day after the declared one is the same day elsewhere: declarations are in UTC. Shown dates
    beyond that are those of updates, and one long before is of something else. Where the two differ
    by less, 19 gold pages of the sites that training sees have the shown day, 6 the declared one.

    Args:
        shown: The day that the page shows, ISO 8601.
        day: The declared one.
        declared: The whole declaration: its hour tells whether it is a day later anywhere.

    """
    days = (date.fromisoformat(shown) - date.fromisoformat(day)).days
    hour = _HOUR.search(declared)
    return -LONGEST_AGO <= days <= (1 if hour is None or int(hour[1]) >= AHEAD else 0)


def day_on_short_line(lines: Iterable[str], language: str | None) -> str | None:
    """The first date on a line that is not much longer than a date."""
    found = (find_date(line, language) for line in lines if len(line) <= DATE_LINE)
    return next(filter(None, found), None)
