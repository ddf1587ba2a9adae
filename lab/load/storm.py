"""Kills a batch again and again, at random instants, and compares what it ends with to a calm run.

    python -m lab storm --kills 200

Half of the kills end the whole run (`kill -9` to every process of it), half only one worker. After
each kill of the run the same command is given again. Prints one line, exits 1 on any difference.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from lab.load.crowd import made_pages


def command(source: Path, out: Path) -> list[str]:
    """A batch with two workers."""
    return [sys.executable, "-m", "articlecli", "batch", str(source), "-o", str(out), "-q",
            "--workers", "2"]  # fmt: skip


def outputs(folder: Path) -> dict[str, bytes]:
    """The files of a run, and its list of errors."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "_run" not in path.parts
    } | {"errors": (folder / "_run" / "errors.jsonl").read_bytes()}


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


def storm(kills_wanted: int, page_count: int, seed: int) -> str:
    """Kill batches until there were enough kills, and say so in a line.

    Raises:
        SystemExit: A run ended otherwise than the calm run.

    """
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        source = root / "in"
        pages = list(made_pages(page_count))
        for path, page in pages[: len(pages) // 2]:
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_text(page, encoding="utf-8")
        rows = (json.dumps({"id": path, "html" if path.endswith("html") else "text": page})
                for path, page in pages[len(pages) // 2 :])  # fmt: skip
        (source / "shard.jsonl").write_text("\n".join(rows) + "\nno json\n", encoding="utf-8")
        started = time.monotonic()
        subprocess.run(command(source, root / "calm"), check=False)
        calm = time.monotonic() - started
        kills = runs = 0
        whole = workers = 0
        while kills < kills_wanted:
            out = root / f"storm{runs}"
            runs += 1
            while True:
                process = subprocess.Popen(command(source, out), start_new_session=True)
                signal.alarm(300)  # a run that hangs ends the storm
                time.sleep(rng.uniform(0.2, 0.5 * calm))
                if process.poll() is not None or kills >= kills_wanted:
                    process.wait()
                    break
                if rng.random() < 0.5:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                    whole += 1
                    kills += 1
                    continue
                victims = workers_of(process.pid)
                if victims:
                    with suppress(ProcessLookupError):
                        os.kill(rng.choice(victims), signal.SIGKILL)
                        workers += 1
                        kills += 1
                if process.wait() not in (0, 1):
                    sys.exit(f"run {runs}, after {kills} kills: a worker's end ended the run")
                break
            if outputs(out) != outputs(root / "calm"):
                sys.exit(f"run {runs}, after {kills} kills: other outputs than the calm run's")
        return (f"{kills} kills ({whole} of the run, {workers} of a worker) in {runs} runs of "
              f"{page_count} pages: every run ended in the calm run's bytes")  # fmt: skip
