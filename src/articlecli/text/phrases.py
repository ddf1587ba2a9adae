"""Phrases of the web's furniture in a block: the concepts of `data/concepts.txt`."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from msgspec import Struct

from articlecli.data import read_data
from articlecli.errors import ModelError
from articlecli.text.folding import EDGES, straight
from articlecli.text.lexicon import phrase_texts

WHOLE, START, END, INSIDE = range(4)
LONGEST = 6
"""Words of the longest phrase that is looked for inside or at the ends of a line."""
SHORT = 14
"""Words up to which a line is searched for phrases in its middle."""
LINE_EDGES = EDGES + " 0123456789"


class Phrases(Struct, frozen=True, dict=True):
    """The phrase table. The core reads its texts by itself, so the dicts are made when needed."""

    names: tuple[str, ...]
    """Concepts in the order of `data/concepts.txt`."""
    lines: str
    """The phrases, a line a concept of a language: `read_also: read also | see also`."""

    @property
    def concepts(self) -> dict[str, tuple[int, ...]]:
        """Phrase → numbers of its concepts, ascending."""
        return self._tables[0]

    @property
    def first(self) -> dict[str, int]:
        """First word → words of the longest phrase that begins with it."""
        return self._tables[1]

    @property
    def last(self) -> dict[str, int]:
        """Last word → words of the longest phrase that ends with it."""
        return self._tables[2]

    @cached_property
    def _tables(self) -> tuple[dict[str, tuple[int, ...]], dict[str, int], dict[str, int]]:
        try:
            return _tables(self.names, self.lines)
        except KeyError as error:
            raise damaged(error) from None


@cache
def load_phrases() -> Phrases:
    """The table that ships with the package.

    Raises:
        ModelError: It is missing.

    """
    try:
        lines = read_data("concepts.txt").decode("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise damaged(error) from None
    names = tuple(line for line in lines if line[:1] != "#")
    return Phrases(names, "\n".join(text.strip("\n") for text in phrase_texts().values()))


def damaged(error: Exception) -> ModelError:
    """What to raise where the table cannot be used."""
    return ModelError(f"the phrase table is damaged ({error}); reinstall articlecli")


def _tables(
    names: Iterable[str], lines: str
) -> tuple[dict[str, tuple[int, ...]], dict[str, int], dict[str, int]]:
    owns = {name: (number,) for number, name in enumerate(names)}
    concepts: dict[str, tuple[int, ...]] = {}
    for line in lines.split("\n"):
        concept, _, phrases = line.partition(": ")
        own = owns[concept]
        for phrase in phrases.split(" | "):
            known = concepts.setdefault(phrase, own)
            if known is not own and own[0] not in known:
                concepts[phrase] = tuple(sorted(known + own))
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for phrase in concepts:
        size = min(phrase.count(" ") + 1, LONGEST)
        head, tail = phrase.partition(" ")[0], phrase.rpartition(" ")[2]
        if first.get(head, 0) < size:
            first[head] = size
        if last.get(tail, 0) < size:
            last[tail] = size
    return concepts, first, last


@cache
def concept_at(name: str, place: int) -> int:
    """Number by which `match` tells a concept of the shipped table at a place."""
    return 4 * load_phrases().names.index(name) + place


def match(phrases: Phrases, lower: str, *, unspaced: bool) -> Mapping[int, int]:  # noqa: C901  # the hottest loop: calls would cost more than branches
    """Concepts of a line.

    Args:
        phrases: The table.
        lower: The line, lower-cased, white space folded.
        unspaced: The line holds a script without spaces.

    Returns:
        `4 * concept + place` (place is `WHOLE`, `START`, `END` or `INSIDE`) → size of the longest
        phrase of that concept there, in words, in a script without spaces in characters. In a
        fixed order.

    """
    lower = straight(lower)
    concepts = phrases.concepts
    found: dict[int, int] = {}
    line = lower.strip(LINE_EDGES) if not lower[0].isalpha() or not lower[-1].isalpha() else lower
    if whole := concepts.get(line):
        for concept in whole:
            found[4 * concept] = len(line) if unspaced else line.count(" ") + 1
    if unspaced:
        _match_unspaced(phrases, line, found)
        return found
    if len(line) > 160:
        words = line.split(" ", LONGEST)[:LONGEST]
        ends = line.rsplit(" ", LONGEST)[-LONGEST:]
    else:
        ends = words = line.split(" ")
    count = len(words)
    if count == 1:
        if not whole and (hit := concepts.get(words[0].strip(EDGES))):
            _add(hit, START, 1, found)
        return found
    head = words[0].strip(EDGES)
    longest = min(phrases.first.get(head, 0), count)
    for size in range(1, longest + 1):
        if size > 1:
            head = f"{head} {words[size - 1].rstrip(EDGES)}"
        if hit := concepts.get(head):
            _add(hit, START, size, found)
    tail = ends[-1].strip(EDGES)
    longest = min(phrases.last.get(tail, 0), len(ends) - 1)
    for size in range(1, longest + 1):
        if size > 1:
            tail = f"{ends[-size].strip(EDGES)} {tail}"
        if hit := concepts.get(tail):
            _add(hit, END, size, found)
    if 2 < count <= SHORT and words is ends:
        first = phrases.first
        for i in range(1, count - 1):
            phrase = words[i].strip(EDGES)
            if not (longest := first.get(phrase, 0)):
                continue
            for j in range(i + 1, min(i + 1 + longest, count + 1)):
                if hit := concepts.get(phrase):
                    _add(hit, INSIDE, j - i, found)
                if j < count:
                    phrase = f"{phrase} {words[j].strip(EDGES)}"
    return found


def _add(hit: tuple[int, ...], place: int, size: int, found: dict[int, int]) -> None:
    for concept in hit:
        at = 4 * concept + place
        found[at] = max(size, found.get(at, 0))


def _match_unspaced(phrases: Phrases, line: str, found: dict[int, int]) -> None:
    concepts = phrases.concepts
    size = len(line)
    for length in range(1, min(9, size)):
        for concept in concepts.get(line[:length], ()):
            found[4 * concept + START] = length
        for concept in concepts.get(line[-length:], ()):
            found[4 * concept + END] = length
    if size <= 24:
        for i in range(1, size - 1):
            for j in range(i + 2, min(i + 6, size) + 1):
                if hit := concepts.get(line[i:j]):
                    _add(hit, INSIDE, j - i, found)
