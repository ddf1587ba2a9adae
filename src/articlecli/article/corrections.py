"""What a whole page tells better than the model can: threads, appended articles, notices."""

import re
from collections import Counter
from collections.abc import Sequence

from articlecli.article.title import alike
from articlecli.document import Block
from articlecli.text.phrases import END, START, WHOLE, load_phrases, match
from articlecli.zone import (
    BODY,
    BOILERPLATE,
    CAPTION,
    COMMENT,
    HEADING,
    LEAD,
    META,
    TEASER_META,
    TEASER_TEXT,
    TEASER_TITLE,
    TITLE,
    Zone,
)

NOTICE_LENGTH = 160
"""Characters of the longest block that is looked at as a notice."""
OWN = 3
"""Paragraphs above a second headline, and below it, that make an article each."""
APPENDED = 15
"""Blocks below a second headline among which its paragraphs are looked for."""

NAME_LENGTH = 60
"""Characters up to which a block of a post may be its author or date line."""
FORUM_SIGNS, MANY_SIGNS = 2, 6
"""Short lines that speak of a forum's members and posts, where the title names a forum, and where
it does not."""
_FORUMS = frozenset(
    "forum forums foro foros foren fórum форум форумы φόρουμ board community".split()
)
_WORD = re.compile(r"\w+")

_OF_OTHERS = {
    TITLE: TEASER_TITLE,
    LEAD: TEASER_TEXT,
    BODY: TEASER_TEXT,
    HEADING: TEASER_TEXT,
    META: TEASER_META,
    CAPTION: BOILERPLATE,
}
"""What the parts of an appended article are to the first."""


def correct_zones(blocks: Sequence[Block], zones: list[Zone]) -> frozenset[int]:
    """Correct the zones of a page with a story, in place.

    Returns:
        Headlines of whole articles that follow the first; they are teasers now.

    """
    _tell_posts(blocks, zones)
    _drop_notices(blocks, zones)
    _keep_tables_whole(blocks, zones)
    return _keep_first(blocks, zones)


def _tell_posts(blocks: Sequence[Block], zones: list[Zone]) -> None:
    """In a thread of a forum nobody comments: answers are posts, what stands with them facts.

    A forum says so in its pages' titles, and again beside the posts ("Joined", "Thread starter").
    """
    first = next((i for i, zone in enumerate(zones) if zone is BODY), len(zones))
    if COMMENT not in zones[first:]:
        return
    phrases = load_phrases()
    forum = 4 * phrases.names.index("forum")
    short = [b.text.lower() for b in blocks if len(b.text) < NAME_LENGTH]
    signs = sum(
        not {forum + WHOLE, forum + START}.isdisjoint(
            match(phrases, text, unspaced=text[-1] >= "\u2e80")
        )
        for text in short
    )
    titles = " ".join(blocks[i].text.lower() for i, zone in enumerate(zones) if zone is TITLE)
    named = any(word in _FORUMS for word in _WORD.findall(titles)) or "论坛" in titles
    if signs < (FORUM_SIGNS if named else MANY_SIGNS):
        return
    for i in range(first, len(zones)):
        if zones[i] is COMMENT:
            zones[i] = BODY if len(blocks[i].text) >= NAME_LENGTH else META


def _drop_notices(blocks: Sequence[Block], zones: list[Zone]) -> None:
    """Take out what is no part of a text: a reply button, "the rest is for subscribers"."""
    phrases = load_phrases()
    reply, paywall = (4 * phrases.names.index(name) for name in ("reply", "paywall"))
    # A button stands under every comment; "Thanks" once is what somebody said.
    often = Counter([block.text for block in blocks]) if COMMENT in zones else Counter[str]()
    for i, zone in enumerate(zones):
        text = blocks[i].text
        if zone not in (COMMENT, BODY) or len(text) > NOTICE_LENGTH:
            continue
        said = set(match(phrases, text.lower(), unspaced=False))
        button = zone is COMMENT and reply + WHOLE in said and often[text] > 1
        both_ends = {paywall + START, paywall + END} <= said
        if button or (zone is BODY and (both_ends or paywall + WHOLE in said)):
            zones[i] = BOILERPLATE


def _keep_tables_whole(blocks: Sequence[Block], zones: list[Zone]) -> None:
    """Rows of a table of HTML are the story's where most of its rows are."""
    story = (BODY, HEADING)
    start = 0
    while start < len(blocks):
        end = start + 1
        own = blocks[start].markup
        while end < len(blocks) and own and _same_table(blocks[start], blocks[end]):
            end += 1
        inside = sum(zone in story for zone in zones[start:end])
        if own and blocks[start].kind == "table" and 2 * inside > end - start:
            for i in range(start, end):
                zones[i] = BODY
        start = end


def _same_table(first: Block, other: Block) -> bool:
    """Whether two rows have as many cells and stand in tables marked alike."""
    if first.kind != "table" or other.kind != "table" or not (first.markup and other.markup):
        return False
    above = [block.markup.path.rpartition("table")[0] for block in (first, other) if block.markup]
    return above[0] == above[1] and first.text.count(" | ") == other.text.count(" | ")


def _keep_first(blocks: Sequence[Block], zones: list[Zone]) -> frozenset[int]:
    """Articles below the first, as a page without end appends them, become teasers.

    Returns:
        Their headlines.

    """
    bodies = [i for i, zone in enumerate(zones) if zone is BODY]
    if len(bodies) <= OWN:
        return frozenset()
    own = [blocks[i].text for i, zone in enumerate(zones) if zone is TITLE and i < bodies[0]]
    others = [
        i
        for i, zone in enumerate(zones)
        if zone is TITLE
        and i > bodies[OWN - 1]
        and sum(i < j < i + APPENDED for j in bodies) >= OWN
        and not any(alike(blocks[i].text, title) for title in own)
    ]
    if not own or not others:
        return frozenset()
    start = others[0]
    while zones[start - 1] in (META, BOILERPLATE) and start > others[0] - OWN - 1:
        start -= 1
    for i in range(start, len(zones)):
        zones[i] = _OF_OTHERS.get(zones[i], zones[i])
    return frozenset(others)
