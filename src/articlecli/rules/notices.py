"""Buttons and notices inside a text."""

from collections import Counter
from collections.abc import Sequence

from articlecli.document import Verdict
from articlecli.rules.change import with_changes
from articlecli.rules.sight import Sight
from articlecli.text.phrases import END, START, WHOLE, concept_at
from articlecli.zone import BODY, BOILERPLATE, COMMENT

NOTICE_LENGTH = 160
"""Characters of the longest block that is looked at as a notice."""


def drop_notices(sight: Sight) -> Sequence[Verdict]:
    """Take out what is no part of a text: a reply button, "the rest is for subscribers".

    Source: a count of November 2026, seen sites included: changes 2 of 1,052 flat gold pages
    and 3 of 963 of HTML.
    """
    evidence, verdicts, said = sight.evidence, sight.verdicts, sight.signs.concepts
    # A button stands under every comment; "Thanks" once is what somebody said.
    replies = said.get(concept_at("reply", WHOLE), ())
    buttons = Counter([evidence[i].lower for i in replies]) if replies else {}
    drop = {i for i in replies if verdicts[i].zone is COMMENT and buttons[evidence[i].lower] > 1}
    starts, ends = (said.get(concept_at("paywall", at), ()) for at in (START, END))
    walls = {*said.get(concept_at("paywall", WHOLE), ()), *set(starts).intersection(ends)}
    drop |= {i for i in walls if verdicts[i].zone is BODY}
    zones = {i: BOILERPLATE for i in drop if len(evidence[i].lower) <= NOTICE_LENGTH}
    return with_changes(verdicts, zones, "notices")
