"""Third stage: blocks → evidence. What a block's text tells, worked out once for all who ask.

The model's features, the rules, the reasons of what is removed and the flags read it here; none of
them folds a block's text or looks its phrases up again.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from articlecli.core import core_runs
from articlecli.document import Block
from articlecli.text.folding import EDGES, FOLDED, pairs, word_bytes
from articlecli.text.phrases import (
    LINE_EDGES,
    LONGEST,
    SHORT,
    Phrases,
    damaged,
    load_phrases,
    match,
)
from articlecli.text.scripts import LEADS, is_unspaced
from articlecli.text.words import count_words

SENTENCE, LONG_SENTENCE = 7, 20
"""Words from which a line that ends in a full stop reads like running text, and any line does."""
CHARS_PER_WORD = 5
"""Width of a word of a script without spaces, its characters counted twice."""
_TERMINAL, _CLOSING = ".!?…。！？", "\"'”’»)）」』"


class Evidence(Struct, frozen=True, gc=False):
    """What the text of a block tells, its neighbours unseen."""

    lower: str
    """The text, lower-cased."""
    key: bytes
    """Its words with digits made 0; equal for copies of a line. See `folding.word_bytes`."""
    count: int
    """Number of words, or an estimate of it in scripts without spaces."""
    hashed: int
    """Number of `words` as the model's hashed words count them."""
    width: int
    """Length in characters, twice that in scripts without spaces."""
    unspaced: bool
    """It holds a script without spaces."""
    sentence: bool
    """Reads like running text: twenty words, or seven and a full stop."""
    concepts: Mapping[int, int]
    """Stock phrases in it, from `phrases.match`."""

    # Few ask for the words of a block, and of few blocks: they are made then.

    @property
    def words(self) -> tuple[bytes, ...]:
        """Those of `key` in order; in scripts without spaces overlapping pairs of characters."""
        return tuple(pairs(self.lower) if self.unspaced else self.key.split())

    @property
    def content(self) -> frozenset[bytes]:
        """Words of four letters and more, or all pairs."""
        if self.unspaced:
            return frozenset(pairs(self.lower))
        return frozenset([word for word in self.key.split() if len(word) > 3])


def evidence_of(blocks: Sequence[Block]) -> tuple[Evidence, ...]:
    """Evidence of each block of a page; empty for a page without blocks.

    Raises:
        ModelError: The phrase table is missing or damaged.

    """
    texts = [block.text for block in blocks]
    return _by_core(texts) if core_runs() else by_python(texts)


def by_python(texts: Sequence[str]) -> tuple[Evidence, ...]:
    """Evidence of each text; this form says what is right, and runs where no core was built."""
    phrases = load_phrases()
    return tuple([_evidence(text, phrases) for text in texts])


def _by_core(texts: list[str]) -> tuple[Evidence, ...]:
    from articlecli._core import evidence  # there only where it was built

    return evidence(_tables(), texts)


@cache
def _tables() -> object:
    """What the core works with; each table stands where Python has it."""
    from articlecli._core import evidence_tables  # likewise

    phrases = load_phrases()
    try:
        return evidence_tables(
            Evidence, count_words, FOLDED, LEADS, _TERMINAL, _CLOSING, EDGES, LINE_EDGES,
            (SENTENCE, LONG_SENTENCE, CHARS_PER_WORD), (LONGEST, SHORT),
            "\n".join(phrases.names), phrases.lines,
        )  # fmt: skip
    except ValueError as error:
        raise damaged(error) from None


def _evidence(text: str, phrases: Phrases) -> Evidence:
    lower = text.lower()
    key = word_bytes(lower)
    count, width = len(key.split()), len(text)
    if unspaced := not text.isascii() and is_unspaced(key):
        width *= 2
        hashed = count = max(count, width // CHARS_PER_WORD)
    else:
        hashed = count
        if count < width // 8 and not text.isascii():
            count = max(count, count_words(text))  # Thai, Lao, Khmer, Burmese
    closed = text[-1] in _TERMINAL or (
        text[-1] in _CLOSING and len(text) > 1 and text[-2] in _TERMINAL
    )
    return Evidence(
        lower,
        key,
        count,
        hashed,
        width,
        unspaced,
        count >= (SENTENCE if closed else LONG_SENTENCE),
        match(phrases, lower, unspaced=unspaced),
    )
