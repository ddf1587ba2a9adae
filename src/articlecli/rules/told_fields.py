"""Lines whose form says what they are for."""

from collections.abc import Sequence

from articlecli.document import Field, Verdict
from articlecli.rules.change import with_changes
from articlecli.rules.sight import Sight
from articlecli.zone import BOILERPLATE, META, TITLE, Zone

ZONES: dict[Field, Zone] = {
    "title": TITLE,
    "author": META,
    "date": META,
    "summary": META,
    "tags": META,
    "other": BOILERPLATE,
}


def settle_told_fields(sight: Sight) -> Sequence[Verdict]:
    """Front matter, the head of a mail, the heads and feet of printed pages are what they say.

    Source: the forms themselves (RFC 5322; the keys of Jekyll, Hugo and Pandoc); no gold page has
    one.
    """
    told = {i: sight.blocks[i].field for i in sight.signs.fields}
    zones = {i: ZONES[field] for i, field in told.items() if field}
    return with_changes(sight.verdicts, zones, "told_fields")
