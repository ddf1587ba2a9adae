"""How often training pages use each hashed word, tag and class name: what `adapt` is held by.

    python -m lab usage

Counts lines of HTML of the seen sites of every gold set. The table depends on the numbering of the
features (`slots.VERSION`) and on no weight: a model that is trained again needs no new one.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from math import log2
from pathlib import Path

from articlecli.blocks.from_html import html_blocks
from articlecli.evidence import evidence_of
from articlecli.model.features import page_and_block_features
from articlecli.model.features.slots import MARKUP_HASHES, ROWS, VERSION
from articlecli.teach.usage import FIRST, STEPS
from lab.gold import pages


def write_usage(out: Path, limit: int) -> None:
    """Count and write the table."""
    counts: Counter[int] = Counter()
    lines = 0
    with ProcessPoolExecutor(2) as pool:
        for own, count in pool.map(_count, _sources(limit), chunksize=16):
            counts.update(own)
            lines += count
    head = json.dumps({"features": VERSION, "lines": lines}).encode()
    table = bytes(byte_of(counts[n]) for n in range(FIRST, ROWS + MARKUP_HASHES))
    out.write_bytes(head + b"\n" + table)
    print(f"{out}: {lines} lines, {sum(map(bool, table))} of {len(table)} features used")


def byte_of(count: int) -> int:
    """A count as the table has it: 0 for none, else its logarithm in steps, from 1."""
    return 1 + round(STEPS * log2(count)) if count else 0


def _sources(limit: int) -> Iterator[str]:
    for name in pages.SETS:
        seen = [page["html"] for page in pages.load(name) if not pages.unseen(page)]
        random.Random(0).shuffle(seen)
        yield from seen[:limit]


def _count(html: str) -> tuple[Counter[int], int]:
    blocks = html_blocks(html)[1]
    features = page_and_block_features(blocks, evidence_of(blocks))
    used = Counter(n for own in features.blocks for n in {*own} if n >= FIRST)
    return used, len(blocks)
