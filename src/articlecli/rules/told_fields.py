"""Lines whose form says what they are for."""

from collections.abc import Sequence

from articlecli.document import Document, Field, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import with_zones
from articlecli.zone import BOILERPLATE, META, TITLE, Zone

ZONES: dict[Field, Zone] = {
    "title": TITLE,
    "author": META,
    "date": META,
    "summary": META,
    "tags": META,
    "other": BOILERPLATE,
}


def settle_told_fields(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Sequence[Verdict]:
    """Front matter, the head of a mail, the heads and feet of printed pages are what they say.

    Source: the forms themselves (RFC 5322; the keys of Jekyll, Hugo and Pandoc); no gold page has
    one.
    """
    del evidence
    if not any(block.field for block in document.blocks):
        return verdicts
    zones = [
        ZONES[block.field] if block.field else verdict.zone
        for block, verdict in zip(document.blocks, verdicts, strict=True)
    ]
    return with_zones(verdicts, zones, "told_fields")
