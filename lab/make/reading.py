"""Label pages by reading: print a page's blocks with numbers, take back the zone of each.

    python -m lab reading queue --out build/reading         # pages nobody has labelled yet
    python -m lab reading take build/reading                # answers → lab/gold/labels.jsonl

`queue` chooses pages of training sites whose text and HTML give the most unlike articles: there a
reading teaches most. It writes `NAME.page`, one block a line: number, marks of the DOM (`h1`–`h6`,
`li`, `a` where all of it is a link, `@` and the class words nearest to it) and the text, long ones
cut in the middle. The reader writes `NAME.zones` beside it: first the page's type and whether it
has a main text of its own, `= listing no`, then `1 T`, `2-14 X` … with the codes of CODES, by the
guide in the gold pages' README. `take` checks that every block has one zone and keeps type, zones
and hashes of lines, never the text.
"""

import json
import re
from binascii import crc32
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

from articlecli import Options, extract
from lab.gold import pages
from lab.gold.labels import LETTERS, labelled_keys, line_hash, read_labels, write_labels
from lab.gold.zones import SHORT
from lab.make.flatten import lines_of
from lab.score import word_f1

CODES = {code: zone for zone, code in SHORT.items()}
TYPES = """
    article forum product collection listing documentation service recipe login error other
""".split()
ENGLISH = 0.4
"""Share of English pages among those to be read: other languages are thin."""
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


def queue(out: Path, count: int) -> None:
    """Write the pages to be read, one or two a site."""
    out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        ranked = sorted(filter(None, pool.map(unlikeness, _unlabelled(), chunksize=8)))
    sites: Counter[str] = Counter()
    left = Counter({"en": round(ENGLISH * count)})
    index: dict[str, dict[str, Any]] = {}
    for _, name, key, language, summed, lines in ranked:
        english = language == "en"
        if len(index) == count or sites[name] == 2 or (english and not left["en"]):
            continue
        sites[name] += 1
        left["en"] -= english
        number = f"{len(index) + 1:03}-{language}"
        index[number] = {"set": key[0], "id": key[1], "language": language, "sum": summed}
        (out / f"{number}.page").write_text("\n".join(lines) + "\n")
    (out / "index.json").write_text(json.dumps(index, indent=1))
    print(len(index), "pages", dict(Counter(v["language"] for v in index.values())))


def _unlabelled() -> Iterator[dict[str, Any]]:
    done = labelled_keys()
    for name in pages.SETS:
        for page in pages.load(name):
            if (page["set"], page["id"]) not in done and not pages.unseen(page):
                yield page


def unlikeness(
    page: dict[str, Any],
) -> tuple[float, str, tuple[str, str], str, int, list[str]] | None:
    """How alike a page's articles from text and HTML are, 0–1; site, key, language, sum, lines.

    `None` for a page that is too short or too long to be read.
    """
    tree = pages.parse(page["html"])
    blocks = pages.dom_blocks(tree) if tree is not None else []
    if len(blocks) not in SIZES:
        return None
    title = pages.page_title(tree)
    flat = "\n".join(lines_of(blocks, "wet", title, Random(0))[0])
    text = extract(flat, options=Options(input_format="text"))
    html = extract(page["html"], options=Options(input_format="html"))
    alike = word_f1(text.text, html.text) if text.text or html.text else 1.0
    lines = [f"0 <title> | {title}"] if title else []
    lines += [f"{i} {show(block)}" for i, block in enumerate(blocks, 1)]
    key = page["set"], page["id"]
    return alike, pages.site(page), key, html.language or "xx", _sum(page), lines


def _sum(page: dict[str, Any]) -> int:
    """Tells two pages of one id apart."""
    return crc32(page["html"].encode())


def zones_of(answer: str, count: int, *, titled: bool) -> list[str]:
    """Zone code of every block from a reader's answer.

    Raises:
        ValueError: A block without a zone or with two, or a code that is none.

    """
    first = 0 if titled else 1
    codes: dict[int, str] = {}
    for whole in answer.splitlines():
        line = whole.partition("#")[0].strip()
        if not line or line.startswith("="):
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


def type_of(answer: str) -> tuple[str, bool]:
    """A page's type, and whether it has a main text of its own, from a reader's answer.

    Raises:
        ValueError: The answer does not say.

    """
    told = re.search(r"^=\s*([a-z]+)\s+(yes|no)\s*$", answer, re.MULTILINE)
    if not told or told[1] not in TYPES:
        raise ValueError(f"no line `= TYPE yes|no`, TYPE one of {', '.join(TYPES)}")
    return told[1], told[2] == "yes"


def take(folder: Path, *, check: bool) -> bool:
    """Answers → `labels.jsonl`; whether each was fit to be taken."""
    index = json.loads((folder / "index.json").read_text())
    wanted = {(v["set"], v["id"]): (k, v) for k, v in index.items()}
    given = {path.stem for path in folder.glob("*.zones")}
    labels, letter_of = read_labels(), {zone: letter for letter, zone in LETTERS.items()}
    bad = 0
    for name in pages.SETS:
        for page in pages.load(name):
            number, facts = wanted.get((page["set"], page["id"]), ("", {}))
            if number not in given or facts["sum"] != _sum(page):
                continue
            tree = pages.parse(page["html"])
            blocks, title = pages.dom_blocks(tree), pages.page_title(tree)
            try:
                answer = (folder / f"{number}.zones").read_text()
                page_type, story = type_of(answer)
                codes = zones_of(answer, len(blocks), titled=bool(title))
            except ValueError as error:
                print(f"{number}: {error}")
                bad += 1
                continue
            if check:
                continue
            lines = ([title] if title else []) + [block.text for block in blocks]
            labels[page["set"], page["id"]] = {
                **{key: facts[key] for key in ("set", "id", "language")},
                "page_type": page_type,
                "story": story,
                "zones": "".join(letter_of[CODES[code]] for code in codes),
                "hashes": [line_hash(line) for line in lines],
            }
    if not check:
        write_labels(labels)
    print(len(given), "answers,", bad, "refused")
    return not bad
