"""An open tag of the walk through the DOM, and what it says of the text inside."""

from collections.abc import Callable
from typing import ClassVar

from selectolax.lexbor import LexborNode

from articlecli.blocks.hidden import HIDDEN_TAGS, HIDING, is_hidden
from articlecli.blocks.listings import is_listing
from articlecli.blocks.tables import lays_out
from articlecli.document import Kind, Style

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
PLAIN = frozenset[Style]()
PREFORMATTED = ("pre", "xmp", "listing")
BOLD, SLANTED = ("b", "strong"), ("i", "em", "cite", "dfn", "var")
TYPED = ("code", "kbd", "samp", "tt")
RAISED = ("sup", "sub")
ROWS_ABOVE = ("tbody", "thead", "tfoot", "tr")
CELLS = ("td", "th")
LONG_TEXT = 40
"""Characters from which the text of an unknown element is a paragraph and no part of a line."""

KINDS: dict[str, Kind] = {
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
        own = KINDS.get(tag)
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
    while first is not None and first.tag in HIDDEN_TAGS:
        first = first.next
    if first is not None and first.tag == "-text" and len(first.text().strip()) >= LONG_TEXT:
        return True
    return any(child.tag in BLOCK_TAGS and child.tag != "br" for child in node.iter())


def numbering(node: LexborNode, said: dict[str, str | None]) -> tuple[int, int]:
    """The number before that of a list's first item, and the step: some count down."""
    start = number_of(said.get("start"))
    if "reversed" in said:
        count = sum(child.tag == "li" for child in node.iter()) if start is None else start
        return count + 1, -1
    return 0 if start is None else start - 1, 1


def told_of_table(node: LexborNode, said: dict[str, str | None]) -> tuple[bool, bool]:
    """Whether a table lays out the page, and else whether all that it holds is code."""
    lays = lays_out(node, said)
    return lays, not lays and is_listing(node)


class Element:
    """An open tag, and what it and the tags above it say of the text inside."""

    __slots__ = (
        "attributes", "begun", "block", "cell", "code", "hidden", "id", "item", "items", "known",
        "layout", "link", "number", "order", "quotes", "raised", "row", "step", "strong", "style",
        "table", "tables", "tag", "up",
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
        self.layout = False
        said = self.attributes
        self.hidden = (tag == "dialog" or not HIDING.isdisjoint(said)) and is_hidden(tag, said)
        if up is None:
            self.block, self.strong, self.code = tag in BLOCK_TAGS, False, False
            self.link: str | None = None
            self.raised = ""
            self.style = PLAIN
            self.tables = self.table = self.row = self.cell = self.item = self.number = 0
            return
        self.block = tag in BLOCK_TAGS and not up.code
        self.code, self.strong, self.raised, self.link = up.code, up.strong, up.raised, up.link
        self.style = up.style
        self.tables, self.table, self.row, self.cell = up.tables, up.table, up.row, up.cell
        self.item, self.number = up.item, up.number
        self.hidden = self.hidden or up.hidden
        if says := SAID.get(tag):
            says(self, node, up)
        elif "-" in tag:
            self.block = not up.code and holds_blocks(node)

    def _pre(self, _: LexborNode, __: "Element") -> None:
        self.code = True

    def _strong(self, _: LexborNode, __: "Element") -> None:
        self.strong = True
        self.style |= {"strong"}

    def _emphasis(self, _: LexborNode, __: "Element") -> None:
        self.style |= {"emphasis"}

    def _code(self, _: LexborNode, __: "Element") -> None:
        self.style |= {"code"}

    def _raised(self, _: LexborNode, __: "Element") -> None:
        self.raised = self.tag

    def _link(self, _: LexborNode, __: "Element") -> None:
        self.link = self.attributes.get("href") or ""

    def _table(self, node: LexborNode, _: "Element") -> None:
        self.tables += 1
        lays, lists = (
            (True, False) if self.tables > NESTED else told_of_table(node, self.attributes)
        )
        self.layout, self.code = lays, self.code or lists
        self.table, self.row = self.order, 0

    def _rows(self, _: LexborNode, up: "Element") -> None:
        self.layout = up.layout
        self.row = 0 if up.layout else self.order if self.tag == "tr" else up.row

    def _cell(self, _: LexborNode, __: "Element") -> None:
        self.cell = self.order

    def _item(self, _: LexborNode, up: "Element") -> None:
        self.item, self.number = self.order, 0
        if up.tag == "ol":
            told = number_of(self.attributes.get("value"))
            up.items = up.items + up.step if told is None else told
            self.number = max(up.items, 0)

    def _list(self, node: LexborNode, _: "Element") -> None:
        self.items, self.step = numbering(node, self.attributes)

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

    # Named here, since a table outside of the class may not name what begins with `_`.
    SAID: ClassVar[dict[str, Callable[["Element", LexborNode, "Element"], None]]] = {
        **dict.fromkeys(PREFORMATTED, _pre),
        **dict.fromkeys(BOLD, _strong),
        **dict.fromkeys(SLANTED, _emphasis),
        **dict.fromkeys(TYPED, _code),
        **dict.fromkeys(RAISED, _raised),
        "a": _link,
        "table": _table,
        **dict.fromkeys(ROWS_ABOVE, _rows),
        **dict.fromkeys(CELLS, _cell),
        "li": _item,
        "ol": _list,
    }
    """Tag → what it says beside what the tags above it say."""


SAID = Element.SAID
