"""Authors of the story, from the lines that are its meta."""

import re
from collections.abc import Sequence
from functools import cache

from articlecli.article.line_names import (
    drop_date,
    handle,
    is_month_or_day,
    names_at_start,
    without_letters,
)
from articlecli.text.dates import looks_dated
from articlecli.text.figures import with_figure
from articlecli.text.lexicon import words_of
from articlecli.text.names import (
    has_given_name,
    is_known_person,
    is_person,
    says_by,
)
from articlecli.text.patterns import lazy
from articlecli.text.scripts import holds_unspaced

LONGEST_BY = 5
SIGNS_AROUND = 5
"""Characters beside names on a line of their own: an "and", a full stop."""
MOST_WORDS = 200
"""Words of a meta line in which a name beside a date is looked for."""
BEGINNING = 3
"""Characters of the shortest name of two words."""
MOST_NAMES = 20
"""Names beside dates that are looked for in the rest of the page: one with more is a list."""
_COLON = lazy(r"[：＝՝៖]|[:=](?=[^\W\d_])", needs="：＝՝៖:=")
_GLUED_BY = lazy(r"(?<=^By)(?=[A-Z])")
_TEXT_BY = lazy(r"^(文)・(?!写真)", needs="文")
_WORD = lazy(r"\w+")
_LIVES = ("is", "was", "ist", "est", "es", "è", "jest")
_MAY_LIVE = frozenset((*_LIVES, *(f"({verb}" for verb in _LIVES)))
_LIFE = lazy(rf"((?:[^\W\d_][\w.'’-]*\s+){{2,4}}?)\(?(?:{'|'.join(sorted(_LIVES))})\s(.{{1,80}})")
"""A name of whom a few words tell: "Ann Lee is a columnist"."""
LIFE_WORDS = 6
"""Words in which the role of somebody unknown must stand: "a senior content writer"."""
_PARTS = lazy(r"\s[|•·–—/-]\s|\s?[|•·]\s?", needs="|•·–—/-")


def life_of(line: str) -> re.Match[str] | None:
    """The name that a line begins with, and the few words that tell of them."""
    # A name has two to four words: one of the third to the fifth is the verb.
    return None if _MAY_LIVE.isdisjoint(line.split(maxsplit=5)[2:5]) else _LIFE.match(line)


def signed_names(lines: Sequence[str]) -> str | None:
    """Names that a line says are the authors': "By Ann Lee".

    Args:
        lines: The story's meta lines in page order.

    Returns:
        Names joined by ", ", without "By", role or date; `None` where no line says so.

    """
    solid = list(filter(holds_unspaced, lines))
    if solid:  # few pages are Chinese, Japanese or Korean
        from articlecli.article.east_asian import chinese_names, east_asian_names
    for i, line in enumerate(lines):
        if solid and holds_unspaced(line) and (name := east_asian_names(line)):
            return name
        rest = after_by(line)
        if rest and (names := names_at_start(rest) or handle(rest)):
            return names
        if rest == "" and i + 1 < len(lines) and (names := names_at_start(lines[i + 1])):
            return names
    return next(filter(None, (chinese_names(line, "edited") for line in solid)), None)


def names_beside_date(lines: Sequence[str], page: Sequence[str]) -> str | None:
    """A name in a line with a date, or on a line of its own beside one.

    Args:
        lines: The story's meta lines in page order.
        page: All lines of the page.

    """
    days = set(filter(looks_dated, with_figure(list(lines))))
    if not days:
        return None
    dated = [False, *map(days.__contains__, lines), False]
    beside = [line for i, line in enumerate(lines) if dated[i] or dated[i + 2]]
    alone = {line: known_alone(line) for line in beside}
    lives = _lives(page, [line for line in beside if not alone[line] and is_person(line)])
    found: list[str] = []
    for i, line in enumerate(lines):
        names = (
            alone[line] or (line if line in lives else None) if dated[i] or dated[i + 2] else None
        )
        if names or (dated[i + 1] and (names := _names_beside_date(line))):
            found.append(names)
    return _first_rare(found, page)


def known_alone(line: str) -> str | None:
    """The names that a line is, each with a known given name; `None` where it has more."""
    names = names_at_start(line) if has_given_name(line) else None
    if not names or len(line) > len(names) + SIGNS_AROUND:
        return None
    return names if all(map(is_known_person, without_letters(names))) else None


