"""articlecli beside others on one list of pages, side by side in one run.

    python -m lab bench --save                   # the tables of docs/speed.md
    python -m lab bench --only pages --rounds 1

    pages     processor milliseconds of a page: 100 gold pages of 200 to 310 lines, one a site
              (`bench_pages.txt`); each extractor in a process of its own, in turn with the others
    sizes     the same for one page of 1 KB to 1 MB, made of such pages
    batch     WET pages a second and worker, reading included; two workers against one; memory;
              what `--learn-furniture` costs, on sites of 60 pages
    start     `articlecli extract` on a small page against `python -c pass`

Text is given the page's flat lines, all others its HTML. The first call of a page is not counted:
what is timed is the better of two more. Datatrove's C4 filter keeps or drops lines of flat text;
it does not count sentences here, for which it would load spaCy.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from typing import Any

from lab.gold import pages
from lab.load.crowd import made_pages
from lab.load.pace import batch, command_of, fresh, turns, watched, write_wet
from lab.load.timing import command_ratios
from lab.make.flatten import lines_of
from lab.measure.peers import PEERS
from lab.results import ROOT

LIST = Path(__file__).with_name("bench_pages.txt")
"""Set and id of each page."""
SIZES = (1_000, 10_000, 100_000, 1_000_000)
BATCH = 12_000
"""Pages of a WET file: the start of a batch is a small part of it."""
Call = Callable[[dict[str, Any]], object]


def _fast(page: dict[str, Any]) -> object:
    import trafilatura

    return trafilatura.extract(page["html"], fast=True, include_comments=False)


def _c4() -> Call:
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    rule = C4QualityFilter(min_num_sentences=-1)
    return lambda page: rule.filter(Document(text=page["flat"], id="0"))


def _of_peer(name: str) -> Call:
    call = PEERS[name][1]
    return lambda page: call(page, page["flat"])


CONTENDERS: dict[str, tuple[str, Callable[[], Call]]] = {
    **{
        name: (PEERS[name][0], lambda name=name: _of_peer(name))  # type: ignore[misc]
        for name in ("articlecli, text", "articlecli, HTML", "trafilatura")
    },
    "trafilatura, fast": ("trafilatura", lambda: _fast),
    **{
        name: (PEERS[name][0], lambda name=name: _of_peer(name))  # type: ignore[misc]
        for name in ("readability", "resiliparse", "jusText", "boilerpy3")
    },
    "C4 rule, text": ("datatrove", _c4),
}
"""Name → distribution that tells its version, and what makes its call ready."""


def bench(sections: Sequence[str], rounds: int) -> dict[str, Any]:
    """Figures of some sections, and `versions` of the contenders."""
    with tempfile.TemporaryDirectory() as folder:
        return {name: SECTIONS[name](Path(folder), rounds) for name in sections}


def installed() -> dict[str, str]:
    """Version of each contender that is here."""
    found = {}
    for name, (package, _) in CONTENDERS.items():
        try:
            found[name] = version(package)
        except PackageNotFoundError:
            print(f"{name}: not installed", file=sys.stderr)
    return found


def chosen_pages() -> Iterator[dict[str, Any]]:
    """The pages of the list with their flat text, in its order."""
    wanted = {tuple(line.split(" ", 1)) for line in LIST.read_text().splitlines()}
    for name in pages.SETS:
        for page in pages.load(name):
            if (page["set"], page["id"]) not in wanted:
                continue
            tree = pages.parse(page["html"])
            lines = lines_of(pages.dom_blocks(tree), "wet", pages.page_title(tree), Random(0))[0]
            yield {"html": page["html"], "flat": "\n".join(lines), "lang": page.get("lang")}


def time_pages(root: Path, rounds: int) -> list[dict[str, Any]]:
    """Milliseconds of a page: `mean`, `median`, `low` and `high` tenths, and pages timed."""
    path = root / "pages.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(page) + "\n" for page in chosen_pages())
    times: dict[str, list[list[float]]] = defaultdict(list)
    for _ in range(rounds):
        for name in installed():
            times[name].append(_timed(name, path))
    rows = []
    for name, found in times.items():
        best = list(map(min, zip(*found, strict=True)))
        tenths = quantiles(best, n=10)
        rows.append({"name": name, "pages": len(best), "mean": mean(best),
                     "median": median(best), "low": tenths[0], "high": tenths[-1]})  # fmt: skip
    return rows


def time_sizes(root: Path, _rounds: int) -> list[dict[str, Any]]:
    """Milliseconds of one page of each of SIZES."""
    given = list(chosen_pages())
    path = root / "sizes.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for size in SIZES:
            page = {"html": _filled([p["html"] for p in given], size, "<body>{}</body>"),
                    "flat": _filled([p["flat"] for p in given], size, "{}"),
                    "lang": "en", "size": size}  # fmt: skip
            file.write(json.dumps(page) + "\n")
    rows = []
    for name in installed():
        found = _timed(name, path)
        rows.append({"name": name, "ms": dict(zip(map(str, SIZES), found, strict=False))})
    return rows


def _filled(texts: Sequence[str], size: int, around: str) -> str:
    """So many characters of pages, one after the other."""
    out, length = [], 0
    while length < size:
        for text in texts:
            out.append(text)
            length += len(text) + 1
            if length >= size:
                break
    return around.format("\n".join(out)[:size])


def _timed(name: str, path: Path) -> list[float]:
    """What a process of its own says of a contender: milliseconds of each page."""
    command = [sys.executable, "-m", "lab", "bench", "--work", name, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return list(json.loads(done.stdout.splitlines()[-1]))


def work(name: str, path: str) -> list[float]:
    """Processor milliseconds of each page of a file; the better of two calls after a first."""
    call = CONTENDERS[name][1]()
    told = []
    with open(path, encoding="utf-8") as file:
        for page in map(json.loads, file):
            call(page)
            best = float("inf")
            for _ in range(2):
                began = time.process_time()
                call(page)
                best = min(best, time.process_time() - began)
            told.append(round(1000 * best, 3))
    return told


def time_batches(root: Path, rounds: int) -> dict[str, float]:
    """Batches of one WET file.

    Returns:
        `pages` in it; `wet`: pages a second and worker; `two`: two workers against one; `worker`:
        the megabytes of one more; `learn`: processor seconds with `--learn-furniture` against
        those without.

    """
    shard, out = root / "s.warc.wet.gz", root / "out"
    texts = (page for page in made_pages(1 << 40) if page[0].endswith(".txt"))
    write_wet(shard, (next(texts) for _ in range(BATCH)))
    one, two = turns(rounds, lambda: batch(shard, out, 1), lambda: batch(shard, out, 2))
    plain, learning = (command_of(shard, out, 1), [*command_of(shard, out, 1), "--learn-furniture"])

    def used(command: list[str]) -> float:
        fresh(out)
        return watched(command)[1]

    alone, taught = turns(rounds, lambda: used(plain), lambda: used(learning))
    memory, both = (watched(command_of(shard, fresh(out), n))[0] for n in (1, 2))
    return {"pages": BATCH, "wet": BATCH / one, "two": one / two, "worker": (both - memory) / 1e6,
            "learn": taught / alone}  # fmt: skip


def time_start(_root: Path, rounds: int) -> dict[str, float]:
    """`command` and `click`, each against `python -c pass`."""
    command, click = command_ratios(runs=7 * rounds)
    return {"command": command, "click": click}


SECTIONS: dict[str, Callable[[Path, int], Any]] = {
    "pages": time_pages, "sizes": time_sizes, "batch": time_batches, "start": time_start,
}  # fmt: skip
