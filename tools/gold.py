"""What the gold says of every DOM block: the set of zones that it may be.

Zone pages say one zone a block. The other sets say "main text" only: a block in it may be lead,
body or heading, a block outside it anything else, and the DOM narrows that down where it is sure.
The model learns from such sets by the probability of the whole set.
"""

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from pages import SPACE, DomBlock
from score import words

from articlecli.text.phrases import load_phrases

ZONES = [
    "title",
    "lead",
    "meta",
    "body",
    "heading",
    "caption",
    "teaser_section",
    "teaser_title",
    "teaser_text",
    "teaser_meta",
    "comment",
    "boilerplate",
]
BIT = {zone: 1 << i for i, zone in enumerate(ZONES)}
T, L, M, B, H, C, TS, TT, TX, TM, K, X = (1 << i for i in range(12))
STORY = L | B | H
REST = T | M | C | TS | TT | TX | TM | K | X
TEASER = TS | TT | TX | TM
ANY = (1 << 12) - 1

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


_COMMENT = re.compile(r"\b(comment|comments|commentlist|comment-?body|disqus|respond)\b")
_RELATED = re.compile(
    r"related|recommend|most-?read|mostread|popular|teaser|more-?news|read-?more|see-?also|"
    r"lesen|aside-?list|trending|outbrain|taboola|further|promo"
)
_CAPTION = re.compile(r"\b(wp-caption-text|caption|image-caption|photo-?credit|figcaption)\b")
_META = re.compile(r"\b(byline|author|date|published|timestamp|posted-on|entry-meta|post-meta)\b")
_FURNITURE = re.compile(r"\b(footer|copyright|cookie|consent|newsletter|share|social|breadcrumb)")


def targets(page: dict, blocks: Sequence[DomBlock]) -> list[int]:
    """Bit set of the zones that each block may be, from a page's main-text gold and its DOM."""
    share = align(blocks, page["text"])
    inside = [s >= 0.6 for s in share]
    listing = page.get("type") in ("listing", "collection")
    title = _key(page.get("title") or "")
    lead = _key(page.get("lead") or "")
    first = next((i for i, s in enumerate(inside) if s), len(blocks))
    last = max((i for i, s in enumerate(inside) if s), default=-1)
    out = []
    for i, block in enumerate(blocks):
        text, key = block.text, _key(block.text)
        heading = re.search(r"/h[1-6](/|$)", block.path)
        if inside[i]:
            allowed = STORY
            if listing:
                allowed = STORY | TEASER | T | M | C
            elif heading and len(text) < 120:
                allowed = H | (T | L if i == first else 0)
            elif "figcaption" in block.path:
                allowed = B | C
            elif lead and key and (key in lead):
                allowed = L
            elif page["set"] == "fundus":
                allowed = B | (H if len(text) < 100 else 0)
            elif i > first + 2 and len(text) > 150:
                allowed = B
            elif len(text) > 150:
                allowed = L | B
        else:
            allowed = _outside(block, text, i, first, last)
            if 0 < share[i] < 0.6 or (share[i] == 0 and _copy(key, page)):
                allowed |= STORY  # the gold cut a block, or holds it elsewhere: no verdict
            if title and key and (key == title or (title in key and len(key) < len(title) + 60)):
                allowed = T if heading and "h1" in block.path and i <= first else T | X | TT
                if i > last >= 0:
                    allowed = X | TT
            elif i < first and first - i <= 6 and len(text) > 60 and not listing:
                allowed |= L  # a standfirst that the gold leaves out
        out.append(allowed)
    return out


def _outside(block: DomBlock, text: str, i: int, first: int, last: int) -> int:
    """Zones of a block that is not in the main text, as narrow as the DOM is sure."""
    path, marks = block.path, block.marks
    size = len(text)
    linked = bool(block.linked) and all(
        on for on, piece in zip(block.linked, block.pieces, strict=True) if piece.strip()
    )
    said = _concepts(text)
    if said & _HEADERS and not linked and "/nav" not in path and size < 60:
        return TS
    if said & _STOCK and size < 60:
        return X
    furniture = "/nav" in path or "/footer" in path or _FURNITURE.search(marks)
    if ("figcaption" in path or _CAPTION.search(marks)) and first - 6 <= i <= last + 3:
        return C
    if _COMMENT.search(marks) and i > last:
        if linked and size > 40:
            return K | TEASER | X
        return K if size > 60 else K | X
    if furniture:
        return X if size < 40 or not linked else X | TT
    if linked and size >= 35 and " " in text.strip():
        return TT  # a linked line of that length announces another page
    if re.search(r"/h[2-5](/|$)", path):
        if linked and size >= 20:
            return TT
        return TS | TT | X
    if -4 <= i - first < 6 and size < 80 and ("time" in block.inline or _META.search(marks)):
        return M
    if _RELATED.search(marks):
        if size > 90 and not linked:
            return TX
        return TEASER | X if size < 25 else TEASER
    if first <= i <= last:
        return REST & ~T
    if size > 150 and not linked:
        return TX | K | X
    return REST


_HEADERS = frozenset({"related", "most_read", "follow_author"})
_STOCK = frozenset(
    """
    skip_link search login subscribe newsletter share social app comment_form cookies legal
    rights_reserved about_site advertisement js_error
    """.split()
)


def _concepts(text: str) -> frozenset[str]:
    """Concepts that a line is, whole."""
    phrases = load_phrases()
    line = text.lower().replace("’", "'").strip(" .:,;!?»›>«-–•")
    return frozenset(phrases.names[i] for i in phrases.concepts.get(line, ()))


def _copy(key: str, page: dict) -> bool:
    """Whether a longer block stands in the gold although another block took its place."""
    if "_key" not in page:
        page["_key"] = _key(page["text"])
    return len(key) > 60 and key in page["_key"]


def _key(text: str) -> str:
    return SPACE.sub(" ", " ".join(words(text)))
