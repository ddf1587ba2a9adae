"""Phrases of the web's furniture in a block: the concepts of `data/phrases.txt`."""

from functools import cache

from msgspec import Struct

from articlecli.data import read_data

WHOLE, START, END, INSIDE = range(4)
LONGEST = 6
"""Words of the longest phrase that is looked for inside or at the ends of a line."""
SHORT = 14
"""Words up to which a line is searched for phrases in its middle."""
_EDGES = ".,:;!?…()[]|>»›«<*•·-–—+#\"“”„→←↑▼▾▲►"


class Phrases(Struct, frozen=True):
    """The phrase table, ready for look-up."""

    names: tuple[str, ...]
    """Concepts in the order of the file."""
    concepts: dict[str, tuple[int, ...]]
    """Phrase → numbers of its concepts."""


@cache
def load_phrases() -> Phrases:
    """The table that ships with the package."""
    return parse_phrases(read_data("phrases.txt").decode("utf-8"))


def parse_phrases(text: str) -> Phrases:
    """Table from the text of its file (its layout is told at the head of `data/phrases.txt`)."""
    names: list[str] = []
    concepts: dict[str, tuple[int, ...]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            names.append(line.strip("[]"))
        elif line and not line.startswith("#"):
            own = (len(names) - 1,)
            for phrase in line.partition(": ")[2].split(" | "):
                known = concepts.setdefault(phrase, own)
                if own[0] not in known:
                    concepts[phrase] = known + own
    return Phrases(tuple(names), concepts)


def match(phrases: Phrases, lower: str, *, unspaced: bool) -> list[int]:
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
    line = lower.strip(_EDGES + " 0123456789") if not lower[0].isalpha() or not lower[
        -1
    ].isalpha() else lower
    if whole := concepts.get(line):
        for concept in whole:
            found[4 * concept] = None
    if unspaced:
        _match_unspaced(phrases, line, found)
        return list(found)
    words = line.split(" ", LONGEST) if len(line) > 160 else line.split(" ")
    count = len(words)
    if count > 1 or not whole:
        words[0] = words[0].strip(_EDGES)
        head = words[0]
        for size in range(1, min(count, LONGEST) + 1):
            if size > 1:
                head = f"{head} {words[size - 1].rstrip(_EDGES)}"
            if hit := concepts.get(head):
                for concept in hit:
                    found[4 * concept + START] = None
        tail = ""
        last = line.rsplit(" ", 4)[-4:] if count > LONGEST else words[1:][-4:]
        for word in reversed(last):
            tail = f"{word} {tail}" if tail else word
            if hit := concepts.get(tail.strip(_EDGES)):
                for concept in hit:
                    found[4 * concept + END] = None
        if 2 < count <= SHORT:
            bare = [word.strip(_EDGES) for word in words]
            for i in range(1, count - 1):
                phrase = bare[i]
                for j in range(i + 1, min(i + 4, count) + 1):
                    if hit := concepts.get(phrase):
                        for concept in hit:
                            found[4 * concept + INSIDE] = None
                    if j < count:
                        phrase = f"{phrase} {bare[j]}"
    return list(found)


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
