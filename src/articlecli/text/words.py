"""How many words a text has, in any script."""

import re
from collections.abc import Iterable
from itertools import accumulate

from articlecli.text.patterns import lazy

_WITHOUT_SPACES = (
    (
        (
            "[\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
            "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
        ),
        2,
    ),
    ("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\uaa60-\uaa7f]", 5),
)
"""Scripts that put no spaces between words, and characters of a word: Chinese and Japanese have
about two; Thai, Lao, Khmer and Burmese, whose vowel signs are characters of their own, about five.
Where exactly a word ends takes a dictionary of the language; how many there are does not."""
_MAY_BE_SOLID = lazy(
    rb"\xe0[\xb8-\xbb]|\xe1[\x80-\x82\x9e\x9f\xa7]|\xe2[\xba-\xbf]|[\xe3-\xea]|\xef[\xa4-\xab]"
    rb"|\xf0[\xa0-\xbf]"
)
"""How their characters begin in UTF-8."""
_LETTER = lazy(r"[^\W_]")


def has_words(texts: Iterable[str], least: int) -> bool:
    """Whether some texts have so many words together; no more of them are read than it takes."""
    return any(count >= least for count in accumulate(map(count_words, texts), initial=0))


def count_words(text: str) -> int:
    """Words of a text: runs between spaces, and the share of a run that its script writes solid.

    Args:
        text: Any text. Korean, Hindi, Arabic and the like have spaces and count by them.

    """
    if text.isascii() or not _MAY_BE_SOLID.search(text.encode("utf-8", "surrogatepass")):
        return len(text.split())
    words = 0
    for pattern, size in _WITHOUT_SPACES:
        text, count = re.subn(pattern, " ", text)
        words += -(-count // size)
    # What is left between two such words is most often punctuation.
    return words + (
        sum(map(bool, map(_LETTER.search, text.split()))) if words else len(text.split())
    )
