"""Live reports in plain text: entries under times of day."""

import re
from collections.abc import Sequence

from articlecli.document import Verdict
from articlecli.rules.change import with_zones
from articlecli.rules.sight import Sight
from articlecli.text.lexicon import words_of
from articlecli.text.patterns import lazy
from articlecli.text.scripts import begins_unspaced
from articlecli.text.words import count_words
from articlecli.zone import (
    BODY,
    BOILERPLATE,
    HEADING,
    META,
    TEASER_META,
    TEASER_TEXT,
    TEASER_TITLE,
    TITLE,
)

ENTRIES = 3
"""Entries of the shortest report."""
LONGEST = 8
"""Blocks of the longest entry."""
TEXT_WORDS = 12
"""Words from which a block of an entry is text, and no headline of it."""
HEADLINE = 120
"""Characters of the longest headline."""
_TIME = lazy(
    r"\[?(?:\d{1,2}[:.h]\d{2}|\d{1,2}\s?[ap]\.?m\.?)(?:\s?(?:[ap]\.?m\.?|Uhr|[A-Z]{2,4}))?\]?$"
)
_OUT = frozenset({TEASER_META, TEASER_TEXT, TEASER_TITLE, BOILERPLATE})


def keep_live_reports(sight: Sight) -> Sequence[Verdict]:
    """Entries under times of day are the story where the headline says that it is a live report.

    Each entry looks like a teaser: time, headline, a few sentences. News tickers have the same
    form, so that only the headline tells.
    """
    blocks, verdicts = sight.blocks, sight.verdicts
    times = sight.signs.times
    if len(times) < ENTRIES:
        return verdicts
    times = [i for i in times if _TIME.match(blocks[i].text)]
    if len(times) < ENTRIES:
        return verdicts
    told = [i for i in sight.where[TITLE] if i < times[0]] or [
        i for i in range(times[0]) if len(blocks[i].text) <= HEADLINE
    ]
    title = next((i for i in told if says_live(blocks[i].text.lower())), None)
    if title is None:
        return verdicts
    zones = [verdict.zone for verdict in verdicts]
    zones[title] = TITLE
    for i in range(title + 1, times[0]):
        if zones[i] in _OUT and count_words(blocks[i].text) >= TEXT_WORDS:
            zones[i] = BODY
    for start, end in zip(times, [*times[1:], len(blocks)], strict=True):
        texts = [
            i
            for i in range(start + 1, min(end, start + LONGEST + 1))
            if count_words(blocks[i].text) >= TEXT_WORDS
        ]
        if not texts:
            continue
        zones[start] = META
        for i in range(start + 1, texts[-1] + 1):
            if zones[i] in _OUT:
                zones[i] = BODY if i >= texts[0] else HEADING
    return with_zones(verdicts, zones, "live_report")


def says_live(title: str) -> bool:
    """Whether a headline, lower-cased, announces a live report."""
    said = [phrase for phrase in words_of("live") if phrase in title]
    return any(
        begins_unspaced(phrase) or re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", title)
        for phrase in said
    )
