"""On how many pages of its site a line stands: counts in bounded memory, the same on every machine.

A count-min sketch: a line of a site has one cell in each of `ROWS` rows, and its count is the least
of them, so that it may be overstated and is never understated. Only the least cells go up
(conservative update). A full sketch takes every further page for one that it has seen, so it stops
learning before it starts to lie. Measured with three lines for each cell of a row, at full width
250,000 pages of a hundred lines: every second page is still counted, and of 4,000 lines never seen
none had a count of three (with nine lines a cell, 0.5 % had).

Source: G. Cormode, S. Muthukrishnan, "An improved data stream summary: the count-min sketch and its
applications", 2005.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from struct import unpack
from urllib.parse import urlsplit

from articlecli.blocks import split_page
from articlecli.document import Block, Document, Page, SiteCounts
from articlecli.extractor import Furniture
from articlecli.model.weights import FEWEST, SHORT, weighs
from articlecli.text.folding import numberless

ROWS = 4
WIDEST = 1 << 23
"""Cells of a row, one byte each: four rows are 32 MB."""
NARROWEST = 1 << 12
MOST_PAGES = 250
"""Pages of a site that are counted: a share is known well by then, and no cell overflows."""
LONGEST = 3
"""Lines that a page is known by, its longest: copies of a story under other dates, menus and
comments are one page."""
KEY = 16
"""Bytes of a key: four for each row."""
HEADER = 64
"""Bytes before the cells in the file."""
_PLAIN = r"https?://([A-Za-z0-9.-]+)(?::[0-9]*)?(?![^/?#])"
"""Start of an address whose host is read at once: most of them."""
_BETWEEN = " \0 "
"""Between texts that are folded together: a word that hardly any has; beside one, each is alone."""


class Sketch:
    """Counts of keys."""

    def __init__(self, cells: bytearray | mmap, start: int = 0) -> None:
        self._cells, self._start = cells, start
        self._width = (len(cells) - start) // ROWS

    def counts(self, keys: bytes) -> list[int]:
        """Pages that held each of some keys, 0–255."""
        cells = self._cells
        return [min([cells[place] for place in places]) for places in self._places(keys)]

    def is_known_well(self, site: bytes) -> bool:
        """Whether no further page of a site is counted; `site` is its key."""
        return self.counts(site)[0] >= MOST_PAGES

    def add(self, keys: bytes) -> bool:
        """Count a page: `keys` are the site's, its own, and those of its lines.

        Returns:
            Whether it was counted; a page seen before is not, nor one of a site known well enough.

        """
        pages, seen = self.counts(keys[: 2 * KEY])
        if seen or pages >= MOST_PAGES:
            return False
        cells = self._cells
        for places in self._places(keys):
            least = min([cells[place] for place in places])
            if least < 255:
                for place in places:
                    if cells[place] == least:
                        cells[place] = least + 1
        return True

    def _places(self, keys: bytes) -> Iterator[tuple[int, ...]]:
        """Where the cells of each key are, one a row."""
        width, words = self._width, unpack(f"<{len(keys) // 4}I", keys)
        rows = [
            [self._start + row * width + word % width for word in words[row::ROWS]]
            for row in range(ROWS)
        ]
        return zip(*rows, strict=True)


def site_of(document: Document, name: str, *, shard: bool) -> str:
    """The site of a page: the host of its address, else where it lies.

    Args:
        document: The page; one of HTML may declare its address.
        name: Name of its input.
        shard: That input is a file of records, and not the page's own.

    """
    declared = document.declared
    address = document.page.source.url or (declared.canonical if declared else "")
    return host_of(address) or f"/{name if shard else os.path.dirname(name)}"


def host_of(address: str) -> str | None:
    """The site that an address is of; `None` where it names none."""
    if plain := re.match(_PLAIN, address):  # a tenth of the time
        host = plain[1]
    else:
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            return None
    return host.lower().removeprefix("www.") or None


def lines_of(blocks: Sequence[Block]) -> list[str]:
    """Blocks' texts with case, white space and numbers folded: those of dates and lists differ."""
    whole = _BETWEEN.join([block.text for block in blocks])
    lines = numberless(whole).split(_BETWEEN)  # all at once: a fifth of the time
    if len(lines) == len(blocks) and whole.count("\0") == len(blocks) - 1:
        return lines
    return [numberless(block.text) for block in blocks]


def keys_of(site: str, blocks: Sequence[Block]) -> bytes:
    """Keys of a page for `Sketch.add`, one after the other: its site, itself, each line once.

    A line that weighs nothing on any page, since it is too short, has none.
    """
    folded = lines_of(blocks)
    longest = sorted(set(folded))
    longest.sort(key=len, reverse=True)
    # With longer numbers in it the same line may be long enough.
    kept = [
        line
        for line, block in zip(folded, blocks, strict=True)
        if len(block.text) >= SHORT or len(line) >= SHORT or "0" in line
    ]
    itself = _keys(site, "page", ["\n".join(longest[:LONGEST])])
    return site_key(site) + itself + _keys(site, "line", dict.fromkeys(kept))


def site_counts_of(sketch: Sketch, site: str, blocks: Sequence[Block]) -> SiteCounts | None:
    """How many pages of a site hold the lines of these blocks, where that weighs anything.

    Returns:
        The counts, 0 for lines that are too short; `None` of a site with too few pages, and where
        no line is held by enough of them.

    """
    [pages] = sketch.counts(site_key(site))
    if pages < FEWEST:
        return None
    long = [number for number, block in enumerate(blocks) if len(block.text) >= SHORT]
    lines = lines_of([blocks[number] for number in long])
    holding = [0] * len(blocks)
    for number, count in zip(long, sketch.counts(_keys(site, "line", lines)), strict=True):
        holding[number] = count
    most = max(holding, default=0)
    return SiteCounts(pages, tuple(holding)) if weighs(most, pages) else None


def page_keys(page: Page, name: str, *, shard: bool) -> bytes:
    """What a page adds to the sketch: its keys, one after the other.

    Args:
        page: The page as it was read.
        name: Name of its input.
        shard: That input is a file of records, and not the page's own.

    """
    document = split_page(page)
    return keys_of(site_of(document, name, shard=shard), document.blocks)


def site_counts_from(path: str, name: str, *, shard: bool) -> Furniture:
    """What `extract_page` asks about a page's site, answered from the sketch in a file.

    Raises:
        OSError: The file is gone.

    """
    about = os.stat(path)
    sketch = _mapped(path, about.st_ino, about.st_mtime_ns)
    return lambda document: site_counts_of(
        sketch, site_of(document, name, shard=shard), document.blocks
    )


@lru_cache(maxsize=1)
def _mapped(path: str, _inode: int, _written: int) -> Sketch:
    """The sketch in a file, opened once a process until another takes its place."""
    with open(path, "rb") as file:
        return Sketch(mmap(file.fileno(), 0, access=ACCESS_READ), HEADER)


def site_key(site: str) -> bytes:
    """The key of a site itself."""
    return _digest(f"{site}\nsite").digest()


def _keys(site: str, what: str, lines: Iterable[str]) -> bytes:
    """The keys of a site's lines, one after the other."""
    start = _digest(f"{site}\n{what}\n")
    keys = []
    for line in lines:
        digest = start.copy()
        digest.update(line.encode("utf-8", "surrogatepass"))
        keys.append(digest.digest())
    return b"".join(keys)


def _digest(text: str) -> blake2b:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY, person=b"furniture")
