"""An open tag of the walk through the DOM, and what it says of the text inside."""

from selectolax.lexbor import LexborNode

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
NESTED = 8
"""Tables inside one another from which on they lay out the page, whatever they hold."""
ROWS_ABOVE = ("tbody", "thead", "tfoot", "tr")

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


class Element:
    """An open tag, and what it and the tags above it say of the text inside."""

    __slots__ = (
        "attributes", "begun", "block", "cell", "code", "id", "item", "items", "known",
        "layout", "link", "number", "order", "quotes", "row", "strong", "tables", "tag", "up",
    )  # fmt: skip

    def __init__(
        self, node: LexborNode, tag: str, up: "Element | None", begun: int, order: int
    ) -> None:
        self.order = order  # among all elements of the page; `id` is an address and stays here
        self.id, self.tag, self.up, self.begun = node.mem_id, tag, up, begun
        self.attributes = node.attributes
        self.known: tuple[str, str] | None = None
        self.items = 0  # of a list, those so far
        self.quotes = ""  # of `<q>`, the sign that ends it
        self.tables: int = (up.tables if up else 0) + (tag == "table")
        self.layout = tag == "table" and (self.tables > NESTED or lays_out(node, self.attributes))
        if up is None:
            self.block, self.strong, self.code = tag in BLOCK_TAGS, False, False
            self.link: str | None = None
            self.row = self.cell = self.item = self.number = 0
            return
        self.block = tag in BLOCK_TAGS and not up.code
        self.code = up.code or tag == "pre"
        self.strong = up.strong or tag in ("b", "strong")
        self.link = (self.attributes.get("href") or "") if tag == "a" else up.link
        self.layout = self.layout or (tag in ROWS_ABOVE and up.layout)
        self.row = 0 if self.layout or tag == "table" else order if tag == "tr" else up.row
        self.cell = order if tag in ("td", "th") else up.cell
        self.item, self.number = up.item, up.number
        if tag == "li":
            up.items += 1
            self.item, self.number = order, up.items if up.tag == "ol" else 0

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
            if len(path) < LONGEST_PATH:
                path = f"{path}/{element.tag}" if path else element.tag
                marks = f"{marks} {own}" if marks and own else marks or own
            element.known = (path, marks)
        return path, marks
