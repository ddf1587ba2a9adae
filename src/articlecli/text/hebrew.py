"""Dates of the Hebrew calendar: "כ״ה באדר תשפ״ה".

The arithmetic is that of Reingold and Dershowitz, *Calendrical Calculations*. A day is the one on
which it is light: it begins at sunset before.
"""

from datetime import date

from articlecli.text.patterns import lazy

_EPOCH = -1373427
"""Ordinal of the day before the first of Tishri of the year 1."""
_VALUES = {
    **dict(zip("אבגדהוזחט", range(1, 10), strict=True)),
    **dict(zip("יכלמנסעפצ", range(10, 100, 10), strict=True)),
    **dict(zip("קרשת", range(100, 500, 100), strict=True)),
    **dict(zip("ךםןףץ", (20, 40, 50, 80, 90), strict=True)),
}
_MONTHS = {
    "תשרי": 0, "חשוון": 1, "חשון": 1, "מרחשוון": 1, "מרחשון": 1, "כסלו": 2, "כסליו": 2, "טבת": 3,
    "שבט": 4, "אדר": 6, "אדר א": 5, "אדר ב": 6, "ניסן": 7, "אייר": 8, "איר": 8, "סיוון": 9,
    "סיון": 9, "תמוז": 10, "אב": 11, "מנחם אב": 11, "אלול": 12,
}  # fmt: skip
"""Months as they are counted from Tishri, the first Adar of long years as the sixth."""
_QUOTE = r"[\"'״׳’”]{1,2}"
_DATE = lazy(
    rf"(?<![א-ת])([א-ל]|[יכ]{_QUOTE}[א-ט]|ט{_QUOTE}[וז]|ל)(?:{_QUOTE})?\s+(?:ב|ל)?-?"
    rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?:{_QUOTE})?,?\s+"
    rf"(?:ה{_QUOTE}\s?)?(ת[ק-ת][א-ת]?{_QUOTE}[א-ת]|ת[ק-ת]{_QUOTE}|ת{_QUOTE}ת)(?![א-ת])"
)


def find_hebrew(text: str) -> tuple[int, int, str] | None:
    """Where the first Hebrew date of a text begins and ends, and its day in ISO 8601."""
    for found in _DATE.finditer(text):
        day, month, year = _number(found[1]), _MONTHS[found[2]], 5000 + _number(found[3])
        if told := _day(year, month, day):
            return found.start(), found.end(), told
    return None


def _number(letters: str) -> int:
    return sum(_VALUES.get(letter, 0) for letter in letters)


def _day(year: int, month: int, day: int) -> str | None:
    """A day, its month counted from 0 as `_MONTHS` counts; `None` where there is none such."""
    first, length = _new_year(year), _new_year(year + 1) - _new_year(year)
    long = length > 380
    if month == 5 and not long:
        month = 6  # a year with one Adar has no first
    lengths = [30, 29 + (length % 10 == 5), 30 - (length % 10 == 3), 29, 30, 30 * long,
               29, 30, 29, 30, 29, 30, 29]  # fmt: skip
    if not 1 <= day <= lengths[month]:
        return None
    return date.fromordinal(first + sum(lengths[:month]) + day - 1).isoformat()


def _new_year(year: int) -> int:
    """Ordinal of the first of Tishri."""
    before, own, after = map(_elapsed, (year - 1, year, year + 1))
    late = 2 if after - own == 356 else 1 if own - before == 382 else 0
    return _EPOCH + own + late


def _elapsed(year: int) -> int:
    """Days from the first year to the new moon of a year, one more where the day may be none."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + (3 * (days + 1) % 7 < 3)
