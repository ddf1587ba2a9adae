"""Words of dates of some seventy languages, from CLDR: `data/calendar.txt`, `data/ago.txt`.

    python -m lab.make.months

Needs Babel, which carries CLDR's data. A line of the first is a language, its twelve months (forms
separated by "/") and, last, its weekdays; of the second, what it calls the halves of a day, today,
yesterday and the day before, and how it says "3 minutes ago", hours and days, the number as "#".
Where a language says a number with no figure, the number and "=" stand before it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

LANGUAGES = """
af am ar ar_DZ ar_LB ar_MA az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he
hi hr hu hy id is it ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl pa pl pt ro ru si sk sl
sq sr sr_Latn sv sw ta te th tr uk ur uz vi
""".split()
NUMBERED = ("ja", "zh", "zh_Hant")
"""Languages whose months are numbers."""
DATA = Path(__file__).resolve().parents[2] / "src/articlecli/data"
HEAD = "# Made by lab/make/months.py from CLDR (Unicode License); do not edit."
UNITS = ("minute", "hour", "day")
ALONE = {"zero": 0, "one": 1, "two": 2}
"""Numbers that some languages say with no figure."""
MORE = {"en": {"minute": ("# mins ago", "1=a minute ago"), "day": ("1=a day ago",),
               "hour": ("# hrs ago", "1=an hour ago")}}  # fmt: skip
"""What sites write too."""
PREFIXES = {"he": "ב"}
"""Written before a month's name and joined to it: "in March"."""


def names(language: str) -> tuple[list[str], list[str]]:
    """Months and weekdays of a language, all their forms, lower-cased and without dots."""
    from babel import Locale

    locale = Locale.parse(language)

    def forms(table: Any, keys: range) -> list[str]:
        found = []
        for key in keys:
            texts = [
                table[context][width][key].lower().replace(".", "").strip("׳'’")
                for context in ("format", "stand-alone")
                for width in ("wide", "abbreviated")
            ]
            prefix = PREFIXES.get(language)
            texts += [prefix + text for text in texts if prefix]
            kept = [text for text in dict.fromkeys(texts) if len(text) > 1 and text.isprintable()]
            found.append(
                "/".join(
                    text
                    for text in kept
                    if (" " not in text or language == "ar_LB") and not text[0].isdigit()
                )
            )
        return found

    return forms(locale.months, range(1, 13)), forms(locale.days, range(7))


def _half_days(data: Any) -> Iterator[tuple[str, str]]:
    """Halves of the day ("am" or "pm") and what a language calls them; no single Latin letter."""
    for widths in data["day_periods"].values():
        for told in widths.values():
            for half in ("am", "pm"):
                name = told.get(half, "").lower()
                if len(name.strip(".")) > 1 or not name.isascii():
                    yield half, name


def _past(data: Any, unit: str) -> Iterator[str]:
    """How a language says that something was so many of a unit ago."""
    for width in ("", "-short", "-narrow"):
        for number, told in data["date_fields"][unit + width].get("past", {}).items():
            text = told.replace("({0})", "").lower().replace(".", "").strip()
            if text.startswith("-"):
                continue  # "-3 h" is no word of anybody's
            if "{0}" in text:
                yield text.replace("{0}", "#")
            elif number in ALONE:
                yield f"{ALONE[number]}={text}"


def ago(language: str) -> str:
    """A language's line of `ago.txt`, without its name."""
    from babel.localedata import LocaleDataDict, load

    data = LocaleDataDict(load(language))
    halves = list(_half_days(data))
    cells = [[name for half, name in halves if half == wanted] for wanted in ("am", "pm")]
    told = data["date_fields"]["day"]["relative"]
    cells += [[told[back].lower()] if back in told else [] for back in (0, -1, -2)]
    cells += [[*_past(data, unit), *MORE.get(language, {}).get(unit, ())] for unit in UNITS]
    return " | ".join(
        "/".join(" ".join(form.split()) for form in dict.fromkeys(cell)) for cell in cells
    )


def main() -> None:
    """Write the files."""
    months, past = [HEAD], [HEAD]
    for language in (*LANGUAGES, *NUMBERED):
        code = language.partition("_")[0]
        forms, days = names(language)
        if all(forms) and language not in NUMBERED:
            months.append(f"{code}: {' | '.join(forms)} | {'/'.join(filter(None, days))}")
        past.append(f"{code}: {ago(language)}")
    for name, lines in (("calendar.txt", months), ("ago.txt", past)):
        (DATA / name).write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
