"""The day in a date line, in many languages, as an ISO date."""

import re
from datetime import date
from itertools import compress
from typing import NamedTuple

from articlecli.text.calendars import find_elsewhere, load_months, month_number
from articlecli.text.figures import holds_figure
from articlecli.text.patterns import lazy

EARLIEST = 1990
"""Year of the first web pages: an earlier date is not when a page was published."""
LATEST = 2099

_YEAR = r"(?:19|20)\d\d"
_YEAR_END = r"(?:(?!\d)|(?=\d{1,2}(?::\d|\.?\s?[^\W\d_])))"
"""What follows a year: a time of day, or another date, may be glued to it: "May 3, 20216:01 PM"."""
_ISO = lazy(rf"(?<!\d)({_YEAR})(?:[-/.]|\.\s)(\d{{1,2}})(?:[-/.]|\.\s)(\d{{1,2}})(?!\d)")
_CJK = lazy(rf"({_YEAR})\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]?")
_NUMERIC = lazy(
    rf"(?<![\d./-])(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?({_YEAR}|\d\d)"
    r"(?!\d|\w*:|[/]|[.-]\d(?!\d?:\d))"
)
_MAY_BE_NUMERIC = lazy(r"\d(?<![\d./-].)\d?\s?([-/.])\s?\d\d?\s?\1\s?\d")
"""How it begins. This one begins with a class of characters, and is found much faster."""
_JOINED = lazy(r"\d\s?[-/.]\s?\d")
"""What a date of figures has, the year first or last."""
_THREE = lazy(r"\d\D*\d\D*\d")
_NAME = r"([^\W\d_][^\s\d.,;:/()|·•–—_-]*(?:\s(?:الثاني|الأول))?)"
"""A month's name; in the Levant some have two words."""
_AGE = rf"({_YEAR}|['’]\d\d){_YEAR_END}"
_DAY_FIRST = lazy(
    rf"(?i)(?<![\d.])(\d{{1,2}})(?:er|st|nd|rd|th|\.|º|°)?[\s/-]*(?:of\s+|de\s+|d')?{_NAME}(?:\s?/\s?[ء-ي]+(?:\s[ء-ي]+)?)?[.,]*[\s/-]*(?:de\s+|del\s+)?{_AGE}"
)
_DAY_SHORT = lazy(rf"(?i)(?<![\d.])(\d{{1,2}})([./-])\s?{_NAME}\2(\d\d)(?!\d)")
_MONTH_FIRST = lazy(
    rf"(?i)(?<![^\W\d_]){_NAME}[.,]?\s*(?:the\s+)?(\d{{1,2}})(?:(?:st|nd|rd|th)[.,]?\s*|[.,]\s*|\s+)(?:\d{{1,2}}:\d\d(?::\d\d)?\s+)?{_AGE}"
)
_YEAR_FIRST = lazy(rf"(?i)\b({_YEAR})\.?\s+(?:m\.\s+)?{_NAME}\.?\s+(\d{{1,2}})\b")
_YEAR_DAY = lazy(rf"(?i)\b({_YEAR})\.\s+gada\s+(\d{{1,2}})\.\s+{_NAME}")
_NAMED = (
    (_DAY_FIRST, 3, 2, 1),
    (_MONTH_FIRST, 3, 1, 2),
    (_DAY_SHORT, 4, 3, 1),
    (_YEAR_FIRST, 1, 2, 3),
    (_YEAR_DAY, 1, 3, 2),
)
"""Patterns of dates with a month's name, and the groups of year, month and day."""
_SHORT = lazy(r"(?<!\d)\d\d?(?!\d)(\D*)")
"""A number that may be a day, and what stands between it and the next number."""
_HINT = lazy(
    rf"{_YEAR}{_YEAR_END}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2}}|[年년]|['’]\d\d(?!\w)"
    r"|\d[./-]\s?[^\W\d_]{3,9}[./-]\d\d(?!\d)"
    r"|[^\x00-\x7f]\.?\s?(?:25[3-9]\d|1[34]\d\d)(?!\d)|[ก-ฮ].?\s\d\d(?!\d)"
    r"|\sה?[\"'״׳]?ת[ק-ת][א-ת]?[\"'״׳’”]"
)
_HINT_OF_ASCII = lazy(
    rf"[\d'](?:(?:(?<=1)9|(?<=2)0)\d\d{_YEAR_END}|(?<=\d)\d?[./-]\d{{1,2}}[./-]\d{{2}}"
    r"|(?<=')\d\d(?!\w)|(?<=\d)[./-]\s?[^\W\d_]{3,9}[./-]\d\d(?!\d))"
)
"""The same for a line of ASCII. It begins with a class of characters, and is found in a third of
the time."""
_GLUED = lazy(
    rf"(?<=[./\s-]{_YEAR})(?=\d{{1,2}}(?:[./-]\d|\.?\s[^\W\d_]|:\d\d))"
    r"|(?<=[a-zß-öø-ÿ])(?=[A-Z][A-Za-z]{2})"
)
"""Between dates and words that lost their space: "30.01.202430. Januar 2024", "LeeMay 3, 2024"."""
_MAY_BE_GLUED = lazy(r"[\dA-Z](?:(?<=\d)\d{4}|(?<=[a-zß-öø-ÿ][A-Z])[A-Za-z]{2})")
"""What stands at each such place. It begins with a class of characters, and is found several times
as fast; most lines have none."""
_DECLARED = lazy(rf"({_YEAR})-(\d\d)-(\d\d)(?!\d)")
"""How most declared dates begin: no other pattern finds one that begins there."""
_COMPACT = lazy(r"\W*(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\W*")
"""A line that is eight figures: "20240312"."""
_IN_ADDRESS = lazy(
    rf"(?<!\d)({_YEAR})([/_-])(\d{{1,2}}|[a-z]{{3,9}})\2(\d{{1,2}})(?!\d)"
    r"|(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(\d\d)-(\d\d)-(20[0-4]\d)(?!\d)"
)
"""2024/03/12, 2024/mar/12; 20240312; 12-03-2024."""
_YEAR_LEADS = frozenset(("zh", "ja", "ko", "hu", "sv", "lt"))
"""Languages that write the year first also where it has two figures: "24-03-12"."""
_SIGNS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９"
_FIGURES = {ord(sign): str(i % 10) for i, sign in enumerate(_SIGNS)}
_OTHER_FIGURES = lazy(f"[{_SIGNS}]")


