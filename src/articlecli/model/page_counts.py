"""What of a page is counted: the masses of its zones and lines, and the words that tell its type.

Python says what is right; where a core was built, it counts the same in one pass over the blocks.
"""

from binascii import crc32
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from articlecli.core import core_runs
from articlecli.document import Block, Kind, Markup, Verdict
from articlecli.evidence import Evidence
from articlecli.text.patterns import lazy
from articlecli.text.phrases import WHOLE
from articlecli.zone import BODY, BOILERPLATE, LEAD, TEASER_TITLE, Zone

WORDS = 1 << 13
"""Words are hashed into so many numbers."""
SHORT = 6
"""Words of the longest line whose words are signs: menus, labels, buttons, facts."""
HEADLINE, LONG = 18, 40
"""Words of the longest line that may be a headline, and of the shortest that is surely a text."""
HALF = 0.5
"""Share of a block's characters in links from which it is one."""
MOST_WORDS, MOST_MARKS = 800, 300
"""Different words of short lines, and of classes, that are looked at, the first ones of a page."""
NEAREST = 6
"""Words of the nearest elements that are looked at."""
STORY = frozenset({BODY, LEAD})
ENDS = frozenset({TEASER_TITLE, BOILERPLATE})
"""Zones that a run of story ends at."""
CURRENCIES = ("$", "€", "£", "¥", "₹", "₽", "₩", "zł", "kr", "lei", "usd", "eur")
"""What a price has; the pattern is slow."""
_PRICE = lazy(r"[$€£¥₹₽₩]\s?\d|\d\s?[€₽₹]|\d[.,]\d\d\s?(?:zł|kr|lei|usd|eur)\b")


class Counts(Struct, frozen=True):
    """Numbers of a page. A width is that of `Evidence`; a run goes on over what does not end it."""

    zone_widths: tuple[int, ...]
    """Width of all blocks of each zone, in the order of `Zone`."""
    zone_blocks: tuple[int, ...]
    """Blocks of each zone, likewise."""
    story_best: int
    """Width of the widest run of story."""
    story_longest: int
    """Words of its longest block."""
    text: int
    """Width of running text."""
    text_best: int
    """Width of its widest run, which a line of `SHORT` words and more ends."""
    text_longest: int
    """Words of its longest block."""
    long: int
    """Its blocks of `LONG` words and more."""
    short: int
    """Other blocks of up to `SHORT` words."""
    heads: int
    """Other blocks of up to `HEADLINE` words."""
    days: int
    """Short ones with a number of four digits."""
    prices: int
    """Short ones and heads with a price."""
    copies: int
    """Blocks that another one says too, the first of each left out."""
    tagged: int
    """Blocks of HTML."""
    tagged_width: int
    linked: int
    """Width of those that are links."""
    linked_heads: int
    """Links that are longer than `SHORT` words."""
    free: int
    """Width of the running text of HTML that is no link."""
    characters: int
    """Characters of the blocks that are not of HTML."""
    sure: float
    """Those that the model's zone is right for, as it expects."""
    found: int
    """Words of the running text that was found to be story, HTML left out."""
    told: int
    """Words of that and of the running text that was found to be boilerplate."""
    kinds: Mapping[Kind | None, int]
    """Blocks of each kind."""
    phrases: Mapping[int, int]
    """Number of a concept → lines that are one of its stock phrases."""
    words: Collection[int]
    """Numbers of the words of short lines, and of the first line, most often the page's title."""
    marks: Collection[int]
    """Numbers of the words of the classes near the page's text."""


