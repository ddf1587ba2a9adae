"""Authors of one word: what they call themselves on a forum, a first name, a firm."""

from collections.abc import Callable, Iterator, Sequence

from articlecli.article.line_names import handle, is_month_or_day
from articlecli.text.dates import looks_dated
from articlecli.text.folding import letters
from articlecli.text.lexicon import words_of
from articlecli.text.names import has_given_name, is_role, says_by
from articlecli.text.patterns import lazy

LONGEST_ROLE = 30
"""Characters of the longest line that says what somebody is on a forum: "Registered User"."""
SHORTEST_SMALL = 4
"""Letters from which a small word that the story does not have is taken for a name."""
_SIGNS = " -–—·•|,:/»@()[]"
_DIGITS = lazy(r"\d[\d:.,/-]*")
_COUNT = lazy(r"(?<![\d:.,/-])\d{1,2}\s+[^\W\d_]+\s*(?:[^\W\d_]+\s*)?$")
"""At a line's end, how many of something there are: no date ends so but with its month."""
_DOMAIN = lazy(r"(?i)\.(?:com|org|net|[a-z]{2})\b", needs=".")
_FORM = lazy(r"[^\W\d_][-']?[\d_.]|[\d_.][-']?[^\W\d_]|[^\W\d_A-Z][A-Z]")
"""What no word of a language is written like: figures, signs, a capital inside."""


def handles_beside_date(
    lines: Sequence[str], story: str, site: Callable[[], str | None]
) -> Iterator[str]:
    """One word before a date, after it or behind "by", or alone beside a line with a date.

    Args:
        lines: The story's meta lines in page order.
        story: Its text: a small word that stands there too is none.
        site: Gives the site's name, which a firm's own author bears; few words need it.

    """
    dated = [False, *map(looks_dated, lines), False]
    for i, line in enumerate(lines):
        words = line.split()
        if dated[i + 1]:
            found = _of_dated(words)
        elif len(words) == 1 and (dated[i] or dated[i + 2] or _has_role_below(lines, i)):
            found = iter(words)
        else:
            continue
        for word in found:
            bare = word.strip(_SIGNS)
            if _is_handle(bare, story, site):
                yield bare


def _of_dated(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words[:-1]):
        if says_by(word.lower().rstrip(":")):
            yield from _alone(words[at + 1 :])
    if len(words) > 1 and _begins_date(words[1:]):
        yield words[0]
    line = " ".join(words)
    last = [word for word in _DIGITS.split(line)[-1].split() if word.strip(_SIGNS)]
    if _COUNT.search(line):
        return  # "3 May 2020 · 12 comments"
    if not is_month_or_day(" ".join(last[:1]).lower().strip(".,")):
        yield from _alone(last)


def _alone(words: Sequence[str]) -> Iterator[str]:
    """The first of some words, where no family name follows."""
    if words and not (len(words) > 1 and words[0][0].isupper() and words[1][:1].isupper()):
        yield words[0]


def _begins_date(words: Sequence[str]) -> bool:
    first = next((word for word in words if word.strip(_SIGNS)), "").lower()
    return first[:1].isdigit() or is_month_or_day(first.strip(".,"))


def _has_role_below(lines: Sequence[str], i: int) -> bool:
    below = lines[i + 1] if i + 1 < len(lines) else ""
    return 0 < len(below) <= LONGEST_ROLE and is_role(below)


def _is_handle(word: str, story: str, site: Callable[[], str | None]) -> bool:
    """Whether a word is somebody: by its form, as a given name, as the site's."""
    lower = word.lower()
    if handle(word) != word or not word[0].isalpha() or looks_dated(word):
        return False
    if _DOMAIN.search(word) or is_month_or_day(lower) or lower in words_of("stops"):
        return False
    if letters(word) == letters(site() or ""):
        return True
    formed = bool(_FORM.search(word))
    if not formed and (word in story or lower in story):
        return False
    return formed or has_given_name(word) or (word.islower() and len(word) > SHORTEST_SMALL)
