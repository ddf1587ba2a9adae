"""Features of a block of HTML: its tags, the words of the classes above it, its links.

Words of class names are hashed like words of the text; a site's own names say little elsewhere,
but "related", "byline" and "nav-item" are everybody's.
"""

import re
from binascii import crc32
from collections.abc import Sequence

from articlecli.document import Block, Markup
from articlecli.model.features.slots import MARKUP_HASHES, ROWS

NEAR, FAR = 6, 24
"""Words of the nearest elements that count as near, and all that are looked at."""

_PARTS = re.compile(r"[-_]+")
_MASK = MARKUP_HASHES - 1


def markup_features(blocks: Sequence[Block]) -> list[list[int]]:
    """Features of every block of a page of HTML, numbered from `ROWS` on."""
    known: dict[tuple[str, str], tuple[int, ...]] = {}
    out: list[list[int]] = []
    markups = [block.markup for block in blocks]
    around = [None, *markups, None]
    for before, own, after in zip(around, markups, around[2:], strict=False):
        if own is None:
            out.append([])
            continue
        place = (own.path, own.marks)
        shared = known.get(place)
        if shared is None:
            shared = known[place] = tuple({_row(fact) for fact in _place(own.path, own.marks)})
        facts = [
            f"linked {int(own.linked * 3)}",
            f"above {_alike(before, own)}",
            f"below {_alike(after, own)}",
        ]
        if own.strong:
            facts.append("strong")
        facts += [f"declared {fact}" for fact in own.declared]
        facts += [f"inline {tag}" for tag in own.inline]
        out.append([*shared, *map(_row, facts)])
    return out


def _row(fact: str) -> int:
    return ROWS + (crc32(fact.encode()) & _MASK)


def _place(path: str, marks: str) -> list[str]:
    tags = path.split("/")
    facts = ["path " + "/".join(tags[-3:]), "last " + tags[-1]]
    facts += [f"in {tag}" for tag in set(tags)]
    words = marks.split()
    near = words[-NEAR:]
    facts += [f"near {word}" for word in near]
    facts += [f"mark {word}" for word in words[-FAR:]]
    facts += [f"part {part}" for word in near for part in _PARTS.split(word) if len(part) > 2]
    return facts


def _alike(other: Markup | None, own: Markup) -> int:
    return (other.path == own.path) + 2 * (other.marks == own.marks) if other else 4
