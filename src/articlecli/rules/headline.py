"""One block is the story's headline, the one for which most speaks, and so are its copies."""

from collections.abc import Sequence

from articlecli.document import Block, Verdict
from articlecli.model.form import candidates, weigh
from articlecli.model.headline import UNIT
from articlecli.rules.change import with_changes
from articlecli.rules.sight import Sight
from articlecli.text.folding import word_list
from articlecli.text.headlines import alike
from articlecli.zone import BOILERPLATE, LEAD, META, TEASER_TITLE, TITLE, Zone

LEAST = -UNIT
"""Least that must speak for a block which becomes the headline of a page that has none."""
BETTER = UNIT // 2
"""By how much it must beat the best of those that the model found."""
VISIBLE = UNIT
"""How much worse than the text of `<title>` a headline further down may be and still be taken."""
_INDEX = {zone: i for i, zone in enumerate(Zone)}
_OTHERS = (LEAD, META, TEASER_TITLE, BOILERPLATE)
"""What a second headline can be; the first of equals."""


def find_headline(sight: Sight) -> Sequence[Verdict]:
    """The best candidate becomes the title; another title that says something else is none.

    The first line stays one: flattened pages begin with the text of `<title>`, which may well be
    another headline of the same story.

    Source: November 2026, 251 unseen gold pages (`python -m lab titles --limit 25`): of titles that
    stand on the page .81 are right in text without the text of `<title>` where .76 were, and .95 in
    HTML where .93 were; what `article/headline.py` does is counted in.
    """
    blocks, verdicts, titles = sight.blocks, sight.verdicts, sight.where[TITLE]
    members = candidates(blocks, verdicts)
    if not members or (len(members) == 1 and members == titles):
        return verdicts
    if any(not verdicts[i].scores or blocks[i].field for i in titles):
        return verdicts  # a user's phrase, front matter or a mail says what the title is
    worths = weigh(blocks, sight.evidence, verdicts, members)
    worth = dict(zip(members, worths, strict=True))
    best = max(members, key=lambda i: worth[i])
    below = [i for i in titles if i and i in worth]
    if best == 0 and below:
        shown = max(below, key=lambda i: worth[i])
        best = shown if worth[shown] >= worth[0] - VISIBLE else 0
    rival = max([worth[i] for i in titles if i in worth], default=None)
    if verdicts[best].zone is not TITLE:
        if rival is None and titles:
            return verdicts
        if worth[best] < (LEAST if rival is None else rival + BETTER):
            return verdicts
    zones = {best: TITLE} if verdicts[best].zone is not TITLE else {}
    same = [i for i in titles if i == best or alike(blocks[i].text, blocks[best].text)]
    for i in titles:
        # A title further down may be that of another article, appended to this one.
        other = i in worth and i not in same and not _is_half(blocks, i, best, same)
        if i and other:
            zones[i] = _second(verdicts[i])
    return with_changes(verdicts, zones, "headline")


def _is_half(blocks: Sequence[Block], i: int, best: int, same: Sequence[int]) -> bool:
    """Whether a block and the headline beside it are one headline cut in two: a copy is whole."""
    if abs(i - best) != 1:
        return False
    whole = word_list(f"{blocks[min(i, best)].text} {blocks[max(i, best)].text}")
    return any(word_list(blocks[j].text)[: len(whole)] == whole for j in same)


def _second(verdict: Verdict) -> Zone:
    return max(_OTHERS, key=lambda zone: verdict.scores[_INDEX[zone]])
