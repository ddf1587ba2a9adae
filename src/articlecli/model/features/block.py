"""Features of a block by itself: its shape and its words.

Hot path: most of a page's time goes by here, so counting is left to methods of `bytes` and `str`
(translate, count, split) and no text is walked character by character.
"""

import re
from binascii import crc32
from bisect import bisect_right

from articlecli.document import Block
from articlecli.evidence import Evidence
from articlecli.model.features.slots import (
    AT,
    CONCEPTS,
    COUNTS,
    HASHES,
    KINDS,
    LENGTHS,
    PAIRED,
    SHARES,
    SIGNS,
    SLOTS,
    STOPS,
    WORDS,
    char_class,
)
from articlecli.text.patterns import lazy

_DIGITS = b"0123456789"
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PUNCTUATION = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

_SIGN = {sign: AT["signs"] + i for i, sign in enumerate(SIGNS)}
_SIGN_PATTERN = lazy(f"[{re.escape(SIGNS)}]")
_SHAPE = AT["shape"]


def block_features(block: Block, evidence: Evidence) -> tuple[list[int], int]:
    """Features of one block, its neighbours unseen.

    Returns:
        The features, and the block's shape: the range of its length and how it ends, as one
        number. The items of a list are alike in it.

    """
    text, unspaced = block.text, evidence.unspaced
    width, count = evidence.width, evidence.count
    data = text.encode()
    size = len(data)
    first, last = char_class(text[0]), char_class(text[-1])
    ends = last in STOPS
    length_range = bisect_right(LENGTHS, width)
    ids = [
        AT_LENGTH + length_range,
        AT_WORDS + bisect_right(WORDS, count),
        AT_WORD_LENGTH + min(size // (count or 1), 9),
        AT_FIRST + first,
        AT_LAST + last,
        AT_LAST_LENGTH + last * 5 + min(length_range // 3, 4),
        AT_FIRST_LAST + first * 2 + ends,
        AT_KIND + 2 * KINDS.get(block.kind or "", 0) + (width > 60),
        AT_COMMAS + bisect_right(COUNTS, text.count(",") + (text.count("，") if unspaced else 0)),
        AT_STOPS + bisect_right(COUNTS, text.count(". ") + (text.count("。") if unspaced else 0)),
    ]
    digits = size - len(data.translate(None, _DIGITS))
    capitals = size - len(data.translate(None, _CAPITALS))
    marks = size - len(data.translate(None, _PUNCTUATION))
    ids.append(AT_DIGITS + bisect_right(SHARES, digits / size))
    ids.append(AT_CAPITALS + bisect_right(SHARES, capitals / size))
    ids.append(AT_PUNCTUATION + bisect_right(SHARES, marks / size))
    if width < 160:
        if marks or size != len(text):
            ids += sorted({_SIGN[sign] for sign in _SIGN_PATTERN.findall(text)})
        if text.isupper():
            ids.append(_SHAPE + 5)
        elif text.istitle():
            ids.append(_SHAPE + 6)
        if "http" in evidence.lower or "www." in evidence.lower:
            ids.append(_SHAPE + 7)
    if block.level:
        ids.append(AT_LEVEL + min(block.level, 6))
    ids += [SLOTS + concept for concept in evidence.concepts]
    _hash_words(evidence.words, evidence.hashed, ids)
    return ids, 5 * (length_range // 2) + ends + 2 * (length_range > 4)


def _hash_words(words: tuple[bytes, ...], count: int, ids: list[int]) -> None:
    """Rows of the words: all of a short line, with their pairs where they are few; the ends of a
    long one.
    """  # noqa: D205
    mask = HASHES - 1
    base = SLOTS + CONCEPTS
    if not words:
        return
    shown = words if len(words) <= 12 else words[:9] + words[-3:]
    ids += [base + (crc32(word) & mask) for word in shown]
    ids.append(base + (crc32(words[0], 77) & mask))
    ids.append(base + (crc32(words[-1], 99) & mask))
    if count <= 12:
        ids.append(base + (crc32(b" ".join(words), 55) & mask))
        if 1 < len(words) <= PAIRED:
            ids += [
                base + (crc32(after, crc32(word)) & mask)
                for word, after in zip(words, words[1:], strict=False)
            ]
    else:
        ids.append(base + (crc32(words[1], crc32(words[0], 33)) & mask))


AT_LENGTH, AT_WORDS, AT_WORD_LENGTH = AT["length"], AT["words"], AT["word_length"]
AT_FIRST, AT_LAST, AT_LAST_LENGTH = AT["first"], AT["last"], AT["last_length"]
AT_FIRST_LAST, AT_KIND, AT_LEVEL = AT["first_last"], AT["kind"], AT["level"]
AT_COMMAS, AT_STOPS = AT["commas"], AT["stops"]
AT_DIGITS, AT_CAPITALS, AT_PUNCTUATION = AT["digits"], AT["capitals"], AT["punctuation"]
