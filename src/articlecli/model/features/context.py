"""Features of a block among the others of its page: position, copies, text around it, likeness.

Hot path like `block`: what can be told of all blocks in one pass is told in one pass.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from articlecli.document import Block
from articlecli.evidence import Evidence
from articlecli.model.features.slots import (
    AT,
    DISTANCES,
    LIKENESS,
    LONGEST_HEAD,
    LONGEST_PERIOD,
    MASSES,
    NEAR,
    PAGE_MASSES,
    PARTS,
    PLACES,
    REACH,
    SHARED,
    SINCE,
    WIDE,
)


def page_features(lines: Sequence[Evidence]) -> list[int]:
    """Features that all blocks of a page share: how much there is, and how much of it is text."""
    count = len(lines)
    if not count:
        return []
    mass = sum(line.width for line in lines if line.sentence)
    long = sum(line.sentence for line in lines)
    return [
        AT["page_blocks"] + bisect_right(PLACES, count),
        AT["page_mass"] + bisect_right(PAGE_MASSES, mass),
        AT["page_long"] + min(6 * long // count, 5),
    ]


def context_features(
    blocks: Sequence[Block], lines: Sequence[Evidence], shapes: Sequence[int]
) -> list[list[int]]:
    """Features of every block that depend on its page.

    Args:
        blocks: All blocks of the page.
        lines: Evidence of each.
        shapes: Shape of each, from `block_features`.

    Returns:
        A list of feature numbers a block, in the order of the blocks.

    """
    count = len(blocks)
    if not count:
        return []
    masses = [line.width if line.sentence else 0 for line in lines]
    sums = list(accumulate(masses, initial=0))
    total = sums[-1] or 1
    centre = _centre(sums, count)
    places = [bisect_right(PLACES, i) for i in range(count)]
    gaps = _gaps(blocks)
    rhythms = _rhythms(shapes)
    near, wide = (_mass_pairs(sums, reach) for reach in (NEAR, WIDE))
    likeness = _likeness(lines, centre)
    periods = _periods(shapes)
    shared = _shared(lines)
    out = [
        [
            AT_FROM_START + places[i],
            AT_FROM_END + places[count - 1 - i],
            AT_PART + 10 * i // count,
            AT_GAPS + 6 * gaps[i] + gaps[i + 1],
            AT_RHYTHM + rhythms[i],
            AT_MASS_BEFORE + bisect_right(PARTS, sums[i] / total),
            AT_NEAR + near[i],
            AT_WIDE + wide[i],
            AT_CENTRE + bisect_right(DISTANCES, i - centre),
            AT_LIKENESS + likeness[i],
            AT_PERIOD + periods[i],
            AT_SHARED + shared[i],
        ]
        for i in range(count)
    ]
    _add_copies(lines, out)
    return out


def _gaps(blocks: Sequence[Block]) -> list[int]:
    """Blank lines above each block against what is usual on the page, 0–5; 5 after the last."""
    sizes = Counter(block.gap for block in blocks)
    usual = max(sizes, key=sizes.__getitem__) - 2  # `most_common` would load a module for it
    gaps = [block.gap - usual for block in blocks]
    return [0 if gap < 0 else min(gap, 5) for gap in gaps] + [5]


def _rhythms(shapes: Sequence[int]) -> list[int]:
    """Which of the neighbours one and two away have the block's own shape: lists and teasers."""
    padded = [0, 0, *shapes, 0, 0]
    return [
        (c == b) + 2 * (c == a) + 4 * ((c == d) + 2 * (c == e)) + 16 * (c % 5 > 1)
        for a, b, c, d, e in zip(
            padded, padded[1:], padded[2:], padded[3:], padded[4:], strict=False
        )
    ]


def _periods(shapes: Sequence[int]) -> list[int]:
    """How far away the same two shapes in a row stand: cards of several lines, one after another.

    0 where they don't; else 3 times the distance less one, plus 1 above, 2 below, 3 both.
    """
    count = len(shapes)
    above, below = [0] * count, [0] * count
    last: dict[tuple[int, int], int] = {}
    for i, pair in enumerate(zip(shapes, [*shapes[1:], -1], strict=True)):
        step = i - last.get(pair, -count)
        if step <= LONGEST_PERIOD:
            above[i] = below[i - step] = step
        last[pair] = i
    out = []
    for up, down in zip(above, below, strict=True):
        step = min(up or down, down or up)
        out.append(3 * (step - 1) + (up == step) + 2 * (down == step) if step else 0)
    return out


