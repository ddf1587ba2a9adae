"""A walk through the DOM → blocks with what the markup says of each, and pictures.

Hot path of the road for HTML: one pass over the nodes, and what a tag says of all the text inside
it is worked out once.
"""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articlecli.blocks.element import BLOCK_TAGS, Element, kind_of
from articlecli.blocks.pictures import PICTURES, address_of, emoji_of, is_icon
from articlecli.blocks.tables import WIDEST, columns_of
from articlecli.document import (
    Block,
    Image,
    Kind,
    Link,
    Markup,
)

QUOTES = {
    **dict.fromkeys(("fr", "it", "es", "ru", "uk", "el", "no", "nb"), ("«", "»")),
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg"), ("„", "“")),
    **dict.fromkeys(("pl", "ro", "hu", "hr"), ("„", "”")),
    **dict.fromkeys(("sv", "fi"), ("”", "”")),
    **dict.fromkeys(("ja", "zh"), ("「", "」")),
}
"""Language → the signs that browsers put about `<q>`."""
APART = frozenset(("a", "b", "em", "i", "small", "span", "strong", "time"))
"""Inline tags whose elements may stand apart on the screen."""
TITLED = 12
"""Characters of the shortest bold text that may be a heading in front of its paragraph."""
BROKEN = 40
"""Characters of the shortest line that may be broken by hand; shorter ones are entries or verse."""
_ENDS = re.compile(r"[.!?…:;。！？\"»”)\]]\s*$")
"""The end of a sentence, after which `<br>` begins a new paragraph."""
ANCHORS = frozenset("¶#§🔗")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class _Gathered:
    """Text since the last block ended, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.owners: list[Element] = []
        self.breaks = 0
        """`<br>` after the last piece."""
        self.running = False
        """Words stand outside links: in a script without spaces, links among them are no menu."""
        self.line = 0
        """The first piece of the line that such a tag ended."""
        self._kinds: dict[str, tuple[Kind | None, int]] = {}

    def add(self, text: str, owner: Element) -> None:
        """A piece; with a space above it where a browser shows a gap and the page has none."""
        if text and owner.tag in ("a", "sup") and _is_note(text, owner):
            text = f"[{text.strip()}]"
        elif (
            self.pieces
            and text[:1].isalnum()
            and self.owners[-1] is not owner
            and _is_gap(self.pieces[-1], self.owners[-1], text, owner)
        ):
            if not (self.running and text[0] >= "\u2e80"):
                text = " " + text
        self.running = self.running or (owner.link is None and text[-1:].isalnum())
        self.pieces.append(text)
        self.owners.append(owner)

    def runs_on(self, text: str) -> bool:
        """Whether text after `<br>` goes on with the sentence above: lines broken by hand."""
        if self.breaks != 1 or not text.lstrip()[:1].islower():
            return False
        above = "".join(self.pieces[self.line :]).strip()
        if _ENDS.search(above) or text.lstrip().startswith("http"):
            return False
        return len(above) >= BROKEN

    def block(self) -> Block | None:
        """The block made of the pieces (there is one), if a character of it can be seen."""
        pieces, owners = self.pieces, self.owners
        self.pieces, self.owners = [], []
        self.breaks, self.line, self.running = 0, 0, False
        first = owners[0]
        raw = "".join(pieces)
        if "\u00ad" in raw:
            raw = raw.replace("\u00ad", "")
        if first.code:
            text = raw.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
        else:
            text = " ".join(raw.split())
        if not text.strip() or not text.strip(INVISIBLE):
            return None
        linked = sum(len(p) for p, o in zip(pieces, owners, strict=True) if o.link is not None)
        path, marks = first.place()
        if path not in self._kinds:
            self._kinds[path] = kind_of(path)
        kind, level = self._kinds[path]
        return Block(
            text=text,
            lines=(0, 0),
            span=(0, 0),
            kind=kind,
            level=level,
            markup=Markup(
                path=path,
                marks=marks,
                linked=min(linked / len(raw), 1.0),
                strong=all(o.strong for p, o in zip(pieces, owners, strict=True) if p.strip()),
                row=first.row,
                cell=first.cell,
                item=first.item,
                number=first.number,
                inline=frozenset(o.tag for o in owners if not o.block),
                links=tuple(_links(pieces, owners)),
            ),
        )


def _is_note(text: str, owner: Element) -> bool:
    """Whether a piece is a footnote's number, which would run into the word before it."""
    up = owner.up
    raised = owner.tag == "sup" or (up is not None and up.tag == "sup")
    return raised and bool(owner.link) and "#" in (owner.link or "") and text.strip().isdecimal()


def _is_gap(before: str, left: Element, text: str, right: Element) -> bool:
    """Whether two pieces stand apart on the screen: entries of a menu, a date and a name.

    Two links; or two elements side by side, or a bold heading and its text, where a small letter
    or figure would meet a capital, as it does within no word but a brand's.
    """
    a, b = before[-1:], text[0]
    if left.code or not a.isalnum():
        return False
    if right is left.up and left.strong and len(before.strip()) >= TITLED:
        return a.islower() and b.isupper()
    if left.block or right.block or left.tag not in APART or right.tag not in APART:
        return False
    if left.tag == right.tag == "a":
        return left.link != right.link
    return left.up is right.up and (a.islower() or a.isdecimal()) and b.isupper()


