"""A lead stands above the dateline."""

from collections.abc import Sequence
from itertools import islice

from articlecli.document import Verdict
from articlecli.rules.change import with_changes
from articlecli.rules.sight import Sight
from articlecli.zone import BODY, LEAD, TITLE

LONGEST_PLACE = 60
"""Characters of the longest dateline: place, country, day, agency."""
FEWEST = 3
"""Letters of the shortest place: "AI - " opens no report."""
LONGEST_LEAD, MOST = 300, 2
"""Characters of one block of the lead, and blocks of it."""
_DASHES = (" - ", " – ", " — ", " -- ")


def relabel_above_dateline(sight: Sight) -> Sequence[Verdict]:
    """What stands between the headline and "PLACE, 6 May (Agency) –" is the lead.

    A report begins with its dateline; a paragraph above it was set there as a standfirst.
    """
    blocks, verdicts, where = sight.blocks, sight.verdicts, sight.where
    if where[LEAD] or not where[TITLE]:
        return verdicts
    bodies = list(islice((i for i in where[BODY] if i > where[TITLE][0]), MOST + 1))
    for count, i in enumerate(bodies):
        if opens_with_place(blocks[i].text):
            lead = bodies[:count]
            if any(len(blocks[j].text) > LONGEST_LEAD for j in lead):
                return verdicts
            return with_changes(verdicts, dict.fromkeys(lead, LEAD), "dateline")
    return verdicts


def opens_with_place(text: str) -> bool:
    """Whether a paragraph begins with a place in capitals and a dash near it."""
    place = text[:FEWEST]
    if not (place.isupper() and place.isalpha()):
        return False
    start = text[:LONGEST_PLACE]
    return text.split(maxsplit=1)[0].strip(",").isupper() and any(d in start for d in _DASHES)
