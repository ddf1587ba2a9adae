"""A lead stands above the dateline."""

from collections.abc import Sequence

from articlecli.document import Document, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import changed
from articlecli.zone import BODY, LEAD, TITLE

LONGEST_PLACE = 60
"""Characters of the longest dateline: place, country, day, agency."""
FEWEST = 3
"""Letters of the shortest place: "AI - " opens no report."""
LONGEST_LEAD, MOST = 300, 2
"""Characters of one block of the lead, and blocks of it."""
_DASHES = (" - ", " – ", " — ", " -- ")


def relabel_above_dateline(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Sequence[Verdict]:
    """What stands between the headline and "PLACE, 6 May (Agency) –" is the lead.

    A report begins with its dateline; a paragraph above it was set there as a standfirst.
    """
    del evidence
    blocks = document.blocks
    zones = [verdict.zone for verdict in verdicts]
    if LEAD in zones or TITLE not in zones:
        return verdicts
    bodies = [i for i, zone in enumerate(zones) if zone is BODY and i > zones.index(TITLE)]
    for count, i in enumerate(bodies[: MOST + 1]):
        if opens_with_place(blocks[i].text):
            lead = bodies[:count]
            if any(len(blocks[j].text) > LONGEST_LEAD for j in lead):
                return verdicts
            return [
                changed(verdict, LEAD, "dateline") if j in lead else verdict
                for j, verdict in enumerate(verdicts)
            ]
    return verdicts


def opens_with_place(text: str) -> bool:
    """Whether a paragraph begins with a place in capitals and a dash near it."""
    place = text[:FEWEST]
    if not (place.isupper() and place.isalpha()):
        return False
    start = text[:LONGEST_PLACE]
    return text.split(maxsplit=1)[0].strip(",").isupper() and any(d in start for d in _DASHES)
