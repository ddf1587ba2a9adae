"""A poem is the story of a page that has no other."""

from collections.abc import Sequence

from articlecli.blocks.marks import NO_MARK, bullet
from articlecli.blocks.rows import Row
from articlecli.blocks.verse import OPEN, verse_lines
from articlecli.document import Block, Document, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import with_zones
from articlecli.zone import BODY, BOILERPLATE, LEAD, TITLE, Zone

LONGEST = 60
"""Characters of the longest line above a poem that is its title."""
GAP = 3.0
"""Largest distance (logits) between the zone of the line above a poem and `title`."""
_TITLE = list(Zone).index(TITLE)


def keep_verse(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Sequence[Verdict]:
    """Stanzas of a page of text without a story are its story, the line above them its title.

    Line by line they look like a menu: short, and without a stop.
    """
    del evidence
    blocks = document.blocks
    zones = [verdict.zone for verdict in verdicts]
    if document.page.source.format != "text" or BODY in zones or LEAD in zones:
        return verdicts
    if not any(block.text[-1] in OPEN for block in blocks):
        return verdicts
    marked = bullet("- entry")
    rows = [
        Row(i, 0, 0, block.text, block.gap, marked if block.kind else NO_MARK, block.field)
        for i, block in enumerate(blocks)
    ]
    verse = sorted(verse_lines(rows))
    if not verse:
        return verdicts
    for i in verse:
        zones[i] = BODY
    head = verse[0] if _is_headed(verse, blocks) else verse[0] - 1
    if TITLE not in zones and head >= 0 and _may_be_title(verdicts[head], blocks[head].text):
        zones[head] = TITLE
    return with_zones(verdicts, zones, "verse")


def _is_headed(verse: Sequence[int], blocks: Sequence[Block]) -> bool:
    """Whether the first stanza has a line more than the second: its title, without a gap."""
    starts = [at for at, i in enumerate(verse) if at and (blocks[i].gap or i - verse[at - 1] > 1)]
    ends = [*starts, len(verse)]
    return len(ends) > 1 and ends[0] == ends[1] - ends[0] + 1


def _may_be_title(verdict: Verdict, text: str) -> bool:
    if verdict.zone is not BOILERPLATE or len(text) > LONGEST or not verdict.scores:
        return False
    return (max(verdict.scores) - verdict.scores[_TITLE]) * verdict.unit < GAP
