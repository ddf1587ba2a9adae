"""Features of a block by itself: its shape and its words.

Hot path: most of a page's time goes by here, so counting is left to methods of `bytes` and `str`
(translate, count, split) and no text is walked character by character.
"""

import re
from binascii import crc32
from bisect import bisect_right

from msgspec import Struct

from articlecli.document import Block
from articlecli.model.features.slots import (
    AT,
    CONCEPTS,
    COUNTS,
    HASHES,
    LENGTHS,
    SHARES,
    SLOTS,
    WORDS,
)
from articlecli.text.phrases import Phrases, match
from articlecli.text.words import count_words


class Line(Struct):
    """A block seen by itself."""

    ids: list[int]
    """Features."""
    chars: int
    """Length in characters, those of scripts without spaces counted twice."""
    words: frozenset[bytes]
    """Words of four letters and more (pairs of characters in scripts without spaces)."""
    sentence: bool
    """Reads like running text: a dozen words, or fewer and a full stop."""
    key: bytes
    """Lower-cased words; equal for copies of a line."""
    shape: int
    """Range of its length (times 5), and how it ends: alike for the items of a list."""


PAIRED = 7
"""Words up to which a line's pairs of words are features: stock phrases are short."""

_DIGITS = b"0123456789"
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PUNCTUATION = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_WORDS = bytes(
    48 if chr(b) in "0123456789" else 32 if b < 128 and not chr(b).isalnum() else b
    for b in range(256)
)
"""Digits become 0 and ASCII punctuation a space, so that dates and counts share a word."""

_SIGNS = "|›»/·•@©€$£%:?#&+=→–—№"
_SIGN = {sign: AT["signs"] + i for i, sign in enumerate(_SIGNS)}
_SIGN_PATTERN = re.compile(f"[{re.escape(_SIGNS)}]")
_SHAPE = AT["shape"]
_UNSPACED = "[\u2e80-\u9fff\uf900-\ufaff]"
"""Compiled when a page first needs it: a class of so many characters takes a millisecond."""
_SOLID = "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]"
"""Thai, Lao, Burmese, Khmer."""
_TERMINAL = frozenset(".!?…。！？")
_CLOSING = frozenset("\"'”’»)）」』")
_KINDS = {
    "paragraph": 1,
    "heading": 2,
    "list_item": 3,
    "quote": 4,
    "table": 5,
    "code": 6,
    "caption": 7,
}

_ASCII_CLASS = {
    **dict.fromkeys("0123456789", 3),
    ".": 4, "!": 5, "?": 6, ":": 7, ";": 8, ",": 8, "…": 9, "-": 10, "–": 10, "—": 10,
    "(": 11, ")": 12, "[": 11, "]": 12, '"': 13, "“": 13, "«": 13, "„": 13, "”": 14, "»": 14,
    "'": 14, "’": 14, "|": 15, "/": 15, "#": 16, "@": 16, "%": 17, "€": 17, "$": 17, "£": 17,
    "*": 18, "•": 18, "·": 18, ">": 18, "›": 18, "→": 18, "。": 4, "！": 5, "？": 6, "：": 7,
    "，": 8, "、": 8, "；": 8, "（": 11, "）": 12, "「": 13, "『": 13, "」": 14, "』": 14,
}  # fmt: skip


def char_class(char: str) -> int:
    """Class of a first or last character, 0–23: letter case, digit, kind of punctuation."""
    known = _ASCII_CLASS.get(char)
    if known is not None:
        return known
    if char.isupper():
        return 1
    if char.islower():
        return 2
    if char >= "\u2e80":
        return 19
    if char.isalpha():
        return 20
    return 21 if ord(char) < 128 else 22


def line_features(block: Block, phrases: Phrases) -> Line:
    """Features of one block, its neighbours unseen."""
    text = block.text
    lower = text.lower()
    data = text.encode()
    size = len(data)
    unspaced = (
        len(text) != size and max(text) >= "\u2e80" and re.search(_UNSPACED, text) is not None
    )
    raw = lower.encode().translate(_WORDS).strip()
    words = raw.split()
    count = len(words)
    chars = len(text)
    if unspaced:
        chars *= 2
        count = max(count, chars // 5)
    hashed = count
    if len(text) != size and 8 * count < chars and not unspaced and re.search(_SOLID, text):
        count = max(count, count_words(text))

    first, last = char_class(text[0]), char_class(text[-1])
    length_range = bisect_right(LENGTHS, chars)
    ids = [
        AT_LENGTH + length_range,
        AT_WORDS + bisect_right(WORDS, count),
        AT_WORD_LENGTH + min(size // (count or 1), 9),
        AT_FIRST + first,
        AT_LAST + last,
        AT_LAST_LENGTH + last * 5 + min(length_range // 3, 4),
        AT_FIRST_LAST + first * 2 + (last in (4, 5, 6)),
        AT_KIND + 2 * _KINDS.get(block.kind or "", 0) + (chars > 60),
        AT_COMMAS + bisect_right(COUNTS, text.count(",") + (text.count("，") if unspaced else 0)),
        AT_STOPS + bisect_right(COUNTS, text.count(". ") + (text.count("。") if unspaced else 0)),
    ]
    digits = size - len(data.translate(None, _DIGITS))
    capitals = size - len(data.translate(None, _CAPITALS))
    marks = size - len(data.translate(None, _PUNCTUATION))
    ids.append(AT_DIGITS + bisect_right(SHARES, digits / size))
    ids.append(AT_CAPITALS + bisect_right(SHARES, capitals / size))
    ids.append(AT_PUNCTUATION + bisect_right(SHARES, marks / size))
    if chars < 160:
        if marks or size != len(text):
            for sign in set(_SIGN_PATTERN.findall(text)):
                ids.append(_SIGN[sign])
        if text.isupper():
            ids.append(_SHAPE + 5)
        elif text.istitle():
            ids.append(_SHAPE + 6)
        if "http" in lower or "www." in lower:
            ids.append(_SHAPE + 7)
    if block.level:
        ids.append(AT_LEVEL + min(block.level, 6))

    if unspaced:
        words = _pairs(lower)
        content = frozenset(words)
    else:
        content = frozenset([word for word in words if len(word) > 3])
    ids += [SLOTS + concept for concept in match(phrases, lower, unspaced=unspaced)]
    _hash_words(words, hashed, ids)
    shape = 5 * (length_range // 2) + (last in (4, 5, 6)) + 2 * (length_range > 4)
    closed = text[-1] in _TERMINAL or (text[-1] in _CLOSING and text[-2:-1] in _TERMINAL)
    sentence = count >= 20 or (count >= 7 and closed)
    return Line(ids, chars, content, sentence, raw, shape)


def _pairs(lower: str) -> list[bytes]:
    """Overlapping pairs of characters, for scripts that write no spaces."""
    folded = lower.replace(" ", "")
    return [folded[i : i + 2].encode() for i in range(len(folded) - 1)] or [folded.encode()]


def _hash_words(words: list[bytes], count: int, ids: list[int]) -> None:
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
