"""A text and the blocks of the page it was made of → what of each block the text holds."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from articlecli.evidence import Evidence
from articlecli.text.folding import pairs, word_bytes
from articlecli.text.scripts import is_unspaced

RUN = 3
"""Words in a run by which a block is found in the text."""
SLACK = 40
"""Words by which a block may stand before its neighbour in the text: a text tells captions, tables
and notes sooner or later than the page does."""

Run = tuple[bytes, ...]


def shares(evidence: Sequence[Evidence], text: str) -> list[float]:
    """Share of each block's words that a text holds, at a place that fits the order of the page.

    Blocks with words that both the page and the text have once are anchors; the longest row of
    them whose places rise tells where the others are looked for. What the text has once counts for
    one block, the first. The time grows as page and text do, save for the logarithm of a search
    among the anchors.

    Args:
        evidence: Of the page's blocks.
        text: Made of the same page, lines parted by line feeds.

    Returns:
        One number a block, 0–1.

    """
    where: dict[Run, list[int]] = {}
    size = 0
    for line in text.split("\n"):
        words = words_of(line)
        for offset, run in _runs(words):
            where.setdefault(run, []).append(size + offset)
        size += len(words)
    runs = [[(at, run) for at, run in _runs(own.words) if run in where] for own in evidence]
    anchors = _rising(_anchors(runs, where))
    taken: dict[Run, int] = {}
    out, low, nearest = [], 0, 0
    for i, own in enumerate(evidence):
        while nearest < len(anchors) and anchors[nearest][0] <= i:
            low = anchors[nearest][1]
            nearest += 1
        high = anchors[nearest][1] if nearest < len(anchors) else size
        held = set[int]()
        for at, run in runs[i]:
            places, n = where[run], taken.get(run, 0)
            while n < len(places) and places[n] < low - SLACK:
                n += 1
            if n < len(places) and places[n] <= high + SLACK:
                n += 1
                held.update(range(at, at + len(run)))
            taken[run] = n
        out.append(len(held) / len(own.words) if own.words else 0.0)
    return out


def words_of(text: str) -> Sequence[bytes]:
    """The words of a text, as `Evidence.words` has them."""
    lower = " ".join(text.lower().split())
    key = word_bytes(lower)
    return pairs(lower) if not lower.isascii() and is_unspaced(key) else key.split()


def _runs(words: Sequence[bytes]) -> Iterator[tuple[int, Run]]:
    """Runs of a line with their offsets; a line shorter than a run is one by itself."""
    if 0 < len(words) < RUN:
        yield 0, tuple(words)
    for offset in range(len(words) - RUN + 1):
        yield offset, tuple(words[offset : offset + RUN])


def _anchors(
    runs: Sequence[Sequence[tuple[int, Run]]], where: dict[Run, list[int]]
) -> list[tuple[int, int]]:
    """Blocks that have a run which page and text have once, and their places in the text."""
    often = Counter(run for of_block in runs for _, run in of_block)
    found = []
    for i, of_block in enumerate(runs):
        for at, run in of_block:
            if often[run] == 1 and len(where[run]) == 1:
                found.append((i, max(where[run][0] - at, 0)))
                break
    return found


def _rising(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs whose second numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, place) in enumerate(found):
        rank = bisect_left(ends, place)
        before.append(last[rank - 1] if rank else -1)
        ends[rank : rank + 1] = [place]
        last[rank : rank + 1] = [n]
    row = []
    n = last[-1] if last else -1
    while n >= 0:
        row.append(found[n])
        n = before[n]
    return row[::-1]
