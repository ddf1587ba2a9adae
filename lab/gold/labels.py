"""Zone labels made by reading, joined again with the pages they belong to.

Two sources: `zones.jsonl.zst` and `zones2.jsonl.zst` of the gold pages (lines and zones) and
`labels.jsonl` of this repository (zones only, each line known by a hash of its words; the pages'
text is not kept).
"""

import difflib
import json
import textwrap
from binascii import crc32
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from lab.gold import pages, zones
from lab.score import words

LABELS = Path(__file__).parent / "labels.jsonl"
"""One page a line: set, id, language, one letter of LETTERS a line, and the lines' hashes."""
READ_SETS = ("zones2", "zones")
OF_ENTRIES = frozenset({"teaser_title", "teaser_text", "teaser_meta"})
"""Zones of what an entry of a list page says."""
LETTERS = dict(zip("TLMBHCSAUFKX", zones.ZONES, strict=True))
"""Title, lead, meta, body, heading, caption; teasers' section, announcement, summary, facts;
comment (K), boilerplate (X)."""


def line_hash(line: str) -> int:
    """Hash of a line's words; the same however the line's white space was folded."""
    return crc32(" ".join(words(line)).encode()) or 1


@cache
def _labelled() -> dict[tuple[str, str], list[tuple[int, str]]]:
    """(set, id) → hash and zone of each non-blank line."""
    out = {}
    for page in _read_pages():
        out[page["set"], page["id"]] = [
            (line_hash(line), zone)
            for line, zone in zip(page["lines"], page["zones"], strict=True)
            if zone is not None
        ]
    for key, page in read_labels().items():
        told = [LETTERS[letter] for letter in page["zones"]]
        out[key] = list(zip(page["hashes"], told, strict=True))
    return out


def read_labels() -> dict[tuple[str, str], dict]:
    """(set, id) → what `LABELS` says of a page."""
    pages_ = [json.loads(line) for line in LABELS.read_text().splitlines()]
    return {(page["set"], page["id"]): page for page in pages_}


def write_labels(labels: dict[tuple[str, str], dict]) -> None:
    """Write `LABELS`, sorted, so that a new page changes one line."""
    LABELS.write_text(
        "".join(
            json.dumps(page, separators=(",", ":"), ensure_ascii=False) + "\n"
            for _, page in sorted(labels.items())
        )
    )


@cache
def given_keys() -> frozenset[tuple[str, str]]:
    """(set, id) of the labelled pages that came with the gold pages."""
    return frozenset((page["set"], page["id"]) for page in pages.load("zones"))


def _read_pages() -> Iterator[dict]:
    """Pages of the gold whose every line was labelled; of two readings of a page the later."""
    for name in READ_SETS:
        yield from pages.load(name)


def labelled_keys() -> frozenset[tuple[str, str]]:
    """(set, id) of every page whose lines have zones."""
    return frozenset(_labelled())


def dom_labels(
    page: dict, blocks: list[pages.DomBlock], title: str
) -> tuple[list[int], int] | None:
    """Zone of each DOM block of a labelled page, as bits, and of its title line.

    A block whose line can't be found again (cut, wrapped) takes the zone of the lines that hold
    its text; one that stays unknown is open.

    Returns:
        `None` for a page that nobody labelled.

    """
    found = _labelled().get((page["set"], page["id"]))
    if found is None:
        return None
    title_bits = zones.T | zones.X
    if len(found) and title and found[0][0] == line_hash(title):
        title_bits = zones.BIT[found[0][1]]
    out = [0] * len(blocks)
    for i, line in _matched(page, blocks, [told for told, _ in found]):
        out[i] = out[i] or zones.BIT[found[line][1]]
    return [bits or zones.ANY for bits in out], title_bits


def dom_entries(page: dict, blocks: list[pages.DomBlock]) -> list[bool]:
    """For each DOM block of a labelled page, whether it is of an entry that the page itself lists.

    Headers and buttons amid the entries are none. False throughout where no entries were read.
    """
    out = [False] * len(blocks)
    if found := _entries().get((page["set"], page["id"])):
        for i, line in _matched(page, blocks, [told for told, _ in found]):
            out[i] = out[i] or found[line][1]
    return out


@cache
def _entries() -> dict[tuple[str, str], list[tuple[int, bool]]]:
    """(set, id) → hash of each non-blank line, and whether it is of an entry, of list pages."""
    out = {}
    for page in pages.load("zones2"):
        if page["entries"]:
            inside = {n for first, last in page["entries"] for n in range(first, last + 1)}
            out[page["set"], page["id"]] = [
                (line_hash(line), n in inside and zone in OF_ENTRIES)
                for n, (line, zone) in enumerate(zip(page["lines"], page["zones"], strict=True), 1)
                if zone is not None
            ]
    return out


def _matched(
    page: dict, blocks: list[pages.DomBlock], hashes: list[int]
) -> Iterator[tuple[int, int]]:
    """Blocks and the lines of a labelled page that are theirs, by the hashes of the lines."""
    variant = _split_like(page)
    pieces = [(line_hash(piece), i) for i, block in enumerate(blocks) for piece in variant(block)]
    matcher = difflib.SequenceMatcher(None, [told for told, _ in pieces], hashes, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            yield pieces[a + k][1], b + k


def _split_like(page: dict) -> Callable[[pages.DomBlock], list[str]]:
    """How the labelled copy of a page cuts a block into lines."""
    variant = _variants().get((page["set"], page["id"]), "wet")
    if variant == "nodes":
        return lambda block: [p for p in block.pieces if p.strip()]
    if variant == "wrap":
        return lambda block: textwrap.wrap(block.text, 80)
    return lambda block: [block.text]


@cache
def _variants() -> dict[tuple[str, str], str]:
    return {(page["set"], page["id"]): page["variant"] for page in _read_pages()}
