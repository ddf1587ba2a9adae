"""The zones once more, where they do not agree with what the whole page is.

A block's neighbours reach some twenty lines; a page's type is known from all of it. A list of
articles has no body, and a page that has a story has one.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from articlecli.document import Document, Verdict
from articlecli.evidence import Evidence
from articlecli.model.adapted import model_for
from articlecli.model.file import ZONES, Model
from articlecli.model.form import decode
from articlecli.model.page_type import OF_ENTRIES, PageType, page_type
from articlecli.options import Adaptation
from articlecli.text.words import has_words
from articlecli.zone import (
    BODY,
    CAPTION,
    HEADING,
    LEAD,
    META,
    TEASER_META,
    TEASER_TEXT,
    TEASER_TITLE,
    TITLE,
    Zone,
)

FEW_WORDS = 12
"""Words of lead and body below which a page has no story, whatever its make."""
OF_LISTS: Mapping[Zone, float] = {
    LEAD: -4.0,
    BODY: -4.0,
    HEADING: -4.0,
    META: -4.0,
    CAPTION: -4.0,
    TEASER_TITLE: 1.0,
    TEASER_TEXT: 1.0,
    TEASER_META: 1.0,
}
"""Logits that the zones of a page of entries gain, chosen by the lines that they put right."""
OF_STORIES: Mapping[Zone, float] = {TITLE: 1.0, LEAD: 0.5, BODY: 1.5, HEADING: 1.0}
"""Logits that the zones of a story gain where none was found on a page that has one, a step."""
STEPS = 5


def settle_by_type(
    document: Document,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    own: Adaptation | None = None,
) -> tuple[Sequence[Verdict], PageType]:
    """The page's type, and its zones where they agree with it.

    Args:
        document: The page.
        evidence: Of its blocks, from `evidence_of`.
        verdicts: The model's, one a block.
        own: Models of the user's own that gave them, in place of those that ship.

    """
    model = model_for(own, markup=any(block.markup for block in document.blocks))
    told = page_type(document, evidence, verdicts)
    if not verdicts:
        return verdicts, told
    if not told.has_story:
        if told.name in OF_ENTRIES:
            return _decoded(model, verdicts, OF_LISTS, 1), told
        return verdicts, told
    settled = verdicts
    for step in range(1, STEPS + 1):
        if has_words(_story(document, settled), FEW_WORDS):
            break
        settled = _decoded(model, verdicts, OF_STORIES, step)
    return settled, told


def _story(document: Document, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Lead and body."""
    for block, verdict in zip(document.blocks, verdicts, strict=True):
        if verdict.zone is BODY or verdict.zone is LEAD:
            yield block.text


def _decoded(
    model: Model, verdicts: Sequence[Verdict], gains: Mapping[Zone, float], times: int
) -> Sequence[Verdict]:
    """The zones, decoded again with some of them worth more or less; who said so stays known."""
    gain = _gains(model, gains, times)
    scores = [
        tuple(score + more for score, more in zip(verdict.scores, gain, strict=True))
        for verdict in verdicts
    ]
    return [
        replace(new, by=old.by if new.zone is old.zone else "page_type")
        for new, old in zip(decode(model, scores), verdicts, strict=True)
    ]


def _gains(model: Model, gains: Mapping[Zone, float], times: int) -> list[int]:
    return [round(times * gains.get(zone, 0.0) / model.out_unit) for zone in ZONES]
