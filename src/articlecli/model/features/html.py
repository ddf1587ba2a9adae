"""Features of a block of HTML: its tags, the words of the classes above it, its links.

Words of class names are hashed like words of the text; a site's own names say little elsewhere,
but "related", "byline" and "nav-item" are everybody's.
"""

from binascii import crc32
from collections.abc import Sequence

from articlecli.document import Block, Markup
from articlecli.model.features.slots import MARKUP_HASHES, ROWS
from articlecli.text.patterns import lazy

NEAR, FAR = 6, 24
"""Words of the nearest elements that count as near, and all that are looked at."""

_PARTS = lazy(r"[-_]+")
_MASK = MARKUP_HASHES - 1

STARTS = {
    kind: crc32(f"{kind} ".encode() if kind != "strong" else b"strong")
    for kind in (
        "path", "last", "in", "near", "mark", "part",
        "linked", "above", "below", "strong", "declared", "inline",
    )
}  # fmt: skip
"""Kind of fact → the hash of its name, which that of the fact goes on from."""


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
            shared = known[place] = tuple(dict.fromkeys(_place(own.path, own.marks)))
        rows = [
            *shared,
            _row("linked", str(int(own.linked * 3))),
            _row("above", _alike(before, own)),
            _row("below", _alike(after, own)),
        ]
        if own.strong:
            rows.append(_row("strong", ""))
        rows += [_row("declared", fact) for fact in sorted(own.declared)]
        rows += [_row("inline", tag) for tag in sorted(own.inline)]
        out.append(rows)
    return out


def _row(kind: str, fact: str) -> int:
    return ROWS + (crc32(fact.encode(), STARTS[kind]) & _MASK)


def _place(path: str, marks: str) -> list[int]:
    """Rows of what the elements above a block say, in a fixed order: few are ever cut off."""
    tags = path.split("/")
    rows = [_row("path", "/".join(tags[-3:])), _row("last", tags[-1])]
    rows += [_row("in", tag) for tag in tags]
    words = marks.split()
    near = words[-NEAR:]
    rows += [_row("near", word) for word in near]
    rows += [_row("mark", word) for word in words[-FAR:]]
    rows += [_row("part", part) for word in near for part in _PARTS.split(word) if len(part) > 2]
    return rows


def _alike(other: Markup | None, own: Markup) -> str:
    if other is None:
        return "4"
    return str((other.path == own.path) + 2 * (other.marks == own.marks))
