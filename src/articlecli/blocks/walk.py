"""A walk through the DOM → blocks with what the markup says of each, and pictures.

Hot path of the road for HTML: one pass over the nodes, and what a tag says of all the text inside
it is worked out once. `HANDLERS` names the few kinds of node that are more than an open tag.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articlecli.blocks.element import BLOCK_TAGS, Element, kind_of
from articlecli.blocks.gather import Gathered
from articlecli.blocks.hidden import HIDDEN_TAGS
from articlecli.blocks.pictures import PICTURES, picture_of
from articlecli.blocks.tables import WIDEST, columns_of
from articlecli.document import Block, Image, Markup
from articlecli.text.language import language_code
from articlecli.text.lexicon import words_by_language

NO_LINE = frozenset(("tr", "td", "th"))
"""Tags of a table of code in which another block-level tag begins no line: their own did."""
ROWS = frozenset(("table", "tbody", "thead", "tfoot", "tr"))
MOST_EMPTY = 20_000
"""Empty columns of a page after which a cell counts as one: 50 for each `<td>` fill the memory."""
NEAR = 32
"""Nodes inside an element among which its first text is looked for."""
ANCHORS = frozenset("¶#§🔗")


class Walked(NamedTuple):
    """What a walk through a page finds."""

    blocks: list[Block]
    """In document order; a block's `lines` is its number, its `span` the place in their text."""
    images: list[Image]
    rows: bool
    """Some blocks are cells of tables."""
    kept: int
    """Characters of `<noscript>`, -1 of a page without one."""


def walk(
    tree: LexborHTMLParser, *, noscript: bool, language: str = "", above: Sequence[Block] = ()
) -> Walked:
    """Blocks and pictures of a page.

    Args:
        tree: The page. Tags that no reader sees may be taken off it.
        noscript: Show what `<noscript>` holds.
        language: The page's, for the signs about `<q>`.
        above: Blocks that stand in front of them.

    """
    tree.strip_tags(HIDDEN_TAGS)
    walker = Walker(noscript=noscript, language=language, above=above)
    if tree.root is not None:
        walker.walk(tree.root)
    rows = any(block.markup.row for block in walker.blocks if block.markup)
    return Walked(numbered(walker.blocks), walker.images, rows, walker.kept)


def numbered(blocks: Iterable[Block]) -> list[Block]:
    """Blocks with their numbers, and their places in the text of all, one a line."""
    out = []
    start = 0
    for number, block in enumerate(blocks, 1):
        end = start + len(block.text)
        fits = block.lines[0] == number and block.span == (start, end)
        out.append(block if fits else replace(block, lines=(number, number), span=(start, end)))
        start = end + 1
    return out


