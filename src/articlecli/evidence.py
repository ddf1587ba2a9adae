"""Third stage: blocks → evidence. What a block's text tells, worked out once for all who ask.

The model's features, the rules, the reasons of what is removed and the flags read it here; none of
them folds a block's text or looks its phrases up again.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from articlecli.document import Block
from articlecli.text.folding import pairs, word_bytes
from articlecli.text.phrases import Phrases, load_phrases, match
from articlecli.text.scripts import is_unspaced
from articlecli.text.words import count_words

SENTENCE, LONG_SENTENCE = 7, 20
"""Words from which a line that ends in a full stop reads like running text, and any line does."""
CHARS_PER_WORD = 5
"""Width of a word of a script without spaces, its characters counted twice."""
_TERMINAL = frozenset(".!?…。！？")
_CLOSING = frozenset("\"'”’»)）」』")


class Evidence(Struct, frozen=True, gc=False):
    """What the text of a block tells, its neighbours unseen."""

    lower: str
    """The text, lower-cased."""
    key: bytes
    """Its words with digits made 0; equal for copies of a line. See `folding.word_bytes`."""
    words: tuple[bytes, ...]
    """The words of `key` in order; in scripts without spaces overlapping pairs of characters."""
    content: frozenset[bytes]
    """Words of four letters and more, or all pairs."""
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


def evidence_of(blocks: Sequence[Block]) -> tuple[Evidence, ...]:
    """Evidence of each block of a page; empty for a page without blocks.

    Raises:
        ModelError: The phrase table is missing or damaged.

    """
    phrases = load_phrases()
    return tuple([_evidence(block.text, phrases) for block in blocks])


def _evidence(text: str, phrases: Phrases) -> Evidence:
    lower = text.lower()
    key = word_bytes(lower)
    words = key.split()
    count, width = len(words), len(text)
    if unspaced := not text.isascii() and is_unspaced(key):
        width *= 2
        count = max(count, width // CHARS_PER_WORD)
        words = pairs(lower)
        content = frozenset(words)
        hashed = count
    else:
        content = frozenset([word for word in words if len(word) > 3])
        hashed = count
        if count < width // 8 and not text.isascii():
            count = max(count, count_words(text))  # Thai, Lao, Khmer, Burmese
    closed = text[-1] in _TERMINAL or (text[-1] in _CLOSING and text[-2:-1] in _TERMINAL)
    return Evidence(
        lower,
        key,
        tuple(words),
        content,
        count,
        hashed,
        width,
        unspaced,
        count >= (SENTENCE if closed else LONG_SENTENCE),
        match(phrases, lower, unspaced=unspaced),
    )
