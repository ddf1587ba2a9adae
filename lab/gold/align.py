"""Which blocks of a page the main text of its gold holds."""

import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence

from lab.gold.pages import DomBlock
from lab.score import words

N = 3
"""Words in a run that ties a block to the gold text."""


def align(blocks: Sequence[DomBlock], gold: str) -> list[float]:
    """Share of each block's words that the gold text holds at a place that fits the order.

    Returns:
        One figure a block, 0–1: the heaviest chain of blocks whose places in the gold rise, and
        after it long blocks that the gold holds elsewhere, if they are no copies.

    """
    target = words(gold)
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(target) - N + 1):
        where[tuple(target[i : i + N])].append(i)
    short: dict[tuple[str, ...], list[int]] = defaultdict(list)
    position = 0
    for line in gold.split("\n"):
        w = words(line)
        if w and len(w) <= 12:
            short[tuple(w)].append(position)
        position += len(w)

    tokens = [words(block.text) for block in blocks]
    covered = []
    candidates: list[tuple[int, int, int, float]] = []  # block, place, end, weight
    for i, w in enumerate(tokens):
        hits: Counter[int] = Counter()
        inside = [False] * len(w)
        for j in range(len(w) - N + 1):
            places = where.get(tuple(w[j : j + N]))
            if places:
                inside[j] = inside[j + 1] = inside[j + 2] = True
                for place in places[:20]:
                    hits[place - j] += 1
        share = sum(inside) / len(w) if w else 0.0
        if len(w) < N or (len(w) <= 12 and share < 1):
            for place in short.get(tuple(w), [])[:20]:
                hits[place] += N
                share = 1.0
        covered.append(share)
        if share >= 0.5:
            for place, _ in hits.most_common(6):
                candidates.append((i, place, place + len(w), share * len(w)))
    chain = _heaviest(candidates)
    out = [0.0] * len(blocks)
    seen: set[tuple[str, ...]] = set()
    for i in chain:
        out[i] = covered[i]
        seen.add(tuple(tokens[i]))
    for i, w in enumerate(tokens):
        if not out[i] and covered[i] >= 0.75 and len(w) >= 12 and tuple(w) not in seen:
            out[i] = covered[i]
            seen.add(tuple(w))
    return out


def _heaviest(candidates: list[tuple[int, int, int, float]]) -> set[int]:
    """Blocks of the chain with the most words whose places in the gold rise (Fenwick over ends)."""
    if not candidates:
        return set()
    ends = sorted({end for _, _, end, _ in candidates})
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(ends) + 1)
    back: list[int] = []
    score: list[float] = []

    def best(rank: int) -> tuple[float, int]:
        found = (0.0, -1)
        while rank > 0:
            found = max(found, tree[rank])
            rank -= rank & -rank
        return found

    index = 0
    while index < len(candidates):
        block = candidates[index][0]
        group = []
        while index < len(candidates) and candidates[index][0] == block:
            group.append(index)
            index += 1
        made = []
        for c in group:
            _, place, _, weight = candidates[c]
            # Two words of slack: marks and numbers come and go between page and gold.
            total, before = best(bisect.bisect_right(ends, place + 2))
            made.append((total + weight, before))
        for c, (total, before) in zip(group, made, strict=True):
            score.append(total)
            back.append(before)
            rank = bisect.bisect_left(ends, candidates[c][2]) + 1
            while rank < len(tree):
                tree[rank] = max(tree[rank], (total, c))
                rank += rank & -rank
    at = max(range(len(score)), key=score.__getitem__)
    chain = set()
    while at >= 0:
        chain.add(candidates[at][0])
        at = back[at]
    return chain
