"""A story goes on behind a table, code, or short answers."""

from bisect import bisect_left
from collections.abc import Sequence

from articlecli.document import Block, Verdict
from articlecli.rules.change import with_zones
from articlecli.rules.sight import ROWS, Sight
from articlecli.text.sentences import TERMINAL
from articlecli.text.words import count_words
from articlecli.zone import BODY, BOILERPLATE, HEADING, LEAD, TITLE, Zone

_BODY = list(Zone).index(BODY)
WORDS = 12
"""Words of the shortest block that may take the story up again."""
RESUMES, ANSWERS = 1.5, 2.5
"""Largest gap (logits) between that block's own zone and `body`: of a paragraph, of an answer."""
BETWEEN, MARKED = 5.0, 6.0
"""Largest gap of what stands in between: of lines, and of rows, code and items, which the model
takes for menus readily."""
LONGEST = 12
"""Blocks of the longest interruption."""
QUESTIONS = 3
"""Questions, one of them in the story, from which it is an interview or a list of questions."""
_STORY = frozenset({TITLE, LEAD, BODY, HEADING})


def resume_story(sight: Sight) -> Sequence[Verdict]:
    """What stands between the story and a paragraph that is story, or nearly so, may be story.

    It is where it holds a table or code, or questions and their answers: such lines weigh so much
    for a menu that the model gives up the rest of the page. Pages of text only; what HTML marks as
    a table has a rule of its own.

    Source: taken without that condition, the rule was wrong on two gold pages of three.
    """
    blocks, verdicts, asked, rows = (
        sight.blocks, sight.verdicts, sight.signs.questions, sight.signs.rows
    )  # fmt: skip
    if not rows and (len(asked) < QUESTIONS or not any(_is_inside(verdicts[i]) for i in asked)):
        return verdicts
    if blocks[0].markup or not sight.scored:
        return verdicts
    start = sight.first(TITLE, LEAD, BODY)
    if start is None:
        return verdicts
    zones = [verdict.zone for verdict in verdicts]
    questions = set(asked)
    signs = questions.union(rows)
    last = sign = start
    # Each interruption holds a sign and is short: none ends further below the last sign.
    for i in range(start + 1, min(len(zones), max(signs) + LONGEST + 2)):
        story = zones[i] in _STORY
        if last < sign and i - last <= LONGEST + 1 and (story or _nearly(blocks[i], verdicts[i])):
            between = range(last + 1, i)
            asks = not questions.isdisjoint(between) and _questions(asked, zones, i)
            limit = ANSWERS if asks else RESUMES
            if (asks or any(blocks[j].kind in ROWS for j in between)) and (
                (story or _gap(verdicts[i]) < limit)
                and all(_may_be_story(blocks[j], verdicts[j]) for j in between)
            ):
                for j in [*between, *([] if story else [i])]:
                    zones[j] = HEADING if blocks[j].kind == "heading" else BODY
                last = i
        if story:
            last = i
        if i in signs:
            sign = i
    return with_zones(verdicts, zones, "resumed_story")


def _is_inside(verdict: Verdict) -> bool:
    """Whether a question is one of the story's, below its headline."""
    return verdict.zone is BODY or verdict.zone is HEADING


def _gap(verdict: Verdict) -> float:
    return (max(verdict.scores) - verdict.scores[_BODY]) * verdict.unit


def _nearly(block: Block, verdict: Verdict) -> bool:
    """Whether a block is a sentence of some length, which the model nearly took for body."""
    return (
        verdict.zone is BOILERPLATE
        and block.kind in (None, "paragraph")
        and block.text[-1] in TERMINAL
        and _gap(verdict) < ANSWERS
        and count_words(block.text) >= WORDS
    )


def _questions(asked: Sequence[int], zones: Sequence[Zone], end: int) -> bool:
    """Whether the story down to a block is of questions, each with an answer below it."""
    asked = asked[: bisect_left(asked, end)]
    return (
        len(asked) >= QUESTIONS
        and any(zones[i] in (BODY, HEADING) for i in asked)
        and not any(j == i + 1 for i, j in zip(asked, asked[1:], strict=False))
    )


def _may_be_story(block: Block, verdict: Verdict) -> bool:
    marked = block.kind in ("table", "code", "list_item", "quote", "heading")
    return verdict.zone is BOILERPLATE and _gap(verdict) < (MARKED if marked else BETWEEN)