def _links(pieces: Sequence[str], owners: Sequence[Element]) -> Iterator[Link]:
    """Links of a block: neighbouring pieces with one target are one link."""
    text, target = "", None
    for piece, owner in zip(pieces, owners, strict=True):
        if owner.link != target:
            if target and text.strip():
                yield Link(" ".join(text.split()), target)
            text, target = "", owner.link
        text += piece
    if target and text.strip():
        yield Link(" ".join(text.split()), target)


def _empty_cells(cell: Element, *, bare: bool) -> Iterator[Block]:
    """Blocks without text for the columns that a cell takes and leaves empty."""
    for number in range(0 if bare else 1, columns_of(cell.attributes)):
        markup = Markup("", "", 0.0, strong=False, row=cell.row, cell=cell.order + number)
        yield Block(text="", lines=(0, 0), span=(0, 0), markup=markup)


def walk(  # noqa: C901  # one pass over the nodes; to be split
    tree: LexborHTMLParser, *, noscript: bool, language: str = ""
) -> tuple[list[Block], list[Image]]:
    """Blocks and pictures of a page in document order; lines and spans are not set yet.

    Args:
        tree: The page, without the tags that no reader sees.
        noscript: Show what `<noscript>` holds.
        language: The page's, for the signs about `<q>`.

    """
    blocks: list[Block] = []
    images: list[Image] = []
    gathered = _Gathered()
    stack: list[Element] = []
    root = tree.root
    if root is None:
        return blocks, images
    order = 0
    hidden = 0  # memory address of the <noscript> that is being passed over
    for node in root.traverse(include_text=True):
        tag = node.tag
        above = node.parent
        parent = above.mem_id if above is not None else 0
        while stack and stack[-1].id != parent:
            left = stack.pop()
            if left.id == hidden:
                hidden = 0
            if left.block and gathered.pieces and (block := gathered.block()):
                blocks.append(block)
            if left.quotes and gathered.pieces:
                gathered.pieces.append(left.quotes)
                gathered.owners.append(left)
            if left.row and left.tag in ("td", "th"):
                blocks += _empty_cells(left, bare=left.begun == len(blocks))
        if tag == "-text":
            text = node.text_content or ""
            if hidden or not stack or (len(text) < 3 and _is_anchor(text, stack[-1])):
                continue
            if gathered.breaks and not text.isspace():
                if gathered.runs_on(text):
                    gathered.breaks, gathered.line = 0, len(gathered.pieces)
                    text = " " + text
                elif block := gathered.block():
                    blocks.append(block)
            if gathered.pieces or stack[-1].code or not text.isspace():
                gathered.add(text, stack[-1])
            continue
        if tag is None or tag[0] == "-":  # a comment
            continue
        up = stack[-1] if stack else None
        if up is not None and up.code and tag in BLOCK_TAGS:  # a line of code
            if gathered.pieces:
                gathered.pieces.append("\n")
                gathered.owners.append(up)
            if tag == "br":
                continue
        if tag == "br":  # the text below it tells whether it parts two paragraphs
            gathered.breaks += bool(gathered.pieces)
            continue
        order += (
            WIDEST + 1
        )  # the columns that a cell takes have numbers between its own and the next
        element = Element(node, tag, up, len(blocks), order)
        if element.block and gathered.pieces and (block := gathered.block()):
            blocks.append(block)
        if tag == "noscript" and not noscript:
            hidden = element.id
        elif tag == "q" and not hidden:
            start, element.quotes = _quotes(language, node)
            if start:
                gathered.add(start, element)
        elif tag in PICTURES and not hidden:
            sign = emoji_of(element.attributes)
            if sign and gathered.pieces:
                gathered.add(sign, element)
            elif gathered.breaks and (block := gathered.block()):
                blocks.append(block)
            source = "" if sign else address_of(element.attributes)
            if source and not is_icon(element.attributes):
                images.append(Image(source, element.attributes.get("alt") or "", len(blocks)))
        stack.append(element)
    if gathered.pieces and (block := gathered.block()):
        blocks.append(block)
    return blocks, images


def _is_anchor(text: str, owner: Element) -> bool:
    """Whether a text is the sign beside a heading that links to itself, shown under the mouse."""
    if text.strip() not in ANCHORS or owner.link is None or not owner.link.startswith("#"):
        return False
    at: Element | None = owner
    while at is not None and not at.block:
        at = at.up
    return at is not None and (at.tag == "dt" or kind_of(at.tag)[0] == "heading")


def _quotes(language: str, node: LexborNode) -> tuple[str, str]:
    """Signs about a `<q>`; none where its text has them already."""
    text = node.text().strip()
    if not text or text[0] in "\"'“”„«»‚‘’「":
        return "", ""
    return QUOTES.get(language[:2], ("“", "”"))
