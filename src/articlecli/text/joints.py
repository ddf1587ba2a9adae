"""Two lines as one: whether a space stands between them, and whether a hyphen stays."""

import re

from articlecli.text.lexicon import words_of
from articlecli.text.sentences import CLOSERS, HYPHEN_SIGNS, OPENERS

LONGEST_WORD = 80
"""Characters of a paragraph's end in which its last word is looked for."""


def ends_inside_word(text: str, following: str) -> bool:
    """Whether a line ends inside a word, or inside a compound, that the next goes on with."""
    return text[-1] in HYPHEN_SIGNS and text[-2:-1].isalpha() and following[0].islower()


def join_texts(text: str, more: str, known: frozenset[str] = frozenset()) -> str:
    """Two lines as one.

    Args:
        text: The line.
        more: The line that goes on with it.
        known: Words of a page that cuts them at line ends; none for a page that does not, where
            a hyphen at the end of a line is the word's own.

    """
    if ends_inside_word(text, more):
        word = re.split(r"[\W_]+", text[-LONGEST_WORD:-1])[-1].lower()
        following = re.split(r"[\W_]+", more, maxsplit=1)[0].lower()
        if following in words_of("hyphen_list"):
            return f"{text} {more}"
        own = not known or f"{word}-{following}" in known
        if not own and word + following not in known and text[-1] == "-":
            own = word in words_of("hyphen_first") or following in words_of("hyphen_second")
        return text + more if own else text[:-1] + more
    tight = (
        more[0] in CLOSERS
        or text[-1] in OPENERS
        or (text[-1] > "\u2e7f" and more[0] > "\u2e7f" and not _is_hangul(text[-1] + more[0]))
    )
    return text + more if tight else f"{text} {more}"


def _is_hangul(pair: str) -> bool:
    """Whether a pair of characters is Korean, which has spaces."""
    return all("\uac00" <= char <= "\ud7a3" for char in pair)
