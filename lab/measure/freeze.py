"""The characterisation check: what extract gives for many gold pages, before and after a change.

    python -m lab freeze build/before.jsonl                # before
    python -m lab freeze --against build/before.jsonl      # after: how many differ, and in what

A page counts twice, flattened in one way and as HTML. The choice of pages and of ways is fixed by
hashes, so two freezes with the same `--limit` compare line by line. Gold pages are needed.
"""

import json
import random
from binascii import crc32
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

from articlecli import Options, extract, to_json
from lab.gold import pages
from lab.make.flatten import lines_of

WAYS = ("wet", "inner", "spaced", "nodes", "wrap", "markdown", "glued", "lost")
SETS = (*pages.SETS, "zones")
LONGEST = 300
"""Characters of a value that are printed."""
PRINTED = 4
"""Elements of a list that are printed."""
Frozen = dict[str, Any]
"""`id`, `kind` (`text` or `html`), `hash` of the output, and the `output`."""


def inputs(limit: int) -> Iterator[dict[str, Any]]:
    """Up to `limit` pages of a set: `id`, `url`, `way`, `text` and `html`."""
    for name in SETS:
        given = list(pages.load(name))
        given.sort(key=lambda page: (crc32(f"{page['set']}/{page['id']}".encode()), page["id"]))
        for page in given[:limit]:
            tree = pages.parse(page["html"])
            if tree is None:
                continue
            seed = crc32(str(page["id"]).encode())
            way = WAYS[seed % len(WAYS)]
            dom, title = pages.dom_blocks(tree), pages.page_title(tree)
            lines, _ = lines_of(dom, way, title, random.Random(seed))
            yield {
                "id": f"{name}/{page['set']}/{page['id']}",
                "url": page.get("url"),
                "way": way,
                "text": "\n".join(lines),
                "html": page["html"],
            }


def frozen_pages(limit: int) -> list[Frozen]:
    """The outputs for the chosen pages, as they are now."""
    with ProcessPoolExecutor(2) as pool:
        made = pool.map(_freeze, inputs(limit), chunksize=8)
        return [record for pair in made for record in pair]


def _freeze(page: dict[str, Any]) -> list[Frozen]:
    markdown = Options(input_format="markdown" if page["way"] == "markdown" else "auto")
    out = []
    for kind, options in (("text", markdown), ("html", Options(input_format="html"))):
        article = extract(page[kind], url=page["url"], options=options)
        told = to_json(article, offsets=True, links=True, images=True)
        digest = sha256(told).hexdigest()[:16]
        out.append({"id": page["id"], "kind": kind, "hash": digest, "output": json.loads(told)})
    return out


def write(frozen: Iterable[Frozen], path: Path) -> int:
    """Write outputs, one a line; how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, record in enumerate(frozen, 1):  # noqa: B007  # counted
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def read(path: Path) -> list[Frozen]:
    """Outputs that a former freeze wrote."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def report(before: Iterable[Frozen], after: Iterable[Frozen], show: int) -> bool:
    """Print how many outputs differ and in which fields, with examples; whether any does."""
    old = {(record["id"], record["kind"]): record for record in before}
    new = {(record["id"], record["kind"]): record for record in after}
    both = [key for key in old if key in new]
    differ: Counter[str] = Counter()
    by_field: Counter[tuple[str, str]] = Counter()
    for key in both:
        if old[key]["hash"] == new[key]["hash"]:
            continue
        a, b = old[key]["output"], new[key]["output"]
        fields = [field for field in sorted({*a, *b}) if a.get(field) != b.get(field)]
        differ[key[1]] += 1
        by_field.update((key[1], field) for field in fields)
        if differ.total() <= show:
            print(f"## {key[0]} ({key[1]}): {', '.join(fields) or 'order or form only'}")
            for field in fields:
                print("\n".join(_difference(field, a.get(field), b.get(field))))
    print(f"{len(both)} outputs compared, {differ.total()} differ: {dict(differ)}")
    if len(old) + len(new) > 2 * len(both):
        print(f"only before: {len(old) - len(both)}, only now: {len(new) - len(both)}")
    for (kind, field), count in by_field.most_common():
        print(f"  {kind:5} {field:20} {count}")
    return bool(differ) or not both


def _difference(field: str, old: object, new: object) -> Iterator[str]:
    if isinstance(old, list) and isinstance(new, list):
        yield f"  {field}: {len(old)} → {len(new)} elements"
        pairs = enumerate(zip(old, new, strict=False))
        for number, (a, b) in [(n, pair) for n, pair in pairs if pair[0] != pair[1]][:PRINTED]:
            yield f"    {number} {str(a)[:LONGEST]}\n      → {str(b)[:LONGEST]}"
    else:
        yield f"  {field}: {str(old)[:LONGEST]}\n    → {str(new)[:LONGEST]}"
