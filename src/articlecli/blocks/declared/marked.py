"""Elements of a page that declare something: `<meta>`, scripts, those that an attribute marks.

Dozens of declarations are looked for by these. The parser is asked once for all of them, since each
question is a walk through the whole page.
"""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DECLARING = "meta[content], script[type], [rel]"
_SPACE = re.compile(r"[ \t\n\r\f]+")
"""What parts the words of an attribute."""
_IDLE = frozenset(("stylesheet", "nofollow", "noopener", "noreferrer", "noopener noreferrer",
                   "preload", "dns-prefetch", "preconnect", "bookmark", "external"))  # fmt: skip
"""What `rel` says most often, of elements that nobody looks for."""
Marked = dict[str, list[LexborNode]]
"""Word → the elements that have it, in page order."""


class Marks(NamedTuple):
    """The declaring elements of a page, in page order."""

    meta: list[dict[str, str | None]]
    """Attributes of every `<meta content>`."""
    data: list[LexborNode]
    """Scripts of JSON-LD."""
    rel: Marked
    """By `rel`, lower-cased, as it is compared."""
    alone: Marked
    """Likewise, by all that it says."""
    itemprop: Marked


def read_marks(tree: LexborHTMLParser, *, items: bool) -> Marks:
    """All elements that declare something; `items` says that there may be `itemprop`."""
    marks = Marks([], [], {}, {}, {})
    last = 0
    for node in tree.css(f"{_DECLARING}, [itemprop]" if items else _DECLARING):
        if node.mem_id == last:
            continue  # the parser gives it once for each selector that it fits
        last = node.mem_id
        said = node.attributes
        if node.tag == "meta" and "content" in said:
            marks.meta.append(said)
        elif node.tag == "script" and "ld+json" in (said.get("type") or "").lower():
            marks.data.append(node)
        if "rel" in said:
            value = (said["rel"] or "").lower()
            if value not in _IDLE:
                marks.alone.setdefault(value, []).append(node)
                _add(marks.rel, value, node)
        if "itemprop" in said:
            _add(marks.itemprop, said["itemprop"] or "", node)
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
