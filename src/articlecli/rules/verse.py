"""A poem is the story of a page that has no other."""

from collections.abc import Sequence

from articlecli.blocks.marks import NO_MARK, bullet
from articlecli.blocks.measures import VERSE_ENDS
from articlecli.blocks.rows import Row
from articlecli.blocks.verse import verse_lines
from articlecli.document import Block, Verdict
from articlecli.rules.change import with_changes
from articlecli.rules.sight import Sight
from articlecli.zone import BODY, BOILERPLATE, LEAD, TITLE, Zone

LONGEST = 60
"""Characters of the longest line above a poem that is its title."""
GAP = 3.0
"""Largest distance (logits) between the zone of the line above a poem and `title`."""
_TITLE = list(Zone).index(TITLE)


def keep_verse(sight: Sight) -> Sequence[Verdict]:
    """Stanzas of a page of text without a story are its story, the line above them its title.

    Line by line they look like a menu: short, and without a stop.
    """
    blocks, verdicts = sight.blocks, sight.verdicts
    if sight.where[BODY] or sight.where[LEAD] or sight.document.page.source.format != "text":
        return verdicts
    if not any(block.text[-1] in VERSE_ENDS for block in blocks):
        return verdicts
    marked = bullet("- entry")
    rows = [
        Row(i, 0, 0, block.text, block.gap, marked if block.kind else NO_MARK, block.field)
        for i, block in enumerate(blocks)
    ]
    verse = sorted(verse_lines(rows))
    if not verse:
        return verdicts
    zones = dict.fromkeys(verse, BODY)
    head = verse[0] if _is_headed(verse, blocks) else verse[0] - 1
    titled = any(i not in zones for i in sight.where[TITLE])
    if not titled and head >= 0 and _may_be_title(verdicts[head], blocks[head].text):
        zones[head] = TITLE
    return with_changes(verdicts, zones, "verse")


def _is_headed(verse: Sequence[int], blocks: Sequence[Block]) -> bool:
    """Whether the first stanza has a line more than the second: its title, without a gap."""
    starts = [at for at, i in enumerate(verse) if at and (blocks[i].gap or i - verse[at - 1] > 1)]
    ends = [*starts, len(verse)]
    return len(ends) > 1 and ends[0] == ends[1] - ends[0] + 1


def _may_be_title(verdict: Verdict, text: str) -> bool:
    if verdict.zone is not BOILERPLATE or len(text) > LONGEST or not verdict.scores:
        return False
    return (max(verdict.scores) - verdict.scores[_TITLE]) * verdict.unit < GAP
