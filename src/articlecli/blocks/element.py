"""An open tag of the walk through the DOM, and what it says of the text inside."""

from selectolax.lexbor import LexborNode

from articlecli.blocks.listings import is_listing
from articlecli.blocks.tables import lays_out
from articlecli.document import Kind

BLOCK_TAGS = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend
    li label main menu nav ol p pre search section summary table tbody td tfoot th textarea thead
    tr ul br
    """.split()
)
MARKED = ("class", "id", "role", "itemprop", "rel", "data-testid")
"""Attributes whose words say what an element is for."""
LONGEST_PATH = 2000
"""Characters of tag names after which what lies deeper is not noted: a nest without end."""
LONGEST_MARKS = 8000
"""Characters of those words, for each block has its own: the zone model looks at 24 words."""
NESTED = 8
"""Tables inside one another from which on they lay out the page, whatever they hold."""
ROWS_ABOVE = ("tbody", "thead", "tfoot", "tr")
CODE_TAGS = frozenset(("pre", "xmp", "listing"))
LONG_TEXT = 40
"""Characters from which the text of an unknown element is a paragraph and no part of a line."""

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "pre": "code",
    "li": "list_item",
    "blockquote": "quote",
    "p": "paragraph",
}


def kind_of(path: str) -> tuple[Kind | None, int]:
    """What the tags of a path say that a block is, and how deep it stands among its like."""
    kind, level = None, 0
    for tag in path.split("/"):
        own = _KINDS.get(tag)
        if own and not (own == "paragraph" and kind):
            kind = own
            if own == "heading":
                level = int(tag[1])
        if tag in ("ul", "ol") and kind != "heading":
            level += 1
    return kind, level if kind in ("heading", "list_item") else 0


def number_of(told: str | None) -> int | None:
    """A whole number in an attribute, `None` where there is none."""
    told = (told or "").strip()
    digits = told.removeprefix("-")
    return int(told) if digits.isdecimal() and digits.isascii() and len(digits) < 10 else None


def holds_blocks(node: LexborNode) -> bool:
    """Whether an unknown element (`<x-card>`) parts text as a block-level one does.

    Its own children alone are looked at, so that a nest of such elements takes no longer.
    """
    first = node.first_child
    if first is not None and first.tag == "-text" and len(first.text().strip()) >= LONG_TEXT:
        return True
    return any(child.tag in BLOCK_TAGS and child.tag != "br" for child in node.iter())


class Element:
    """An open tag, and what it and the tags above it say of the text inside."""

    __slots__ = (
        "attributes", "begun", "block", "cell", "code", "id", "item", "items", "known",
        "layout", "link", "number", "order", "quotes", "raised", "row", "step", "strong", "table",
        "tables", "tag", "up",
    )  # fmt: skip

    def __init__(
        self, node: LexborNode, tag: str, up: "Element | None", begun: int, order: int
    ) -> None:
        self.order = order  # among all elements of the page; `id` is an address and stays here
        self.id, self.tag, self.up, self.begun = node.mem_id, tag, up, begun
        self.attributes = node.attributes
        self.known: tuple[str, str] | None = None
        self.items, self.step = 0, 1  # of a list, the number of its last item, and the next's
        self.quotes = ""  # of `<q>`, the sign that ends it
        self.tables: int = (up.tables if up else 0) + (tag == "table")
        self.layout = tag == "table" and (self.tables > NESTED or lays_out(node, self.attributes))
        self.block = tag in BLOCK_TAGS
        self.code = tag in CODE_TAGS or (
            tag == "table" and self.tables <= NESTED and is_listing(node)
        )
        self.strong = tag in ("b", "strong")
        self.raised = tag if tag in ("sup", "sub") else ""
        self.link = self.attributes.get("href") or "" if tag == "a" else None
        self.table = order if tag == "table" else 0
        self.row = self.cell = self.item = self.number = 0
        if "-" in tag and not self.block:
            self.block = holds_blocks(node)
        if up is not None:
            self._inherit(up)
        if tag == "ol":
            self._count_from(node)

    def _inherit(self, up: "Element") -> None:
        """What the tags above say of the text inside too."""
        tag, order = self.tag, self.order
        self.block = self.block and not up.code
        self.code = self.code or up.code
        self.strong = self.strong or up.strong
        self.raised = self.raised or up.raised
        self.link = up.link if self.link is None else self.link
        self.layout = self.layout or (tag in ROWS_ABOVE and up.layout)
        self.table = self.table or up.table
        self.row = 0 if self.layout or tag == "table" else order if tag == "tr" else up.row
        self.cell = order if tag in ("td", "th") else up.cell
        self.item, self.number = up.item, up.number
        if tag == "li":
            up.items += up.step
            told = number_of(self.attributes.get("value")) if up.tag == "ol" else None
            up.items = up.items if told is None else told
            self.item, self.number = order, max(up.items, 0) if up.tag == "ol" else 0

    def _count_from(self, node: LexborNode) -> None:
        """The number before the first item's, and the step, of a list that says where it begins."""
        start = number_of(self.attributes.get("start"))
        if "reversed" in self.attributes:
            items = sum(child.tag == "li" for child in node.iter())
            self.items, self.step = (items if start is None else start) + 1, -1
        elif start is not None:
            self.items = start - 1

    def place(self) -> tuple[str, str]:
        """Tags from the root down to this one, joined by `/`; the words of `MARKED` likewise."""
        waiting = []
        at: Element | None = self
        while at is not None and at.known is None:
            waiting.append(at)
            at = at.up
        path, marks = at.known if at is not None and at.known is not None else ("", "")
        for element in reversed(waiting):
            said = element.attributes
            own = " ".join([v for n in MARKED if (v := said.get(n))]).lower() if said else ""
            if len(own) > LONGEST_MARKS:
                own = own[:LONGEST_MARKS].rpartition(" ")[0]
            if len(path) < LONGEST_PATH:
                path = f"{path}/{element.tag}" if path else element.tag
                marks = f"{marks} {own}" if marks and own else marks or own
                if len(marks) > LONGEST_MARKS:  # the nearest say most
                    marks = marks[-LONGEST_MARKS:].partition(" ")[2]
            element.known = (path, marks)
        return path, marks
