"""Phrases of the web's furniture in a block: the concepts of `data/phrases.txt`."""

from functools import cache

from msgspec import Struct

from articlecli.data import read_data
from articlecli.errors import ModelError

WHOLE, START, END, INSIDE = range(4)
LONGEST = 6
"""Words of the longest phrase that is looked for inside or at the ends of a line."""
SHORT = 14
"""Words up to which a line is searched for phrases in its middle."""
_EDGES = '.,:;!?…()[]|>»›«<*•·-–—+#"“”„→←↑▼▾▲►'


class Phrases(Struct, frozen=True):
    """The phrase table, ready for look-up."""

    names: tuple[str, ...]
    """Concepts in the order of the file."""
    concepts: dict[str, tuple[int, ...]]
    """Phrase → numbers of its concepts."""
    first: dict[str, int]
    """First word → words of the longest phrase that begins with it."""
    last: dict[str, int]
    """Last word → words of the longest phrase that ends with it."""


@cache
def load_phrases() -> Phrases:
    """The table that ships with the package.

    Raises:
        ModelError: It is missing or damaged.

    """
    try:
        return parse_phrases(read_data("phrases.txt").decode("utf-8"))
    except (OSError, ValueError, IndexError) as error:
        raise ModelError(f"the phrase table is damaged ({error}); reinstall articlecli") from None


def parse_phrases(text: str) -> Phrases:
    """Table from the text of its file (its layout is told at the head of `data/phrases.txt`)."""
    names: list[str] = []
    concepts: dict[str, tuple[int, ...]] = {}
    own: tuple[int, ...] = ()
    for line in text.splitlines():
        if line.startswith("["):
            own = (len(names),)
            names.append(line.strip("[]"))
        elif line and line[0] != "#":
            for phrase in line.partition(": ")[2].split(" | "):
                known = concepts.setdefault(phrase, own)
                if known is not own and own[0] not in known:
                    concepts[phrase] = known + own
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for phrase in concepts:
        size = min(phrase.count(" ") + 1, LONGEST)
        head, tail = phrase.partition(" ")[0], phrase.rpartition(" ")[2]
        if first.get(head, 0) < size:
            first[head] = size
        if last.get(tail, 0) < size:
            last[tail] = size
    return Phrases(tuple(names), concepts, first, last)


def match(phrases: Phrases, lower: str, *, unspaced: bool) -> list[int]:  # noqa: C901  # the hottest loop: calls would cost more than branches
    """Concepts of a line.

    Args:
        phrases: The table.
        lower: The line, lower-cased, white space folded.
        unspaced: The line holds a script without spaces.

    Returns:
        `4 * concept + place` for each, each once, in a fixed order; place is `WHOLE`, `START`,
        `END` or `INSIDE`.

    """
    if "’" in lower:
        lower = lower.replace("’", "'")
    concepts = phrases.concepts
    found: dict[int, None] = {}
    line = (
        lower.strip(_EDGES + " 0123456789")
        if not lower[0].isalpha() or not lower[-1].isalpha()
        else lower
    )
    if whole := concepts.get(line):
        for concept in whole:
            found[4 * concept] = None
    if unspaced:
        _match_unspaced(phrases, line, found)
        return list(found)
    if len(line) > 160:
        words = line.split(" ", LONGEST)[:LONGEST]
        ends = line.rsplit(" ", LONGEST)[-LONGEST:]
    else:
        ends = words = line.split(" ")
    count = len(words)
    if count == 1:
        if not whole:
            _add(concepts.get(words[0].strip(_EDGES)), START, found)
        return list(found)
    head = words[0].strip(_EDGES)
    longest = min(phrases.first.get(head, 0), count)
    for size in range(1, longest + 1):
        if size > 1:
            head = f"{head} {words[size - 1].rstrip(_EDGES)}"
        _add(concepts.get(head), START, found)
    tail = ends[-1].strip(_EDGES)
    longest = min(phrases.last.get(tail, 0), len(ends) - 1)
    for size in range(1, longest + 1):
        if size > 1:
            tail = f"{ends[-size].strip(_EDGES)} {tail}"
        _add(concepts.get(tail), END, found)
    if 2 < count <= SHORT and words is ends:
        first = phrases.first
        for i in range(1, count - 1):
            phrase = words[i].strip(_EDGES)
            longest = first.get(phrase, 0)
            for j in range(i + 1, min(i + 1 + longest, count + 1)):
                _add(concepts.get(phrase), INSIDE, found)
                if j < count:
                    phrase = f"{phrase} {words[j].strip(_EDGES)}"
    return list(found)


def _add(hit: tuple[int, ...] | None, place: int, found: dict[int, None]) -> None:
    if hit:
        for concept in hit:
            found[4 * concept + place] = None


def _match_unspaced(phrases: Phrases, line: str, found: dict[int, None]) -> None:
    concepts = phrases.concepts
    size = len(line)
    for length in range(1, min(9, size)):
        for concept in concepts.get(line[:length], ()):
            found[4 * concept + START] = None
        for concept in concepts.get(line[-length:], ()):
            found[4 * concept + END] = None
    if size <= 24:
        for i in range(1, size - 1):
            for j in range(i + 2, min(i + 6, size) + 1):
                for concept in concepts.get(line[i:j], ()):
                    found[4 * concept + INSIDE] = None
