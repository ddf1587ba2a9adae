"""A story goes on behind a table, code, or short answers."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from articlecli.document import Block, Verdict
from articlecli.rules.change import with_changes
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
    story = sorted(i for zone in _STORY for i in sight.where[zone])
    found: dict[int, Zone] = {}
    last = tried = start
    for sign in sorted({*asked, *rows}):
        if sign <= last:
            continue
        last = max(last, story[bisect_right(story, sign) - 1])
        if sign == last:
            continue
        # Each interruption holds a sign and is short.
        for i in range(max(sign, tried) + 1, min(len(blocks), last + LONGEST + 2)):
            tried, told = i, verdicts[i].zone in _STORY
            goes_on = told or _nearly(blocks[i], verdicts[i])
            if goes_on and _may_resume(sight, found, last, i):
                for j in range(last + 1, i + (not told)):
                    found[j] = HEADING if blocks[j].kind == "heading" else BODY
                told = True
            if told:
                last = i
                break
    return with_changes(verdicts, found, "resumed_story")


def _may_resume(sight: Sight, found: Mapping[int, Zone], last: int, end: int) -> bool:
    """Whether what stands between two blocks is the story's, and the second goes on with it."""
    blocks, verdicts, asked = sight.blocks, sight.verdicts, sight.signs.questions
    between = range(last + 1, end)
    above = asked[: bisect_left(asked, end)]
    asks = bool(above) and above[-1] > last and _questions(above, verdicts, found)
    limit = ANSWERS if asks else RESUMES
    return (
        (asks or any(blocks[j].kind in ROWS for j in between))
        and (verdicts[end].zone in _STORY or _gap(verdicts[end]) < limit)
        and all(_may_be_story(blocks[j], verdicts[j]) for j in between)
    )


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


def _questions(
    asked: Sequence[int], verdicts: Sequence[Verdict], found: Mapping[int, Zone]
) -> bool:
    """Whether a story is of questions, each with an answer below it."""
    return (
        len(asked) >= QUESTIONS
        and any((found.get(i) or verdicts[i].zone) in (BODY, HEADING) for i in asked)
        and not any(j == i + 1 for i, j in pairwise(asked))
    )


def _may_be_story(block: Block, verdict: Verdict) -> bool:
    marked = block.kind in ("table", "code", "list_item", "quote", "heading")
    return verdict.zone is BOILERPLATE and _gap(verdict) < (MARKED if marked else BETWEEN)
