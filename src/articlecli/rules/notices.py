"""Buttons and notices inside a text."""

from collections import Counter
from collections.abc import Sequence

from articlecli.document import Document, Verdict
from articlecli.rules.change import with_zones
from articlecli.text.phrases import END, START, WHOLE, load_phrases, match
from articlecli.zone import BODY, BOILERPLATE, COMMENT

NOTICE_LENGTH = 160
"""Characters of the longest block that is looked at as a notice."""


def drop_notices(document: Document, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Take out what is no part of a text: a reply button, "the rest is for subscribers".

    Source: a count of November 2026, seen sites included: changes 2 of 1,052 flat gold pages
    and 3 of 963 of HTML.
    """
    zones = [verdict.zone for verdict in verdicts]
    blocks = document.blocks
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
    return with_zones(verdicts, zones, "notices")
