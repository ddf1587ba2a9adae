"""A story goes on behind what interrupts it."""

from collections.abc import Sequence

from articlecli.document import Block, Document, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import with_zones
from articlecli.text.sentences import TERMINAL
from articlecli.text.words import count_words
from articlecli.zone import BODY, BOILERPLATE, HEADING, LEAD, Zone

_BODY = list(Zone).index(BODY)
WORDS = 12
"""Words of the shortest block that may take the story up again."""
RESUMES = 1.0
"""Largest gap (logits) between that block's own zone and `body`."""
SPOKEN = 3.5
MARKED = 5.0
"""Largest gap of what stands in between: of lines, and of rows, code and items, which the model
takes for menus readily."""
LONGEST = 12
"""Blocks of the longest interruption."""


QUESTIONS = 2
"""Questions in the story so far from which it is an interview or a list of questions."""


def resume_story(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Sequence[Verdict]:
    """What stands between the story and a paragraph that is nearly story is story, if it may be.

    It may be where it holds a table or code, or where questions and answers came before it: such
    lines weigh so much for a menu that the model gives up the rest of the page. Taken without that
    condition, the rule was wrong on two pages of three.
    """
    del evidence
    blocks = document.blocks
    zones = [verdict.zone for verdict in verdicts]
    story = next((i for i, zone in enumerate(zones) if zone in (LEAD, BODY)), None)
    if story is None or not all(verdict.scores for verdict in verdicts):
        return verdicts
    last, questions = story, 0
    for i in range(story, len(zones)):
        if zones[i] in (LEAD, BODY, HEADING):
            last = i
            questions += _asks(blocks[i])
        elif (
            zones[i] is BOILERPLATE
            and i - last <= LONGEST
            and _gap(verdicts[i]) < RESUMES
            and _reads_on(blocks[i])
        ):
            between = range(last + 1, i)
            kinds = {blocks[j].kind for j in between}
            asks = questions >= QUESTIONS and any(_asks(blocks[j]) for j in between)
            if not (asks or kinds & {"table", "code"}):
                continue
            if all(_may_be_story(blocks[j], verdicts[j], zones[j]) for j in between):
                for j in range(last + 1, i + 1):
                    zones[j] = HEADING if blocks[j].kind == "heading" else BODY
                last = i
    return with_zones(verdicts, zones, "resumed_story")


def _asks(block: Block) -> bool:
    return block.text[-1] in "?？؟\u037e"


def _gap(verdict: Verdict) -> float:
    return (max(verdict.scores) - verdict.scores[_BODY]) * verdict.unit


def _reads_on(block: Block) -> bool:
    """Whether a block is running text: a sentence of some length."""
    return block.kind in (None, "paragraph") and (
        count_words(block.text) >= WORDS and block.text[-1] in TERMINAL
    )


def _may_be_story(block: Block, verdict: Verdict, zone: Zone) -> bool:
    marked = block.kind in ("table", "code", "list_item", "quote", "heading")
    return zone is BOILERPLATE and _gap(verdict) < (MARKED if marked else SPOKEN)
