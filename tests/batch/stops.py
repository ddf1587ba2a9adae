"""Stops a batch at chosen moments of its writing, and compares what it ends with to a calm run.

    python -m tests.batch.stops                 # some moments, chosen by chance
    python -m tests.batch.stops --every         # each moment of each kind of output

A moment is just before one of the run's own operations on files: opening for writing, renaming,
removing, cutting, making a folder. A stop is a kill (nothing more happens) or an exception, as
Ctrl-C and SIGTERM make one, which the run's own cleaning up follows, and which may be met by a
second stop there. The run is done in this process, forked, so that a moment is always the same one.
"""

import argparse
import gzip
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from articlecli.batch import Job, destination_of, run, runner
from articlecli.batch.chunks import Chunk
from articlecli.batch.outcome import Outcome
from articlecli.batch.worker import extract_records
from articlecli.errors import ArticleCliError
from tests import TOTALS

OUTPUTS = ("out", "out.jsonl.gz", "out.parquet", "out.csv")
KILLED = 99
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
EVENTS = {"os.rename", "os.remove", "os.truncate", "os.mkdir", "os.rmdir", "os.link"}
STORY = (
    "Lamps along the quay\n\nThe harbour office said on Friday that lamp {n} of the quay will be "
    "mended before the autumn, and that the walk stays open until then.\n\nIts keeper has asked for "
    "it twice, he says.\n\nContact | Imprint\n"
)


class Inline:
    """An engine that does everything in this process."""

    whole_shards = False
    workers = 1

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """As `Engine.run`."""
        for chunk in chunks:
            yield chunk, extract_records(chunk.records, chunk.instructions)


def make_inputs(folder: Path) -> None:
    """Pages, some of them none, and files of records of each kind."""
    (folder / "pages").mkdir(parents=True)
    for n in range(34):  # more than a chunk
        (folder / "pages" / f"p{n:02}.txt").write_text(STORY.format(n=n))
    (folder / "pages" / "p33.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    rows = [json.dumps({"id": n, "text": STORY.format(n=n)}) for n in range(70)]
    (folder / "a.jsonl").write_text("\n".join([*rows[:40], "no json", *rows[40:]]) + "\n")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress("\n".join(rows[:5]).encode())[:-9])
    page = STORY.format(n=0).encode()
    head = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
    warc = b"".join(
        head + b"WARC-Record-ID: <urn:x:%d>\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (n, len(page), page)
        for n in range(3)
    )  # fmt: skip
    (folder / "c.warc.wet.gz").write_bytes(gzip.compress(warc))
    (folder / "d.warc").write_bytes(warc[:-30])
    (folder / "e.txt").write_bytes(b"")


def held(to: Path) -> dict[str, object]:
    """What a finished run has left, but for what tells of time."""
    folder = to if to.is_dir() else None
    notes = (folder or Path(f"{to}._run")) / ("_run" if folder else "")
    files = {"": to} if folder is None else {
        str(path.relative_to(folder)): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "_run" not in path.parts
    }  # fmt: skip
    report = json.loads((notes / "report.json").read_bytes())
    return {
        **{name: path.read_bytes() for name, path in files.items()},
        "errors": (notes / "errors.jsonl").read_bytes(),
        "report": {name: report[name] for name in TOTALS},
        "notes": sorted(path.name for path in notes.iterdir()),
    }


class Stop(BaseException):
    """An end by a signal that the run can clean up after."""


def session(source: Path, to: Path, stops: list[tuple[int, bool]], every: float) -> int:
    """One start of the run in a process of its own; gives how many moments it had, or -1.

    Args:
        source: The inputs.
        to: The output.
        stops: Moments, and whether each is a kill.
        every: Seconds between two notes of where the run stands.

    """
    read, write = os.pipe()
    if (pid := os.fork()) == 0:
        code = 1
        try:
            code = _session(source, to, stops, every, write)
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read) as file:
        said = file.read()
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, KILLED):
        sys.exit(f"a session ended with {code} after stops {stops} to {to.name}: {said}")
    return int(said) if code == 0 else -1


def _session(
    source: Path, to: Path, stops: list[tuple[int, bool]], every: float, write: int
) -> int:
    runner.SAVE_EVERY = every
    at, left = 0, list(stops)

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal at
        if event not in EVENTS and not (event == "open" and _writes(args)):
            return
        at += 1
        if left and at >= left[0][0]:
            _, kill = left.pop(0)
            if kill:
                os._exit(KILLED)
            raise Stop

    os.chdir(to.parent)
    sys.addaudithook(hook)
    job = Job((str(source),), destination_of(to.name), 1, quiet=True)
    try:
        run(job, Inline())
    except Stop:
        return KILLED
    except (ArticleCliError, OSError) as error:
        os.write(write, str(error).encode())
        return 1
    left.clear()
    os.write(write, str(at).encode())
    return 0


def _writes(args: tuple[object, ...]) -> bool:
    path, mode, flags = args
    if isinstance(path, str) and path == os.devnull:
        return False
    return isinstance(flags, int) and bool(flags & WRITING) and mode != "rb"


def check(source: Path, to: Path, chain: list[list[tuple[int, bool]]], every: float,
          calm: dict[str, object]) -> None:  # fmt: skip
    """Stop a run as often as the chain says, then finish it.

    Raises:
        SystemExit: It ends otherwise than the calm run.

    """
    for stops in chain:
        if session(source, to, stops, every) >= 0:
            break
    else:
        session(source, to, [], every)
    found = held(to)
    for name in {*calm, *found}:
        if found.get(name) != calm.get(name):
            sys.exit(f"stops {chain} to {to.name}, notes each {every} s: {name!r} differs: "
                     f"{str(found.get(name))[:300]} instead of {str(calm.get(name))[:300]}")  # fmt: skip
    for path in (to, Path(f"{to}._run")):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def main() -> None:
    """Try the moments, and say how many in one line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", action="store_true", help="each moment, killed and stopped")
    parser.add_argument("--chains", type=int, default=8, help="chains of stops an output")
    parser.add_argument("--seed", type=int, default=1)
    choices = parser.parse_args()
    rng = random.Random(choices.seed)
    outputs = list(OUTPUTS)
    try:
        import pyarrow.parquet  # noqa: F401  # before the forks
    except ImportError:
        outputs.remove("out.parquet")
    tried = 0
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        source = root / "in"
        make_inputs(source)
        extract_warm(source)
        for output in outputs:
            to = root / output
            moments = session(source, to, [], 0.5)
            calm = held(to)
            moments = max(moments, 1)
            check(source, to, [], 0.5, calm)
            chains = [
                [
                    sorted((rng.randint(1, moments), rng.random() < 0.5)
                           for _ in range(rng.choice((1, 1, 2))))
                    for _ in range(rng.randint(1, 4))
                ]
                for _ in range(choices.chains)
            ]  # fmt: skip
            if choices.every:
                chains += [[[(at, kill)]] for at in range(1, moments + 1) for kill in (True, False)]
            for chain in chains:
                check(source, to, chain, rng.choice((0.0, 0.5)), calm)
                tried += len(chain)
            print(f"{output}: {moments} moments", flush=True)
    print(f"{tried} stops, every run ended in the calm run's bytes")


def extract_warm(source: Path) -> None:
    """Read models and words once, and not in each fork."""
    from articlecli import extract

    extract((source / "pages" / "p00.txt").read_bytes())


if __name__ == "__main__":
    main()
