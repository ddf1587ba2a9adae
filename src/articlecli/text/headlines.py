"""Whether two lines are copies of one headline."""

from collections.abc import Sequence

from articlecli.text.folding import word_list
from articlecli.text.patterns import lazy

_WORD = lazy(r"\w+")
BEGINNING = 8
"""Characters at the start of two lines that are compared before their words are."""


def same_words(a: str, b: str) -> bool:
    """Whether two lines hold the same words in the same order."""
    # Most pairs end here, and the patterns are slow.
    if a[:1].isalnum() and b[:1].isalnum() and a[0].lower()[0] != b[0].lower()[0]:
        return False
    begins, other = a[:BEGINNING], b[:BEGINNING]
    if (
        begins.isalnum()
        and other.isalnum()
        and begins.isascii()
        and other.isascii()
        and begins.lower() != other.lower()
    ):
        return False
    first, second = a.lower(), b.lower()
    word, its = _WORD.search(first), _WORD.search(second)
    if word is None or its is None or word[0] != its[0]:
        return word is its is None
    return _WORD.findall(first) == _WORD.findall(second)


def alike(a: str, b: str) -> bool:
    """Whether two lines are copies of one headline, whole, cut short or with a site's name."""
    return alike_words(word_list(a), word_list(b))


def alike_words(first: Sequence[str], second: Sequence[str]) -> bool:
    """The same of their words."""
    if len(first) > len(second):
        first, second = second, first
    if not first:
        return False
    if len(first) >= 2 and " ".join(first) in " ".join(second):
        return True
    return len(set(first) & set(second)) >= 0.7 * len(set(first))
