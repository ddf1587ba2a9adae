"""Gold pages → DOM blocks: what everything else here starts from.

A DOM block is what stands between two block-level tags (or `<br>`): its text nodes, the tags and
class words above it. Every way of flattening a page is a rendering of its DOM blocks, so a label
put on a block reaches the page's lines whichever way it is flattened.
"""

import io
import json
import re
from binascii import crc32
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import zstandard

from articlecli.blocks.from_html import SCRIPTLESS
from lab.options import HALVES

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SETS = ("wcxb", "fundus", "daniel", "trafilatura", "naeb", "magic", "pool", "more", "pool2")

BLOCK_TAGS = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend
    li label main menu nav ol p pre search section summary table tbody td tfoot th textarea thead
    tr ul br
    """.split()
)
HIDDEN_TAGS = frozenset(
    """
    script style noscript template head svg math iframe object embed canvas select title meta link
    noembed noframes map area datalist
    """.split()
)
SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class DomBlock:
    """One block of a page: its pieces of text and where in the DOM it stood."""

    pieces: list[str]
    """Text nodes, white space folded but not stripped."""
    tag: str
    """Nearest block-level tag."""
    path: str
    """All tags above it, outermost first, joined by `/`."""
    marks: str
    """Class, id, role and itemprop words of the elements above it, lower-cased."""
    linked: list[bool] = field(default_factory=list)
    """For each piece: inside `<a>`."""
    strong: list[bool] = field(default_factory=list)
    """For each piece: inside `<b>` or `<strong>`."""
    inline: set[str] = field(default_factory=set)
    """Inline tags its text stood in (`time`, `cite`, `b` …)."""

    @property
    def text(self) -> str:
        return SPACE.sub(" ", "".join(self.pieces)).strip()


def load(name: str) -> Iterator[dict]:
    """Pages of one gold set, in the order of the file.

    Raises:
        FileNotFoundError: The gold pages are not on this machine.

    """
    with (DATA / f"{name}.jsonl.zst").open("rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file)
        for line in io.TextIOWrapper(reader, "utf-8"):
            yield json.loads(line)


def site(page: dict) -> str:
    """The site a page belongs to: what splits into training and unseen go by."""
    if page["set"] == "daniel":
        match = re.match(r"\d+_(?:www\.)?([^_]+)_", page["id"])
        host = match.group(1) if match else page["id"]
    elif page["set"] == "fundus":
        host = re.sub(r"_\d{4}_.*", "", page["id"].split("/")[-1]).lower()
    elif page["set"] == "trafilatura" and page.get("url") is None:
        host = page["id"]
    else:
        host = urlsplit(page.get("url") or "").hostname or page["id"]
    parts = host.lower().removeprefix("www.").split(".")
    if len(parts) > 2 and parts[-2] in {"co", "com", "org", "ac", "gov", "net", "edu"}:
        parts = parts[:-1]
    return parts[-2] if len(parts) > 1 else parts[0]


FOLDS, UNSEEN, DEV = 5, 0, 1
"""Sites are dealt out to five folds. Training never sees the first; the second is set apart when
something is chosen by measuring."""


def fold(name: str) -> int:
    """Fold of a site."""
    return crc32(name.encode()) % FOLDS


def unseen(page: dict, half: str | None = None) -> bool:
    """Whether training never sees a page's site; with `half`, whether that half of them has it."""
    name = site(page)
    return fold(name) == UNSEEN and half in (None, half_of(name))


def half_of(name: str) -> str:
    """The half of the unseen sites that a site belongs to."""
    return HALVES[crc32(f"half {name}".encode()) % 2]


def parse(html: str) -> lxml.html.HtmlElement | None:
    """HTML → tree; `None` for an empty page."""
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html).replace("\x00", "")
    try:
        return lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(huge_tree=True))
    except (lxml.etree.ParserError, ValueError):
        return None


def page_title(tree: lxml.html.HtmlElement) -> str:
    """Text of `<title>`, folded."""
    found = tree.find(".//title")
    return SPACE.sub(" ", (found.text or "")).strip() if found is not None else ""


def dom_blocks(tree: lxml.html.HtmlElement) -> list[DomBlock]:
    """The page's blocks in document order, those without a visible character left out.

    What `<noscript>` holds is shown where it is most of the page, as `blocks.html` does: a forum
    that builds its threads by script keeps the posts there.
    """
    blocks = _walk(tree, HIDDEN_TAGS)
    shown = sum(len(block.text) for block in blocks)
    kept = sum(len(node.text_content()) for node in tree.iter("noscript"))
    if kept and (shown < SCRIPTLESS or kept > 2 * shown):
        return _walk(tree, HIDDEN_TAGS - {"noscript"})
    return blocks


def _walk(tree: lxml.html.HtmlElement, hidden: frozenset[str]) -> list[DomBlock]:
    blocks: list[DomBlock] = []
    tags: list[str] = []
    marks: list[str] = []
    current = DomBlock([], "body", "", "")

    def flush() -> None:
        nonlocal current
        if current.pieces and any(piece.strip() for piece in current.pieces):
            blocks.append(current)
        tag = next((t for t in reversed(tags) if t in BLOCK_TAGS), "body")
        current = DomBlock([], tag, "/".join(tags), " ".join(m for m in marks if m))

    def say(text: str | None) -> None:
        if not text:
            return
        in_pre = "pre" in tags
        folded = text if in_pre else SPACE.sub(" ", text)
        if not current.pieces and not folded.strip():
            return
        if not current.pieces:
            current.tag = next((t for t in reversed(tags) if t in BLOCK_TAGS), "body")
            current.path, current.marks = "/".join(tags), " ".join(m for m in marks if m)
        current.pieces.append(folded)
        current.linked.append("a" in tags)
        current.strong.append("b" in tags or "strong" in tags)
        for tag in reversed(tags):
            if tag in BLOCK_TAGS:
                break
            current.inline.add(tag)

    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        if leaving:
            if tag in BLOCK_TAGS:
                flush()
            tags.pop()
            marks.pop()
            say(node.tail)
            continue
        if tag is None or tag in hidden:
            say(node.tail)
            continue
        if tag in BLOCK_TAGS:
            flush()
        tags.append(tag)
        attributes = node.attrib
        marks.append(
            " ".join(
                attributes[name]
                for name in ("class", "id", "role", "itemprop", "rel", "data-testid")
                if name in attributes
            ).lower()
        )
        if tag in BLOCK_TAGS:
            flush()
        say(node.text)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    flush()
    return blocks
