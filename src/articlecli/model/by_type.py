"""The zones once more, where they do not agree with what the whole page is.

A block's neighbours reach some twenty lines; a page's type is known from all of it. A list of
articles has no body, and a page that has a story has one. What a firm offers and a manual look like
menus line by line, so that a story weighs more on their pages; so it does on a page of text whose
zones the model is unsure of, and where most of the running text would be left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from articlecli.document import Block, Document, Verdict
from articlecli.evidence import Evidence
from articlecli.model.adapted import model_for
from articlecli.model.file import ZONES
from articlecli.model.form import decode_again
from articlecli.model.page_counts import Counts, count_page
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
    PageKind,
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
OF_STORIES: Mapping[Zone, float] = {TITLE: 1.0, LEAD: 0.5, BODY: 1.5, HEADING: 1.5}
"""Logits that the zones of a story gain where none was found on a page that has one, a step."""
STEPS = (1, 2, 3, 4, 5)
"""Those that are tried until there is a story."""
OF_TYPES: Mapping[PageKind, float] = {"service": 1.0, "documentation": 2 / 3}
"""Steps by which a story is worth more on pages of a type.

These and the numbers below were chosen by the word F1 of `python -m lab evaluate --half looked`,
from text and from HTML: pages of services gained most."""
LEFT_OUT = 0.35
"""Share of the running text in story and boilerplate below which the story is too little of it."""
UNSURE = 0.75
"""Expected share of characters in the right zone below which a page of text is one to doubt."""
OF_LEFT_OUT, OF_UNSURE = 1.0, 2 / 3
"""Steps for such pages of text. Of those with too little of their text hardly any becomes worse, of
those that the model is unsure of twice as many become better as worse."""


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
    counts = count_page(document.blocks, evidence, verdicts)
    told = page_type(document, counts)
    if not verdicts:
        return verdicts, told
    marked = counts.tagged > 0
    model = model_for(own, markup=marked)
    if not told.has_story:
        if told.name not in OF_ENTRIES:
            return verdicts, told
        gains = _gains(OF_LISTS, model.out_unit)
        listed = decode_again(model, verdicts, [gains], bool, "page_type")
        if any(verdict.zone is TEASER_TITLE for verdict in listed):
            return listed, told
        # A list without an entry is no list that could be found: what text it has is kept.
    times = OF_TYPES.get(told.name, 0.0)
    if not marked and told.name not in OF_ENTRIES:
        times = max(times, _doubt(counts))

    def has_story(zones: Iterable[Zone]) -> bool:
        return has_words(_story(document.blocks, zones), FEW_WORDS)

    if not times and has_story(verdict.zone for verdict in verdicts):
        return verdicts, told
    tried = dict.fromkeys((times, *STEPS))  # each once
    steps = [_of_stories(step, model.out_unit) for step in tried if step]
    return decode_again(model, verdicts, steps, has_story, "page_type"), told


def _doubt(counts: Counts) -> float:
    """Steps by which a story is worth more on a page of text, by what was found on it."""
    if counts.found < LEFT_OUT * counts.told:
        return OF_LEFT_OUT
    return OF_UNSURE if counts.sure < UNSURE * counts.characters else 0.0


def _story(blocks: Sequence[Block], zones: Iterable[Zone]) -> Iterator[str]:
    """Lead and body."""
    for block, zone in zip(blocks, zones, strict=True):
        if zone is BODY or zone is LEAD:
            yield block.text


@cache
def _of_stories(times: float, unit: float) -> tuple[int, ...]:
    return _gains({zone: times * gain for zone, gain in OF_STORIES.items()}, unit)


def _gains(gains: Mapping[Zone, float], unit: float) -> tuple[int, ...]:
    """What each zone gains, in the unit of the scores."""
    return tuple([round(gains.get(zone, 0.0) / unit) for zone in ZONES])
