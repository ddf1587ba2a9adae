"""The day in a date line, in many languages, as an ISO date."""

import re
from datetime import date
from functools import cache

from articlecli.text.lexicon import words_by_language

EARLIEST = 1990
"""Year of the first web pages: an earlier date is not when a page was published."""
LATEST = 2099

_YEAR = r"(?:19|20)\d\d"
_ISO = rf"\b({_YEAR})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)"
_CJK = rf"({_YEAR})\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]?"
_NUMERIC = (
    rf"(?<![\d./-])(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?({_YEAR}|\d\d)\b(?![:/]|[.-]\d)"
)
_DAY_FIRST = rf"(?i)\b(\d{{1,2}})(?:er|st|nd|rd|th|\.|º|°)?[\s-]+(?:of\s+|de\s+|d')?([^\W\d_]+)\.?,?[\s-]+(?:de\s+|del\s+)?({_YEAR})\b"  # noqa: E501
_MONTH_FIRST = rf"(?i)\b([^\W\d_]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+({_YEAR})\b"
_YEAR_FIRST = rf"(?i)\b({_YEAR})\.?\s+([^\W\d_]+)\.?\s+(\d{{1,2}})\b"
_HINT = rf"\b{_YEAR}\b|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2}}|[年년]"


_MONTH_FIRST_REGIONS = frozenset(("us", "ph", "ca", "pr", "gu", "as", "vi", "um", "mp"))
"""Regions whose English writes the month first: the United States, what belongs to them, and
neighbours that mix both. By common use; not taken from a table."""
_DAY_FIRST_HOSTS = frozenset(
    ("uk", "au", "nz", "ie", "in", "za", "ng", "ke", "gh", "sg", "my", "hk", "mt", "pk", "eu")
)
"""Ends of hosts whose English pages write the day first."""


def month_first(language: str | None) -> bool:
    """Whether numeric dates of a language begin with the month: `en` and `en-us`, not `en-gb`."""
    code, _, region = (language or "").lower().replace("_", "-").partition("-")
    return code == "en" and (not region or region in _MONTH_FIRST_REGIONS)


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


def looks_dated(text: str) -> bool:
    """Whether a line holds something like a full date."""
    return re.search(_HINT, text) is not None


def find_date(text: str, language: str | None) -> str | None:
    """The first full date in a line.

    Month names come from `data/languages/`; a line that looks dated and fits no order
    is handed to htmldate, whose import alone costs more than a whole page does here (130 ms).

    Args:
        text: A line, such as "Publié le 29 novembre 2017 à 18h32".
        language: ISO 639-1 code, with a region where one is known (`en-gb`); decides whether
            03/04/2020 is in March (English of the United States, or of no known region) or April.

    Returns:
        ISO 8601 date, or `None` where there is none, or none between 1990 and 2099.

    """
    if not looks_dated(text):
        return None
    for pattern in (_ISO, _CJK):
        for near in re.finditer(pattern, text):
            if found := _iso(int(near[1]), int(near[2]), int(near[3])):
                return found
    months = load_months()
    for pattern, year, month, day in (
        (_DAY_FIRST, 3, 2, 1),
        (_MONTH_FIRST, 3, 1, 2),
        (_YEAR_FIRST, 1, 2, 3),
    ):
        for match in re.finditer(pattern, text):
            number = months.get(match[month].lower())
            if number and (found := _iso(int(match[year]), number, int(match[day]))):
                return found
    if numeric := re.search(_NUMERIC, text):
        first, second, year_number = int(numeric[1]), int(numeric[2]), int(numeric[3])
        if year_number < 100:
            year_number += 2000
        if month_first(language) and first <= 12:
            return _iso(year_number, first, second)
        return _iso(year_number, second, first) or _iso(year_number, first, second)
    return _by_library(text)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where full dates stand in a text, a time of day behind one included."""
    months = load_months()
    found = []
    for pattern in (_ISO, _CJK, _NUMERIC):
        found += [match.span() for match in re.finditer(pattern, text)]
    for pattern, month in ((_DAY_FIRST, 2), (_MONTH_FIRST, 1), (_YEAR_FIRST, 2)):
        for match in re.finditer(pattern, text):
            if match[month].lower() in months:
                found.append(match.span())
    out: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not out or start >= out[-1][1]:
            out.append((start, end + len(_time(text[end:]))))
    return out


def _time(rest: str) -> str:
    match = re.match(r"(?:\s?[,|·–-]?\s?\d{1,2}[:h.]\d{2}\b)?", rest)
    return match[0] if match else ""


@cache
def load_months() -> dict[str, int]:
    """Month name, lower-cased → 1–12, all languages together."""
    months: dict[str, int] = {}
    for names in words_by_language("months").values():
        for number, forms in enumerate(names, 1):
            months.update(dict.fromkeys(forms.split("/"), number))
    return months


def _by_library(text: str) -> str | None:
    # htmldate makes days up for a month alone, today's for some of them.
    numbers = len(re.findall(r"\d+", text))
    named = re.search(r"[^\W\d_]{3,}", text) is not None
    if not re.search(_YEAR, text) or numbers + named < 3 or numbers < 2 or len(text) > 120:
        return None
    from datetime import datetime

    from htmldate.extractors import try_date_expr  # semi-internal: tests/test_dates.py holds it

    found: str | None = try_date_expr(
        text, "%Y-%m-%d", False, datetime(EARLIEST, 1, 1), datetime(LATEST, 12, 31)
    )
    return found


def _iso(year: int, month: int, day: int) -> str | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
