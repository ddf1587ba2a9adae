"""Verse: lines whose ends are meant."""

from collections.abc import Sequence

from articlecli.blocks.marks import NO_MARK
from articlecli.blocks.rows import Row

VERSE = 60
"""Characters of the longest line of verse."""
STANZA = 3
"""Lines of the shortest stanza."""


def verse_lines(rows: Sequence[Row]) -> frozenset[int]:
    """Numbers of the lines that are verse, whose ends are meant.

    A stanza's lines are of a length and there are three at least; each begins with a capital
    though some of the lines above them end without a stop. Where small letters begin them too,
    there are two stanzas at least. Lines cut at links are long and short, and prose that is
    wrapped goes on with small letters.
    """
    stanzas: list[list[Row]] = []
    for row in rows:
        if stanzas and row.gap == 0 and row.mark is NO_MARK and len(row.text) <= VERSE:
            stanzas[-1].append(row)
        else:
            stanzas.append([row] if row.mark is NO_MARK and len(row.text) <= VERSE else [])
    found: list[list[Row]] = []
    small: list[list[Row]] = []
    for stanza in stanzas:
        # A headline may stand on top of the first stanza, and a menu on top of that.
        lines = _even(stanza)
        if len(lines) < STANZA or not any(line.text[-1] in ",;:—–" for line in lines):
            continue
        open_ends = sum(line.text[-1] not in ".!?…" for line in lines[:-1])
        if all(not line.text[0].islower() for line in lines[1:]):
            if 3 * open_ends >= len(lines) - 1:
                found.append(lines)
        elif len(lines) > STANZA:
            small.append(lines)
    if len(small) + len(found) > 1:
        found += small
    return frozenset(row.number for stanza in found for row in stanza)


def _even(rows: Sequence[Row]) -> list[Row]:
    """The last rows of a run, as far up as their lengths are alike."""
    out: list[Row] = []
    for row in reversed(rows):
        sizes = [len(other.text) for other in [row, *out]]
        if max(sizes) > 2.2 * min(sizes):
            break
        out.insert(0, row)
    return out
