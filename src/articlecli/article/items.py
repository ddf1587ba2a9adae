"""Items of lists that no tag marks: bullets and numbers that are written as text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from articlecli.document import Mark, Range
from articlecli.output import BodyPart
from articlecli.text.patterns import lazy

_BULLET = lazy(r"(?:[•▪◦‣●■►▸·]\s*+|[-*]\s++)(?=[^\W_]|[\"'“„«(\[])(?!.*[·•■●]$)")
_BULLETS = frozenset("•▪◦‣●■►▸·-*")
_BULLETED = frozenset({"paragraph", "list_item"})
_DASHES = "-*"
"""Signs that are a bullet only where two lines or more in a row begin with them."""
_SPEECH = lazy(r"[?!…]$|[,.?!…] [-–—] ")
"""How what is said aloud ends, or goes on behind the one who says it."""
_NUMBER = lazy(r"0?(\d{1,3})[.)]?")
LONGEST_NUMBER = 5
"""Characters of the longest of them."""
SAID = 20
"""Characters of the shortest text that a number on a line of its own may stand for."""
COUNTED = 3
"""Numbers of the shortest list that is not 1 and 2; less than half of them may be missing."""
_COUNTED = frozenset({"paragraph", "list_item", "heading"})


def bulleted(parts: Sequence[BodyPart]) -> list[BodyPart]:
    """Paragraphs that begin with a bullet → items, the bullet taken off.

    A hyphen may also begin what somebody says: two lines in a row make a list where most of them
    do not read so.
    """
    found = [
        _BULLET.match(p.text) if p.text[:1] in _BULLETS and p.kind in _BULLETED else None
        for p in parts
    ]
    out = list(parts)
    if not any(found):
        return out
    start = 0
    while start < len(parts):
        end = start
        while end < len(parts) and found[end] is not None:
            end += 1
        run = parts[start:end]
        dashed = [part for part in run if part.text[0] in _DASHES]
        spoken = len(dashed) < 2 or _is_speech([part.text for part in dashed])
        for i in range(start, end):
            sign = found[i]
            if sign is None or (spoken and parts[i].text[0] in _DASHES):
                continue
            out[i] = _without_head(parts[i], sign.end())
        start = end + 1
    return out


def is_spoken(texts: Sequence[str], sign: str) -> bool:
    """Whether lines in a row that begin with a dash are what people say, and no list.

    Args:
        texts: The lines, without the dash.
        sign: The dash. One en dash alone is no list.

    """
    return _is_speech(texts) if len(texts) > 1 else sign == "–"


def _is_speech(texts: Sequence[str]) -> bool:
    """Whether most of some lines end or go on as what is said aloud does."""
    return 2 * sum(_SPEECH.search(text) is not None for text in texts) > len(texts)


def _without_head(part: BodyPart, size: int) -> BodyPart:
    """An item without its bullet, its marks moved."""
    marks = (Mark(m.kind, max(m.start - size, 0), m.end - size) for m in part.marks)
    return replace(
        part,
        text=part.text[size:],
        kind="list_item",
        level=max(part.level, 1),
        marks=tuple(mark for mark in marks if mark.start < mark.end),
    )


def numbered(parts: Sequence[BodyPart]) -> list[BodyPart]:
    """Numbers on a line of their own, and what stands below each → one item, or one heading."""
    numbers = dict(_numbers(parts))
    if not numbers:
        return list(parts)
    out: list[BodyPart] = []
    for i, part in enumerate(parts):
        if i - 1 in numbers:
            out[-1] = _joined(parts[i - 1], part, numbers[i - 1])
        else:
            out.append(part)
    return out


def _numbers(parts: Sequence[BodyPart]) -> Iterator[tuple[int, int]]:
    """Places of the numbers that count what stands below them, and the numbers."""
    places: list[tuple[int, int]] = []
    short = [i for i, part in enumerate(parts[:-1]) if len(part.text) <= LONGEST_NUMBER]
    for i in short:  # few
        part, below = parts[i : i + 2]
        sign = _NUMBER.fullmatch(part.text) if part.kind in _COUNTED else None
        if sign is None or below.kind not in _COUNTED or _NUMBER.fullmatch(below.text):
            continue
        number = int(sign[1])
        if part.number == number and part.kind == "list_item" and below.kind == "paragraph":
            yield i, number
        elif part.kind != "list_item" and (len(below.text) >= SAID or below.kind == "heading"):
            places.append((i, number))
    told = [number for _, number in places]
    whole = told == [1, 2]
    rising = len(told) >= COUNTED and all(a < b for a, b in pairwise(told))
    if whole or (rising and told[-1] < told[0] + 2 * len(told)):
        yield from places


def _joined(number: BodyPart, part: BodyPart, value: int) -> BodyPart:
    """A number and what it counts as one part."""
    both = replace(
        part,
        lines=_together(number.lines, part.lines),
        spans=number.spans + part.spans,
    )
    if part.kind == "heading":
        size = len(number.text) + 1
        marks = tuple(Mark(m.kind, m.start + size, m.end + size) for m in part.marks)
        return replace(both, text=f"{number.text} {part.text}", marks=marks)
    return replace(both, kind="list_item", level=max(number.level, part.level, 1), number=value)


def _together(above: tuple[Range, ...], below: tuple[Range, ...]) -> tuple[Range, ...]:
    """Lines of two parts."""
    if above and below and above[-1][1] + 1 == below[0][0]:
        return (*above[:-1], (above[-1][0], below[0][1]), *below[1:])
    return above + below
