"""The zones: what a line of a page can be; and the types: what a page can be."""

from enum import StrEnum
from typing import Literal, get_args


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

PageKind = Literal[
    "article", "forum", "product", "collection", "listing", "documentation", "service", "other"
]
"""What a page is: a collection is a shop's page of products, a listing any other list of pages."""
PAGE_KINDS: tuple[PageKind, ...] = get_args(PageKind)
