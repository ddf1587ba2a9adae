"""Ways in which pages get flattened to text, each keeping what line came from which block.

`wet`, `inner`, `spaced`, `nodes` and `wrap` are those of the gold pages' README; the others are
what converters in the field do.
"""

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence

from lab.gold.pages import SPACE, DomBlock

Lines = list[tuple[str, tuple[int, ...]]]
"""Lines with the indices of the blocks whose text they hold; none for a blank line."""

BLANK: tuple[str, tuple[int, ...]] = ("", ())


def wet(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """One line a block (WET files; the caller puts the page's title first)."""
    return [(block.text, (i,)) for i, block in enumerate(blocks)]


def inner(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """Paragraphs parted by blank lines; line breaks and table cells are not."""
    out: Lines = []
    for i, block in enumerate(blocks):
        if out and not (block.tag in ("td", "th", "option") and rng.random() < 0.8):
            out.append(BLANK)
        out.append((block.text, (i,)))
    return out


def spaced(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """Paragraphs parted by a lone no-break space between blank lines."""
    out: Lines = []
    for i, block in enumerate(blocks):
        if out and rng.random() < 0.93:
            out += [BLANK, ("\xa0", ()), BLANK]
        out.append((block.text, (i,)))
    return out


def nodes(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """One line a text node: links cut sentences in pieces."""
    return [
        (folded, (i,))
        for i, block in enumerate(blocks)
        for piece in block.pieces
        if (folded := SPACE.sub(" ", piece).strip())
    ]


def wrap(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """Like `inner`, hard-wrapped at 60 to 100 columns, most often 80."""
    width = rng.choice((60, 66, 72, 76, 78, 80, 80, 80, 90, 100))
    out: Lines = []
    for line, owner in inner(blocks, rng):
        out += [(piece, owner) for piece in textwrap.wrap(line, width)] or [BLANK]
    return out


def lost(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """Blank lines here and there: a copy and paste that lost some, an editor that added some."""
    out: Lines = []
    for i, block in enumerate(blocks):
        if rng.random() < 0.35:
            out.append(BLANK)
        out.append((block.text, (i,)))
    return out


def glued(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """Menu entries that follow each other on one line, as inline lists come out."""
    out: Lines = []
    run: list[int] = []
    joint = rng.choice((" ", " ", " | ", " · ", "  ", ""))

    def flush() -> None:
        if run:
            out.append((joint.join(blocks[i].text for i in run), tuple(run)))
            run.clear()

    for i, block in enumerate(blocks):
        short = len(block.text) < 30 and all(block.linked)
        same = run and blocks[run[-1]].path == block.path
        if not (short and (same or not run)) or len(run) > 9:
            flush()
        if short:
            run.append(i)
        else:
            out.append((block.text, (i,)))
    flush()
    return out


def markdown(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """Markdown as html2text and its like write it."""
    out: Lines = []
    links = rng.random() < 0.7
    width = rng.choice((None, None, 78))
    before = ""
    for i, block in enumerate(blocks):
        text = "".join(_inline(block, links, rng)).strip()
        text = SPACE.sub(" ", text)
        if not text:
            continue
        head = _heading(block)
        if head:
            text = "#" * head + " " + text
        elif "/li" in block.path or block.tag == "li":
            depth = max(block.path.count("/ul") + block.path.count("/ol") - 1, 0)
            text = "  " * min(depth, 4) + rng.choice(("* ", "* ", "- ")) + text
        elif "blockquote" in block.path:
            text = "> " + text
        item = text.lstrip()[:2] in ("* ", "- ")
        if out and not (item and before == "item"):
            out.append(BLANK)
        pieces = textwrap.wrap(text, width, break_long_words=False) if width and not head else None
        out += [(piece, (i,)) for piece in pieces or [text]]
        before = "item" if item else ""
    return out


def columns(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """Inscriptis: indents, bullets, table cells side by side."""
    out: Lines = []
    row: list[int] = []

    def flush() -> None:
        if row:
            cells = [blocks[i].text for i in row]
            out.append(
                ("   ".join(cell.ljust(rng.choice((0, 8, 20))) for cell in cells), tuple(row))
            )
            row.clear()

    for i, block in enumerate(blocks):
        if block.tag in ("td", "th") and len(block.text) < 40 and len(row) < 6:
            row.append(i)
            continue
        flush()
        if block.tag in ("p", "h1", "h2", "h3", "article", "section") and out:
            out.append(BLANK)
        depth = block.path.count("/ul") + block.path.count("/ol")
        lead = "  " * depth + "* " if block.tag == "li" else "  " * depth
        out.append((lead + block.text, (i,)))
        if block.tag in ("p", "h1", "h2", "h3"):
            out.append(BLANK)
    flush()
    return out


def plain(blocks: Sequence[DomBlock], rng: random.Random) -> Lines:
    """Resiliparse's plain text: bullets, blank lines round paragraphs and headings only."""
    out: Lines = []
    for i, block in enumerate(blocks):
        item = block.tag == "li" or block.path.endswith("/li")
        if out and block.tag in ("p", "h1", "h2", "h3", "h4", "blockquote", "pre"):
            out.append(BLANK)
        out.append((("• " if item else "") + block.text, (i,)))
        if block.tag in ("p", "h1", "h2", "h3", "h4", "blockquote", "pre"):
            out.append(BLANK)
    return out


WAYS: dict[str, Callable[[Sequence[DomBlock], random.Random], Lines]] = {
    "wet": wet,
    "inner": inner,
    "spaced": spaced,
    "nodes": nodes,
    "wrap": wrap,
    "lost": lost,
    "glued": glued,
    "markdown": markdown,
    "columns": columns,
    "plain": plain,
}


def without_accents(lines: Lines) -> Lines:
    """Accents dropped, as old mail and some databases leave text."""
    return [
        ("".join(c for c in unicodedata.normalize("NFD", line) if not unicodedata.combining(c)), o)
        for line, o in lines
    ]


def _heading(block: DomBlock) -> int:
    match = re.search(r"/h([1-6])(?:/|$)", block.path)
    return int(match[1]) if match else 0


def _inline(block: DomBlock, links: bool, rng: random.Random) -> list[str]:
    out = []
    for piece, linked, strong in zip(block.pieces, block.linked, block.strong, strict=True):
        words = piece.strip()
        if words and linked and links:
            slug = re.sub(r"\W+", "-", words.lower())[:30].strip("-")
            marked = f"[{words}](https://www.example.com/{slug}/{rng.randrange(10**5)})"
        elif words and strong and not _heading(block):
            marked = f"**{words}**"
        else:
            out.append(piece)
            continue
        lead = piece[: len(piece) - len(piece.lstrip())]
        out.append(lead + marked + piece[len(piece.rstrip()) :])
    return out


def lines_of(
    blocks: list[DomBlock], way: str, title: str, rng: random.Random
) -> tuple[list[str], list[tuple[int, ...]]]:
    """A page flattened one way. Owner -1 stands for the page's title line."""
    made = WAYS[way](blocks, rng)
    if title and (way == "wet" or (way != "markdown" and rng.random() < 0.3)):
        made = [(title, (-1,)), *made]
    if rng.random() < 0.03:
        made = without_accents(made)
    return [line for line, _ in made], [owner for _, owner in made]
