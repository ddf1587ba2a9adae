"""Print gold pages with the zones in the margin: what the model said and what the gold says.

    python -m lab look fundus 12 --way wet          # the twelfth unseen page of a set
    python -m lab look zones --worst 5              # the five labelled pages with most lines wrong
    python -m lab look --file page.txt

Columns: line number, zone said, zone of the gold where it differs (`?` where the gold leaves it
open), confidence, text.
"""

import random
from binascii import crc32
from pathlib import Path

import articlecli
from lab.gold import pages
from lab.gold.labels import labelled_keys
from lab.gold.targets import page_targets
from lab.gold.zones import ANY, BIT, SHORT, ZONES
from lab.make.flatten import lines_of
from lab.measure.evaluate import jobs


def told(bits: int) -> str:
    """Allowed zones in short."""
    if bits == ANY:
        return "?"
    return "|".join(SHORT[zone] for zone in ZONES if bits & BIT[zone])


def compared(page: dict, way: str) -> tuple[int, int, list[str]]:
    """Lines wrong, lines with gold, and the page printed."""
    tree = pages.parse(page["html"])
    dom, title = pages.dom_blocks(tree), pages.page_title(tree)
    made = page_targets(page, dom, title) or ([ANY] * len(dom), ANY)
    rng = random.Random(crc32(f"{page['set']}/{page['id']}/{way}".encode()))
    lines, owners = lines_of(dom, way, title, rng)
    options = articlecli.Options(input_format="markdown" if way == "markdown" else "text")
    article = articlecli.extract("\n".join(lines), options=options)
    wrong = count = 0
    out = []
    for number, (line, owner, zone) in enumerate(
        zip(lines, owners, article.zones, strict=False), 1
    ):
        if zone is None:
            continue
        bits = 0
        for o in owner:
            bits |= made[1] if o < 0 else made[0][o]
        known = bits != ANY
        miss = known and not bits & BIT[zone]
        count += known
        wrong += miss
        mark = f"{told(bits):8}" if miss else f"{'?' if not known else '':8}"
        out.append(f"{number:4} {SHORT[zone]:3} {mark} {line[:130]}")
    return wrong, count, out


def look_at_file(path: Path) -> None:
    """Print a page that is no gold page."""
    article = articlecli.extract(path.read_bytes())
    lines = path.read_text(errors="replace").splitlines()
    for number, (line, zone) in enumerate(zip(lines, article.zones, strict=False), 1):
        if zone:
            print(f"{number:4} {SHORT[zone]:3} {line[:130]}")


def look(name: str, number: int | None, way: str, worst: int) -> None:
    """Print the worst pages of a set, or one of them by its number."""
    if name == "zones":
        keys = labelled_keys()
        chosen = [p for n in pages.SETS for p in pages.load(n)
                  if pages.unseen(p) and (p["set"], p["id"]) in keys]  # fmt: skip
    else:
        chosen = [page for _, page in jobs([name], None)]
    if number is not None:
        chosen = chosen[number : number + 1]
    rows = [(*compared(page, way), page) for page in chosen]
    rows.sort(key=lambda row: -row[0] / max(row[1], 1))
    for wrong, count, out, page in rows[:worst]:
        print(f"\n=== {page['set']} {page['id']} {page.get('lang')}: {wrong} of {count} wrong")
        print("\n".join(out))
