"""Words with links and marks in them: which of the words each one is, and how they nest."""

from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import Literal, NamedTuple

from articlecli.document import Link, Mark, Style


class Stretch(NamedTuple):
    """Words of a text that are a link, or that stand out."""

    start: int
    end: int
    """Characters of the text, the end excluded."""
    kind: Style | Literal["link"]
    target: str = ""
    """Of a link, where it leads."""


def stretches(text: str, links: Iterable[Link], marks: Iterable[Mark]) -> list[Stretch]:
    """Links and marks of a text, the outer before the inner, each wholly inside the other or apart.

    Args:
        text: The words.
        links: In their order; from the first one on that the text does not hold as whole words,
            they are left out.
        marks: In any order.

    """
    found = [Stretch(mark.start, min(mark.end, len(text)), mark.kind) for mark in marks]
    at = 0
    for link in links:
        start = _whole(text, link.text, at)
        if start < 0:
            break
        at = start + len(link.text)
        found.append(Stretch(start, at, "link", link.target))
    return _nested(found)


def _nested(found: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of which none crosses another's end: one that does is cut there."""
    waiting = [(one.start, -one.end, one.kind != "link", one) for one in found]
    heapify(waiting)
    done: list[Stretch] = []
    around: list[Stretch] = []
    while waiting:
        one = heappop(waiting)[-1]
        while around and around[-1].end <= one.start:
            around.pop()
        if around and one.end > around[-1].end:
            rest = one._replace(start=around[-1].end)
            heappush(waiting, (rest.start, -rest.end, rest.kind != "link", rest))
            one = one._replace(end=rest.start)
        if one.start < one.end and not any(one.kind == outer.kind for outer in around):
            done.append(one)
            around.append(one)
    return done


def written(
    text: str,
    found: Sequence[Stretch],
    plain: Callable[[str], str],
    write: Callable[[Stretch, str], str],
    *,
    part: tuple[int, int] | None = None,
) -> str:
    """A text with its stretches.

    Args:
        text: The words.
        found: Of `stretches`.
        plain: Writes the words between them.
        write: Writes a stretch, whose own words are written already.
        part: Where to begin and to end; `None` for the whole text. A stretch that reaches beyond is
            left out.

    """
    at, end = part or (0, len(text))
    within = [one for one in found if at <= one.start and one.end <= end]
    around: list[Stretch] = []
    pieces: list[list[str]] = [[]]
    for one in [*within, None]:
        start = one.start if one is not None else end
        while around and around[-1].end <= start:
            inner = around.pop()
            words = [*pieces.pop(), plain(text[at : inner.end])]
            pieces[-1].append(write(inner, "".join(words)))
            at = inner.end
        pieces[-1].append(plain(text[at:start]))
        at = start
        if one is not None:
            around.append(one)
            pieces.append([])
    return "".join(pieces[0])


def _whole(text: str, words: str, at: int) -> int:
    """Where words stand in a text, from a place on, that begin and end inside no other; -1."""
    first = at
    while (start := text.find(words, at)) >= 0:
        before, after = text[start - 1 : start], text[start + len(words) : start + len(words) + 1]
        if not (start > first and _is_word(before)) and not _is_word(after):
            return start
        at = start + 1
    return -1


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