def _shared(lines: Sequence[Evidence]) -> list[int]:
    """Share of a block's words that the blocks above and below have: headline and summary."""
    size = len(SHARED) + 1
    none: frozenset[bytes] = frozenset()
    words = [none, *(line.content for line in lines), none]
    out = []
    for above, own, below in zip(words, words[1:], words[2:], strict=False):
        count = len(own) or 1
        up, down = len(own & above) / count, len(own & below) / count
        out.append(size * bisect_right(SHARED, up) + bisect_right(SHARED, down))
    return out


def _mass_pairs(sums: Sequence[int], reach: int) -> list[int]:
    """Running text in the blocks before each block and after it, as one number."""
    size = len(MASSES) + 1
    ranges = [
        bisect_right(MASSES, after - before)
        for before, after in zip(
            [0] * reach + list(sums), list(sums) + [sums[-1]] * reach, strict=True
        )
    ]
    # ranges[k] is the text of blocks k - reach to k - 1.
    count = len(sums) - 1
    return [size * ranges[i] + ranges[i + 1 + reach] for i in range(count)]


def _likeness(lines: Sequence[Evidence], centre: int) -> list[int]:
    """Share of each block's words that the running text near the centre holds too."""
    once, twice = _vocabulary(lines, centre)
    own = 1 + len(LIKENESS)
    out = []
    for line in lines:
        words = line.content
        if not words:
            out.append(0)
        elif line.sentence:
            out.append(own + bisect_right(LIKENESS, len(words & twice) / len(words)))
        else:
            out.append(bisect_right(LIKENESS, len(words & once) / len(words)))
    return out


def _add_copies(lines: Sequence[Evidence], out: list[list[int]]) -> None:
    """Lines that stand on the page more than once, and likeness to the page's first line."""
    copies = Counter([line.key for line in lines])
    seen: set[bytes] = set()
    head, head_words = lines[0].key[:LONGEST_HEAD], lines[0].content
    titled = None
    for i, line in enumerate(lines):
        key = line.key
        again = key in seen
        copy = copies[key]
        if copy > 1:
            seen.add(key)
            long = (line.width > 25) + (line.width > 80)
            out[i].append(AT_COPIES + min(copy, 3) - 2 + 2 * again)
            out[i].append(AT_COPY_LENGTH + 3 * long + min(copy, 4) - 2)
        if i and key and line.width > 15:
            if head.startswith(key):
                out[i].append(AT_PAGE_TITLE + 1 + again)
                titled = i
            elif key in head:
                out[i].append(AT_PAGE_TITLE + 3)
            elif head_words and (shared := len(line.content & head_words)):
                share = shared / len(line.content)
                level = (share > 0.2) + (share > 0.5) + (share > 0.8)
                out[i].append(AT_PAGE_TITLE + 4 + level)
        if titled is not None:
            out[i].append(AT_SINCE + bisect_right(SINCE, i - titled))


def _centre(sums: Sequence[int], count: int) -> int:
    """The block with the most running text round it."""
    padded = [0] * 5 + list(sums) + [sums[-1]] * 6
    masses = [after - before for before, after in zip(padded, padded[11:], strict=False)][:count]
    return masses.index(max(masses))


def _vocabulary(
    lines: Sequence[Evidence], centre: int
) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Words of the running text near the centre: those in one block at least, and in two."""
    once: set[bytes] = set()
    twice: set[bytes] = set()
    for line in lines[max(centre - REACH, 0) : centre + REACH]:
        if line.sentence:
            twice |= once & line.content
            once |= line.content
    return frozenset(once), frozenset(twice)


AT_FROM_START, AT_FROM_END, AT_PART = AT["from_start"], AT["from_end"], AT["part"]
AT_GAPS, AT_RHYTHM, AT_NEAR, AT_WIDE = AT["gaps"], AT["rhythm"], AT["near"], AT["wide"]
AT_MASS_BEFORE, AT_CENTRE, AT_LIKENESS = AT["mass_before"], AT["centre"], AT["likeness"]
AT_PERIOD, AT_SHARED, AT_SINCE = AT["period"], AT["shared"], AT["since_title"]
AT_COPIES, AT_COPY_LENGTH, AT_PAGE_TITLE = AT["copies"], AT["copy_length"], AT["page_title"]
