"""Elements of a page that declare something: `<meta>`, scripts, those that an attribute marks.

Dozens of declarations are looked for by these. The parser is asked once for all of them, since each
question is a walk through the whole page.
"""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articlecli.blocks.source import Source

_DECLARING = "meta[content], script[type*='ld+json' i], [rel], [property^='schema:date']"
DATED = ("schema:datePublished", "schema:dateCreated", "schema:dateModified")
"""What `property` says of dates."""
_FIRST = {"time": ("pubdate", "datetime"), "base": ("href",)}
"""Tags of which the first element counts that has an attribute, and those attributes."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
"""What parts the words of an attribute."""
_IDLE = frozenset(("stylesheet", "nofollow", "noopener", "noreferrer", "noopener noreferrer",
                   "preload", "dns-prefetch", "preconnect", "bookmark", "external", "tag", "icon",
                   "apple-touch-icon", "prefetch", "modulepreload", "shortcut icon", "manifest",
                   "noreferrer noopener", "nofollow noopener", "noopener nofollow"))  # fmt: skip
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
    first: dict[str, LexborNode]
    """The first element of its kind: by what `property` says of a date, `time[pubdate]`,
    `time[datetime]` and `base[href]`."""


def read_marks(tree: LexborHTMLParser, source: Source) -> Marks:
    """All elements that declare something; what the page's source lacks is not looked for."""
    marks = Marks([], [], {}, {}, {}, {})
    last = 0
    for node in tree.css(_asked(source)):
        if node.mem_id == last:
            continue  # the parser gives it once for each selector that it fits
        last = node.mem_id
        said, tag = node.attributes, node.tag
        if tag == "meta" and "content" in said:
            marks.meta.append(said)
        elif tag == "script":
            if "ld+json" in (said.get("type") or "").lower():
                marks.data.append(node)
        elif tag in _FIRST:
            for name in _FIRST[tag]:
                if name in said:
                    marks.first.setdefault(f"{tag}[{name}]", node)
        if (dated := said.get("property")) in DATED:
            marks.first.setdefault(dated, node)
        if "rel" in said:
            value = (said["rel"] or "").lower()
            if value not in _IDLE:
                marks.alone.setdefault(value, []).append(node)
                _add(marks.rel, value, node)
        if "itemprop" in said:
            _add(marks.itemprop, said["itemprop"] or "", node)
    return marks


def _asked(source: Source) -> str:
    """Selectors of all that is looked for."""
    more = (", [itemprop]", source.items), (", time", source.times), (", base", source.bases)
    return _DECLARING + "".join([selector for selector, there in more if there])


def tagged(nodes: list[LexborNode] | None, *tags: str) -> list[LexborNode]:
    """Those of some elements that have one of some tags."""
    return [node for node in nodes or () if node.tag in tags]


def _add(to: Marked, value: str, node: LexborNode) -> None:
    # Of all white space a blank alone is printable.
    for word in value.split(" ") if value.isprintable() else _SPACE.split(value):
        nodes = to.setdefault(word, [])
        if not nodes or nodes[-1] is not node:
            nodes.append(node)