def _lives(page: Sequence[str], names: Sequence[str]) -> frozenset[str]:
    """Those of some persons whose name begins a line which goes on to say what they do."""
    if not names:
        return frozenset()
    roles = words_of("roles")
    starts = {name[:BEGINNING] for name in names}
    lives = filter(None, map(life_of, [line for line in page if line[:BEGINNING] in starts]))
    return frozenset(names).intersection(
        life[1].strip()
        for life in lives
        if not roles.isdisjoint(life[2].lower().split()[:LIFE_WORDS])
    )


def _first_rare(names: Sequence[str], page: Sequence[str]) -> str | None:
    """The first name whose words the page does not also have in small letters.

    "Industry Insights" beside a date is a kicker: its words stand in the story too.
    """
    if not names:
        return None
    text = "\n".join(page)
    rare = (
        name
        for name in names[:MOST_NAMES]
        if not all(holds_word(text, word) for word in _WORD.findall(name.lower()))
    )
    return next((name for name in rare if has_given_name(name) or _is_whole(name, page)), None)


def holds_word(text: str, word: str) -> bool:
    """Whether a text holds a word as it is: no part of another, no capital."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at] if at else "").isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, end)
    return False


def _is_whole(name: str, page: Sequence[str]) -> bool:
    """Whether a page has the last word of a name only as part of it, as it has an author's."""
    whole = name.partition(",")[0].lower()
    last = whole.rpartition(" ")[2]
    return all(line.count(last) == line.count(whole) for line in map(str.lower, page))


def _names_beside_date(line: str) -> str | None:
    """The author in "3 May 2020 by Ann Lee", "Ann Lee · 3 May 2020" and "3 May 2020 | Ann Lee"."""
    words, by = line.split()[:MOST_WORDS], words_of("by")
    for at, word in enumerate(words[1:], 1):
        if word.lower() in by:
            if names := names_at_start(" ".join(words[at + 1 :])):
                return names
    for part in _PARTS.split(" ".join(words)):
        for piece in re.split(r"\d[\d:.,/ ]*", part):
            if names := _persons(piece):
                return names
    return None


def _persons(text: str) -> str | None:
    """The names before or after a date, where they are persons': "Ann Lee May 3"."""
    words = text.split()
    if not any(word[0].isupper() for word in words):
        return None
    while words and is_month_or_day(words[0].lower().strip(".,")):
        del words[0]
    drop_date(words)
    if not words:
        return None
    names = names_at_start(" ".join(words).rstrip(","))
    apart = without_letters(names or "")
    return names if any(apart) and all(map(is_person, apart)) else None


@cache
def _first_words() -> frozenset[str]:
    """First words of all that stands before a name."""
    every = words_of("by") | words_of("of") | words_of("signed")
    return frozenset(word.partition(" ")[0] for word in every)


@cache
def _beginnings() -> frozenset[str]:
    """How a line begins, in small letters, that begins with one of these words or with "By"."""
    short = [word for word in _first_words() if len(word) == 1]
    glued = [f"{word}{sign}" for word in short for sign in ("", *" :/=：＝՝៖／・")]
    starts = {word[:2] for word in ("by", *_first_words(), *glued)}
    return frozenset(starts | {start.replace("σ", "ς") for start in starts})


def after_by(line: str) -> str | None:
    """What follows "By", the empty string for "By" alone, `None` where the line says no "By"."""
    if line[:2].lower() not in _beginnings():  # as most lines
        return None
    if not line.isascii():
        line = _TEXT_BY.sub(r"\1:", line).replace("／", "/")
    head = line.partition(" ")[0]
    if not head.isalpha():
        head = _COLON.sub(":", head).partition(":")[0].partition("/")[0]
    first = head.lower()
    if first not in _first_words() and not first.startswith("by"):
        return None
    words = _GLUED_BY.sub(" ", _COLON.sub(": ", line).replace("/", " / ")).split()
    for size in range(min(LONGEST_BY, len(words)), 0, -1):
        head = " ".join(words[:size]).lower().rstrip(":")
        if says_by(head):
            return " ".join(words[size:]).lstrip(":/-– ")
    return None
