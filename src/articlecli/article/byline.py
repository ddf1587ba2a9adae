"""Authors of the story, from the lines that are its meta."""

import re
from collections.abc import Sequence
from typing import Literal

from articlecli.text.calendars import load_months, load_weekdays
from articlecli.text.dates import looks_dated
from articlecli.text.lexicon import words_by_language, words_of
from articlecli.text.patterns import lazy
from articlecli.text.scripts import begins_unspaced

LONGEST_BY = 3
MOST_WORDS = 200
"""Words of a meta line in which a name beside a date is looked for."""
MOST_PERSONS = 20
"""Names among the meta lines that are looked for on the page."""
SHORTEST_NOTE = 20
"""Characters after a name from which they are a sentence about its bearer."""
_GLUED_LABEL = lazy(r"(?<=[^\W\d_A-Z])(?=[A-Z]\w{1,40}:)")
"""Before a label that lost its space: "Jane DoePublished: 3 May"."""
_GLUED_BY = lazy(r"(?<=^By)(?=[A-Z])")
_GLUED_WORD = lazy(r"(?<=[^\W\d_A-Z])(?=[A-Z]\w{1,60}$)")
_GLUED_CAPITALS = lazy(r"(?<=[A-Z]{2})(?=[A-Z][a-z]+$)")
"""Before a month that lost its space behind a name in capitals: "JANE DOEJune 3"."""
_WORD = lazy(r"\w+")
_HAN_NAME = lazy(r"[\u4e00-\u9fff]{2,4}")
_HAN_JOINTS = lazy(r"[\s、，,·・/／|｜]+")
MOST_UNCASED = 3
"""Words of the longest name in a script without capitals: more of them are a sentence."""
_PARTS = lazy(r"\s[|•·–—/-]\s|\s?[|•·]\s?")
_SIGNS = frozenset("|•·-–—/")
"""Signs that end a name, as the words under `stops` do."""


def signed_names(lines: Sequence[str]) -> str | None:
    """Names that a line says are the authors': "By Ann Lee".

    Args:
        lines: The story's meta lines in page order.

    Returns:
        Names joined by ", ", without "By", role or date; `None` where no line says so.

    """
    for i, line in enumerate(lines):
        if name := _chinese_name(line, "named"):
            return name
        rest = _after_by(line)
        if rest and (names := _names(rest)):
            return names
        if rest == "" and i + 1 < len(lines) and (names := _names(lines[i + 1])):
            return names
    return next(filter(None, (_chinese_name(line, "edited") for line in lines)), None)


def names_beside_date(lines: Sequence[str], page: Sequence[str]) -> str | None:
    """A name in a line with a date, or on a line of its own beside one.

    Args:
        lines: The story's meta lines in page order.
        page: All lines of the page.

    """
    found: list[str] = []
    for i, line in enumerate(lines):
        near = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
        if any(looks_dated(other) for other in near) and _is_person(line):
            found.append(line)
        elif looks_dated(line) and (names := _names_beside_date(line)):
            found.append(names)
    return _first_rare(found, page)


def names_told_of(lines: Sequence[str], page: Sequence[str]) -> str | None:
    """A name on a meta line of its own that the page repeats, or begins a few words about.

    Args:
        lines: The story's meta lines in page order.
        page: All lines of the page.

    """
    persons = [line for line in lines if _is_person(line)][:MOST_PERSONS]
    return _first_rare([line for line in persons if _is_told_of(line, page)], page)


def _first_rare(names: Sequence[str], page: Sequence[str]) -> str | None:
    """The first name whose words the page does not also have in small letters.

    "Industry Insights" beside a date is a kicker: its words stand in the story too.
    """
    if not names:
        return None
    ordinary = {word for line in page for word in _WORD.findall(line)}
    return next(
        (name for name in names if not ordinary.issuperset(_WORD.findall(name.lower()))), None
    )


def _names_beside_date(line: str) -> str | None:
    """The author in "3 May 2020 by Ann Lee", "Ann Lee · 3 May 2020" and "3 May 2020 | Ann Lee"."""
    words = line.split()[:MOST_WORDS]
    for at, word in enumerate(words[1:], 1):
        if word.lower() in words_of("by"):
            if names := _names(" ".join(words[at + 1 :])):
                return names
    for part in _PARTS.split(" ".join(words)):
        before = re.split(r"\d", part, maxsplit=1)[0].split()
        if before and before[-1].lower().strip(".,") in load_months():
            before.pop()  # "Ann Lee May 3, 2020"
        name = " ".join(before).rstrip(",")
        if _is_person(name):
            return name
    return None


def _is_told_of(name: str, page: Sequence[str]) -> bool:
    """Whether a name stands alone twice on a page, or a few words on the author begin with it."""
    alone = told = 0
    for line in page:
        if line.startswith(name):
            rest = line[len(name) :]
            alone += not rest.strip()
            told += rest[:1] == " " and rest[1:2].islower() and len(rest) > SHORTEST_NOTE
    return alone > 1 or told > 0


