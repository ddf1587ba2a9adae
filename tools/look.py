"""Print gold pages with the zones in the margin: what the model said and what the gold says.

    python tools/look.py fundus 12 --way wet          # the twelfth unseen page of a set
    python tools/look.py zones --worst 5              # the five labelled pages with most lines wrong
    python tools/look.py --file page.txt

Columns: line number, zone said, zone of the gold where it differs (`?` where the gold leaves it
open), confidence, text.
"""

import argparse
import random
from binascii import crc32
from pathlib import Path

import gold
import pages
from dataset import lines_of, page_targets
from evaluate import jobs
from labels import labelled_keys

import articlecli

SHORT = dict(
    zip(gold.ZONES, ["T", "L", "M", "B", "H", "C", "TS", "TT", "TX", "TM", "K", "X"], strict=True)
)


def told(bits: int) -> str:
    """Allowed zones in short."""
    if bits == gold.ANY:
        return "?"
    return "|".join(SHORT[zone] for zone in gold.ZONES if bits & gold.BIT[zone])


def compared(page: dict, way: str) -> tuple[int, int, list[str]]:
    """Lines wrong, lines with gold, and the page printed."""
    tree = pages.parse(page["html"])
    dom, title = pages.dom_blocks(tree), pages.page_title(tree)
    made = page_targets(page, dom, title) or ([gold.ANY] * len(dom), gold.ANY)
    rng = random.Random(crc32(f"{page['set']}/{page['id']}/{way}".encode()))
    lines, owners = lines_of(dom, way, title, rng)
    options = articlecli.Options(input_format="markdown" if way == "markdown" else "text")
    article = articlecli.extract("\n".join(lines), options=options)
    wrong = count = 0
    out = []
    for number, (line, owner, zone) in enumerate(zip(lines, owners, article.zones), 1):
        if zone is None:
            continue
        bits = 0
        for o in owner:
            bits |= made[1] if o < 0 else made[0][o]
        known = bits != gold.ANY
        miss = known and not bits & gold.BIT[str(zone)]
        count += known
        wrong += miss
        mark = f"{told(bits):8}" if miss else f"{'?' if not known else '':8}"
        out.append(f"{number:4} {SHORT[str(zone)]:3} {mark} {line[:130]}")
    return wrong, count, out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", default="zones")
    parser.add_argument("number", nargs="?", type=int)
    parser.add_argument("--way", default="wet")
    parser.add_argument("--worst", type=int, default=3)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.file:
        article = articlecli.extract(options.file.read_bytes())
        lines = options.file.read_text(errors="replace").splitlines()
        for number, (line, zone) in enumerate(zip(lines, article.zones), 1):
            if zone:
                print(f"{number:4} {SHORT[str(zone)]:3} {line[:130]}")
        return
    if options.set == "zones":
        keys = labelled_keys()
        chosen = [p for n in pages.SETS for p in pages.load(n)
                  if pages.unseen(p) and (p["set"], p["id"]) in keys]  # fmt: skip
    else:
        chosen = [page for _, page in jobs([options.set], None)]
    if options.number is not None:
        chosen = chosen[options.number : options.number + 1]
    rows = [(*compared(page, options.way), page) for page in chosen]
    rows.sort(key=lambda row: -row[0] / max(row[1], 1))
    for wrong, count, out, page in rows[: options.worst]:
        print(f"\n=== {page['set']} {page['id']} {page.get('lang')}: {wrong} of {count} wrong")
        print("\n".join(out))


if __name__ == "__main__":
    main()
