"""Whether two lines are copies of one headline."""

import re

_WORD = re.compile(r"\w+")


def same_words(a: str, b: str) -> bool:
    """Whether two lines hold the same words in the same order."""
    return _WORD.findall(a.lower()) == _WORD.findall(b.lower())


def alike(a: str, b: str) -> bool:
    """Whether two lines are copies of one headline, whole, cut short or with a site's name."""
    first, second = (_WORD.findall(text.lower()) for text in (a, b))
    if len(first) > len(second):
        first, second = second, first
    if not first:
        return False
    if len(first) >= 2 and " ".join(first) in " ".join(second):
        return True
    return len(set(first) & set(second)) >= 0.7 * len(set(first))
