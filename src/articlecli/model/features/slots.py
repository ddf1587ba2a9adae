"""Numbering of the features: which number means what.

A block's features are a list of small integers, each a row of the zone model's embedding table;
those of the page as a whole are listed once.
First come the slots (a measure cut into ranges, one number a range), then the phrase concepts,
then hashed words. The numbering is part of the model: `VERSION` goes up with any change here or
in the code that fills the slots, and the model file names the version it was trained for.
"""

from itertools import accumulate

from articlecli.text.scripts import begins_unspaced

VERSION = 4

LENGTHS = (1, 3, 6, 10, 15, 22, 30, 42, 60, 85, 120, 180, 260, 400, 700)
WORDS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 50, 90)
SHARES = (0.001, 0.03, 0.08, 0.15, 0.3, 0.6)
COUNTS = (1, 2, 3, 5, 9)
PLACES = (1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 140, 220, 400)
MASSES = (1, 80, 200, 450, 900, 1800, 3600)
PAGE_MASSES = (1, 300, 800, 1600, 3000, 6000, 12000)
LIKENESS = (0.001, 0.12, 0.25, 0.4, 0.55, 0.7, 0.9)
PARTS = (0.0001, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.92, 0.98, 0.9999)
SHARED = (0.001, 0.3, 0.6)
SINCE = (1, 2, 3, 4, 6, 9, 14, 22, 40, 80)
DISTANCES = (-60, -30, -15, -7, -3, -1, 1, 3, 7, 15, 30, 60)

CLASSES = 24
"""Classes of a first or last character, see `char_class`."""
STOPS = (4, 5, 6)
"""Classes of the characters that end a sentence."""
SIGNS = "|›»/·•@©€$£%:?#&+=→–—№"
KINDS = {
    "paragraph": 1,
    "heading": 2,
    "list_item": 3,
    "quote": 4,
    "table": 5,
    "code": 6,
    "caption": 7,
}

PAIRED = 7
"""Words up to which a line's pairs of words are features: stock phrases are short."""
LONGEST_HEAD = 10_000
"""Bytes of the page's first line in which the other lines are looked for."""
NEAR, WIDE = 3, 12
"""Blocks on either side whose running text is summed up."""
REACH = 25
"""Blocks round the page's centre of text that count as its story when words are compared."""
LONGEST_PERIOD = 6
"""Blocks from one card to the next at most."""

_SIZES = {
    "length": len(LENGTHS) + 1,
    "words": len(WORDS) + 1,
    "word_length": 10,
    "first": CLASSES,
    "last": CLASSES,
    "last_length": CLASSES * 5,
    "first_last": CLASSES * 2,
    "digits": len(SHARES) + 1,
    "capitals": len(SHARES) + 1,
    "punctuation": len(SHARES) + 1,
    "commas": len(COUNTS) + 1,
    "stops": len(COUNTS) + 1,
    "signs": 24,
    "shape": 12,
    "kind": 8 * 2,
    "level": 7,
    "gaps": 6 * 6,
    "copies": 6,
    "copy_length": 9,
    "rhythm": 2 * 4 * 4,
    "from_start": len(PLACES) + 1,
    "from_end": len(PLACES) + 1,
    "part": 12,
    "mass_before": len(PARTS) + 1,
    "near": (len(MASSES) + 1) ** 2,
    "wide": (len(MASSES) + 1) ** 2,
    "centre": len(DISTANCES) + 1,
    "likeness": 3 * (len(LIKENESS) + 1),
    "page_title": 8,
    "period": 1 + 3 * 6,
    "shared": (len(SHARED) + 1) ** 2,
    "since_title": len(SINCE) + 2,
    "page_blocks": len(PLACES) + 1,
    "page_mass": len(PAGE_MASSES) + 1,
    "page_long": 6,
}
_ENDS = dict(zip(_SIZES, accumulate(_SIZES.values()), strict=True))

AT = {name: _ENDS[name] - size for name, size in _SIZES.items()}
"""First number of each slot."""
SLOTS = sum(_SIZES.values())
CONCEPTS = 640
"""Rows kept for phrase concepts, four places each: whole line, start, end, inside."""
HASHES = 1 << 15
"""Rows for hashed words, a power of two."""
ROWS = SLOTS + CONCEPTS + HASHES
MARKUP_HASHES = 1 << 14
"""Rows for facts of the markup, numbered from `ROWS` on; the model for HTML has them, the model
for text has not."""

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
    if begins_unspaced(char):
        return 19
    if char.isalpha():
        return 20
    return 21 if ord(char) < 128 else 22
