"""The figures of batches, each a ratio of two things measured one after the other in one run.

    python -m lab pace                                    # takes the better part of an hour
    python -m lab pace --pages 1500 --only workers,cost   # a part of it, small

    workers   pages a second with two workers and with one, over a folder and over a shard
    cost      a batch with one worker and a bare loop over the same pages in one process
    memory    peak memory on a shard and on one ten times as large
    wet       the time that reading a WET file takes alone, as a share of the whole
    peer      trafilatura's folder mode on the same folder of HTML

The pages are synthetic (`crowd.py`) and good for nothing but load. Times are the least of
`--rounds`, the two sides of a ratio taking turns.
"""

import gzip
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lab.load.crowd import made_pages
from lab.results import ROOT

Call = Callable[[], float]
SITE = 60
"""Pages of a site: too few for a site to be known well."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """What is measured, and on how much."""

    pages: int
    rounds: int
    small: int
    """Megabytes of the smaller shard of `memory`."""
    times: int
    """How much larger the other shard is."""
    page_repeat: int
    """Times that each page stands in the shards of `memory`."""


def measure_pace(sections: Sequence[str], load: Load) -> None:
    """Print the rows of some sections."""
    print("| measured | one side | the other | ratio | aim |\n|---|---|---|---|---|", flush=True)
    for name in sections:
        with tempfile.TemporaryDirectory() as folder:
            for row in SECTIONS[name](Path(folder), load):
                print(f"| {' | '.join(row)} |", flush=True)


def workers(root: Path, load: Load) -> Iterator[tuple[str, ...]]:
    """Two workers and one."""
    pages = list(made_pages(load.pages))
    write_folder(root / "in", pages)
    write_shard(root / "s.jsonl", pages)
    for source, name in ((root / "in", "folder"), (root / "s.jsonl", "JSONL")):
        one, two = turns(
            load.rounds,
            partial(batch, source, root / "out", 1),
            partial(batch, source, root / "out", 2),
        )
        yield (f"two workers and one, {name}", rate(load.pages, two), rate(load.pages, one),
               f"{one / two:.2f}", "at least 1.85")  # fmt: skip


def cost(root: Path, load: Load) -> Iterator[tuple[str, ...]]:
    """A batch and a bare loop."""
    write_shard(root / "s.jsonl", made_pages(load.pages))
    command = [
        sys.executable,
        "-m",
        "lab",
        "pace",
        "--bare",
        str(root / "s.jsonl"),
        str(root / "bare.jsonl"),
    ]

    def bare() -> float:
        return float(
            subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        )

    ours, theirs = turns(load.rounds, lambda: batch(root / "s.jsonl", root / "out", 1), bare)
    yield ("batch with one worker and a bare loop", rate(load.pages, ours),
           rate(load.pages, theirs), f"{ours / theirs:.3f}", "at most 1.1")  # fmt: skip
    # On a machine that others use too, the time of the processors says more than the clock.
    whole = watched(command_of(root / "s.jsonl", fresh(root / "out"), 1))[1]
    loop = watched(command)[1]
    yield ("the same in processor seconds, start included", f"{whole:.1f} s", f"{loop:.1f} s",
           f"{whole / loop:.3f}", "at most 1.1")  # fmt: skip


def bare_loop(shard: str, out: str) -> float:
    """Seconds for the records of a shard, read beforehand, one after the other."""
    from articlecli.extractor import extract_page
    from articlecli.options import Options
    from articlecli.read import read_page
    from articlecli.read.records import Fields, read_records
    from articlecli.write import to_json

    plain = Options()
    records = list(read_records(shard, "jsonl", Fields()))
    started = time.perf_counter()
    with open(out, "wb") as file:
        for record in records:
            assert record.source is not None
            page = read_page(record.source, url=record.url, options=plain, path=record.id)
            file.write(to_json(extract_page(page, options=plain), indent=0) + b"\n")
    return time.perf_counter() - started


def memory(root: Path, load: Load) -> Iterator[tuple[str, ...]]:
    """A shard and a larger one."""
    peaks = []
    for number, size in enumerate((load.small, load.small * load.times)):
        shard = root / f"s{number}.jsonl"
        fill_shard(shard, size << 20, load.page_repeat)
        peaks.append(watched(command_of(shard, fresh(root / "out"), 2))[0])
        shard.unlink()
    yield (f"peak memory, {load.small * load.times} MB and {load.small} MB of JSONL",
           f"{peaks[1] / 1e6:.0f} MB", f"{peaks[0] / 1e6:.0f} MB", f"{peaks[1] / peaks[0]:.2f}",
           "at most 1.3")  # fmt: skip


def wet(root: Path, load: Load) -> Iterator[tuple[str, ...]]:
    """Reading alone and the whole."""
    from articlecli.read.records import Fields, read_records

    shard = root / "s.warc.wet.gz"
    pages = (page for page in made_pages(1 << 40) if page[0].endswith(".txt"))
    count = write_wet(shard, itertools.islice(pages, load.pages))

    def reading() -> float:
        started = time.perf_counter()
        read = sum(1 for _ in read_records(str(shard), "warc", Fields()))
        assert read == count, f"{read} records of {count}"
        return time.perf_counter() - started

    whole, alone = turns(load.rounds, lambda: batch(shard, root / "out", 1), reading)
    yield ("reading WET alone and the whole, one worker", f"{alone:.2f} s", f"{whole:.2f} s",
           f"{alone / whole:.3f}", "at most 0.1")  # fmt: skip


def peer(root: Path, load: Load) -> Iterator[tuple[str, ...]]:
    """The folder mode of trafilatura."""
    script = Path(sys.executable).with_name("trafilatura")
    if not script.exists():
        print("peer is left out: trafilatura is not installed", file=sys.stderr)
        return
    pages = (page for page in made_pages(1 << 40) if page[0].endswith(".html"))
    write_folder(root / "in", itertools.islice(pages, load.pages))
    given = len(files(root / "in"))
    command = [str(script), "--input-dir", "in", "--output-dir", "peer", "--parallel", "2"]

    def other() -> float:
        fresh(root / "peer")
        started = time.perf_counter()
        subprocess.run(command, cwd=root, check=True, capture_output=True)
        return time.perf_counter() - started

    ours, theirs = turns(
        load.rounds, lambda: batch(root / "in", root / "out", 2, whole=True), other
    )
    written = [
        sum("_run" not in path.parts for path in files(root / name)) for name in ("out", "peer")
    ]
    yield ("articlecli and trafilatura, 2 workers, folder of HTML",
           f"{rate(given, ours)}, {written[0]} of {given} written",
           f"{rate(given, theirs)}, {written[1]} of {given} written",
           f"{theirs / ours:.2f}", "")  # fmt: skip


SECTIONS = {"workers": workers, "cost": cost, "memory": memory, "wet": wet, "peer": peer}


def turns(rounds: int, one: Call, other: Call) -> tuple[float, float]:
    """Least seconds of two things that take turns."""
    times = [(one(), other()) for _ in range(rounds)]
    return min(a for a, _ in times), min(b for _, b in times)


def rate(pages: int, seconds: float) -> str:
    """Pages a second, in words."""
    return f"{pages / seconds:.0f} pages a second"


def command_of(source: Path, out: Path, workers: int) -> list[str]:
    """A batch without messages."""
    return [sys.executable, "-m", "articlecli", "batch", str(source), "-o", str(out), "-q",
            "--workers", str(workers)]  # fmt: skip


def batch(source: Path, out: Path, workers: int, *, whole: bool = False) -> float:
    """Seconds of a batch, as its report has them, or of the whole command."""
    command = command_of(source, fresh(out), workers)
    started = time.perf_counter()
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - started
    return seconds if whole else json.loads((out / "_run" / "report.json").read_text())["seconds"]


def watched(command: list[str]) -> tuple[int, float]:
    """Peak memory in bytes and processor seconds of a command, its processes added up."""
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    peaks: dict[int, int] = {}
    seconds: dict[int, float] = {}
    tick = os.sysconf("SC_CLK_TCK")
    while process.poll() is None:
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            pid = int(entry.name)
            try:
                if os.getpgid(pid) != process.pid:
                    continue
                told = re.search(r"VmHWM:\s+(\d+)", (entry / "status").read_text())
                used = (entry / "stat").read_text().rpartition(")")[2].split()[11:13]
            except OSError:
                continue
            if told:
                peaks[pid] = 1024 * int(told[1])
            seconds[pid] = sum(map(int, used)) / tick
        time.sleep(0.05)
    assert process.returncode == 0, f"{command[:4]} ended with {process.returncode}"
    return sum(peaks.values()), sum(seconds.values())


def fresh(folder: Path) -> Path:
    """A folder without what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def files(folder: Path) -> list[Path]:
    """Files below a folder."""
    return [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]


