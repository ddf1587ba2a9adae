"""Month and weekday names of some seventy languages, from CLDR: `data/calendar.txt`.

    python -m lab.make.months

Needs Babel, which carries CLDR's data. A line is a language, its twelve months (forms separated
by "/") and, last, its weekdays.
"""

from pathlib import Path
from typing import Any

LANGUAGES = """
af am ar ar_DZ ar_LB ar_MA az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he
hi hr hu hy id is it ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl pa pl pt ro ru si sk sl
sq sr sr_Latn sv sw ta te th tr uk ur uz vi
""".split()
FILE = Path(__file__).resolve().parents[2] / "src/articlecli/data/calendar.txt"
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


def main() -> None:
    """Write the file."""
    lines = ["# Made by lab/make/months.py from CLDR (Unicode License); do not edit."]
    for language in LANGUAGES:
        months, days = names(language)
        if all(months):
            code = language.partition("_")[0]
            lines.append(f"{code}: {' | '.join(months)} | {'/'.join(filter(None, days))}")
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
