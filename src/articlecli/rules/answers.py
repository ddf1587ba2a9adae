"""Questions and answers in turn are one story, down to the last answer."""

from collections.abc import Sequence
from itertools import pairwise

from articlecli.document import Block, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import with_changes
from articlecli.rules.sight import Sight
from articlecli.text.phrases import WHOLE
from articlecli.text.sentences import TERMINAL
from articlecli.zone import BODY, BOILERPLATE, HEADING, LEAD, Zone

QUESTIONS = 3
"""Questions from which a page is a list of them."""
LONGEST = 8
"""Blocks from one question to the next at most."""
GAP = 5.0
"""Largest distance (logits) between the zone of a line that is no answer and `body`."""
LINKED = 0.5
"""Share of a line in links from which it is one."""
_BODY = list(Zone).index(BODY)
_STORY = (LEAD, BODY, HEADING)


def keep_answers(sight: Sight) -> Sequence[Verdict]:
    """What stands among a story's questions is story, and so is the answer to the last.

    An answer may be one word, or look like the line above the footer: the questions around it say
    what it is. The first question or its answer must be in the story by itself; a line that the
    model is sure of, and a link, stay what they are. Questions in
    tags of one kind are all intertitles where one is.
    """
    blocks, evidence, verdicts = sight.blocks, sight.evidence, sight.verdicts
    runs = _runs(sight.signs.questions)
    if not runs:
        return verdicts
    found: dict[int, Zone] = {}

    def zone_of(i: int) -> Zone:
        return found.get(i) or verdicts[i].zone

    for run in runs:
        if not any(zone_of(i) in _STORY for i in (run[0], run[0] + 1)):
            continue
        last = run[-1] + 1
        told = last < len(blocks) and blocks[last].text[-1] in TERMINAL
        for i in range(run[0], last + told):
            if zone_of(i) is BOILERPLATE and _may_answer(blocks[i], evidence[i], verdicts[i]):
                found[i] = HEADING if i in run else BODY
        heads = {_place(blocks[i]) for i in run if zone_of(i) is HEADING} - {None}
        for i in run:
            if zone_of(i) is BODY and _place(blocks[i]) in heads:
                found[i] = HEADING
    return with_changes(verdicts, found, "answers")


def _runs(asked: Sequence[int]) -> list[list[int]]:
    """Questions that follow each other at a distance that leaves room for an answer."""
    runs = [list(asked[:1])]
    for before, i in pairwise(asked):
        if not 2 <= i - before <= LONGEST:
            runs.append([])
        runs[-1].append(i)
    return [run for run in runs if len(run) >= QUESTIONS]


def _may_answer(block: Block, evidence: Evidence, verdict: Verdict) -> bool:
    stock = any(key % 4 == WHOLE for key in evidence.concepts)
    if not verdict.scores or (stock and block.text[-1] not in TERMINAL):
        return False
    if block.markup is not None and block.markup.linked > LINKED:
        return False
    return (max(verdict.scores) - verdict.scores[_BODY]) * verdict.unit < GAP


def _place(block: Block) -> str | None:
    """Where a block stands in the page's HTML; nothing for a page of text."""
    return block.markup.path if block.markup else None