def _after_by(line: str) -> str | None:
    """What follows "By", the empty string for "By" alone, `None` where the line says no "By"."""
    words = _GLUED_BY.sub(" ", line.replace("：", ": ").replace("/", " / ")).split()
    for size in range(min(LONGEST_BY, len(words)), 0, -1):
        head = " ".join(words[:size]).lower().rstrip(":")
        if _says_by(head):
            return " ".join(words[size:]).lstrip(":/ ")
    return None


def _says_by(text: str) -> bool:
    """Whether a text, lower-cased, is what stands before a name, and nothing else."""
    return any(text in words_of(heading) for heading in ("by", "of", "signed"))


def _chinese_name(line: str, heading: Literal["named", "edited"]) -> str | None:
    """Names behind their word, which stands near the line's start or has a colon."""
    for mark in words_by_language(heading)["zh"]:
        before, _, after = line.partition(mark)
        near = len(before) < 12 and heading == "named"
        if not after or not (near or after[0] in ":："):
            continue
        names: list[str] = []
        for word in _HAN_JOINTS.split(after.lstrip(" :：/／|｜　")):
            if not _HAN_NAME.fullmatch(word) or _ends_name(word) or len(names) == 6:
                break
            if names and len(word) > 3:
                break
            names.append(word)
        if names:
            return ", ".join(names)
    return None


def _ends_name(word: str) -> bool:
    return any(word.endswith(stop) for stop in words_by_language("stops")["zh"])


def _names(text: str) -> str | None:
    """The names at the start of a line, joined by ", "."""
    parts: list[list[str]] = [[]]
    text = _GLUED_LABEL.sub(" | ", text)
    for sign in ",،、・;":
        text = text.replace(sign, " , ")
    for word in text.replace("(", " | ").split():
        if word in _SIGNS or word.lower().strip(":.") in words_of("stops"):
            break
        if parts[-1] and len(word) > 1 and word[-1] in ":：" and not text.endswith(word):
            break  # a label, such as "Categories:"
        if any(char.isdigit() for char in word):
            for glue in (_GLUED_WORD, _GLUED_CAPITALS):
                if parts[-1] and (glued := glue.split(parts[-1][-1]))[1:]:
                    parts[-1][-1:] = [part for part in glued if part]  # "Jane DoeMay 3, 2020"
            while parts[-1] and _dates(parts[-1][-1].lower().strip(".,")):
                parts[-1].pop()
            break
        if word in (",", "&") or word in words_of("and"):
            parts.append([])
        else:
            parts[-1].append(word)
    # The first must be a name; after it come more names, or a role that is left away.
    names = [" ".join(_without_role(_once(part))) for part in parts if part]
    if not names or not _is_name(names[0]):
        return None
    capitals = names[0].isupper()
    more = (n for n in names[1:] if _is_person(n.title() if capitals and n.isupper() else n))
    return ", ".join([names[0], *more])


def _dates(word: str) -> bool:
    return word in load_months() or word in load_weekdays()


def _without_role(words: list[str]) -> list[str]:
    """A name of two words or more without the role that follows it: "Ann Lee Senior Editor"."""
    if not words or words[-1].lower().strip(".") not in words_of("roles"):
        return words
    for at, word in enumerate(words[2:], 2):
        if word.lower().strip(".") in words_of("roles"):
            return words[:at]
    return words


def _once(words: list[str]) -> list[str]:
    """A name without its repetition: a picture's text and the link beside it."""
    half = len(words) // 2
    return words[:half] if half and words[:half] == words[half:] else words


def _is_role(name: str) -> bool:
    words = {word.lower().strip(".") for word in name.split()}
    lower = name.lower()
    return (
        _says_by(lower)
        or any(part in lower for part in words_of("updated") if len(part) > 5)
        or not words.isdisjoint(words_of("roles"))
        or not words.isdisjoint(words_of("stops") - words_of("particles"))
    )


def _is_name(name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) > 60 or any(char.isdigit() for char in name):
        return False
    if sum(_is_uncased(word[0]) for word in words) > MOST_UNCASED:
        return False
    return all(
        w[0].isupper()
        or begins_unspaced(w)
        or _is_uncased(w[0])
        or w.lower() in words_of("particles")
        for w in words
    )


def _is_uncased(sign: str) -> bool:
    """Whether a sign is a letter of a script without capitals, and with spaces."""
    return sign.isalpha() and sign.lower() == sign.upper() and not begins_unspaced(sign)


def _is_person(line: str) -> bool:
    words = line.split()
    letters = "".join(char for char in line if char not in " -.'’")
    return (
        2 <= len(words) <= 4
        and _is_name(line)
        and not any(map(_is_uncased, line))
        and letters.isalpha()
        and not line.isupper()
        and not _is_role(line)
    )
