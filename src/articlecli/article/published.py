"""Day of publication of the story: what its lines show, and what HTML declares."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Literal

from articlecli.text.calendars import load_weekdays
from articlecli.text.dates import (
    Dated,
    all_dates,
    compact_day,
    dates_in,
    find_date,
    has_three_figures,
    iso_start,
    looks_dated,
    part_words,
)
from articlecli.text.figures import holds_figure, with_figure
from articlecli.text.lexicon import words_of
from articlecli.text.patterns import lazy

_SPAN = lazy(r"\d\.?\s?[-–]\s?$")
"""Before a date that ends a span of days: "14. - 20. January"."""
_PLACE = lazy(r"[^\W\d_a-z][\w'’./ -]{1,30}?(?: \([^\W\d_][\w ]+\))?\s?[,.(–—-]+\s*\(?")
_AFTER_DATELINE = lazy(r"\s?[().,:–—-]")
_RIGHTS = lazy(r"(?i)\W{0,3}(?:copyright|©|\(c\)|版权所有)[\s©:,]*(?:\(c\)\s*)?")
COMPACT_LINE = 12
"""Characters of the longest line that may be a date in eight figures."""
OPENING = 160
"""Characters of the first paragraph in which a dateline may stand."""
Label = Literal["published", "plain", "updated", "other"]
"""What a date is said to be of: publication, nothing, an update, something else."""
PUBLISHED: Sequence[Label] = ("published", "plain")
"""What a date of publication is said to be of."""
BEHIND = 2
"""Characters between a date and a word behind it that says what it is of."""
LONGEST_LINE = 200
"""Characters of the longest line that is looked at for a date of publication."""
LONGEST_AGO = 365
"""Days after which a page is no longer published anew but changed."""
LONGEST_DECLARED = 60
"""Characters of a declared date that are read."""
DATE_LINE = 60
"""Characters of the longest line beside the headline that is taken for a date line."""


def find_published(
    lines: Iterable[str], language: str | None, kinds: Sequence[Label] = PUBLISHED
) -> str | None:
    """Date of publication.

    Args:
        lines: The story's meta lines in page order.
        language: ISO 639-1 code of the story, for the order of numeric dates.
        kinds: What the date may be said to be of.

    Returns:
        ISO 8601 date of the first line that has one.

    """
    return Days(lambda _: language).find(with_figure(list(lines)), kinds)


class Days:
    """The days of a page's lines. Several sources ask for those of one line: each is read once.

    Args:
        language_of: Gives the language by which the dates of a line are read (as `find_published`
            has it), the line as `part_words` gives it; few lines have dates.

    """

    def __init__(self, language_of: Callable[[str], str | None]) -> None:
        self._language_of = language_of
        self._known: dict[str, list[tuple[Label, Dated]]] = {}

    def told(self, line: str) -> list[tuple[Label, Dated]]:
        """The days of a line, as `part_words` gives it, and what its words say they are of."""
        found = self._known.get(line)
        if found is None:
            told = _told_days(line, self._language_of) if _may_tell(line) else ()
            found = self._known[line] = list(told)
        return found

    def find(self, lines: Iterable[str], kinds: Sequence[Label] = PUBLISHED) -> str | None:
        """As `find_published`; lines without a figure tell nothing and need not be there."""
        for line in lines:
            for label, one in self.told(line):
                if label in kinds:
                    return one.day
        return None


def _may_tell(line: str) -> bool:
    """Whether a line may tell a day."""
    if len(line) > COMPACT_LINE:
        return len(line) <= LONGEST_LINE and looks_dated(line)
    return not line.isascii() or has_three_figures(line)


def _told_days(
    line: str, language_of: Callable[[str], str | None]
) -> Iterator[tuple[Label, Dated]]:
    line = part_words(line)
    lower = line.lower()
    dated = all_dates(line, language_of(line))
    if not dated and (day := compact_day(line)):
        dated = [Dated(0, len(line), day)]
    said = _said(lower) if dated else []
    at = 0
    while at < len(dated):
        one = dated[at]
        label: Label = _label_of(one, said) if said else "plain"
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
            yield label, one
        at += 1


def _said(lower: str) -> list[tuple[int, Label]]:
    """Where a line, lower-cased, says what a date is of, and what; in the line's order."""
    words = _ascii_labels() if lower.isascii() else _labels()
    said: list[tuple[int, Label]] = []
    for label, every in words.items():
        if found := [word for word in every if word in lower]:
            said += [(at, label) for at in _places(found, lower)]
    return sorted(said)


def _label_of(one: Dated, said: Sequence[tuple[int, Label]]) -> Label:
    """What a date is said to be of: by the last word before it, else by one that follows it."""
    before = (label for start, label in reversed(said) if start <= one.start)
    behind = (label for start, label in said if 0 <= start - one.end <= BEHIND)
    label: Label = next(before, "plain")
    return next(behind, "plain") if label == "plain" else label


@cache
def _ascii_labels() -> dict[Label, list[str]]:
    """Those words that a line of ASCII may have."""
    return {label: list(filter(str.isascii, words)) for label, words in _labels().items()}


@cache
def _labels() -> dict[Label, frozenset[str]]:
    """The words that say what a date is of."""
    return {
        "published": words_of("published"),
        "updated": words_of("updated"),
        "other": words_of("other_days"),
    }


