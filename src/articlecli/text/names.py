"""Names of people: what can be one, and what surely is."""

import re
from functools import cache, lru_cache
from mmap import mmap

from articlecli.data import map_data
from articlecli.errors import ModelError
from articlecli.text.lexicon import words_of
from articlecli.text.patterns import lazy
from articlecli.text.scripts import begins_unspaced

LONGEST_NAME, MOST_WORDS = 60, 6
"""Characters and words of the longest name."""
_NO_SIGNS = frozenset(':!?…"«»“”„#*=+_|')
"""Signs that are in no name."""
_BETWEEN = dict.fromkeys(map(ord, " -.'’"))
"""What stands between the letters of names."""
CREDENTIAL = lazy(
    r"(?:[A-Z]{2,5}|Ph\.?D\.?|(?:[A-Z]\.){2,4}|[A-Z][a-z]{0,2}[A-Z]{1,3}|Jr\.?|Sr\.?|II|III)"
    r"(?:[ -](?:[A-Z]{2,5}|\d{3}))?"
)
"""Degrees and the like behind a name."""
MOST_UNCASED = 3
"""Words of the longest name in a script without capitals: more of them are a sentence."""


def fold_name(word: str) -> str:
    """A name as the list of given names has it: small letters without accents."""
    if word.isascii():
        return word.lower()
    from unicodedata import combining, normalize  # a library of its own, and few pages need it

    return "".join(c for c in normalize("NFD", word.casefold()) if not combining(c))


@cache
def _name_file() -> mmap:
    """The given names that begin with the same two letters on a line each, folded, sorted; UTF-8.

    A set of all names takes long to make, and every start would wait for it.

    Raises:
        ModelError: The file is missing.

    """
    try:
        return map_data("given_names.txt")
    except (OSError, ValueError) as error:
        raise ModelError(f"the names are damaged ({error}); reinstall articlecli") from None


@lru_cache(maxsize=4096)
def _names_with(start: str) -> frozenset[str]:
    """The given names that begin with two letters."""
    data, first = _name_file(), start.encode("utf-8", "replace")
    low, high = data.find(b"\n") + 1, len(data)
    while low < high:  # lines in order: the one is looked for that is not before these letters
        line = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if data[line : line + len(first)] < first:
            low = data.find(b"\n", line) + 1
        else:
            high = line
    names = data[low : data.find(b"\n", low)]
    return frozenset(names.decode().split()) if names.startswith(first) else frozenset()


def _is_given_name(name: str) -> bool:
    """Whether a folded name is a known given name."""
    return name in _names_with(name[:2])


def has_given_name(name: str) -> bool:
    """Whether a name begins with a known given name; initials and titles before it do not count."""
    titles = words_of("titles")
    for word in name[:LONGEST_NAME].split(None, 3)[:3]:
        bare = word if word.isalpha() else word.strip(".,'’\"()").replace("’", "'")
        if len(bare) > 1 and bare.lower() not in titles:
            return _is_given_name(fold_name(bare.partition("-")[0]))
    return False


def is_name(name: str) -> bool:
    """Whether a text has the form of a name, of one word or more."""
    words = name.split()
    if not 1 <= len(words) <= MOST_WORDS or len(name) > LONGEST_NAME:
        return False
    if not _NO_SIGNS.isdisjoint(name) or any(map(str.isdigit, name)):
        return False
    if not name.isascii() and sum(is_uncased(word[0]) for word in words) > MOST_UNCASED:
        return False
    return all(
        w[0].isupper()
        or begins_unspaced(w)
        or is_uncased(w[0])
        or w.lower() in words_of("particles")
        for w in words
    )


def is_uncased(sign: str) -> bool:
    """Whether a sign is a letter of a script without capitals, and with spaces."""
    # Georgian has large letters, and writes names with small ones.
    cased = sign.isupper() or sign != sign.title()
    return sign.isalpha() and not cased and not begins_unspaced(sign)


def is_person(name: str) -> bool:
    """Whether a text has the form of a person's name: two to four words, none of them a role."""
    words = name.split()
    return (
        2 <= len(words) <= 4
        and is_name(name)
        and (name.isascii() or not any(map(is_uncased, name)))
        and name.translate(_BETWEEN).isalpha()
        and not name.isupper()
        and words[0] != "The"
        and not is_role(name)
    )


def is_known_person(name: str) -> bool:
    """Whether a text is a person's name that begins with a known given name, in capitals or not."""
    return has_given_name(name) and is_person(name.title() if name.isupper() else name)


def is_role(name: str) -> bool:
    """Whether a text holds a word of a role, a desk, a date or a byline."""
    words = {word.lower().strip(".") for word in name.split()}
    lower = name.lower()
    return (
        says_by(lower)
        or not words.isdisjoint(words_of("roles"))
        or not words.isdisjoint(_stops())
        or any(map(lower.__contains__, _updated(ascii_only=lower.isascii())))
    )


@cache
def _stops() -> frozenset[str]:
    """Words that end a name and are in none."""
    return words_of("stops") - words_of("particles")


@cache
def _updated(*, ascii_only: bool) -> tuple[str, ...]:
    """Parts of words that say that a story was updated, as far as no name has them."""
    parts = tuple(part for part in words_of("updated") if len(part) > 5)
    return tuple(filter(str.isascii, parts)) if ascii_only else parts


def says_by(text: str) -> bool:
    """Whether a text, lower-cased, is what stands before a name, and nothing else."""
    return text in _words_before_names()


@cache
def _words_before_names() -> frozenset[str]:
    return words_of("by") | words_of("of") | words_of("signed")


def split_names(byline: str | None) -> tuple[str, ...]:
    """The names of a byline, one by one; "Jr." and the like stay with theirs."""
    if not byline:
        return ()
    names: list[str] = []
    seen: set[str] = set()  # those of the list; a page can declare a hundred thousand
    for part in _joints().split(byline):
        if names and CREDENTIAL.fullmatch(part):
            seen.discard(names[-1])
            names[-1] += f", {part}"
            seen.add(names[-1])
        elif part and part not in seen:
            names.append(part)
            seen.add(part)
    return tuple(names)


@cache
def _joints() -> re.Pattern[str]:
    """What stands between two names."""
    words = "|".join(map(re.escape, sorted(words_of("and") - words_of("by"), key=len)))
    return re.compile(rf"(?i)\s*[,;、，；&・]\s*|\s+(?:{words})\s+")