_MONTH_FIRST_REGIONS = frozenset(("us", "ph", "ca", "pr", "gu", "as", "vi", "um", "mp"))
"""Regions whose English writes the month first: the United States, what belongs to them, and
neighbours that mix both. By common use; not taken from a table."""


def month_first(language: str | None) -> bool:
    """Whether numeric dates of a language begin with the month: `en` and `en-us`, not `en-gb`."""
    code, _, region = (language or "").lower().replace("_", "-").partition("-")
    return code == "en" and (not region or region in _MONTH_FIRST_REGIONS)


def looks_dated(text: str) -> bool:
    """Whether a line holds something like a full date."""
    if text.isascii():
        return _HINT_OF_ASCII.search(text) is not None
    return holds_figure(text) and _HINT.search(plain_figures(text)) is not None


def plain_figures(text: str) -> str:
    """A text with Arabic, Persian, Indian, Thai and wide figures as ASCII; its length stays."""
    if text.isascii() or not _OTHER_FIGURES.search(text):
        return text
    return text.translate(_FIGURES)


def find_date(text: str, language: str | None) -> str | None:
    """The first full date in a line.

    Month names come from `data/languages/` and from CLDR.

    Args:
        text: A line, such as "Publié le 29 novembre 2017 à 18h32".
        language: ISO 639-1 code, with a region where one is known (`en-gb`); decides whether
            03/04/2020 is in March (English of the United States, or of no known region) or April.

    Returns:
        ISO 8601 date, or `None` where there is none, or none between 1990 and 2099.

    """
    if day := iso_start(text) or compact_day(text):
        return day
    dated = all_dates(part_words(text), language) if looks_dated(text) else ()
    return dated[0].day if dated else None


def iso_start(text: str) -> str | None:
    """The day that a text begins with as ISO 8601 has it: no other is read there."""
    declared = _DECLARED.match(text) if text[4:5] == "-" else None
    return iso_day(int(declared[1]), int(declared[2]), int(declared[3])) if declared else None


def compact_day(text: str) -> str | None:
    """The day of a line that is its eight figures, with no other letter or figure beside them."""
    eight = sum(map(str.isalnum, text)) == 8
    compact = _COMPACT.fullmatch(plain_figures(text)) if eight else None
    return iso_day(int(compact[1]), int(compact[2]), int(compact[3])) if compact else None


def may_be_figures(text: str) -> bool:
    """Whether a line, as `part_words` gives it, may have a date that `_NUMERIC` finds."""
    joined = text.count("/") > 1 or text.count("-") > 1 or text.count(".") > 1
    return joined and _MAY_BE_NUMERIC.search(text) is not None


def has_three_figures(text: str) -> bool:
    """Whether a text has three figures, as all dates have that `dates_in` finds."""
    return _THREE.search(text) is not None


def all_dates(text: str, language: str | None) -> list["Dated"]:
    """The dates of a line as `dates_in` has them, else the first that is counted otherwise."""
    if dated := dates_in(text, language):
        return dated
    other = find_elsewhere(text)
    return [Dated(*other)] if other and EARLIEST <= int(other[2][:4]) <= LATEST else []


class Dated(NamedTuple):
    """A date in a line."""

    start: int
    """Of its characters in the line as `part_words` gives it."""
    end: int
    day: str
    """ISO 8601."""


