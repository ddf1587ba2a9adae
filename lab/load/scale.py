"""Batches as large as they get: many small files in one folder, many lines, many bytes.

    python -m lab scale                              # an hour and more, some 10 GB of disk
    python -m lab scale --files 20000 --lines 100000 --bytes 200000000
    python -m lab scale --refuse                     # some minutes: all but the extraction

Each input is done by two workers, once calmly, and once killed when half of it is done and started
again. Told are the seconds of each, those until the first outcome is noted, and the peak memory of
the driver and of the largest worker. Flat memory and seconds that grow with the input are what is
promised. With `--refuse` each page is refused for its size: what is left is all that a batch does
beside extracting, finding inputs, reading, handing out, noting, at the full number of pages.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

STORY = (
    "Home | News\n\nLamps along the quay, part {n}\n\nThe harbour office said on Friday that lamp "
    "{n} will be mended before the autumn, and that the walk stays open.\n\nContact | Imprint\n"
)
LONG = 20_000
"""Bytes of a page where bytes are counted."""
ASK_EVERY = 0.1


class Took(NamedTuple):
    """What a batch took."""

    seconds: float
    first: float
    """Seconds until the first outcome was noted."""
    driver: float
    """Peak of the process that reads and writes, MB."""
    worker: float
    """Peak of the largest worker, MB."""
    done: int
    """Pages that are accounted for."""


def many_files(folder: Path, count: int) -> None:
    """So many small pages in one folder."""
    folder.mkdir()
    for n in range(count):
        (folder / f"page{n:07}.txt").write_text(STORY.format(n=n), encoding="utf-8")


def many_lines(path: Path, count: int) -> None:
    """So many small pages in one file of JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            file.write(json.dumps({"id": n, "text": STORY.format(n=n)}) + "\n")


def many_bytes(path: Path, size: int) -> None:
    """Long pages in one file of JSON Lines, until it is so large."""
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for n in range(size):
            text = "\n\n".join(STORY.format(n=n + k) for k in range(LONG // len(STORY)))
            written += file.write(json.dumps({"id": n, "text": text}) + "\n")
            if written >= size:
                return


def processes(group: int) -> Iterator[tuple[int, float]]:
    """Processes of a group, and the peak of each in MB."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getpgid(int(entry.name)) == group:
                    status = (entry / "status").read_text()
                    peak = status.partition("VmHWM:")[2].split()
                    yield int(entry.name), int(peak[0]) / 1024 if peak else 0.0
            except OSError:
                continue


SMALLER = "100"
"""Bytes above which each page here is refused."""


def batch(source: Path, out: Path, kill_at: int | None = None, *, refuse: bool = False) -> Took:
    """A batch on two workers; with `kill_at` it is killed once so many pages are noted."""
    command = [sys.executable, "-m", "articlecli", "batch", str(source), "-o", str(out), "-q",
               "-j", "2"]  # fmt: skip
    command += ["--fresh"] * bool(kill_at) + ["--page-size", SMALLER] * refuse
    started = time.monotonic()
    process = subprocess.Popen(command, start_new_session=True)
    state, first, driver, worker, done = Path(f"{out}._run") / "state.json", 0.0, 0.0, 0.0, 0
    before = pages_of(state)
    while process.poll() is None:
        time.sleep(ASK_EVERY)
        for pid, peak in processes(process.pid):
            driver = max(driver, peak) if pid == process.pid else driver
            worker = max(worker, peak) if pid != process.pid else worker
        done = pages_of(state)
        if not first and done != before:
            first = time.monotonic() - started
        if kill_at is not None and done >= kill_at:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            break
    seconds = time.monotonic() - started
    return Took(seconds, first or seconds, driver, worker, pages_of(state))


def pages_of(state: Path) -> int:
    """Pages that a run's notes account for."""
    try:
        return sum(json.loads(state.read_bytes())["counts"]["results"].values())
    except (OSError, ValueError):
        return 0


def scale(files: int, lines: int, size: int, *, refuse: bool = False) -> str:
    """A table of what each input took; one of none is left out.

    Args:
        files: Small files in one folder.
        lines: Small pages in one file.
        size: Bytes of a file of long pages.
        refuse: Refuse each page for its size.

    Raises:
        SystemExit: A run that was killed and went on lost a page, or wrote other bytes.

    """
    heads = "input, pages, s, first s, driver MB, worker MB, killed at, went on s, first s".split(
        ", "
    )
    rows = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        inputs = {
            f"{files} files": (files, root / "pages", many_files),
            f"{lines} lines": (lines, root / "lines.jsonl", many_lines),
            f"{size / 1e6:.0f} MB": (size, root / "bytes.jsonl", many_bytes),
        }
        for told, (amount, source, make) in inputs.items():
            if not amount:
                continue
            make(source, amount)
            calm = batch(source, root / "calm.jsonl", refuse=refuse)
            half = max(1, calm.done // 2)
            killed = batch(source, root / "storm.jsonl", kill_at=half, refuse=refuse)
            went_on = batch(source, root / "storm.jsonl", refuse=refuse)
            if went_on.done != calm.done or not _same(root / "calm.jsonl", root / "storm.jsonl"):
                sys.exit(f"{told}: {went_on.done} pages after a kill instead of {calm.done}")
            figures = [
                f"{calm.seconds:.1f}", f"{calm.first:.1f}",
                f"{max(calm.driver, went_on.driver):.0f}",
                f"{max(calm.worker, went_on.worker):.0f}",
                str(killed.done), f"{went_on.seconds:.1f}", f"{went_on.first:.1f}",
            ]  # fmt: skip
            rows.append(f"| {told} | {calm.done} | {' | '.join(figures)} |")
            print(rows[-1], file=sys.stderr, flush=True)
            for path in (source, *root.glob("calm*"), *root.glob("storm*")):
                rmtree(path) if path.is_dir() else path.unlink()
    return "\n".join(rows)


def _same(one: Path, two: Path) -> bool:
    with one.open("rb") as a, two.open("rb") as b:
        while piece := a.read(1 << 20):
            if piece != b.read(1 << 20):
                return False
        return not b.read(1)
