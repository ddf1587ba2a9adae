"""Whole articles that follow the first on a page."""

from collections.abc import Sequence

from articlecli.document import Verdict
from articlecli.rules.change import with_zones
from articlecli.rules.sight import Sight
from articlecli.text.headlines import alike
from articlecli.zone import (
    BODY,
    BOILERPLATE,
    CAPTION,
    HEADING,
    LEAD,
    META,
    TEASER_META,
    TEASER_TEXT,
    TEASER_TITLE,
    TITLE,
)

MIN_PARAGRAPHS = 3
"""Paragraphs above a second headline, and below it, that make an article each."""
SURE = 0.5
"""Confidence from which a second headline is one: the rest of a long story is at stake."""
BLOCKS_BELOW = 15
"""Blocks below a second headline among which its paragraphs are looked for."""

_OF_OTHERS = {
    TITLE: TEASER_TITLE,
    LEAD: TEASER_TEXT,
    BODY: TEASER_TEXT,
    HEADING: TEASER_TEXT,
    META: TEASER_META,
    CAPTION: BOILERPLATE,
}
"""What the parts of an appended article are to the first."""


def relabel_appended_articles(sight: Sight) -> Sequence[Verdict]:
    """Articles below the first, as a page without end appends them, become teasers.

    Both have paragraphs of running text, and the second headline says something that the first
    does not: a copy of the story on its own page, or half of its headline, begins no other.

    Source: a count of November 2026, seen sites included: changes 4 of 1,052 flat gold pages,
    one with hundreds of such lines, and 2 of 963 of
    HTML.
    """
    blocks, evidence, verdicts = sight.blocks, sight.evidence, sight.verdicts
    titles, bodies = sight.where[TITLE], sight.where[BODY]
    if len(titles) < 2 or len(bodies) <= MIN_PARAGRAPHS or titles[-1] < bodies[MIN_PARAGRAPHS - 1]:
        return verdicts
    bodies = [i for i in bodies if evidence[i].sentence]
    if len(bodies) <= MIN_PARAGRAPHS:
        return verdicts
    above = [i for i in titles if i < bodies[0]]
    own = [blocks[i].text for i in above]
    told = frozenset[bytes]().union(*[evidence[i].content for i in above])
    others = [
        i
        for i in titles
        if i > bodies[MIN_PARAGRAPHS - 1]
        and sum(i < j < i + BLOCKS_BELOW for j in bodies) >= MIN_PARAGRAPHS
        and verdicts[i].confidence >= SURE
        and evidence[i].content - told
        and not any(alike(blocks[i].text, title) for title in own)
    ]
    if not own or not others:
        return verdicts
    zones = [verdict.zone for verdict in verdicts]
    start = others[0]
    while zones[start - 1] in (META, BOILERPLATE) and start > others[0] - MIN_PARAGRAPHS - 1:
        start -= 1
    for i in range(start, len(zones)):
        zones[i] = _OF_OTHERS.get(zones[i], zones[i])
    return with_zones(verdicts, zones, "appended_articles")
