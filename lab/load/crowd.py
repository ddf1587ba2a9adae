"""Makes many pages for trying batches: samples with their words dealt out anew.

Synthetic, and good for nothing but load: no figure of quality may be taken from them.

    python -m lab crowd build/crowd --pages 2000             # a folder of pages
    python -m lab crowd build/shard.jsonl --pages 20000      # one shard
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"


def made_pages(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """`count` pages: a name with its suffix, and the text or HTML."""
    rng = random.Random(seed)
    given = [
        (path.suffix, path.read_text(encoding="utf-8"))
        for path in sorted(SAMPLES.iterdir())
        if path.suffix in (".txt", ".html") and _is_utf8(path)
    ]
    for number in range(count):
        suffix, text = rng.choice(given)
        end = f"<!-- {number} -->" if suffix == ".html" else ""
        yield f"{number % 97:02}/page{number:06}{suffix}", f"{_dealt(text, suffix, rng)}{end}\n"


def _is_utf8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _dealt(text: str, suffix: str, rng: random.Random) -> str:
    """A page with some of its words in each other's places; of HTML those between its tags."""
    place = r"(?<=>)[^<>]+(?=<)" if suffix == ".html" else r"(?s).+"
    start = max(0, text.find("<body"))
    head, body = text[:start], text[start:]
    told = " ".join(re.findall(place, body))
    words = sorted({word for word in re.findall(r"[^\W\d_]{4,}", told) if word.islower()})
    size = min(40, len(words))
    dealt = dict(zip(rng.sample(words, size), rng.sample(words, size), strict=True))

    def deal(part: re.Match[str]) -> str:
        return re.sub(r"\w+", lambda word: dealt.get(word[0], word[0]), part[0])

    return head + re.sub(place, deal, body)


def crowd(out: Path, count: int, seed: int) -> None:
    """Write `count` pages: one shard where `out` ends in `.jsonl`, else a folder of pages."""
    if out.suffix == ".jsonl":
        with out.open("w", encoding="utf-8") as file:
            for name, page in made_pages(count, seed):
                field = "html" if name.endswith(".html") else "text"
                row = {"id": name, field: page, "url": f"https://crowd.example/{name}"}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    for name, page in made_pages(count, seed):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
