"""articlecli's text of a page beside another extractor's, aligned paragraph by paragraph."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from articlecli.text.folding import word_list

ALIKE = 0.6
"""Share of words from which two paragraphs stand side by side."""


class Pair(Struct, frozen=True):
    """Two paragraphs side by side; `None` where the other has none."""

    ours: str | None
    theirs: str | None


class Comparison(Struct, frozen=True):
    """Two texts of a page."""

    pairs: tuple[Pair, ...]
    agreement: float
    """Word F1 of the two texts, 0–1; 1 where both are empty."""
    ours: int
    """Words."""
    theirs: int


def compared(ours: str, theirs: str) -> Comparison:
    """Two texts aligned: paragraphs with the same words first, then those nearly alike."""
    left, right = _paragraphs(ours), _paragraphs(theirs)
    keys = [tuple(word_list(text.lower())) for text in left]
    others = [tuple(word_list(text.lower())) for text in right]
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    pairs: list[Pair] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pairs += [Pair(x, y) for x, y in zip(left[a:b], right[c:d], strict=True)]
        else:
            pairs += _gap(left[a:b], right[c:d])
    words, more = Counter(word_list(ours.lower())), Counter(word_list(theirs.lower()))
    both, total = (words & more).total(), words.total() + more.total()
    return Comparison(tuple(pairs), 2 * both / total if total else 1.0, words.total(), more.total())


def _gap(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Paragraphs between two that are the same: alike ones together, in order."""
    pairs: list[Pair] = []
    rest = list(right)
    for text in left:
        at = next((i for i, other in enumerate(rest) if _alike(text, other) >= ALIKE), None)
        if at is None:
            pairs.append(Pair(text, None))
            continue
        pairs += [Pair(None, other) for other in rest[:at]]
        pairs.append(Pair(text, rest[at]))
        del rest[: at + 1]
    return pairs + [Pair(None, other) for other in rest]


def _alike(one: str, other: str) -> float:
    a, b = Counter(word_list(one.lower())), Counter(word_list(other.lower()))
    return 2 * (a & b).total() / ((a.total() + b.total()) or 1)


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


Side = Literal["both", "ours", "theirs"]


def side_of(pair: Pair) -> Side:
    """Who has a paragraph."""
    if pair.ours is None:
        return "theirs"
    return "ours" if pair.theirs is None else "both"
