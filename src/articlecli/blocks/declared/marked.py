"""Elements of a page that a word of an attribute marks: `rel`, `itemprop`.

A dozen declarations are looked for by these. The parser is asked once for all that have the
attribute, since each question is a walk through the whole page.
"""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPACE = re.compile(r"[ \t\n\r\f]+")
"""What parts the words of an attribute."""
_IDLE = frozenset(("stylesheet", "nofollow", "noopener", "noreferrer", "noopener noreferrer",
                   "preload", "dns-prefetch", "preconnect", "bookmark", "external"))  # fmt: skip
"""What `rel` says most often, of elements that nobody looks for."""
Marked = dict[str, list[LexborNode]]
"""Word → the elements that have it, in page order."""


class Marks(NamedTuple):
    """The marked elements of a page."""

    rel: Marked
    """By `rel`, lower-cased, as it is compared."""
    alone: Marked
    """Likewise, by all that it says."""
    itemprop: Marked


def read_marks(tree: LexborHTMLParser, *, items: bool) -> Marks:
    """All elements that `rel` or `itemprop` marks; `items` says that the latter may be there."""
    marks = Marks({}, {}, {})
    for node in tree.css("[rel]"):
        value = (node.attributes["rel"] or "").lower()
        if value in _IDLE:
            continue
        marks.alone.setdefault(value, []).append(node)
        _add(marks.rel, value, node)
    for node in tree.css("[itemprop]") if items else ():
        _add(marks.itemprop, node.attributes["itemprop"] or "", node)
    return marks


def tagged(nodes: list[LexborNode] | None, *tags: str) -> list[LexborNode]:
    """Those of some elements that have one of some tags."""
    return [node for node in nodes or () if node.tag in tags]


def _add(to: Marked, value: str, node: LexborNode) -> None:
    # Of all white space a blank alone is printable.
    for word in value.split(" ") if value.isprintable() else _SPACE.split(value):
        nodes = to.setdefault(word, [])
        if not nodes or nodes[-1] is not node:
            nodes.append(node)
