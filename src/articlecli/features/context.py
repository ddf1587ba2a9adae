"""Features of a block among the others of its page: position, copies, text around it, likeness."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from articlecli.features.line import Line
from articlecli.features.slots import (
    AT,
    DISTANCES,
    LIKENESS,
    MASSES,
    PAGE_MASSES,
    PARTS,
    PLACES,
)
from articlecli.types import Block

NEAR, WIDE = 3, 12
"""Blocks on either side whose running text is summed up."""
REACH = 25
"""Blocks round the page's centre of text that count as its story when words are compared."""


def context_features(blocks: Sequence[Block], lines: Sequence[Line]) -> list[list[int]]:
    """Features of every block that depend on its page.

    Returns:
        A list of feature numbers a block, in the order of the blocks.
    """
    count = len(blocks)
    page = _page_features(lines)
    masses = [line.chars if line.sentence else 0 for line in lines]
    sums = list(accumulate(masses, initial=0))
    total = sums[-1] or 1
    centre = _centre(sums, count)
    once, twice = _vocabulary(lines, centre)
    copies = Counter(line.key for line in lines)
    seen: Counter[bytes] = Counter()
    usual = Counter(block.gap for block in blocks).most_common(1)[0][0] if blocks else 0
    head = lines[0].key.strip() if lines else b""
    head_words = lines[0].words if lines else frozenset()

    out = []
    for i, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        near, wide = max(i - NEAR, 0), max(i - WIDE, 0)
        near_end, wide_end = min(i + 1 + NEAR, count), min(i + 1 + WIDE, count)
        before, after = sums[i], sums[i + 1]
        gap_below = blocks[i + 1].gap if i + 1 < count else 5
        copy = copies[line.key]
        seen[line.key] += 1
        words = line.words
        if not words:
            alike = 0
        elif line.sentence:
            alike = 1 + len(LIKENESS) + bisect_right(LIKENESS, len(words & twice) / len(words))
        else:
            alike = bisect_right(LIKENESS, len(words & once) / len(words))
        ids = [
            *page,
            AT_FROM_START + bisect_right(PLACES, i),
            AT_FROM_END + bisect_right(PLACES, count - 1 - i),
            AT_PART + 10 * i // count,
            AT_GAP_ABOVE + min(max(block.gap - usual + 2, 0), 5),
            AT_GAP_BELOW + min(max(gap_below - usual + 2, 0), 5),
            AT_MASS_BEFORE + bisect_right(PARTS, before / total),
            AT_NEAR_BEFORE + bisect_right(MASSES, before - sums[near]),
            AT_NEAR_AFTER + bisect_right(MASSES, sums[near_end] - after),
            AT_WIDE_BEFORE + bisect_right(MASSES, before - sums[wide]),
            AT_WIDE_AFTER + bisect_right(MASSES, sums[wide_end] - after),
            AT_CENTRE + bisect_right(DISTANCES, i - centre),
            AT_LIKENESS + alike,
        ]
        if copy > 1:
            long = (line.chars > 25) + (line.chars > 80)
            ids.append(AT_COPIES + min(copy, 3) - 2 + 2 * (seen[line.key] > 1))
            ids.append(AT_COPY_LENGTH + 3 * long + min(copy, 4) - 2)
        if i and line.chars > 15:
            key = line.key.strip()
            if head.startswith(key):
                ids.append(AT_PAGE_TITLE + 1 + (seen[line.key] > 1))
            elif key in head:
                ids.append(AT_PAGE_TITLE + 3)
            elif words and head_words:
                share = len(words & head_words) / len(words)
                ids.append(AT_PAGE_TITLE + 4 + (share > 0.2) + (share > 0.5) + (share > 0.8))
        out.append(ids)
    return out


def _page_features(lines: Sequence[Line]) -> list[int]:
    """Features that all blocks of a page share."""
    count = len(lines)
    mass = sum(line.chars for line in lines if line.sentence)
    long = sum(line.sentence for line in lines)
    return [
        AT["page_blocks"] + bisect_right(PLACES, count),
        AT["page_mass"] + bisect_right(PAGE_MASSES, mass),
        AT["page_long"] + min(int(6 * long / (count or 1)), 5),
    ]


def _centre(sums: Sequence[int], count: int) -> int:
    """The block with the most running text round it."""
    best, at = -1, 0
    for i in range(count):
        mass = sums[min(i + 6, count)] - sums[max(i - 5, 0)]
        if mass > best:
            best, at = mass, i
    return at


def _vocabulary(
    lines: Sequence[Line], centre: int
) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Words of the running text near the centre: those in one block at least, and in two."""
    once: set[bytes] = set()
    twice: set[bytes] = set()
    for line in lines[max(centre - REACH, 0) : centre + REACH]:
        if line.sentence:
            twice |= once & line.words
            once |= line.words
    return frozenset(once), frozenset(twice)


AT_FROM_START, AT_FROM_END, AT_PART = AT["from_start"], AT["from_end"], AT["part"]
AT_GAP_ABOVE, AT_GAP_BELOW = AT["gap_above"], AT["gap_below"]
AT_MASS_BEFORE, AT_CENTRE, AT_LIKENESS = AT["mass_before"], AT["centre"], AT["likeness"]
AT_NEAR_BEFORE, AT_NEAR_AFTER = AT["near_before"], AT["near_after"]
AT_WIDE_BEFORE, AT_WIDE_AFTER = AT["wide_before"], AT["wide_after"]
AT_COPIES, AT_COPY_LENGTH, AT_PAGE_TITLE = AT["copies"], AT["copy_length"], AT["page_title"]
