"""Announcements of other pages inside the story."""

from collections.abc import Sequence

from articlecli.document import Verdict
from articlecli.rules.change import with_changes
from articlecli.rules.sight import Sight
from articlecli.text.phrases import START, concept_at
from articlecli.zone import BODY, HEADING, TEASER_TITLE

LONGEST = 150
"""Characters of the longest announcement."""
LINKED = 0.5
"""Share of its characters that is a link, of a page of HTML."""


def relabel_read_also(sight: Sight) -> Sequence[Verdict]:
    """A linked line that begins with "Read also" announces another page, also amid the story.

    Source: chosen by eye; headings of a story are no links to elsewhere.
    """
    zones = {}
    for i in sight.signs.concepts.get(concept_at("read_also", START), ()):
        block = sight.blocks[i]
        markup = block.markup
        if (
            sight.verdicts[i].zone in (BODY, HEADING)
            and markup is not None
            and markup.linked >= LINKED
            and len(block.text) <= LONGEST
        ):
            zones[i] = TEASER_TITLE
    return with_changes(sight.verdicts, zones, "read_also")
