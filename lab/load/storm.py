"""Stops a batch again and again, at random moments, and compares what it ends with to a calm run.

    python -m lab storm --kills 500
    python -m lab storm --kills 16 --pages 120      # the short form, a minute

Inputs are a folder of pages, JSON Lines plain and packed, WARC, WET and, with pyarrow, Parquet,
some damaged; outputs are a folder, packed JSON Lines and Parquet, in turn. A stop is `kill -9` of
the run or of one worker, SIGTERM, or Ctrl-C once or twice. It comes at the start, anywhere, in
quick succession, or when the last output has just got its name, before the run's notes say so.
After each stop of the run the same command is given again. Prints one line, exits 1 on any
difference. `tests/batch/stops.py` tries every moment of a small run.
"""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree

from lab.load.crowd import made_pages

Page = tuple[str, str]
LONGEST = 300
"""Seconds after which a run hangs: it ends the storm."""


def command(source: Path, out: Path) -> list[str]:
    """A batch with two workers, and time enough for a page on a machine that does other work."""
    return [sys.executable, "-m", "articlecli", "batch", str(source), "-o", str(out), "-q",
            "--workers", "2", "--page-time", str(LONGEST)]  # fmt: skip


def make_inputs(source: Path, count: int) -> None:
    """`count` pages, spread over inputs of every kind."""
    pages = list(made_pages(count))
    share = max(1, count // 6)
    parts = [pages[at : at + share] for at in range(0, 5 * share, share)]
    for name, page in pages[5 * share :]:
        path = source / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    source.mkdir(exist_ok=True)
    (source / "empty.txt").write_bytes(b"")
    lines = [json.dumps(_row(one)) for one in parts[0]]
    (source / "a.jsonl").write_text("\n".join([*lines, "no json", ""]), encoding="utf-8")
    packed = gzip.compress("\n".join(json.dumps(_row(one)) for one in parts[1]).encode())
    (source / "cut.jsonl.gz").write_bytes(packed[: -len(packed) // 5])
    (source / "c.warc.gz").write_bytes(b"".join(map(gzip.compress, map(_response, parts[2]))))
    wet = b"".join(map(_conversion, parts[3]))
    (source / "cut.warc.wet").write_bytes(wet[:-100])
    if find_spec("pyarrow"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = [{"id": name, "html": page, "url": f"https://storm.example/{name}"}
                for name, page in parts[4]]  # fmt: skip
        pq.write_table(pa.Table.from_pylist(rows), source / "e.parquet")


def _row(one: Page) -> dict[str, str]:
    name, page = one
    return {"id": name, "html" if name.endswith("html") else "text": page}


def _framed(kind: str, name: str, media: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:storm:{name}>\r\n"
        f"WARC-Target-URI: https://storm.example/{name}\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _conversion(one: Page) -> bytes:
    return _framed("conversion", one[0], "text/plain", one[1].encode())


def _response(one: Page) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + one[1].encode()
    return _framed("response", one[0], "application/http; msgtype=response", block)


def notes_of(out: Path) -> Path:
    """The folder of a run's notes."""
    return Path(f"{out}._run") if out.suffix else out / "_run"


def outputs(out: Path) -> dict[str, bytes]:
    """The files of a run, and its list of errors."""
    files = [out] if out.suffix else [path for path in sorted(out.rglob("*"))
                                      if path.is_file() and "_run" not in path.parts]  # fmt: skip
    found = {str(path.relative_to(out)): path.read_bytes() for path in files}
    report = json.loads((notes_of(out) / "report.json").read_bytes())
    counts = [report[name] for name in ("pages", "done", "no_article", "failed", "finished")]
    left = sorted(path.name for path in notes_of(out).iterdir())
    return found | {
        "errors": (notes_of(out) / "errors.jsonl").read_bytes(),
        "counts": json.dumps([counts, left]).encode(),
    }


def workers_of(pid: int) -> list[int]:
    """Processes that the run started, its forkserver's children among them."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getpgid(int(entry.name)) == pid and int(entry.name) != pid:
                    name = (entry / "cmdline").read_bytes()
                    if b"forkserver" in name or b"spawn" in name:
                        found.append(int(entry.name))
            except OSError:
                continue
    return found


class Storm:
    """One destination's runs under stops."""

    def __init__(self, source: Path, root: Path, name: str, rng: random.Random) -> None:
        self.source, self.rng = source, rng
        self.out, self.calm = root / f"storm-{name}", root / f"calm-{name}"
        self.said = root / f"said-{name}"
        started = time.monotonic()
        subprocess.run(command(source, self.calm), check=False)
        self.seconds = time.monotonic() - started
        self.expected = outputs(self.calm)
        self.stops: Counter[str] = Counter()

    def run(self) -> None:
        """One run, stopped as often as chance wants, to its end.

        Raises:
            SystemExit: It ended otherwise than the calm run.

        """
        for _ in range(self.rng.randint(1, 8)):
            if self._stopped(self.rng.choice(("start", "any", "any", "quick", "end"))):
                break
        else:
            self._await(self._begun())
        found = outputs(self.out)
        for name in self.expected | found:
            if found.get(name) != self.expected.get(name):
                sys.exit(f"{self.out.name} after {dict(self.stops)}: {name} differs from the calm "
                         f"run's: {found.get(name, b'')[:200]!r} instead of "
                         f"{self.expected.get(name, b'')[:200]!r}")  # fmt: skip
        for path in (self.out, notes_of(self.out)):
            if path.exists():
                rmtree(path) if path.is_dir() else path.unlink()

    def _begun(self) -> "subprocess.Popen[bytes]":
        with self.said.open("wb") as said:
            return subprocess.Popen(command(self.source, self.out), start_new_session=True,
                                    stderr=said)  # fmt: skip

    def _await(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait for a run that is let be.

        Raises:
            SystemExit: It hangs, or ends as no run does.

        """
        try:
            code = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            sys.exit(f"a run hangs after {dict(self.stops)}")
        if code not in (0, 1):
            sys.exit(f"a run ended with {code} after {dict(self.stops)}")
        if not (notes_of(self.out) / "report.json").exists():
            sys.exit(f"a run did not end after {dict(self.stops)}: {self.said.read_text()}")

    def _stopped(self, moment: str) -> bool:
        """Start the run and stop it at a moment; gives whether it came to its end."""
        process = self._begun()
        self._moment(moment, process)
        if process.poll() is not None:
            self._await(process)
            return True
        how = self.rng.choice(("kill", "kill", "kill", "term", "int", "int twice", "worker"))
        self.stops[f"{how} at {moment}"] += 1
        if how == "worker":
            for victim in workers_of(process.pid)[:1]:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
            self._await(process)
            return True
        with suppress(ProcessLookupError):
            if how == "kill":
                os.killpg(process.pid, signal.SIGKILL)
            elif how == "term":
                process.terminate()
            else:
                os.killpg(process.pid, signal.SIGINT)
                if how == "int twice":
                    time.sleep(self.rng.uniform(0, 0.1))
                    os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            sys.exit(f"a run does not end on {how} at {moment}")
        return False

    def _moment(self, moment: str, process: "subprocess.Popen[bytes]") -> None:
        """Wait until it is time to stop."""
        if moment == "start":
            time.sleep(self.rng.uniform(0, 0.6))
        elif moment == "any":
            time.sleep(self.rng.uniform(0.2, self.seconds))
        elif moment == "quick":
            self._until((notes_of(self.out) / "lock").exists, process)
            time.sleep(self.rng.uniform(0, 0.3))
        else:
            last = self.out if self.out.suffix else self.out / "pages"
            self._until(last.exists if self.out.suffix else lambda: self._has_all(last), process)
            time.sleep(self.rng.choice((0, 0, 0.002, 0.01)))

    def _until(self, told: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
        limit = time.monotonic() + LONGEST
        while not told() and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.001)

    def _has_all(self, folder: Path) -> bool:
        wanted = self.calm / folder.name
        return {path.name for path in folder.rglob("*")} >= {p.name for p in wanted.rglob("*")}


def storm(kills: int, pages: int, seed: int) -> str:
    """Stop batches until there were enough stops, and say so in a line.

    Raises:
        SystemExit: A run ended otherwise than the calm run.

    """
    rng = random.Random(seed)
    names: Sequence[str] = ["out", "out.jsonl.gz", *["out.parquet"] * bool(find_spec("pyarrow"))]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_inputs(root / "in", pages)
        storms = [Storm(root / "in", root, one, rng) for one in names]
        runs = 0
        while sum(sum(one.stops.values()) for one in storms) < kills:
            storms[runs % len(storms)].run()
            runs += 1
            print(f"{runs} runs, {sum(sum(s.stops.values()) for s in storms)} stops",
                  file=sys.stderr, flush=True)  # fmt: skip
    stops: Counter[str] = sum((one.stops for one in storms), Counter())
    told = ", ".join(f"{count} {how}" for how, count in sorted(stops.items()))
    return (f"{sum(stops.values())} stops ({told}) in {runs} runs of {pages} pages to "
            f"{', '.join(names)}: every run ended in the calm run's bytes")  # fmt: skip
