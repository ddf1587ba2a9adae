"""Blocks of readers' comments → one part a comment."""

from collections.abc import Iterable, Sequence

from articlecli.article.ledger import Ledger
from articlecli.document import Block
from articlecli.output import Part
from articlecli.text.dates import looks_dated

NAME_LENGTH = 60
"""Characters up to which a comment's block may be its author or date line."""


def group_comments(blocks: Sequence[Block], said: Sequence[int], ledger: Ledger) -> Iterable[Part]:
    """One part a comment; the head of the next is its author's line or its date line.

    Such a line is short, and stands after what somebody said at length, or directly above a date
    line, or is a date line itself and the comment so far has one.

    Args:
        blocks: All blocks of the page.
        said: Positions of those of comments, in page order.
        ledger: Their lines and spans.

    """
    short = [len(blocks[i].text) < NAME_LENGTH for i in said]
    dates = [brief and looks_dated(blocks[i].text) for i, brief in zip(said, short, strict=True)]
    group: list[int] = []
    spoke = dated = False
    for i, brief, is_date, date_next in zip(said, short, dates, [*dates, False][1:], strict=True):
        head = brief and (dated if is_date else spoke or (dated and date_next))
        if group and (head or i - group[-1] > 3):
            yield ledger.part("\n".join(blocks[j].text for j in group), group)
            group, spoke, dated = [], False, False
        group.append(i)
        spoke |= not brief
        dated |= is_date
    if group:
        yield ledger.part("\n".join(blocks[j].text for j in group), group)
