"""Which blocks say what the head of their page declares: its headline, an author, others."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from articlecli.core import core_runs
from articlecli.document import Block, Declared
from articlecli.text.folding import letters, letters_of_lines

LONGEST_DESCRIPTION, LONGEST_BODY, MOST_AUTHORS = 10_000, 200_000, 50
"""Characters of a description and of a body, and authors, that blocks are compared with."""
TELLING, BEGUN, RUNNING = 10, 20, 30
"""Letters beyond which a text may be the headline, a part of the title, a part of the description
or of the body: shorter ones stand there by accident."""
SIGNED = 200
"""Letters under which a text that holds an author's name is a byline."""
CERTAIN = 80
"""Letters that two texts have in common only if one is a copy of the other."""
PATIENCE = 1 << 25
"""Letters of the body that are gone through, line by line, until what it holds is sorted."""
NAMES = ("headline", "description", "body", "author")
"""What a block may say; as a number, each is a bit."""


class Told(NamedTuple):
    """What the head declares, as blocks are compared with it: letters alone."""

    headline: str
    title: str
    description: str
    body: str
    authors: tuple[str, ...]


def with_declared(head: Declared, blocks: Sequence[Block], text: str) -> list[Block]:
    """Blocks, those marked that say what the head declares; `text` is what `flat_text` gives."""
    out = list(blocks)
    # Each is looked for in each block: a declaration as long as a page would take its square.
    told = Told(
        letters(head.headline),
        letters(head.title),
        letters(head.description[:LONGEST_DESCRIPTION]),
        letters(head.body[:LONGEST_BODY]),
        tuple([name for author in head.authors[:MOST_AUTHORS] if (name := letters(author))]),
    )
    said = _by_core if core_runs() else by_python
    for number, bits in said(text, told) if out and any(told) else ():
        if markup := out[number].markup:
            out[number] = replace(out[number], markup=replace(markup, declared=_names_of(bits)))
    return out


def flat_text(blocks: Sequence[Block]) -> str:
    """The page as text, one line a block; what the blocks' spans count in."""
    text = "\n".join([block.text for block in blocks])
    if text.count("\n") < len(blocks):
        return text
    return "\n".join([block.text.replace("\n", " ") for block in blocks])


def by_python(lines: str, told: Told) -> Iterator[tuple[int, int]]:
    """Lines that say something, by their numbers, and what, as a number.

    This form says what is right, and runs where no core was built.

    Args:
        lines: The lines.
        told: What the head declares.

    """
    headline, title, description, body, authors = told
    in_body = _found_in(body)
    for number, text in enumerate(letters_of_lines(lines)):
        bits = 0
        if len(text) > TELLING:
            if text == headline or (len(text) > BEGUN and title.startswith(text)):
                bits |= 1
            if len(text) > RUNNING:
                if description and (text in description or description[:CERTAIN] in text):
                    bits |= 2
                if body and in_body(text[:CERTAIN]):
                    bits |= 4
        if authors and len(text) < SIGNED and any(author in text for author in authors):
            bits |= 8
        if bits:
            yield number, bits


def _found_in(body: str) -> Callable[[str], bool]:
    """What tells whether a body holds a text of up to `CERTAIN` letters.

    Lines that look like it and are not in it would take the product of all lines and the body.
    """
    left = PATIENCE

    @cache
    def beginnings() -> list[str]:
        return sorted({body[at : at + CERTAIN] for at in range(len(body))})

    def holds(text: str) -> bool:
        nonlocal left
        left -= len(body)
        if left > 0:
            return text in body
        texts = beginnings()
        at = bisect_left(texts, text)
        return at < len(texts) and texts[at].startswith(text)

    return holds


@cache
def _names_of(bits: int) -> frozenset[str]:
    return frozenset(name for place, name in enumerate(NAMES) if bits >> place & 1)


def _by_core(lines: str, told: Told) -> list[tuple[int, int]]:
    from articlecli._core import said as of_core  # there only where it was built

    return of_core(letters, lines, *told, (TELLING, BEGUN, RUNNING, SIGNED, CERTAIN))
