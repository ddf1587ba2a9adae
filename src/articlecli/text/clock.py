"""The time of day beside a date, with its zone, as ISO 8601 has it.

"3 March 2025, 14:05 CET", "3 mars 2025 à 18h42", "2025年3月3日 14:05", "3. März 2025, 14.05 Uhr",
"3:15 pm, 3 March 2025". Figures with a full stop between them are a time only beside a word that
says so: "14.05" may be a day or a price.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from articlecli.text.patterns import lazy

_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120,
    "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "TRT": 180, "SAST": 120,
    "WAT": 60, "EAT": 180, "PKT": 300, "NPT": 345, "WIB": 420, "ICT": 420, "WITA": 480, "HKT": 480,
    "SGT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540, "WIT": 540, "ACST": 570,
    "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "BRT": -180, "ART": -180,
    "AST": -240, "EDT": -240, "EST": -300, "CDT": -300, "CST": -360, "MDT": -360,
    "MST": -420, "PDT": -420, "PST": -480, "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
"""Minutes ahead of UTC, of zones that mean one thing on pages (those of America as RFC 5322 has
them). "IST" and "BST" mean several and say nothing."""
_ZONE = (
    r"(?:\s?\(?(?:(?:(?:UTC|GMT)\s?|(?=[+−-]\d\d))(?P<ahead>[+−-])\s?(?P<hours>\d{1,2})"
    r"(?::?(?P<minutes>[0-5]\d))?(?![\d.:])"
    rf"|(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})(?!\w)))?"
)
"""Without "UTC" or "GMT" the sign stands at two figures: "14:05 - 3 comments" tells no zone."""
_TIME = (
    r"(?<![\d.:,])(?P<hour>\d{1,2})"
    r"(?:\s?(?P<sign>[:.：h])\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"|\s?[時时點点시]\s?(?:(?P<minute_>[0-5]?\d)\s?[分분])?"
    r"|\s?(?:h|uhr)(?!\w)|(?=\s?[ap]\.?\s?m\b))"
    r"(?![%€]|[:.,]?\d|\s?min)(?:\s?(?P<said>uhr|uur|hrs?|h|น\.)(?!\w))?"
)
_BRIDGE = r"(?:T|[\s,.;:|·•()@/–—-]{{0,4}}(?P<word>(?:(?!{0})[^\W\d_]{{1,6}}\.?:?\s){{0,2}}))"
"""What may stand between a date and its time: signs, and up to two short words ("a las")."""
_BACK = r"[\s,|·•/–—-]{1,4}(?:[^\W\d_]{2,10}\.?,?\s){0,2}$"
_INSIDE = lazy(r"(?<=\s)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?=\s)")
"""Before the year: "Mon Mar 3 14:05:00 2025"."""
_FIGURE = lazy(r"\d")
_LOOKS_TIMED = lazy(r"\d\s?[:：h時时點点시]|\d\.\d\d|\d\s?(?:Uhr|[AaPp]\.?\s?[Mm])")
"""What every line with a time of day has."""
REACH = 40
"""Characters before a date in which its time may stand."""


def time_beside(text: str, start: int, end: int) -> str | None:
    """The time of day that a line has behind a date, inside it or before it.

    Args:
        text: The line, its figures in ASCII.
        start: First character of the date.
        end: The one after its last.

    Returns:
        "14:05:00", or with a zone "14:05:00+01:00" or "14:05:00Z"; `None` where there is none.

    """
    if not looks_timed(text):
        return None
    if inside := _INSIDE.search(text, start, end) if ":" in text[start:end] else None:
        if found := _clock(inside.groupdict()):
            return found
    before = text[max(start - REACH, 0) : start]
    # The patterns are slow, and most dates have no figure beside them.
    follows, precedes = not inside and _FIGURE.search(text, end), _FIGURE.search(before)
    halves = _said_halves(text) if follows or precedes else ()
    match = _behind(halves).match(text, end) if follows else None
    if match and (found := _clock(match.groupdict())):
        return found
    match = _before(halves).search(before) if precedes else None
    return _clock(match.groupdict()) if match else None


def looks_timed(text: str) -> bool:
    """Whether a line may have a time of day, before or after `part_words`."""
    return _LOOKS_TIMED.search(text) is not None


@cache
def _halves() -> tuple[tuple[str, str], ...]:
    """What languages call the halves of a day, the longest first, and each folded."""
    from articlecli.text.ago import half_days

    return tuple((word, _folded(word)) for word in sorted(half_days(), key=len, reverse=True))


@cache
def _ascii_halves() -> tuple[tuple[str, str], ...]:
    """Those that a folded text of ASCII may have."""
    return tuple((word, known) for word, known in _halves() if known.isascii())


def _folded(text: str) -> str:
    """A text in which equal letters are one: all that `re.IGNORECASE` takes for equal, and more."""
    return text.casefold().replace("ı", "i").replace("\u0307", "")


def _said_halves(text: str) -> tuple[str, ...]:
    """Those that a line may have: to compile patterns of all of them takes 7 ms."""
    folded = text.lower() if text.isascii() else _folded(text)
    words = _ascii_halves() if folded.isascii() else _halves()
    return tuple([word for word, known in words if known in folded])


@lru_cache(maxsize=64)
def _behind(halves: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_BRIDGE.format(_half(halves)) + _time(_half(halves)), re.IGNORECASE)


@lru_cache(maxsize=64)
def _before(halves: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_time(_half(halves)) + _BACK, re.IGNORECASE)


def _half(halves: Sequence[str]) -> str:
    return "(?:" + "|".join([*map(re.escape, halves), r"[ap]\.?\s?m\.?"]) + ")"


def _time(half: str) -> str:
    return rf"(?:(?P<early>{half})\s?)?{_TIME}(?:\s?(?P<late>{half})(?!\w))?{_ZONE}"


def _clock(told: dict[str, str | None]) -> str | None:
    hour = int(told["hour"] or 0)
    minute = int(told["minute"] or told.get("minute_") or 0)
    half = told.get("early") or told.get("late") or ""
    if told.get("sign") == "." and not (half or told.get("word") or told.get("said")):
        return None
    if half:
        if not 1 <= hour <= 12 + 12 * bool(told.get("sign")):
            return None
        from articlecli.text.ago import half_days

        after_noon = half_days().get(half.lower(), half[0].lower() == "p")
        hour = hour % 12 + 12 * after_noon if hour <= 12 else hour
    if hour > 23 or minute > 59:
        return None
    return f"{hour:02}:{minute:02}:{told['second'] or '00'}{_zone(told)}"


def _zone(told: dict[str, str | None]) -> str:
    if told.get("ahead"):
        hours, minutes = int(told["hours"] or 0), told["minutes"] or "00"
        return f"{'+' if told['ahead'] == '+' else '-'}{hours:02}:{minutes}" if hours < 15 else ""
    name = (told.get("zone") or "").upper()
    if not name:
        return ""
    ahead = _ZONES[name]
    sign, size = "-" if ahead < 0 else "+", abs(ahead)
    return f"{sign}{size // 60:02}:{size % 60:02}" if ahead else "Z"
