"""A page → the examples that the model learns from: features and allowed zones of its blocks."""

import difflib
import random
from binascii import crc32
from collections import Counter
from collections.abc import Iterator, Sequence

from articlecli.blocks.element import kind_of
from articlecli.blocks.from_html import html_blocks
from articlecli.blocks.from_text import text_blocks
from articlecli.blocks.said import flat_text, with_declared
from articlecli.document import Block, Declared, Markup
from articlecli.evidence import evidence_of
from articlecli.model.features import page_and_block_features
from articlecli.text.lines import line_spans
from lab.gold import pages
from lab.gold.labels import line_hash
from lab.gold.targets import page_targets
from lab.gold.zones import ANY, T, X
from lab.make.flatten import WAYS, lines_of

Example = tuple[str, list[list[int]], list[int], list[int]]
"""A way of a page: its name, the features, allowed zones and length of every block."""


def examples(
    page: dict, told: list[int] | None, *, html: bool, ways: int = len(WAYS)
) -> Iterator[Example]:
    """Each way of a page.

    Args:
        page: A gold page.
        told: Zones that a teacher (`train/teacher.py`) leaves to each DOM block.
        html: One example, the page as the road for HTML sees it.
        ways: Ways in which the page is flattened, chosen by its name.

    """
    tree = pages.parse(page["html"])
    if tree is None:
        return
    dom = pages.dom_blocks(tree)
    title = pages.page_title(tree)
    if not dom or len(dom) > 3000:
        return
    made = page_targets(page, dom, title)
    if told and len(told) == len(dom):
        made = told, made[1] if made else T | X
    if made is None:
        return
    if html:
        yield from marked_up(html_blocks(page["html"])[1], dom, *made)
    else:
        name = f"{page['set']}/{page['id']}"
        chosen = random.Random(crc32(name.encode())).sample(list(WAYS), min(ways, len(WAYS)))
        yield from flattened(dom, made[0], made[1], title, name, chosen)


def marked_up(
    blocks: Sequence[Block], dom: Sequence[pages.DomBlock], allowed: list[int], title_allowed: int
) -> Iterator[Example]:
    """The page as the road for HTML sees it; zones are found again by the blocks' words."""
    masks = []
    for owners in owners_of(blocks, dom):
        votes: Counter[int] = Counter()
        for owner in owners:
            votes[title_allowed if owner < 0 else allowed[owner]] += 1
        masks.append(votes.most_common(1)[0][0] if votes else ANY)
    features = page_and_block_features(blocks, evidence_of(blocks))
    rows = [features.page + ids for ids in features.blocks]
    yield "dom", rows, masks, [len(block.text) for block in blocks]


def owners_of(blocks: Sequence[Block], dom: Sequence[pages.DomBlock]) -> list[tuple[int, ...]]:
    """Which of a page's DOM blocks each block of the road for HTML is; -1 for the title's."""
    pieces = [
        (line_hash(piece), i)
        for i, block in enumerate(blocks)
        for piece in (block.text.split(" | ") if block.kind == "table" else [block.text])
    ]
    known = [line_hash(block.text) for block in dom]
    out: list[list[int]] = [[] for _ in blocks]
    matcher = difflib.SequenceMatcher(None, [h for h, _ in pieces], known, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            out[pieces[a + k][1]].append(b + k)
    if blocks and blocks[0].markup and blocks[0].markup.path == "html/head/title":
        out[0] = [-1]
    return [tuple(owners) for owners in out]


def with_markup(dom: Sequence[pages.DomBlock], title: str, head: Declared) -> list[Block]:
    """DOM blocks of a page put together, as `articlecli.blocks.from_html` would have made them."""
    out = []
    if title:
        markup = Markup(path="html/head/title", marks="", linked=0.0, strong=False)
        out.append(Block(text=title, lines=(1, 1), span=(0, 0), markup=markup))
    for block in dom:
        size = sum(map(len, block.pieces))
        linked = sum(len(p) for p, on in zip(block.pieces, block.linked, strict=True) if on)
        kind, level = kind_of(block.path)
        markup = Markup(
            path=block.path,
            marks=block.marks,
            linked=min(linked / max(size, 1), 1.0),
            strong=all(on for on, p in zip(block.strong, block.pieces, strict=True) if p.strip()),
            inline=frozenset(block.inline),
        )
        out.append(Block(text=block.text, lines=(1, 1), span=(0, 0), kind=kind, level=level,
                         markup=markup))  # fmt: skip
    return with_declared(head, out, flat_text(out))


def flattened(
    dom: list[pages.DomBlock],
    allowed: list[int],
    title_allowed: int,
    title: str,
    name: str,
    ways: list[str],
) -> Iterator[Example]:
    """Some ways of a page whose DOM blocks have their allowed zones."""
    for way in ways:
        rng = random.Random(crc32(f"{name}/{way}".encode()))
        lines, owners = lines_of(dom, way, title, rng)
        text = "\n".join(lines)
        blocks = text_blocks(text, line_spans(text), markdown=way == "markdown")
        masks, sizes = [], []
        for block in blocks:
            votes: Counter[int] = Counter()
            for number in range(block.lines[0], block.lines[1] + 1):
                for owner in owners[number - 1]:
                    mask = title_allowed if owner < 0 else allowed[owner]
                    votes[mask] += len(lines[number - 1])
            masks.append(votes.most_common(1)[0][0])
            sizes.append(len(block.text))
        features = page_and_block_features(blocks, evidence_of(blocks))
        yield way, [features.page + ids for ids in features.blocks], masks, sizes