def write_folder(folder: Path, pages: Iterable[tuple[str, str]]) -> None:
    """One file a page."""
    for name, page in pages:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")


def row_of(name: str, page: str) -> str:
    """A page as a line of JSON."""
    field = "html" if name.endswith(".html") else "text"
    return json.dumps({"id": name, field: page}, ensure_ascii=False) + "\n"


def write_shard(path: Path, pages: Iterable[tuple[str, str]]) -> None:
    """One file of JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(row_of(name, page) for name, page in pages)


def fill_shard(path: Path, size: int, repeat: int) -> None:
    """A shard of so many bytes; each page stands in it a number of times."""
    with path.open("wb") as file:
        for name, page in made_pages(1 << 40):
            row = row_of(name, page).encode()
            for _ in range(repeat):
                if file.tell() >= size:
                    return
                file.write(row)


def write_wet(path: Path, pages: Iterable[tuple[str, str]]) -> int:
    """A WET file of sites with `SITE` pages each; how many pages are in it."""
    count = 0
    with path.open("wb") as file:
        for name, page in pages:
            count += 1
            body = page.encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:{count}>\r\n"
                "WARC-Date: 2024-01-01T00:00:00Z\r\n"
                f"WARC-Target-URI: https://s{count // SITE}.crowd.example/{name}\r\n"
                f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + body + b"\r\n\r\n"))
    return count