def count_page(
    blocks: Sequence[Block], evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Counts:
    """Count a page's blocks.

    Args:
        blocks: All of the page.
        evidence: Of each of them.
        verdicts: The model's, one a block.

    Raises:
        ValueError: There are not as many of each.

    """
    if core_runs():
        from articlecli._core import count_page as counted  # there only where it was built

        return counted(_tables(), tuple(blocks), tuple(evidence), tuple(verdicts))
    return by_python(blocks, evidence, verdicts)


@cache
def _tables() -> object:
    """What the core counts with; each table stands where Python has it."""
    from articlecli._core import count_tables  # likewise

    return count_tables(
        Counts, (Block, Evidence, Verdict, Markup), has_price,
        tuple(Zone), tuple([2 * (zone in ENDS) + (zone in STORY) for zone in Zone]),
        tuple(Zone).index(BOILERPLATE), CURRENCIES, HALF,
        (WORDS, SHORT, HEADLINE, LONG, MOST_WORDS, MOST_MARKS, NEAREST, WHOLE),
    )  # fmt: skip


def by_python(
    blocks: Sequence[Block], evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Counts:
    """The form that says what is right, and runs where no core was built."""
    said = [at // 4 for own in evidence for at in own.concepts if at % 4 == WHOLE]
    return Counts(
        **_zones(evidence, verdicts),
        **_lines(evidence),
        **_links(blocks, evidence),
        **_doubt(blocks, evidence, verdicts),
        copies=len(evidence) - len({own.key for own in evidence}),
        kinds=Counter([block.kind for block in blocks]),
        phrases=Counter(said),
        words=numbers_of(_words(evidence)),
        marks=numbers_of([b"m:" + mark.encode() for mark in _marks(blocks)]),
    )


def numbers_of(words: Iterable[bytes]) -> list[int]:
    """What words are numbered by, each number once, ascending."""
    return sorted({number % WORDS for number in map(crc32, words)})


def _zones(evidence: Sequence[Evidence], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Masses of the zones, and the story's."""
    widths, number = dict.fromkeys(Zone, 0), dict.fromkeys(Zone, 0)
    longest = run = best = 0
    for own, verdict in zip(evidence, verdicts, strict=True):
        zone = verdict.zone
        widths[zone] += own.width
        number[zone] += 1
        if zone in STORY:
            run += own.width
            longest = max(longest, own.count)
            best = max(best, run)
        elif zone in ENDS:
            run = 0
    return {
        "zone_widths": tuple(widths.values()),
        "zone_blocks": tuple(number.values()),
        "story_best": best,
        "story_longest": longest,
    }


def _lines(evidence: Sequence[Evidence]) -> dict[str, Any]:
    """Running text, and other lines: headline-like ones, prices and days."""
    text = longest = run = best = short = heads = prices = days = long = 0
    for own in evidence:
        count, width = own.count, own.width
        if own.sentence:
            text += width
            run += width
            longest = max(longest, count)
            long += count >= LONG
            best = max(best, run)
            continue
        if count <= SHORT:
            short += 1
            days += b"0000" in own.key
        elif count <= HEADLINE:
            heads += 1
        if count <= HEADLINE and b"0" in own.key and has_price(own.lower):
            prices += 1
        if count >= SHORT:
            run = 0
    return {
        "text": text, "text_best": best, "text_longest": longest, "long": long,
        "short": short, "heads": heads, "days": days, "prices": prices,
    }  # fmt: skip


def has_price(lower: str) -> bool:
    """Whether a line, lower-cased, has a price."""
    return any(sign in lower for sign in CURRENCIES) and _PRICE.search(lower) is not None


def _links(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> dict[str, Any]:
    """What leads elsewhere of a page of HTML."""
    tagged = whole = linked = heads = free = 0
    for own, block in zip(evidence, blocks, strict=True):
        if block.markup is None:
            continue
        tagged += 1
        whole += own.width
        if block.markup.linked > HALF:
            linked += own.width
            heads += own.count > SHORT
        elif own.sentence:
            free += own.width
    return {
        "tagged": tagged, "tagged_width": whole,
        "linked": linked, "linked_heads": heads, "free": free,
    }  # fmt: skip


def _doubt(
    blocks: Sequence[Block], evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> dict[str, Any]:
    """What was found of a page of text, and how sure that is."""
    whole = found = size = 0
    sure = 0.0
    for block, own, verdict in zip(blocks, evidence, verdicts, strict=True):
        if block.markup is not None:
            continue
        length = len(block.text)
        size += length
        sure += length * verdict.confidence
        if own.sentence:
            story = verdict.zone in STORY
            found += own.count * story
            whole += own.count * (story or verdict.zone is BOILERPLATE)
    return {"characters": size, "sure": sure, "found": found, "told": whole}


def _words(evidence: Sequence[Evidence]) -> set[bytes]:
    found: set[bytes] = set()
    for own in evidence:
        if own.count <= SHORT:
            found.update(own.words)
            if len(found) > MOST_WORDS:
                break
    if evidence:
        found.update([b"t:" + word for word in evidence[0].words[:MOST_WORDS]])
    return found


def _marks(blocks: Sequence[Block]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        if block.markup is not None:
            found.update(block.markup.marks.rsplit(None, NEAREST)[-NEAREST:])
            if len(found) > MOST_MARKS:
                break
    return found