class Walker:
    """Where a walk stands: the tags that are open, the text gathered, what was found."""

    def __init__(self, *, noscript: bool, language: str, above: Sequence[Block]) -> None:
        self.blocks: list[Block] = [*above]
        self.images: list[Image] = []
        self.kept = -1
        self._nested = 0
        """Elements `<noscript>` that are open."""
        self._noscript, self._language = noscript, language
        self._gathered = Gathered()
        self._stack: list[Element] = []
        self._order = 0
        self._empty = 0
        """Columns so far that cells take and leave empty."""
        self._hidden = 0
        """Memory address of the element that is being passed over."""

    def walk(self, root: LexborNode) -> None:
        """All nodes from `root` down, in document order."""
        stack, gathered = self._stack, self._gathered
        leave, handler_of = self.leave, HANDLERS.get
        for node in root.traverse(include_text=True):
            tag = node.tag
            if tag == "-text":
                text = node.text_content or ""
                # Half of all pieces: white space between tags, which no block begins with.
                idle = not gathered.pieces and not self._nested and text.isspace()
                if idle and not (stack and stack[-1].code):
                    continue
            above = node.parent
            parent = above.mem_id if above is not None else 0
            while stack and stack[-1].id != parent:
                leave(stack.pop())
            if tag == "-text":
                self.kept += self._nested * len(text)
                self.text(text)
            elif handle := handler_of(tag):
                handle(self, node)
            elif tag is not None and tag[0] != "-":
                self.enter(node, tag)
        self._end_block()

    def _end_block(self) -> None:
        if self._gathered.pieces and (block := self._gathered.block()):
            self.blocks.append(block)

    def leave(self, left: Element) -> None:
        """An element ends, and with it the block, the quotation or the cell that it is."""
        if left.id == self._hidden:
            self._hidden = 0
        if left.tag == "noscript":
            self._nested -= 1
        if left.block and self._gathered.pieces:
            self._end_block()
        if left.quotes and self._gathered.pieces:
            self._gathered.append(left.quotes, left)
        if left.row and left.tag in ("td", "th"):
            bare = left.begun == len(self.blocks)
            columns = columns_of(left.attributes) if self._empty < MOST_EMPTY else 1
            self._empty += columns - 1 + bare
            self.blocks += _empty_cells(left, columns, bare=bare)

    def enter(self, node: LexborNode, tag: str) -> Element:
        """An element begins; a block-level one ends the text above it."""
        up = self._stack[-1] if self._stack else None
        if up is not None and up.code and tag in BLOCK_TAGS:
            self._line_of_code(up, tag)
        # The columns that a cell takes have numbers between its own and the next.
        self._order += WIDEST + 1
        element = Element(node, tag, up, len(self.blocks), self._order)
        if element.block and self._gathered.pieces:
            self._end_block()
        self._stack.append(element)
        return element

    def _line_of_code(self, owner: Element, tag: str) -> None:
        """A tag that begins or ends a line inside of code; tags inside one another end one."""
        if self._gathered.pieces and not (tag != "br" and owner.tag in NO_LINE):
            self._gathered.append("\n", owner)

    def text(self, text: str) -> None:
        """A piece of text, which goes on with the block or begins one."""
        stack, gathered = self._stack, self._gathered
        if self._hidden or not stack or (len(text) < 3 and _is_anchor(text, stack[-1])):
            return
        if stack[-1].tag in ROWS and text.isspace():
            return
        if gathered.breaks and not text.isspace():
            if gathered.goes_on(text):
                gathered.breaks, gathered.line = 0, len(gathered.pieces)
                text = " " + text
            else:
                self._end_block()
        if gathered.pieces or stack[-1].code or not text.isspace():
            gathered.add(text, stack[-1])

    def line_break(self, _: LexborNode) -> None:
        """`<br>`: outside of code, the text below it tells whether it parts two paragraphs."""
        if self._stack and self._stack[-1].code:
            self._line_of_code(self._stack[-1], "br")
        else:
            self._gathered.breaks += bool(self._gathered.pieces)

    def no_script(self, node: LexborNode) -> None:
        """`<noscript>`: passed over unless the page says little else."""
        element = self.enter(node, "noscript")
        self._nested += 1
        self.kept = max(self.kept, 0)
        if not self._noscript:
            self._hidden = element.id

    def quote(self, node: LexborNode) -> None:
        """`<q>`: the signs about it are not in the text."""
        element = self.enter(node, "q")
        if not self._hidden:
            start, element.quotes = quotes_about(self._language, node)
            if start:
                self._gathered.add(start, element)

    def picture(self, node: LexborNode) -> None:
        """A picture: an emoji is text, an icon nothing, others are noted."""
        element = self.enter(node, node.tag or "")
        if self._hidden:
            return
        sign, source, alt = picture_of(element.attributes)
        if sign and self._gathered.pieces:
            self._gathered.add(sign, element)
        elif self._gathered.breaks:
            self._end_block()
        if source:
            self.images.append(Image(source, alt, len(self.blocks)))


HANDLERS: dict[str | None, Callable[[Walker, LexborNode], object]] = {
    "br": Walker.line_break,
    "noscript": Walker.no_script,
    "q": Walker.quote,
    **dict.fromkeys(PICTURES, Walker.picture),
}
"""Tag → what to do with its node; all other tags are opened, comments passed over."""


def _empty_cells(cell: Element, columns: int, *, bare: bool) -> Iterator[Block]:
    """Blocks without text for the columns that a cell takes and leaves empty."""
    for number in range(0 if bare else 1, columns):
        markup = Markup("", "", 0.0, strong=False, row=cell.row, cell=cell.order + number)
        yield Block(text="", lines=(0, 0), span=(0, 0), markup=markup)


def _is_anchor(text: str, owner: Element) -> bool:
    """Whether a text is the sign beside a heading that links to itself, shown under the mouse."""
    if text.strip() not in ANCHORS or owner.link is None or not owner.link.startswith("#"):
        return False
    at: Element | None = owner
    while at is not None and not at.block:
        at = at.up
    return at is not None and (at.tag == "dt" or kind_of(at.tag)[0] == "heading")


def _first_text(node: LexborNode) -> str:
    """The text that an element begins with; empty where no piece of it is near its start."""
    for inner in islice(node.traverse(include_text=True), NEAR):
        if inner.tag == "-text" and (text := (inner.text_content or "").strip()):
            return text
    return ""


def quotes_about(language: str, node: LexborNode) -> tuple[str, str]:
    """Signs about a `<q>`; none where its text has them already."""
    text = _first_text(node)
    if not text or text[0] in "\"'“”„«»‚‘’「":
        return "", ""
    signs = words_by_language("quotes").get(language_code(language), ("“", "”"))
    return signs[0], signs[1]
