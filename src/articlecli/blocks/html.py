"""HTML → blocks in reading order, each with what the markup says of it.

What stands between two block-level tags (or `<br>`) is a block. Nothing is judged here: menus,
comments and hidden parts are blocks like the others, and their tags, classes and links become
features. Only what no reader sees (scripts, styles, templates, form choices) is left out.
"""

from collections.abc import Sequence

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks.dom import walk
from articlecli.blocks.head import read_head
from articlecli.types import Block, Head, Image, Markup

HIDDEN_TAGS = [
    "script", "style", "template", "svg", "iframe", "embed", "select", "datalist", "noembed",
    "link", "meta", "area", "title", "annotation", "annotation-xml", "video", "audio",
]  # fmt: skip
SCRIPTLESS = 400
"""Characters under which a page's `<noscript>` is shown: it may be all that such a page says. It is
also shown where it says twice as much as the rest."""
CERTAIN = 80
"""Letters that two texts have in common only if one is a copy of the other."""
CELL_LENGTH = 200
"""Characters of the longest cell of a table that holds data and not the page's layout."""


def html_blocks(html: str) -> tuple[Head, list[Block]]:
    """Head and blocks of a page.

    Returns:
        What `<head>` says, and the blocks: `<title>` first if there is one. A block's `lines` is
        its number, its `span` the place in the text of all blocks, one a line.

    """
    tree = LexborHTMLParser(html)
    head = read_head(tree)
    tree.strip_tags(HIDDEN_TAGS)
    found, images = walk(tree, noscript=False)
    shown = sum(len(block.text) for block in found)
    if (kept := tree.css("noscript")) and (
        shown < SCRIPTLESS or sum(len(node.text()) for node in kept) > 2 * shown
    ):
        found, images = walk(tree, noscript=True)
    if head.title:
        markup = Markup(path="html/head/title", marks="", linked=0.0, strong=False)
        found.insert(0, Block(text=head.title, lines=(1, 1), span=(0, 0), markup=markup))
        images = [replace(image, block=image.block + 1) for image in images]
    blocks = []
    start = 0
    for number, block in enumerate(_with_rows(found, images), 1):
        end = start + len(block.text)
        blocks.append(replace(block, lines=(number, number), span=(start, end)))
        start = end + 1
    return replace(head, images=tuple(images)), with_declared(head, blocks)


def flat_text(blocks: Sequence[Block]) -> str:
    """The page as text, one line a block; what the blocks' spans count in."""
    return "\n".join(block.text.replace("\n", " ") for block in blocks)


def with_declared(head: Head, blocks: Sequence[Block]) -> list[Block]:
    """Blocks, those marked that say what the head declares."""
    headline, description, body = map(_plain, (head.headline, head.description, head.body))
    authors = [name for author in head.authors if (name := _plain(author))]
    title = _plain(head.title)
    out = []
    for block in blocks:
        text = _plain(block.text)
        said = []
        if len(text) > 10 and (text == headline or (len(text) > 20 and title.startswith(text))):
            said.append("headline")
        if len(text) > 30:
            if description and (text in description or description[:CERTAIN] in text):
                said.append("description")
            if body and (text in body or text[:CERTAIN] in body):
                said.append("body")
        if authors and len(text) < 200 and any(author in text for author in authors):
            said.append("author")
        markup = block.markup
        if said and markup:
            markup = replace(markup, declared=frozenset(said))
        out.append(replace(block, markup=markup))
    return out


def _plain(text: str) -> str:
    """A text's letters and digits, lower-cased: declarations and pages differ in the rest."""
    return "".join(filter(str.isalnum, text.lower()))


def _with_rows(blocks: Sequence[Block], images: list[Image]) -> list[Block]:
    """Cells of a row of data become one block; cells of a table that lays out the page stay."""
    rows: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        if block.markup and block.markup.row and block.markup.cell:
            rows.setdefault(block.markup.row, []).append(i)
    data = {
        row: cells
        for row, cells in rows.items()
        if sum(bool(blocks[i].text) for i in cells) > 1
        and cells[-1] - cells[0] == len(cells) - 1
        and len({blocks[i].markup.cell for i in cells}) == len(cells)  # type: ignore[union-attr]
        and all(
            len(blocks[i].text) < CELL_LENGTH and blocks[i].kind in (None, "paragraph")
            for i in cells
        )
    }
    out: list[Block] = []
    at: list[int] = []  # where each block went
    for i, block in enumerate(blocks):
        cells = data.get(block.markup.row, []) if block.markup else []
        if cells and i in cells:
            if i == cells[0]:
                out.append(replace(block, kind="table"))
            else:
                whole = out[-1]
                out[-1] = replace(
                    whole,
                    text=f"{whole.text} | {block.text}",
                    markup=_joined(whole.markup, block.markup),
                )
        elif block.text:  # an empty cell is none, outside a row of data
            out.append(block)
        at.append(max(len(out) - 1, 0))
    images[:] = [
        replace(image, block=at[image.block] if image.block < len(at) else len(out))
        for image in images
    ]
    return out


def _joined(left: Markup | None, right: Markup | None) -> Markup | None:
    if left is None or right is None:
        return left
    path = left.path or right.path  # an empty cell has none
    return replace(left, path=path, marks=left.marks or right.marks,
                   inline=left.inline | right.inline, links=left.links + right.links,
                   linked=(left.linked + right.linked) / 2)  # fmt: skip
