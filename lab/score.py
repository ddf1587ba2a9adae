"""Measures: word F1 of the story, as WCXB has it, and the n-gram F1 of Zyte's benchmark."""

import re
from collections import Counter
from typing import Any

_WORD = re.compile(
    r"[\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W\u2e80-\u2fdf"
    r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


def words(text: str) -> list[str]:
    """Lower-cased words; Chinese and Japanese by character."""
    return _WORD.findall(text.lower())


def f1(found: Counter[Any], gold: Counter[Any]) -> float:
    """F1 of two multisets; 1 where both are empty."""
    if not gold and not found:
        return 1.0
    common = sum((found & gold).values())
    return 2 * common / (sum(found.values()) + sum(gold.values()))


def word_f1(found: str, gold: str) -> float:
    """Word F1 of two texts, 0–1."""
    return f1(Counter(words(found)), Counter(words(gold)))


def ngram_f1(found: str, gold: str, n: int = 4) -> float:
    """F1 over runs of `n` words, 0–1; shorter texts are one run."""

    def grams(text: str) -> Counter[Any]:
        w = words(text)
        return Counter(tuple(w[i : i + n]) for i in range(max(1, len(w) - n + 1)))

    return f1(grams(found), grams(gold))