def dates_in(text: str, language: str | None) -> list[Dated]:
    """The full dates of a line in the order in which they stand; years as Christ's birth has them.

    Args:
        text: A line as `part_words` gives it.
        language: As for `find_date`.

    """
    found: list[Dated] = []
    if not has_three_figures(text):
        return found
    whole = "19" in text or "20" in text
    joined = _JOINED.search(text) is not None
    # A pattern is asked only of a line that has the signs without which it finds nothing.
    if whole:
        cjk = "年" in text or "년" in text
        found = [
            Dated(*near.span(), day)
            for pattern in (_ISO,) * joined + (_CJK,) * cjk
            for near in pattern.finditer(text)
            if (day := iso_day(int(near[1]), int(near[2]), int(near[3])))
        ]
    for pattern, year, month, day_ in compress(_NAMED, _may_have(text)):
        for near in pattern.finditer(text):
            number = month_number(near[month], language)
            if number and (day := iso_day(whole_year(near[year]), number, int(near[day_]))):
                found.append(Dated(*near.span(), day))
    if joined:
        found += [
            Dated(*near.span(), day)
            for near in _NUMERIC.finditer(text)
            if (day := _of_figures(near, language))
        ]
    if len(found) < 2:
        return found
    out: list[Dated] = []
    for dated in sorted(found, key=lambda dated: (dated.start, -dated.end)):
        if not out or dated.start >= out[-1].end:
            out.append(dated)
    return out


def _may_have(text: str) -> tuple[bool, ...]:
    """Which patterns of `_NAMED` a line may have: most have none, and they are slow.

    A day is a number of one or two figures. Letters stand between it and the year, or none but
    those of "2nd"; or it stands behind the year.
    """
    whole = "19" in text or "20" in text
    if not (whole or "'" in text or "’" in text or "-" in text or "/" in text or "." in text):
        return ()
    days = list(_SHORT.finditer(text))
    if not days:
        return ()
    between = [day[1] for day in days if day.end() < len(text)]
    letters = [gap for gap in between if not gap.isspace() and any(map(str.isalnum, gap))]
    last = days[-1].start()
    behind = whole and (text.find("19", 0, last) >= 0 or text.find("20", 0, last) >= 0)
    return (
        bool(letters),
        len(letters) < len(between)
        or any(all(c in "stndrh" for c in gap.casefold() if c.isalnum()) for gap in letters),
        any(gap[0] in "./-" for gap in letters),
        behind,
        behind and "gada" in text.lower(),
    )


def part_words(text: str) -> str:
    """A line with its figures as ASCII, and spaces between words that lost them."""
    text = plain_figures(text)
    return _GLUED.sub(" ", text) if _MAY_BE_GLUED.search(text) else text


def whole_year(year: str) -> int:
    """A year of two figures with its century."""
    number = int(year.lstrip("'’"))
    return number + (0 if number > 99 else 1900 if number >= EARLIEST % 100 else 2000)


def _of_figures(numeric: re.Match[str], language: str | None) -> str | None:
    first, second, year = int(numeric[1]), int(numeric[3]), whole_year(numeric[4])
    if len(numeric[4]) == 2 and numeric[2] == "-" and (language or "")[:2] in _YEAR_LEADS:
        return iso_day(whole_year(numeric[1]), second, int(numeric[4]))
    # With dots the day comes first, but where a region or the page's other dates say otherwise.
    dotted = numeric[2] == "." and language == "en"
    if month_first(language) and not dotted and first <= 12:
        return iso_day(year, first, second)
    return _day_or_month_first(year, first, second)


def date_in_address(address: str) -> str | None:
    """The day in the path of an address, ISO 8601; `None` for one that may be another day too."""
    if not holds_figure(address):
        return None
    path = re.split(r"[?#]", address.partition("://")[2].partition("/")[2], maxsplit=1)[0]
    for found in _IN_ADDRESS.finditer(path.lower()):
        year, _, month, day, *plain, first, second, last = found.groups()
        if year:
            number = int(month) if month.isdigit() else month_number(month, "en") or 0
            told = iso_day(int(year), number, int(day))
        elif last:
            sure = first == second or max(first, second) > "12"
            told = _day_or_month_first(int(last), int(first), int(second)) if sure else None
        else:
            told = iso_day(*map(int, plain))
        if told:
            return told
    return None


def _day_or_month_first(year: int, first: int, second: int) -> str | None:
    return iso_day(year, second, first) or iso_day(year, first, second)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where full dates stand in a text, a time of day behind one included."""
    if not looks_dated(text):
        return []
    months = load_months()
    found = []
    for pattern in (_ISO, _CJK, _NUMERIC):
        found += [match.span() for match in pattern.finditer(text)]
    for pattern, _, month, _ in _NAMED:
        for match in pattern.finditer(text):
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


def iso_day(year: int, month: int, day: int) -> str | None:
    """A day, ISO 8601; `None` where there is none such, or none between `EARLIEST` and `LATEST`."""
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
