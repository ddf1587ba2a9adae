"""A walk through the DOM → blocks with what the markup says of each, and pictures.

Hot path of the road for HTML: one pass over the nodes, and what a tag says of all the text inside
it is worked out once.
"""

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articlecli.types import Block, Image, Kind, Link, Markup

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
SMALLEST = 60
"""Width or height from which a picture is no icon and no counter."""
SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "src")
"""Attributes that hold a picture's address; lazy pages have a placeholder in `src`."""
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
"""Attributes that hold several, with their widths."""
PLACEHOLDERS = ("spacer", "blank.", "pixel.", "placeholder", "logo", "icon")
"""What the names of pictures hold that are none."""
PICTURES = ("img", "amp-img")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

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


class _Element:
    """An open tag, and what it and the tags above it say of the text inside."""

    __slots__ = (
        "attributes", "begun", "block", "cell", "code", "id", "item", "items", "known", "link",
        "number", "row", "strong", "tag", "up",
    )  # fmt: skip

    def __init__(self, node: LexborNode, tag: str, up: "_Element | None", begun: int) -> None:
        self.id, self.tag, self.up, self.begun = node.mem_id, tag, up, begun
        self.attributes = node.attributes
        self.known: tuple[str, str] | None = None
        self.items = 0  # of a list, those so far
        if up is None:
            self.block, self.strong, self.code = tag in BLOCK_TAGS, False, False
            self.link: str | None = None
            self.row = self.cell = self.item = self.number = 0
            return
        self.block = tag in BLOCK_TAGS and not up.code
        self.code = up.code or tag == "pre"
        self.strong = up.strong or tag in ("b", "strong")
        self.link = (self.attributes.get("href") or "") if tag == "a" else up.link
        self.row = self.id if tag == "tr" else 0 if tag == "table" else up.row
        self.cell = self.id if tag in ("td", "th") else up.cell
        self.item, self.number = up.item, up.number
        if tag == "li":
            up.items += 1
            self.item, self.number = self.id, up.items if up.tag == "ol" else 0

    def place(self) -> tuple[str, str]:
        """Tags from the root down to this one, joined by `/`; the words of `MARKED` likewise."""
        waiting = []
        at: _Element | None = self
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


class _Gathered:
    """Text since the last block ended, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.owners: list[_Element] = []
        self._kinds: dict[str, tuple[Kind | None, int]] = {}

    def block(self) -> Block | None:
        """The block made of the pieces (there is one), if a character of it can be seen."""
        pieces, owners = self.pieces, self.owners
        self.pieces, self.owners = [], []
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


def _links(pieces: Sequence[str], owners: Sequence[_Element]) -> Iterator[Link]:
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


def walk(tree: LexborHTMLParser, *, noscript: bool) -> tuple[list[Block], list[Image]]:
    """Blocks and pictures of a page in document order; lines and spans are not set yet.

    Args:
        tree: The page, without the tags that no reader sees.
        noscript: Show what `<noscript>` holds.

    """
    blocks: list[Block] = []
    images: list[Image] = []
    gathered = _Gathered()
    stack: list[_Element] = []
    root = tree.root
    if root is None:
        return blocks, images
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
            if left.tag in ("td", "th") and left.begun == len(blocks) and left.row:
                markup = Markup("", "", 0.0, strong=False, row=left.row, cell=left.id)
                blocks.append(Block(text="", lines=(0, 0), span=(0, 0), markup=markup))
        if tag == "-text":
            text = node.text_content or ""
            if not hidden and stack and (gathered.pieces or stack[-1].code or not text.isspace()):
                gathered.pieces.append(text)
                gathered.owners.append(stack[-1])
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
        element = _Element(node, tag, up, len(blocks))
        if element.block and gathered.pieces and (block := gathered.block()):
            blocks.append(block)
        if tag == "noscript" and not noscript:
            hidden = element.id
        elif tag in PICTURES and not hidden:
            source = _source(element.attributes)
            if source and not _is_icon(element.attributes):
                images.append(Image(source, element.attributes.get("alt") or "", len(blocks)))
        stack.append(element)
    if gathered.pieces and (block := gathered.block()):
        blocks.append(block)
    return blocks, images


def _source(attributes: dict[str, str | None]) -> str:
    """Address of a picture: the widest of a set, else the first that is no placeholder."""
    for name in SETS:
        widest, best = -1.0, ""
        for choice in (attributes.get(name) or "").split(", "):
            address, _, size = choice.strip().partition(" ")
            width = float(size[:-1]) if size[:-1].replace(".", "", 1).isdecimal() else 0.0
            if width > widest and address and not address.startswith("data:"):
                widest, best = width, address
        if best:
            return best
    found = (attributes.get(name) or "" for name in SOURCES)
    return next((source for source in found if source and not source.startswith("data:")), "")


def _is_icon(attributes: dict[str, str | None]) -> bool:
    name = (_source(attributes).partition("?")[0].rpartition("/")[2]).lower()
    if name.endswith(".svg") or any(word in name for word in PLACEHOLDERS):
        return True
    sizes = [attributes.get(name) or "" for name in ("width", "height")]
    return any(size.isdecimal() and int(size) < SMALLEST for size in sizes)
