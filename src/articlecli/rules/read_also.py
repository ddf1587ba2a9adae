"""Announcements of other pages inside the story."""

from collections.abc import Sequence

from articlecli.document import Document, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import changed
from articlecli.text.phrases import START, concept_at
from articlecli.zone import BODY, HEADING, TEASER_TITLE

LONGEST = 150
"""Characters of the longest announcement."""
LINKED = 0.5
"""Share of its characters that is a link, of a page of HTML."""


def relabel_read_also(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Sequence[Verdict]:
    """A linked line that begins with "Read also" announces another page, also amid the story.

    Source: chosen by eye; headings of a story are no links to elsewhere.
    """
    sign = concept_at("read_also", START)
    told = [i for i, own in enumerate(evidence) if sign in own.concepts]
    if not told:
        return verdicts
    out = list(verdicts)
    for i in told:
        block = document.blocks[i]
        markup = block.markup
        if (
            verdicts[i].zone in (BODY, HEADING)
            and markup is not None
            and markup.linked >= LINKED
            and len(block.text) <= LONGEST
        ):
            out[i] = changed(verdicts[i], TEASER_TITLE, "read_also")
    return out
