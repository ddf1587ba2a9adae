"""Pages whose lines a person gave zones, and the small files that keep them.

    mine/story.html.zones.json
    {"schema": "articlecli-zones/1", "path": "story.html", "sha256": "…", "format": "html",
     "page": "<html>…", "lines": [[1, 1, "title", "Harbour reopens"], …]}

`page` is the page itself. A file without it (a report's) is read with the page at `path`, which
counts from the file's folder or from the working directory. `docs/teach.md` describes the fields.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode, encode

from articlecli.blocks import split_page
from articlecli.disk import write_file
from articlecli.document import Block, Page
from articlecli.errors import InputError
from articlecli.explain import Explanation
from articlecli.options import Options
from articlecli.read import read_bytes, read_page
from articlecli.read.paths import shown
from articlecli.show.safe import safe_line
from articlecli.zone import Zone

SCHEMA = "articlecli-zones/1"
SUFFIX = ".zones.json"
KEPT = 400
"""Characters of a line that a report has, and so a file of zones that was made there."""


class GoldLine(Struct, frozen=True, array_like=True):
    """A line of a page, or some that are one paragraph, with the zone that a person gave it."""

    first: int
    last: int
    """1-based; of a page of HTML, the number of the block."""
    zone: Zone
    text: str
    """What finds the line again where a later version numbers it otherwise."""


class GoldFile(Struct, frozen=True, omit_defaults=True):
    """What a file of zones holds."""

    schema: str
    path: str | None
    """The page's file, as it was named."""
    sha256: str
    """Of the page's bytes."""
    format: Literal["text", "html", "markdown"]
    url: str | None = None
    page: str | None = None
    """The page's decoded text."""
    lines: tuple[GoldLine, ...] = ()
    """Lines that were left without a zone are missing."""


class GoldPage(Struct, frozen=True):
    """A page, ready to be compared with."""

    name: str
    """The file of its zones, as it was named."""
    page: Page
    blocks: tuple[Block, ...]
    zones: tuple[Zone | None, ...]
    """Zone of each block; `None` where nobody gave one."""


def read_gold(paths: Sequence[str]) -> Iterator[GoldPage]:
    """Pages of files of zones, those of folders in the order of their names.

    Raises:
        InputError: A path does not exist, a file is no file of zones, or its page is not there or
            another one now.

    """
    for path in paths:
        if not os.path.isdir(path):
            yield gold_page(path)
            continue
        found = sorted(
            os.path.join(folder, name)
            for folder, _, names in os.walk(path)
            for name in names
            if name.endswith(SUFFIX) and os.path.isfile(os.path.join(folder, name))
        )
        if not found:
            raise InputError(
                f"holds no file that ends in {SUFFIX}", "label a page with articlecli label",
                path=shown(path),
            )  # fmt: skip
        yield from map(gold_page, found)


def gold_page(path: str) -> GoldPage:
    """A page and its zones, from one file of zones; see `read_gold`."""
    told = read_zones(path)
    page = read_page(
        told.page if told.page is not None else _source(told, path),
        url=told.url,
        options=Options(input_format=told.format),
        path=told.path,
    )
    blocks = split_page(page).blocks
    return GoldPage(shown(path), page, blocks, zones_of(told.lines, blocks))


def read_zones(path: str) -> GoldFile:
    """What a file of zones holds.

    Raises:
        InputError: It cannot be read, or is something else.

    """
    try:
        told = decode(read_bytes(path), type=GoldFile)
    except ValidationError as error:
        raise _no_zones(path, f" ({error})") from None
    except (DecodeError, UnicodeDecodeError, RecursionError):
        raise _no_zones(path) from None
    if told.schema != SCHEMA:
        raise _no_zones(path)
    return told


def _no_zones(path: str, why: str = "") -> InputError:
    return InputError(
        f"is no file of zones{why}", "name one that articlecli label or a report made",
        path=shown(path),
    )  # fmt: skip


def _source(told: GoldFile, path: str) -> bytes:
    """Bytes of a page that its file of zones only names."""
    from hashlib import sha256

    named = told.path or ""
    places = [os.path.join(os.path.dirname(path), named), named]
    where = next((place for place in places if named and os.path.isfile(place)), None)
    if where is None:
        raise InputError(
            f"is of a page that is not there ({shown(named)})",
            "put it back, or label it with articlecli label", path=shown(path),
        )  # fmt: skip
    data = read_bytes(where)
    if sha256(data).hexdigest() != told.sha256:
        raise InputError(
            f"is of a page that has changed since ({shown(where)})", "label it again",
            path=shown(path),
        )  # fmt: skip
    return data


def zones_of(lines: Sequence[GoldLine], blocks: Sequence[Block]) -> tuple[Zone | None, ...]:
    """Zone of each block, found by its text and by its lines.

    A version that puts lines together otherwise than the one they were labelled with gives a block
    of text the zone that most of its lines have; of HTML it leaves such a block without one.
    """
    found: list[Zone | None] = [None] * len(blocks)
    told, texts = [_key(line.text) for line in lines], [_key(block.text) for block in blocks]
    matches = [(0, 0, len(texts))]
    if told != texts:
        matcher = SequenceMatcher(None, told, texts, autojunk=False)
        matches = [(match.a, match.b, match.size) for match in matcher.get_matching_blocks()]
    for a, b, size in matches:
        found[b : b + size] = [line.zone for line in lines[a : a + size]]
    if any(block.markup for block in blocks):
        return tuple(found)
    by_line = {n: line.zone for line in lines for n in range(line.first, line.last + 1)}
    for i, block in enumerate(blocks):
        if found[i] is None:
            first, last = block.lines
            votes = Counter(by_line[n] for n in range(first, last + 1) if n in by_line)
            found[i] = votes.most_common(1)[0][0] if votes else None
    return tuple(found)


def _key(text: str) -> str:
    """What two copies of a line have in common, one of them out of a report."""
    return safe_line(text[:KEPT])[: KEPT // 2]


def gold_file(
    page: Page, explained: Explanation, zones: Sequence[Zone | None], path: str | None
) -> GoldFile:
    """What is kept of a page and the zones of its lines; `None` leaves a line out."""
    lines = tuple(
        GoldLine(*line.lines, zone, line.text)
        for line, zone in zip(explained.lines, zones, strict=True)
        if zone is not None
    )
    source = page.source
    return GoldFile(SCHEMA, path, source.sha256, source.format, source.url, page.text, lines)


def zones_bytes(told: GoldFile) -> bytes:
    """The file: JSON with a line for each line of the page, so that a change shows in a diff."""
    head = encode(GoldFile(told.schema, told.path, told.sha256, told.format, told.url, told.page))
    rows = b",\n".join(b"  " + encode(line) for line in told.lines)
    return head[:-1] + b',\n "lines": [\n' + rows + b"\n]}\n"


def save_zones(told: GoldFile, target: str) -> str:
    """Write a file of zones.

    Args:
        told: What it holds.
        target: The file, or a folder that gets one named after the page.

    Returns:
        The file.

    Raises:
        OSError: It cannot be written.

    """
    path = target if target.endswith(".json") else zones_path(told.path, told.sha256, target)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    write_file(path, zones_bytes(told))
    return path


def zones_path(name: str | None, sha256: str, folder: str) -> str:
    """File of a page's zones in a folder; pages of one name have their hashes in theirs too."""
    base = os.path.basename(name) if name and name != "-" else "page"
    path = os.path.join(folder, base + SUFFIX)
    if os.path.exists(path) and read_zones(path).sha256 != sha256:
        return os.path.join(folder, f"{base}-{sha256[:8]}{SUFFIX}")
    return path
