"""Blocks of the story → parts of the article's body, each with its kind and its links."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce

from articlecli.article.items import bulleted, is_spoken, numbered
from articlecli.article.ledger import Ledger
from articlecli.article.links import links_of
from articlecli.article.story import Story
from articlecli.document import Block, Kind, Mark
from articlecli.output import BodyPart
from articlecli.zone import BODY, CAPTION, HEADING, Zone

MARKED = frozenset({"table", "code", "list_item", "quote"})
"""Kinds that a block's marks are surer of than the zone model is of a heading."""
CELL_LENGTH = 200
"""Characters of the longest cell that is a row of its own."""
DASHES = frozenset("-–")
"""Bullets of text that may begin what somebody says too."""
LONG_ITEM = 3
"""Blocks from which a list item is a text of its own: a post of a thread, an answer."""


def body_parts(
    blocks: Sequence[Block], story: Story, ledger: Ledger, base: str
) -> tuple[BodyPart, ...]:
    """The body, a part a paragraph.

    Args:
        blocks: All blocks of the page.
        story: Which of them are the story.
        ledger: Their lines and spans.
        base: What relative addresses are relative to.

    """
    parts = []
    groups = _groups(blocks, story)
    own = [blocks[members[0]] for members in groups]
    rows = _single_rows(own)
    items, said = {}, {}
    if "list_item" in [block.kind for block in own]:
        items, said = _first_of_items(blocks, own), _speech(blocks, groups, ledger)
    for at, (members, block) in enumerate(zip(groups, own, strict=True)):
        kind, level = _kind(block, story.zones[members[0]])
        if kind == "list_item" and _goes_on(block, items):
            kind, level = "paragraph", 0
        text, markup = block.text, block.markup
        if len(members) > 1:
            from articlecli.text.joints import join_texts  # few stories have a paragraph in parts

            text = reduce(join_texts, [blocks[i].text for i in members])
        if kind == "caption":
            pass  # what the zone says of it holds
        elif at in rows:
            kind, level = "table", 0
        elif members[0] in said:
            kind, level, text = "paragraph", 0, f"{said[members[0]]} {text}"
        lines, spans = ledger.place(members)
        if markup is None:
            parts.append(BodyPart(text, lines, spans, kind=kind, level=level))
            continue
        parts.append(
            BodyPart(
                text,
                lines,
                spans,
                kind=kind,
                level=level,
                number=markup.number if kind == "list_item" else 0,
                links=tuple([link for i in members for link in links_of(blocks[i], base)]),
                marks=_marks(block, kind) if markup.style and len(members) == 1 else (),
            )
        )
    return tuple(numbered(bulleted(parts)))


def _marks(block: Block, kind: Kind) -> tuple[Mark, ...]:
    """Words of a block that stand out; a heading does so as a whole."""
    found = block.markup.style if block.markup else ()
    if kind == "heading":
        bold = [mark for mark in found if mark.kind == "strong"]
        inside = sum(char.isalnum() for m in bold for char in block.text[m.start : m.end])
        if inside == sum(map(str.isalnum, block.text)):
            found = tuple(mark for mark in found if mark.kind != "strong")
    return found


def _speech(
    blocks: Sequence[Block], groups: Sequence[Sequence[int]], ledger: Ledger
) -> dict[int, str]:
    """Items of a page of text that are what people say, and the dash that each begins with."""
    dashes = {
        members[0]: sign
        for members in groups
        if (block := blocks[members[0]]).kind == "list_item" and block.markup is None
        if (sign := ledger.sign(members[0])) in DASHES
    }
    runs: list[list[int]] = []
    for i in dashes:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spoken = (run for run in runs if is_spoken([blocks[i].text for i in run], dashes[run[0]]))
    return {i: dashes[i] for run in spoken for i in run}


def _single_rows(own: Sequence[Block]) -> frozenset[int]:
    """Rows of one cell between or below the rows of a table: part of it, and no paragraphs.

    Args:
        own: The first block of each part of the body. Places among them come back.

    """
    held = Counter([row for block in own if block.markup and (row := block.markup.row)])
    found: set[int] = set()
    above = 0  # the table that the last row belongs to
    for at, block in enumerate(own if held else ()):
        markup = block.markup
        if markup is None or not markup.row:
            above = 0
        elif block.kind == "table":
            above = markup.table
        elif (
            markup.table == above
            and held[markup.row] == 1
            and block.kind in (None, "paragraph")
            and len(block.text) < CELL_LENGTH
        ):
            found.add(at)
        else:
            above = 0
    return frozenset(found)


def _groups(blocks: Sequence[Block], story: Story) -> list[list[int]]:
    """Blocks of the body, those together that are one paragraph."""
    groups: list[list[int]] = []
    zones = story.zones
    for i in story.body:
        if blocks[i].resumes and groups and zones[groups[-1][-1]] is zones[i] is BODY:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def paragraphs(body: Iterable[BodyPart]) -> list[str]:
    """Texts of the body for the story's plain text: all but captions."""
    return [part.text for part in body if part.kind != "caption"]


def _kind(block: Block, zone: Zone) -> tuple[Kind, int]:
    """Kind and level of a block of the story."""
    if zone is HEADING and block.kind not in MARKED:
        return "heading", block.level if block.kind == "heading" else 0
    if zone is CAPTION:
        return "caption", 0
    if block.kind in ("heading", "caption"):  # marked so, read as text: the reading counts
        return "paragraph", 0
    return block.kind or "paragraph", block.level


def _first_of_items(blocks: Sequence[Block], own: Sequence[Block]) -> dict[int, tuple[int, int]]:
    """List item that the body has → number of its first block, and how many blocks it has."""
    items = {block.markup.item for block in own if block.markup and block.kind == "list_item"}
    found: dict[int, tuple[int, int]] = {}
    for block in blocks if items else ():
        if (markup := block.markup) and (item := markup.item) in items:
            first, count = found.get(item, (block.lines[0], 0))
            found[item] = first, count + 1
    return found


def _goes_on(block: Block, items: dict[int, tuple[int, int]]) -> bool:
    """Whether a block in a list is no item of its own: a later one, or a piece of a long text."""
    if block.markup is None or not block.markup.item:
        return False
    first, count = items[block.markup.item]
    return count >= LONG_ITEM or block.lines[0] != first
