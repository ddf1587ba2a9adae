"""Names at the start of a line: where one ends, what stands between two, what is a role."""

from articlecli.text.calendars import load_months, load_weekdays
from articlecli.text.lexicon import words_by_language, words_of
from articlecli.text.names import CREDENTIAL, has_given_name, is_name, is_person, is_role
from articlecli.text.patterns import lazy
from articlecli.text.scripts import begins_unspaced

_GLUED_LABEL = lazy(r"(?<=[^\W\d_A-Z])(?=[A-Z]\w{1,40}:)", needs=":")
"""Before a label that lost its space: "Jane DoePublished: 3 May"."""
_INNER_CAPITAL = lazy(r"([^\W\d_]*[^\W\d_A-Z])([A-Z][^\W\d_]{2,})")
_FAMILY = frozenset(("le", "la", "el"))
"""Words before a date that begin family names too, in capitals: "Le Clerc"."""
SHORTEST_GLUED = 4
"""Letters of the shortest family name and given name that run into one another."""
_HANDLE = lazy(r"(?=.*[^\W\d_])(?:u/)?@?[\w.-]{3,30}")
"""What somebody calls themselves on a forum: one word, with figures and signs."""
_PREFIXES = ("Mc", "Mac", "De", "Di", "Le", "La", "Van", "Fitz", "O'")
_GLUED_WORD = lazy(r"(?<=[^\W\d_A-Z])(?=[A-Z]\w{1,60}$)")
_GLUED_CAPITALS = lazy(r"(?<=[A-Z]{2})(?=[A-Z][a-z]+$)")
"""Before a month that lost its space behind a name in capitals: "JANE DOEJune 3"."""
_NO_DEGREES = frozenset("AI AP CEO CFO COO CTO CNN EU HR IT PM PR QA TV UI UK US UX VP".split())
"""Letters behind a name that begin what it works at: "Ann Lee, AI Lead"."""
_SIGNS = frozenset("|•·-–—/")
"""Signs that end a name, as the words under `stops` do."""
_APART = {
    **dict.fromkeys(",،、・", " , "), ";": " & ",
    **{sign: f" {sign} " for sign in "|•·"}, **dict.fromkeys("(（", " | "),
}  # fmt: skip
"""Signs between names or behind them, and how they are words of their own."""


def names_at_start(text: str) -> str | None:
    """The names at the start of a line, joined by ", "."""
    parts: list[list[str]] = [[]]
    surely: list[bool] = [True]
    stops, joints = words_of("stops"), words_of("and")
    for word in _tokens(text):
        lower = word.lower().strip(":.")
        if word in _SIGNS or "@" in word or "://" in word:
            break
        if lower in stops and not (word[0].isupper() and lower in _FAMILY):
            break
        if word[-1] in ":：" and len(word) > 1:
            if not any(parts[-1]) and lower in words_of("roles"):
                continue  # "Redaktion: Ann Lee"
            if any(parts[-1]) and not text.endswith(word):
                break  # a label, such as "Categories:"
        if not word.isalpha() and any(map(str.isdigit, word)):
            drop_date(parts[-1])
            break
        if word in (",", "&") or word in joints:
            parts.append([])
            surely.append(word != ",")
        else:
            parts[-1].append(word)
    if parts[-1] and begins_unspaced(parts[-1][-1]):
        parts[-1][-1] = _plain(parts[-1][-1])
    return _joined([(_once(part), sure) for part, sure in zip(parts, surely, strict=True) if part])


def _plain(name: str) -> str:
    """A name in Chinese or Japanese without what is written at its end out of respect."""
    for ending in words_by_language("honorifics")["ja"]:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def _tokens(text: str) -> list[str]:
    """Words of a line; those that lost the space between them apart, commas on their own."""
    text = _GLUED_LABEL.sub(" | ", text)
    for sign, apart in _APART.items():
        if sign in text:
            text = text.replace(sign, apart)
    found: list[str] = []
    for word in text.split():
        if not found or (word[1:].islower() and "@" not in word):  # as most
            found.append(word)
            continue
        before, glue, after = _glued(word)
        found += [before, after] if glue == " " else [before, glue, after] if glue else [word]
    return found


def _glued(word: str) -> tuple[str, str, str]:
    """Two words that lost the space between them, and what stands between: "FosterTravel"."""
    word = word.partition("@")[0] or word  # "Lee@annlee"
    match = _INNER_CAPITAL.fullmatch(word)
    if match and not match[1].startswith(_PREFIXES):
        after = match[2].lower()
        if after in words_of("roles") or after in words_of("stops") or is_month_or_day(after):
            return match[1], " ", match[2]
        long = min(len(match[1]), len(match[2])) >= SHORTEST_GLUED
        if long and has_given_name(match[2]) and not has_given_name(word):
            return match[1], "&", match[2]
    return word, "", ""


def drop_date(words: list[str]) -> None:
    """Take a month or weekday from the end of a name: "Jane Doe May", "JANE DOEJune"."""
    for glue in (_GLUED_WORD, _GLUED_CAPITALS):
        if words and (glued := glue.split(words[-1]))[1:]:
            words[-1:] = [part for part in glued if part]
    while words and is_month_or_day(words[-1].lower().strip(".,")):
        words.pop()


def _joined(parts: list[tuple[list[str], bool]]) -> str | None:
    """Names joined: the first must be one; after it come more, their letters, or a role.

    What follows a comma and is no known name is a role or a paper, unless an "and" comes later.
    """
    named = [" ".join(_without_role(_without_label(words))) for words, _ in parts]
    if not named or not is_name(named[0]) or not _is_enough(named[0]):
        return None
    if len(named) == 1:
        return named[0]
    capitals, known = named[0].isupper(), has_given_name(named[0])
    last_and = max((i for i, (_, sure) in enumerate(parts) if sure), default=0)
    names = [named[0]]
    for i, name in enumerate(named[1:], 1):
        spelt = name.title() if capitals and name.isupper() else name
        more = i <= last_and or not known or has_given_name(name)
        if (CREDENTIAL.fullmatch(name) and name not in _NO_DEGREES) or (more and is_person(spelt)):
            names.append(name)
    return ", ".join(names)


def _is_enough(name: str) -> bool:
    """Whether a name of one word is long enough to be one."""
    return len(name) > 2 or not name.isascii()


def is_month_or_day(word: str) -> bool:
    """Whether a word, lower-cased, is the name of a month or a weekday."""
    return word in load_months() or word in load_weekdays()


def _without_label(words: list[str]) -> list[str]:
    """A name without the word that tells that it is the author's: "Author Ann Lee"."""
    return words[1:] if len(words) > 2 and words[0].lower() in words_of("signed") else words


def _without_role(words: list[str]) -> list[str]:
    """A person's name of two words or more without the role that follows it."""
    if len(words) > 2 and has_given_name(" ".join(words)):
        for at, word in enumerate(words[2:], 2):
            if word.lower().strip(".") in words_of("roles"):
                return words[:at]
    return words


def _once(words: list[str]) -> list[str]:
    """A name without its repetition: a picture's text and the link beside it."""
    half = len(words) // 2
    return words[:half] if half and words[:half] == words[half:] else words


def without_letters(names: str) -> list[str]:
    """Names that are joined by ", ", without the letters behind them ("MD")."""
    return [name for name in names.split(", ") if not CREDENTIAL.fullmatch(name)]


def handle(text: str) -> str | None:
    """What somebody calls themselves on a forum, where it is all of a text: "harbour_cat"."""
    named = _HANDLE.fullmatch(text) and not is_role(text)
    return text.removeprefix("u/").removeprefix("@") if named else None
