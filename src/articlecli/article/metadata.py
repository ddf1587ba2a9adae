"""Byline and date of the story, from the lines that are its meta."""

import re
from collections.abc import Sequence

from articlecli.article.dates import find_date

_BY = re.compile(
    r"^(?:(?:texte?|propos recueillis|rédigé|écrit|publié|article|un article|posté|written|posted|"
    r"reported|reporting|words|story|geschrieben|verfasst|escrito|publicado|scritto|a cura|"
    r"tekst|opracowa[łn]\w*)\s+)?"
    r"(?:par|by|von|por|di|da|autor(?:a|in|ka|zy)?|auteure?|author|автор\w*|текст|από|"
    r"γράφ(?:ει|ουν)(?:\s+[οη])?|της|του|συντάκτης|av|af|door|kirjoittaja|yazan|作者|记者|文|撰文)"
    r"(?:\s*[:：/]\s*|\s+)(?P<name>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ALONE = re.compile(
    r"^(?:par|by|von|por|di|autor(?:a|in|ka)?|auteure?|author|автор|written by|от)\s*:?$", re.IGNORECASE
)
_CJK = re.compile(r"(?:记者|作者|撰文|文/|文／|編輯|记者[:：])\s*[:：/]?\s*([\u4e00-\u9fff·]{2,4})(?![\u4e00-\u9fff])")
_UPDATED = re.compile(
    r"mis(?:e)? à jour|modifié|updated|modified|aktualisiert|actualizado|aggiornat|atualizad|"
    r"aktualizac|обновл|изменен|ενημερ|更新",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:[|•·(\[/]|\s[-–—]\s|,?\s+(?:le|on|am|el|il|em|dnia|vom|in|für|pour|for|à|at)\s+(?=\d|\w)|"
    r",?\s*\d|\bpublié|\bpublished|\bupdated|\bmis à jour|\bveröffentlicht).*$",
    re.IGNORECASE | re.DOTALL,
)
_ROLE = re.compile(
    r",\s*(?:[^,]*\b(?:journaliste|correspondant\w*|rédact\w+|reporter|correspondent|editor|writer|"
    r"redakt\w+|periodista|redactor\w*|giornalista|jornalista|dziennikar\w+|staff|avec \w+|"
    r"chef|philosophe|professeur\w*|profess\w+|senior|news|political)\b.*)$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|;|&|\s(?:et|and|und|y|e|i|и|και|en|og|och|avec|with)\s)\s*", re.IGNORECASE)
_PARTICLES = frozenset("de da di du del della von van der den le la el al bin ibn dos das des y".split())


def find_byline(lines: Sequence[str]) -> str | None:
    """Names of the authors.

    Args:
        lines: The story's meta lines in page order.

    Returns:
        Names joined by ", ", without "By", role or date; `None` where no line names an author.
    """
    for i, line in enumerate(lines):
        if match := _CJK.search(line):
            return match[1]
        if match := _BY.match(line):
            if names := _names(match["name"]):
                return names
        if _ALONE.match(line) and i + 1 < len(lines) and (names := _names(lines[i + 1])):
            return names
    for i, line in enumerate(lines):
        # A name on a line of its own counts where a date or a role follows it or stands before it.
        near = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
        if any(char.isdigit() for other in near for char in other) and _is_person(line):
            return line
    return None


def find_published(lines: Sequence[str], language: str | None) -> str | None:
    """Date of publication.

    Args:
        lines: The story's meta lines in page order.
        language: ISO 639-1 code of the story, for the order of numeric dates.

    Returns:
        ISO 8601 date of the first line that has one, lines that speak of an update last.
    """
    updated = None
    for line in lines:
        if len(line) > 200:
            continue
        if match := _UPDATED.search(line):
            # "Published 3 May, updated 5 May": what stands before the word is the first date.
            if found := find_date(line[: match.start()], language):
                return found
            updated = updated or find_date(line, language)
        elif found := find_date(line, language):
            return found
    return updated


def _names(text: str) -> str | None:
    text = _CUT.sub("", _ROLE.sub("", text.strip())).strip(" :,-–")
    names = [name.strip() for name in _AND.split(text) if name.strip()]
    good = [name for name in names if _is_name(name)]
    return ", ".join(good) if good and len(good) == len(names) else None


def _is_name(name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) > 60 or any(char.isdigit() for char in name):
        return False
    return all(w[0].isupper() or w[0] >= "\u2e80" or w.lower() in _PARTICLES for w in words)


def _is_person(line: str) -> bool:
    words = line.split()
    return 2 <= len(words) <= 4 and _is_name(line) and line.replace(" ", "").replace("-", "").replace(
        ".", ""
    ).replace("'", "").isalpha() and not line.isupper()
