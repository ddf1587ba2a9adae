"""What the source of a page tells before it is parsed: how deep its tags stand, and what it lacks.

To ask a parser for what a page does not hold is a walk through all of it. The core tells it while
it counts the tags. In Python that would take longer than the parser does, so there all may be held.
"""

from itertools import accumulate
from typing import NamedTuple

from articlecli.core import core_runs
from articlecli.text.patterns import lazy

_EDGE = lazy(r"<(/?)[a-zA-Z]")
_STEPS = {"": 1, "/": -1}
EDIT_WORDS = ("action=edit", "editsection", "edit-section")
"""What the source of a page holds that has links by which its headings are edited."""
_TAGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("math", "", ()), ("script", "type", ("math", "&")), ("img", "class", ("tex", "mwe", "&")),
    ("image", "class", ("tex", "mwe", "&")),
    ("pre", "", ()), ("code", "", ()), ("time", "", ()), ("base", "", ()),
)  # fmt: skip
"""Tags that are looked for; an attribute and what it must hold, all lower-cased, `&` among it,
since a letter may be written as its number. A parser reads `<image>` as `<img>`."""
_WORDS = (("mpro", ("itemprop",)), ("edit", EDIT_WORDS))
"""Words that are looked for, by four letters that all of them have and few pages."""


class Source(NamedTuple):
    """What a page's source tells; that something is not there is sure, that it is there is not."""

    deepest: int
    """How deep its tags stand at most, if all had an end."""
    options: int
    """Choices of its forms."""
    formulas: bool = True
    """MathML, scripts and pictures of LaTeX."""
    code: bool = True
    """`<pre>`, `<code>`."""
    times: bool = True
    """`<time>`."""
    bases: bool = True
    """`<base>`."""
    items: bool = True
    """The attribute `itemprop`."""
    edits: bool = True
    """Words of links by which its headings are edited."""


ANY = Source(0, 0)
"""Of a page whose source was not read: it may hold anything."""


def read_source(page: str) -> Source:
    """What the source of a page tells."""
    if core_runs():
        try:
            return _by_core(page)
        except UnicodeEncodeError:  # half a character, which no page has that was decoded
            pass
    return Source(*tag_counts(page))


def tag_counts(page: str) -> tuple[int, int]:
    """How deep the tags of a page stand at most, if all had an end; choices of its forms."""
    deepest = max(accumulate(map(_STEPS.__getitem__, _EDGE.findall(page))), default=0)
    return max(deepest, 0), page.count("<opt") + page.count("<OPT")


def _by_core(page: str) -> Source:
    from articlecli._core import source  # there only where it was built

    deepest, options, tags, words = source(page, _TAGS, _WORDS)
    # A bit for each of `_TAGS`, the first the lowest.
    formulas, code, times, bases = tags & 0b1111, tags & 0b110000, tags & 1 << 6, tags & 1 << 7
    return Source(
        deepest, options, *map(bool, (formulas, code, times, bases, words & 1, words & 2))
    )
