"""Lines of a page → rows: what a reader sees of each, and where it stands."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from articlecli.blocks.marks import BULLETS, NO_MARK, Mark, bullet, columns
from articlecli.document import Field, Span
from articlecli.text.characters import place_of, shown
from articlecli.text.patterns import lazy

ODD = ("\0\x08", "\x0b", "\x0e\x1f", "&", "\x7f", "\xad", "\u061c", "\u180e", "\u200b\u200f",
       "\u202a\u202e", "\u2060\u2069", "\ufeff", "\U000e0001\U000e007f")  # fmt: skip
"""Characters by which a line may look other than it is: first and last of each range."""
_ODD = lazy("[" + "".join(f"{few[0]}-{few[-1]}" for few in ODD) + "]")
WRITTEN_ENDS = 3
"""Line ends written as two characters from which a page is taken to have none of its own."""
_WRITTEN = lazy(r"(?:\\r)?\\n|\\t|\\(?=[\"'/])")


class Row(Struct, gc=False):
    """One non-blank line, or one part of a line that was cut."""

    number: int
    start: int
    end: int
    text: str
    gap: int
    mark: Mark
    field: Field | None = None
    """What the line is for, where its form says so."""
    silent: bool = False
    """Nothing but marks: it belongs to the block above it and adds no words."""
    cut: bool = False
    """A part of a line, and not its first."""
    resumes: bool = False
    """Goes on with the sentence above, whatever stands between."""
    joined: bool = False
    """The parser says that it goes on with the line above."""


def read_rows(text: str, spans: Sequence[Span]) -> list[Row]:
    """Rows of a page of plain text, those marked that have a bullet or stand in columns."""
    odd = _ODD.search(text) is not None
    rows: list[Row] = []
    gap = 0
    written = has_written_ends(text, spans)
    for number, start, end in _pieces(text, spans, written=written):
        line = raw = text[start:end]
        if odd and _ODD.search(raw):
            raw = shown(raw)
        if written:
            raw = _WRITTEN.sub(lambda match: "\t" if match[0] == "\\t" else "", raw)
        folded = " ".join(raw.split())
        if not folded:
            if not line.strip() or written:
                gap += 1
                continue
            folded = "\ufffd"  # only invisible characters, yet not blank: it must be accounted for
        mark = NO_MARK
        if folded[0] in BULLETS:
            mark = bullet(folded)
        elif "\t" in raw or "   " in raw:
            mark = columns(raw)
        rows.append(Row(number, start, start + len(line.rstrip()), folded, gap, mark))
        gap = 0
    return _settled(rows, text, spans) if written else rows


def cut_row(row: Row, at: int, text: str) -> list[Row]:
    """The two parts of a row cut after `at` characters of its text."""
    # White space inside the line was folded: count what can be seen.
    seen = sum(not char.isspace() for char in row.text[:at])
    place = row.start + place_of(text[row.start : row.end], seen)
    while place < row.end and text[place].isspace():
        place += 1
    end = row.start + len(text[row.start : place].rstrip())
    return [
        Row(row.number, row.start, end, row.text[:at].strip(), row.gap, NO_MARK, cut=row.cut),
        Row(row.number, place, row.end, row.text[at:].strip(), 0, NO_MARK, cut=True),
    ]


def has_written_ends(text: str, spans: Sequence[Span]) -> bool:
    """Whether a page came with its line ends written as two characters, as from a log."""
    return "\\n" in text and text.count("\\n") >= max(WRITTEN_ENDS, 2 * len(spans))


def _pieces(text: str, spans: Sequence[Span], *, written: bool) -> Iterator[tuple[int, int, int]]:
    """Lines, those cut that hold line ends of other kinds: form feeds, written ones."""
    ends = r"(?:\\r)?\\n" if written else "\f"
    if not written and "\f" not in text:
        for number, (start, end) in enumerate(spans, 1):
            yield number, start, end
        return
    for number, (start, end) in enumerate(spans, 1):
        at = start
        for match in re.finditer(ends, text[start:end]):
            yield number, at, start + match.start()
            at = start + match.end()
        yield number, at, end


def _settled(rows: list[Row], text: str, spans: Sequence[Span]) -> list[Row]:
    """Rows of which every non-blank line has one at least; parts of one line are told apart."""
    have = {row.number for row in rows}
    for number, (start, end) in enumerate(spans, 1):
        if number not in have and text[start:end].strip():
            rows.append(Row(number, start, end, text[start:end].strip(), 0, NO_MARK))
    rows.sort(key=lambda row: row.start)
    return rows
