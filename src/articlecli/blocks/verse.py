"""Verse: lines whose ends are meant."""

from collections.abc import Sequence

from articlecli.blocks.marks import NO_MARK
from articlecli.blocks.measures import POEM, STANZA, VERSE_ENDS, VERSE_WIDTH
from articlecli.blocks.rows import Row
from articlecli.text.sentences import CLOSERS

EVEN = 2.2
"""How many times as long as the shortest line of a stanza the longest is."""


def verse_lines(rows: Sequence[Row]) -> frozenset[int]:
    """Numbers of the lines that are verse, whose ends are meant.

    A stanza's lines are of a length; each begins with a capital though some of the lines above
    them end without a stop. Where small letters begin them, there are two stanzas at least. Lines
    cut at links are long and short, and prose that is wrapped goes on with small letters.
    """
    if not any(row.text[-1] in VERSE_ENDS and len(row.text) <= VERSE_WIDTH for row in rows):
        return frozenset()
    runs: list[list[Row]] = [[]]
    for row in rows:
        fits = len(row.text) <= VERSE_WIDTH and _may_be_verse(row)
        if (row.gap or not fits) and runs[-1]:
            runs.append([])
        if fits:
            runs[-1].append(row)
    capital: list[list[Row]] = []
    small: list[list[Row]] = []
    for run in runs:
        # A headline may stand on top of the first stanza, and a menu on top of that.
        lines = _even(run) if len(run) >= STANZA else []
        commas = sum(line.text[-1] in VERSE_ENDS for line in lines)
        if len(lines) < STANZA or not commas:
            continue
        if all(not line.text[0].islower() for line in lines[1:]):
            open_ends = sum(line.text[-1] not in ".!?…" for line in lines[:-1])
            if 3 * open_ends >= len(lines) - 1:
                capital.append(lines)
        elif len(lines) > STANZA and 4 * commas >= len(lines):
            small.append(lines)
    found = capital + small if len(capital) + len(small) > 1 else capital
    numbers = frozenset(row.number for stanza in found for row in stanza)
    return numbers if len(numbers) >= POEM else frozenset()


def _may_be_verse(row: Row) -> bool:
    return (
        row.mark is NO_MARK and row.field is None and row.text[0] not in CLOSERS and " " in row.text
    )


def _even(rows: Sequence[Row]) -> list[Row]:
    """The last rows of a run, as far up as their lengths are alike."""
    out: list[Row] = []
    shortest, longest = VERSE_WIDTH, 0
    for row in reversed(rows):
        shortest, longest = min(shortest, len(row.text)), max(longest, len(row.text))
        if longest > EVEN * shortest:
            break
        out.append(row)
    return out[::-1]
