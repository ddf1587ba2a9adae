"""The zones: what a line of a page can be; and the types: what a page can be."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Literal, get_args

from articlecli.core import core_runs


class Zone(StrEnum):
    """What a line of the page is."""

    TITLE = "title"
    LEAD = "lead"
    META = "meta"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    TEASER_SECTION = "teaser_section"
    TEASER_TITLE = "teaser_title"
    TEASER_TEXT = "teaser_text"
    TEASER_META = "teaser_meta"
    COMMENT = "comment"
    BOILERPLATE = "boilerplate"

    # That of an enumeration is a function of Python, and zones are looked up for every block.
    __hash__ = str.__hash__


(
    TITLE,
    LEAD,
    META,
    BODY,
    HEADING,
    CAPTION,
    TEASER_SECTION,
    TEASER_TITLE,
    TEASER_TEXT,
    TEASER_META,
    COMMENT,
    BOILERPLATE,
) = Zone
# The zones as globals: in loops over all blocks an enum's attribute costs ten times as much.

Where = Mapping[Zone, Sequence[int]]
"""Positions of the blocks of each zone, in page order. Most questions are about a few blocks of one
zone, and going over all blocks for each question took a tenth of the article stage."""
_ZONES = tuple(Zone)


def where_zones_are(zones: Sequence[Zone]) -> Where:
    """Positions of the blocks of each zone; none for a zone that no block has."""
    return _by_core(zones) if core_runs() else by_python(zones)


def by_python(zones: Sequence[Zone]) -> Where:
    """The same; this form says what is right, and runs where no core was built."""
    found: dict[Zone, list[int]] = {zone: [] for zone in _ZONES}
    for i, zone in enumerate(zones):
        found[zone].append(i)
    return found


def _by_core(zones: Sequence[Zone]) -> Where:
    from articlecli._core import where_zones_are as of_core  # there only where it was built

    return of_core(_ZONES, zones)


PageKind = Literal[
    "article", "forum", "product", "collection", "listing", "documentation", "service", "other"
]
"""What a page is: a collection is a shop's page of products, a listing any other list of pages."""
PAGE_KINDS: tuple[PageKind, ...] = get_args(PageKind)
