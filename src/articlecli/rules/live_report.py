"""Live reports in plain text: entries under times of day."""

import re
from collections.abc import Sequence
from functools import cache

from articlecli.data import read_data
from articlecli.document import Document, Verdict
from articlecli.rules.change import with_zones
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
FIRST = frozenset("[0123456789")
LONGEST = 8
"""Blocks of the longest entry."""
TEXT_WORDS = 12
"""Words from which a block of an entry is text, and no headline of it."""
HEADLINE = 120
"""Characters of the longest headline."""
_TIME = re.compile(
    r"\[?(?:\d{1,2}[:.h]\d{2}|\d{1,2}\s?[ap]\.?m\.?)(?:\s?(?:[ap]\.?m\.?|Uhr|[A-Z]{2,4}))?\]?$"
)
_OUT = frozenset({TEASER_META, TEASER_TEXT, TEASER_TITLE, BOILERPLATE})


def keep_live_reports(document: Document, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Entries under times of day are the story where the headline says that it is a live report.

    Each entry looks like a teaser: time, headline, a few sentences. News tickers have the same
    form, so that only the headline tells.
    """
    blocks = document.blocks
    zones = [verdict.zone for verdict in verdicts]
    times = [
        i for i, block in enumerate(blocks) if block.text[0] in FIRST and _TIME.match(block.text)
    ]
    if len(times) < ENTRIES:
        return list(verdicts)
    above = range(times[0])
    told = [i for i in above if zones[i] is TITLE] or [
        i for i in above if len(blocks[i].text) <= HEADLINE
    ]
    title = next((i for i in told if _says_live(blocks[i].text.lower())), None)
    if title is None:
        return list(verdicts)
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


def _says_live(title: str) -> bool:
    return any(re.search(rf"(?<!\w){phrase}(?!\w)", title) for phrase in _spaced()) or any(
        phrase in title for phrase in _solid()
    )


@cache
def _phrases() -> tuple[str, ...]:
    lines = read_data("live.txt").decode().splitlines()
    return tuple(
        phrase
        for line in lines
        if line and line[0] != "#"
        for phrase in line.partition(": ")[2].split(" | ")
    )


def _spaced() -> list[str]:
    return [re.escape(phrase) for phrase in _phrases() if phrase < "\u2e80"]


def _solid() -> list[str]:
    return [phrase for phrase in _phrases() if phrase >= "\u2e80"]
