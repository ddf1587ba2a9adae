"""Names of months and weekdays, and years that are counted otherwise than from Christ's birth.

The Islamic calendar is left out: a date of it is one of two or three days, by the country in which
it is written. Where one stands beside a date counted from Christ's birth, as most do, that is read.
"""

import re
from datetime import date, timedelta
from functools import cache

from articlecli.data import read_data
from articlecli.text.lexicon import words_by_language
from articlecli.text.patterns import lazy

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""Year before the first of an era."""
_ERA = lazy(rf"({'|'.join(_ERAS)})\s?(元|\d{{1,3}})\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日")
BUDDHIST = 543
"""Years by which the Buddhist era, in use in Thailand, is ahead."""
_THAI = lazy(r"(\d{1,2})\s*([ก-ฮ][ก-๎.]*)\s*(?:พ\.?ศ\.?\s*)?(2[45]\d\d|20\d\d|\d\d)(?!\d)")
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_PERSIAN = lazy(rf"(\d{{1,2}})\s+({'|'.join(_PERSIAN_MONTHS)})(?:\s+ماه)?\s+(1[34]\d\d)(?!\d)")
_PERSIAN_FIGURES = lazy(r"(?<!\d)(13[6-9]\d|140\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)", needs="/-")
"""No later years: 1411 to 1450 are years of the Islamic calendar, from 1990 to 2029."""
_VIETNAMESE_MONTHS = "một hai ba tư năm sáu bảy tám chín mười".split()
_VIETNAMESE = lazy(
    r"(?i)(\d{1,2})\s+tháng\s+(mười một|mười hai|giêng|\d{1,2}|[^\W\d_]+),?\s+(?:năm\s+)?(20\d\d)"
)


@cache
def _calendar() -> dict[str, tuple[list[str], str]]:
    """Language → forms of its months, and all of its weekdays, from CLDR."""
    found: dict[str, tuple[list[str], str]] = {}
    for line in read_data("calendar.txt").decode().splitlines()[1:]:
        language, _, names = line.partition(": ")
        *months, days = names.split(" | ")
        if language in found:  # a language in two scripts has two lines
            months = [f"{a}/{b}" for a, b in zip(found[language][0], months, strict=True)]
            days = f"{found[language][1]}/{days}"
        found[language] = months, days
    return found


@cache
def load_months(language: str = "") -> dict[str, int]:
    """Month name, lower-cased → 1–12; by default all languages together, those listed first."""
    months: dict[str, int] = {}
    listed = {code: list(names) for code, names in words_by_language("months").items()}
    for table in (listed, {code: names for code, (names, _) in _calendar().items()}):
        for code, names in table.items():
            if code == language or not language:
                for number, forms in enumerate(names, 1):
                    for form in forms.split("/"):
                        months.setdefault(form, number)
    return months


def month_number(name: str, language: str | None) -> int | None:
    """A month's number, its name read in the page's language before all others."""
    name = name.lower().rstrip("׳'’")
    own = load_months(language.partition("-")[0]).get(name) if language else None
    return own or load_months().get(name)


@cache
def load_weekdays() -> frozenset[str]:
    """Names of weekdays, lower-cased, all languages together."""
    return frozenset(day for _, days in _calendar().values() for day in days.split("/") if day)


def find_elsewhere(text: str) -> tuple[int, int, str] | None:
    """The first date of the Japanese, Thai, Persian, Vietnamese or Hebrew way of writing.

    Returns:
        Where it begins and ends, and its day in ISO 8601.

    """
    if text.isascii():
        figures = _PERSIAN_FIGURES.fullmatch(text.strip())
        return _at(figures, _persian(*map(int, figures.groups()))) if figures else None
    if era := _ERA.search(text):
        year = _ERAS[era[1]] + (1 if era[2] == "元" else int(era[2]))
        return _at(era, _day(year, int(era[3]), int(era[4])))
    for thai in _THAI.finditer(text):
        if month := load_months("th").get(thai[2].replace(".", "")):
            year = int(thai[3])
            year += 2500 if year < 100 else 0
            return _at(thai, _day(year - BUDDHIST if year > 2400 else year, month, int(thai[1])))
    if persian := _PERSIAN.search(text):
        month = _PERSIAN_MONTHS.index(persian[2]) + 1
        return _at(persian, _persian(int(persian[3]), month, int(persian[1])))
    if "\u0600" <= max(text) <= "\u06ff" and (figures := _PERSIAN_FIGURES.search(text)):
        return _at(figures, _persian(*map(int, figures.groups())))
    if viet := _VIETNAMESE.search(text):
        return _at(viet, _day(int(viet[3]), _vietnamese(viet[2].lower()), int(viet[1])))
    if max(text) < "\u05d0":
        return None
    from articlecli.text.hebrew import find_hebrew

    return find_hebrew(text)


def _at(found: re.Match[str], day: str | None) -> tuple[int, int, str] | None:
    return (*found.span(), day) if day else None


def _vietnamese(name: str) -> int:
    if name.isdigit():
        return int(name)
    special = {"mười một": 11, "mười hai": 12, "giêng": 1}
    known = name in _VIETNAMESE_MONTHS
    return special.get(name) or (_VIETNAMESE_MONTHS.index(name) + 1 if known else 0)


def _persian(year: int, month: int, day: int) -> str | None:
    """A day of the Persian solar calendar; leap years by its cycle of 33 years."""
    if not (1 <= month <= 12 and 1 <= day <= 31 - (month > 6)):
        return None
    days = 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    # The first of 1400 was 21 March 2021; years 1, 5, 9, 13, 17, 22, 26, 30 of a cycle are long.
    leaps = sum(
        (y % 33) in (1, 5, 9, 13, 17, 22, 26, 30) for y in range(min(year, 1400), max(year, 1400))
    )
    away = 365 * (year - 1400) + (leaps if year >= 1400 else -leaps)
    return (date(2021, 3, 21) + timedelta(days=away + days)).isoformat()


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
