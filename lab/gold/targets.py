"""What the gold says of every DOM block: the set of zones that it may be.

Zone pages say one zone a block. The other sets say "main text" only: a block in it may be lead,
body or heading, a block outside it anything else, and the DOM narrows that down where it is sure.
The model learns from such sets by the probability of the whole set.
"""

import re
from collections.abc import Sequence

from articlecli.text.phrases import load_phrases
from lab.gold.align import align
from lab.gold.labels import dom_labels
from lab.gold.pages import SPACE, DomBlock
from lab.gold.zones import ANY, REST, STORY, TEASER, TS, TT, TX, B, C, H, K, L, M, T, X
from lab.score import word_f1, words

CEILING = 0.6
"""Pages whose gold can't be found in their HTML (word F1 of the aligned blocks) are left out."""


def page_targets(page: dict, blocks: list[DomBlock], title: str) -> tuple[list[int], int] | None:
    """Allowed zones of each block and of the page's title line; `None` without usable gold."""
    labelled = dom_labels(page, blocks, title)
    if labelled is not None:
        return labelled
    if page["set"] == "trafilatura" or (page.get("with_") and not page.get("text")):
        return _snippet_targets(page, blocks), T | X
    if not page.get("text"):
        return None
    share = align(blocks, page["text"])
    found = "\n".join(block.text for block, s in zip(blocks, share, strict=True) if s >= 0.6)
    if word_f1(found, page["text"]) < CEILING:
        return None
    listing = page.get("type") in ("listing", "collection", "forum", "product", "service")
    return targets(page, blocks), T | (X if listing else 0)


def _snippet_targets(page: dict, blocks: list[DomBlock]) -> list[int]:
    """Snippets that must and must not be in the story; everything else is open."""
    out = []
    for block in blocks:
        text = block.text
        allowed = ANY
        if "/nav" in block.path or "/footer" in block.path:
            allowed = _outside(block, text, 0, 0, -1)
        if any(s in text for s in page.get("without") or ()):
            allowed = REST
        elif any(s in text for s in page.get("comments") or ()):
            allowed = K
        elif any(s in text for s in page["with_"]):
            allowed = STORY
            if re.search(r"/h[1-6](/|$)", block.path):
                allowed = H
            elif len(text) > 150:
                allowed = L | B
        out.append(allowed)
    return out


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
