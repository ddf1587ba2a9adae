"""Verdict pages by reading: print a page's blocks with numbers, take back the zone of each.

    python -m lab reading queue --out build/reading         # pages nobody has labelled yet
    python -m lab reading take build/reading                # answers → lab/gold/labels.jsonl

`queue` writes `NAME.page`, one block a line: number, marks of the DOM (`h1`–`h6`, `li`, `a` where
all of it is a link, `@` and the class words nearest to it) and the text, long ones cut in the
middle. The reader writes `NAME.zones` beside it: `1 T`, `2-14 X` … with the codes of CODES, by the
guide in the gold pages' README. `take` checks that every block has one zone and keeps zones and
hashes of lines, never the text.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from articlecli.text.language import identify_language
from lab.gold import pages
from lab.gold.labels import LETTERS, labelled_keys, line_hash, read_labels, write_labels
from lab.gold.zones import SHORT

CODES = {code: zone for zone, code in SHORT.items()}
WANTED = {
    "fr": 30, "de": 9, "es": 9, "it": 8, "pt": 8, "pl": 6, "ru": 7, "el": 6, "zh": 9, "ja": 7,
    "ar": 4, "tr": 3, "nl": 4, "sv": 3, "no": 3, "da": 3, "en": 9,
}  # fmt: skip
"""Pages to read by language; a few of any other."""
OTHERS = 2
KINDS = {"forum": 5, "listing": 5, "product": 4, "collection": 3, "service": 2, "documentation": 2}
"""English pages of the WCXB kinds."""
SIZES = range(25, 330)
"""Blocks of a page that a reader takes on."""


def show(block: pages.DomBlock) -> str:
    """One line of a page to be read."""
    marks = re.findall(
        r"(?:^|/)(h[1-6]|li|nav|footer|header|aside|figcaption|blockquote|td|time)(?=/|$)",
        block.path,
    )
    if all(on for on, piece in zip(block.linked, block.pieces, strict=True) if piece.strip()):
        marks.append("a")
    near = " ".join(block.marks.split()[-3:])[-40:]
    text = block.text
    if len(text) > 240:
        text = f"{text[:170]} [… {len(text)} characters …] {text[-50:]}"
    return f"{' '.join(dict.fromkeys(marks))} @{near} | {text}"


def queue(out: Path) -> None:
    """Write the pages to be read, a few a site."""
    out.mkdir(parents=True, exist_ok=True)
    done = labelled_keys()
    sites: Counter[str] = Counter()
    left, kinds = Counter(WANTED), Counter(KINDS)
    index: dict[str, dict[str, Any]] = {}
    for name in ("trafilatura", "fundus", "pool", "daniel", "magic", "naeb", "wcxb"):
        for page in pages.load(name):
            if (page["set"], page["id"]) in done or sites[pages.site(page)] >= 2:
                continue
            kind = page.get("type") if name == "wcxb" else None
            if name == "wcxb" and not kinds[kind or ""]:
                continue
            tree = pages.parse(page["html"])
            blocks = pages.dom_blocks(tree) if tree is not None else []
            if len(blocks) not in SIZES:
                continue
            text = "\n".join(block.text for block in blocks if len(block.text) > 80)
            language = identify_language(text) or "xx"
            count = left if kind is None else kinds
            key = language if kind is None else kind
            if key not in count:
                count[key] = OTHERS
            if not count[key]:
                continue
            count[key] -= 1
            sites[pages.site(page)] += 1
            number = f"{language}-{len(index) + 1:03}"
            index[number] = {"set": page["set"], "id": page["id"], "language": language}
            title = pages.page_title(tree)
            lines = [f"0 <title> | {title}"] if title else []
            lines += [f"{i} {show(block)}" for i, block in enumerate(blocks, 1)]
            (out / f"{number}.page").write_text("\n".join(lines) + "\n")
    (out / "index.json").write_text(json.dumps(index, indent=1))
    print(len(index), "pages", dict(Counter(v["language"] for v in index.values())))


def zones_of(answer: str, count: int, *, titled: bool) -> list[str]:
    """Zone code of every block from a reader's answer.

    Raises:
        ValueError: A block without a zone or with two, or a code that is none.

    """
    first = 0 if titled else 1
    codes: dict[int, str] = {}
    for whole in answer.splitlines():
        line = whole.partition("#")[0].strip()
        if not line:
            continue
        match = re.fullmatch(r"(\d+)(?:\s*-\s*(\d+))?\s+([A-Z]+)", line)
        if not match or match[3] not in CODES:
            raise ValueError(f"not a label: {line!r}")
        for number in range(int(match[1]), int(match[2] or match[1]) + 1):
            if codes.setdefault(number, match[3]) != match[3]:
                raise ValueError(f"block {number} has two zones")
    missing = [n for n in range(first, count + 1) if n not in codes]
    if missing or max(codes) > count:
        raise ValueError(
            f"without a zone: {missing[:8]}; last block is {count}, last label {max(codes)}"
        )
    return [codes[n] for n in range(first, count + 1)]


def take(folder: Path, *, check: bool) -> bool:
    """Answers → `labels.jsonl`; whether each was fit to be taken."""
    index = json.loads((folder / "index.json").read_text())
    wanted = {(v["set"], v["id"]): (k, v) for k, v in index.items()}
    given = {path.stem for path in folder.glob("*.zones")}
    labels, letter_of = read_labels(), {zone: letter for letter, zone in LETTERS.items()}
    bad = 0
    for name in pages.SETS:
        for page in pages.load(name):
            number, facts = wanted.get((page["set"], page["id"]), ("", None))
            if number not in given:
                continue
            tree = pages.parse(page["html"])
            blocks, title = pages.dom_blocks(tree), pages.page_title(tree)
            try:
                codes = zones_of(
                    (folder / f"{number}.zones").read_text(), len(blocks), titled=bool(title)
                )
            except ValueError as error:
                print(f"{number}: {error}")
                bad += 1
                continue
            if check:
                continue
            lines = ([title] if title else []) + [block.text for block in blocks]
            labels[page["set"], page["id"]] = {
                **facts,
                "zones": "".join(letter_of[CODES[code]] for code in codes),
                "hashes": [line_hash(line) for line in lines],
            }
    if not check:
        write_labels(labels)
    print(len(given), "answers,", bad, "refused")
    return not bad