def _places(words: Iterable[str], lower: str) -> Iterator[int]:
    """Where words begin in a line, those inside others left out; a pattern takes longer to make."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = lower.find(word)
        while at >= 0:
            found.append((at, -len(word)))
            at = lower.find(word, at + 1)
    end = 0
    for at, less in sorted(found):
        if at >= end:
            yield at
            end = at - less


def _holds(words: Iterable[str], lower: str) -> bool:
    return any(map(lower.__contains__, words))


def find_ago(
    lines: Iterable[str], language: str | None, fetched: str, kinds: Sequence[Label]
) -> str | None:
    """The day that a line tells from the one on which its page was fetched: "3 hours ago".

    Args:
        lines: As for `find_published`, and the two below too.
        language: ISO 639-1 code of the story.
        fetched: When the page was fetched.
        kinds: What the day may be said to be of.

    """
    from articlecli.text.ago import day_ago

    for line in lines:
        if len(line) <= DATE_LINE and not looks_dated(line):
            said = (label for label, words in _labels().items() if _holds(words, line.lower()))
            if next(said, "plain") in kinds and (day := day_ago(line, language, fetched)):
                return day
    return None


def declared_day(declared: str, language_of: Callable[[str], str | None]) -> str | None:
    """Declared date; 12.04.2019 is in April, and 04/12/2019 where the month is written first.

    Args:
        declared: As the page has it.
        language_of: As for `Days`.

    """
    declared = declared[:LONGEST_DECLARED]
    if not declared or (day := iso_start(declared)):
        return day if declared else None
    locale = language_of(part_words(declared))
    english = locale if locale and locale.startswith("en-") else None
    dotted = declared[:3].rstrip("0123456789").endswith(".") or declared[1:2] == "."
    return find_date(declared, "de" if dotted else english or "en")


def agrees(shown: str, declared: str) -> bool:
    """Whether a day that the page shows is the declared day of publication, or one near it.

    A day after the declared one is the same day elsewhere: declarations are in UTC. One before it
    is that on which the page was first published.
    """
    days = (date.fromisoformat(shown) - date.fromisoformat(declared)).days
    return -LONGEST_AGO <= days <= 1


def that_say_published(lines: Sequence[str]) -> list[str]:
    """Those of some lines that have a word that says that a date is of publication."""
    lower = "\n".join(lines).lower()
    words = [word for word in _labels()["published"] if word in lower]
    return [line for line in lines if _holds(words, line.lower())] if words else []


def is_short(line: str) -> bool:
    """Whether a line is not much longer than a date."""
    return len(line) <= DATE_LINE


def is_today(line: str) -> bool:
    """Whether a line may be the day on which the page was saved: sites print its weekday."""
    return not load_weekdays().isdisjoint(re.findall(r"[^\W\d_]+", line.lower()))


def may_say_updated(lines: Sequence[str]) -> bool:
    """Whether `part_words` may give any of some lines a word that says that it was updated."""
    if not lines:
        return False
    # It adds spaces and no letters.
    letters = "\n".join(lines).lower().replace(" ", "")
    return any(map(letters.__contains__, _words_of_updates(ascii_only=letters.isascii())))


@cache
def _words_of_updates(*, ascii_only: bool) -> list[str]:
    """The words without their spaces."""
    words = (_ascii_labels() if ascii_only else _labels())["updated"]
    return [word.replace(" ", "") for word in words]


def day_in_headline(headline: str, language_of: Callable[[str], str | None]) -> str | None:
    """The day in a headline, which joined lines may have left there; no span of days."""
    text = part_words(headline)
    for one in dates_in(text, language_of(text))[:1]:
        if not (_SPAN.search(text, 0, one.start) or text.startswith(("-", "–"), one.end)):
            return one.day
    return None


def day_of_opening(text: str, language_of: Callable[[str], str | None]) -> str | None:
    """The day that the beginning of the first paragraph begins with, alone or behind a place.

    "PARIS, 3 May 2021 (AFP) –", "03.05.2021, 15:30", "(3 May 2021)".
    """
    text = part_words(text)
    for one in dates_in(text, language_of(text))[:1]:
        before, behind = text[: one.start], text[one.end :]
        if one.start <= 2 or (_PLACE.fullmatch(before) and _AFTER_DATELINE.match(behind)):
            return one.day
    return None


def may_be_right(text: str) -> bool:
    """Whether a line has a sign without which it is no copyright line; the patterns are slow."""
    if "©" in text or "版权所有" in text:
        return True
    lower = text.lower()  # "copyr", since i has other forms that a pattern takes for it
    return "(c)" in lower or "copyr" in lower


def day_of_rights(lines: Iterable[str], language_of: Callable[[str], str | None]) -> str | None:
    """The day that a copyright line begins with: "© 3 March 2024 Ann Lee"; a year alone is none.

    Args:
        lines: Lines; none of them is empty.
        language_of: As for `Days`.

    """
    may_be = (line for line in lines if not line[0].isalnum() or line[0] in "Cc版")
    for line in may_be:
        rights = _RIGHTS.match(line) if len(line) <= LONGEST_LINE else None
        rest = part_words(line[rights.end() :]) if rights else ""
        if holds_figure(rest):
            dated = dates_in(rest, language_of(rest))
            if dated and dated[0].start == 0:
                return dated[0].day
    return None
