"""Where a run's outputs go, and what it needs to go on after it was stopped at any moment.

Chunks are done side by side and their outcomes taken in order; behind the last one taken, all is
written. So the whole state of a run is one small file: the next chunk, how long each output that
grows was then, and the counts. A run that goes on cuts the outputs to those lengths and begins
with that chunk: what was written beyond them is made again, byte for byte.
"""

import gzip
import os
from shutil import rmtree
from typing import BinaryIO, Protocol

import msgspec
from msgspec.structs import replace

from articlecli.batch.disk import write_whole
from articlecli.batch.work import Outcome
from articlecli.errors import InputError
from articlecli.read.files import shown


class Counts(msgspec.Struct):
    """How the pages ended so far."""

    results: dict[str, int] = {}
    reasons: dict[str, int] = {}
    """Result and reason, as `failed: time`."""
    languages: dict[str, int] = {}
    size: int = 0
    """Bytes read."""
    written: int = 0
    """Bytes added to outputs that grow: what they must hold at the end of the run."""

    def add(self, outcome: Outcome) -> None:
        """Count one page."""
        _up(self.results, outcome.result)
        if outcome.reason:
            _up(self.reasons, f"{outcome.result}: {outcome.reason}")
        if outcome.language:
            _up(self.languages, outcome.language)
        self.size += outcome.size

    def add_all(self, other: "Counts") -> None:
        """Count all pages that another has counted."""
        for mine, its in (
            (self.results, other.results),
            (self.reasons, other.reasons),
            (self.languages, other.languages),
        ):
            for key, number in its.items():
                _up(mine, key, number)
        self.size += other.size
        self.written += other.written

    @property
    def pages(self) -> int:
        """All pages so far."""
        return sum(self.results.values())


def _up(counts: dict[str, int], key: str, number: int = 1) -> None:
    counts[key] = counts.get(key, 0) + number


class Sink(Protocol):
    """Where bytes are added to the end."""

    def write(self, data: bytes, /) -> object:
        """Add them."""


def take(
    outcome: Outcome, counts: Counts, errors: Sink, target: "Growing | None", *, strict: bool
) -> None:
    """Count a page, and write its output and the line for its failure.

    Args:
        outcome: How the page ended.
        counts: What it is added to.
        errors: The list of failed pages.
        target: The output that grows; `None` where each page has its own.
        strict: A page without a story counts as failed.

    """
    if strict and outcome.result == "no_article":
        name = shown(outcome.input) + (f", record {outcome.record}" if outcome.record else "")
        message = f"{name} has no story ({outcome.reason}); --strict asks for one"
        outcome = replace(outcome, result="failed", reason="no story", message=message)
    counts.add(outcome)
    if target is not None:
        before = target.length
        target.write(outcome.output)
        counts.written += target.length - before
    if outcome.result == "failed":
        line = {
            "input": shown(outcome.input),
            "record": outcome.record,
            "reason": outcome.reason,
            "message": outcome.message,
        }
        errors.write(msgspec.json.encode(line) + b"\n")


class State(msgspec.Struct):
    """Where a run stands."""

    place: tuple[int, int] = (0, 0)
    """The next chunk: number of its first input, and number of the chunk in that input."""
    lengths: dict[str, int] = {}
    """Output that grows → its bytes so far."""
    counts: Counts = msgspec.field(default_factory=Counts)
    finished: bool = False


class Growing:
    """A file that grows chunk by chunk, under a name of its own until it is whole."""

    def __init__(self, path: str, length: int, *, part: str | None = None) -> None:
        self.path, self.part = path, part or path + ".part"
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if length and not os.path.exists(self.part) and os.path.exists(path):
            os.replace(path, self.part)  # it had been finished, and the state not yet written
        if length and (not os.path.exists(self.part) or os.path.getsize(self.part) < length):
            raise InputError(
                "is shorter than this run left it", "start again with --fresh",
                path=shown(self.part),
            )  # fmt: skip
        if not length:
            write_whole(self.part, b"")
        self._file: BinaryIO = open(self.part, "r+b")  # noqa: SIM115  # `close` closes it
        self._file.truncate(length)
        self._file.seek(length)
        self.length = length

    def write(self, data: bytes) -> None:
        """Add to the end."""
        if not data:
            return
        if self.path.endswith(".gz"):
            data = gzip.compress(data, 6, mtime=0)
        elif self.path.endswith(".zst"):
            data = _zstd(data)
        self._file.write(data)
        self.length += len(data)

    def flush(self) -> None:
        """Let what was written outlive a power cut."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self, *, whole: bool) -> None:
        """Close it; with its true name if it is whole."""
        self.flush()
        self._file.close()
        if whole:
            os.replace(self.part, self.path)


def _zstd(data: bytes) -> bytes:
    try:
        from compression.zstd import compress  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from backports.zstd import compress  # the same before Python 3.14
    return bytes(compress(data))


class Store:
    """The folder of a run's notes: `run.json`, `state.json`, `errors.jsonl`, `report.json`."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.state = State()

    def path(self, name: str) -> str:
        """Path of one of the notes."""
        return os.path.join(self.folder, name)

    def begin(self, run: dict[str, object], *, fresh: bool) -> bool:
        """Take up the run that these notes are of, or begin one.

        Args:
            run: What decides the outputs: version, model, options, inputs.
            fresh: Begin anew whatever was there.

        Returns:
            Whether an earlier run goes on.

        Raises:
            InputError: The notes are of a run with other choices.

        """
        text = msgspec.json.format(msgspec.json.encode(run, order="sorted"), indent=2) + b"\n"
        before = _read(self.path("run.json"))
        if fresh or before is None:
            for name in ("state.json", "errors.jsonl", "errors.jsonl.part", "report.json"):
                if os.path.exists(self.path(name)):
                    os.unlink(self.path(name))
            self.clear()
            write_whole(self.path("run.json"), text)
            return False
        if before != text:
            raise InputError(
                f"was begun with other choices ({_difference(before, run)})",
                "repeat those, name another output, or start again with --fresh",
                path=shown(self.folder),
            )
        told = _read(self.path("state.json"))
        if told is not None:
            self.state = msgspec.json.decode(told, type=State)
        return told is not None

    def start_over(self) -> None:
        """Forget where the run stood; what decides its outputs stays."""
        self.state = State()
        for name in ("state.json", "errors.jsonl", "errors.jsonl.part", "report.json"):
            if os.path.exists(self.path(name)):
                os.unlink(self.path(name))
        self.clear()

    @property
    def parts(self) -> str:
        """Folder of what many machines leave behind: unfinished outputs, tallies of shards."""
        return self.path("parts")

    def clear(self) -> None:
        """Take away what machines left behind."""
        rmtree(self.parts, ignore_errors=True)

    def save(self) -> None:
        """Note where the run stands."""
        write_whole(self.path("state.json"), msgspec.json.encode(self.state) + b"\n")


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _difference(before: bytes, run: dict[str, object]) -> str:
    """Which of the choices differ."""
    try:
        old = msgspec.json.decode(before)
    except msgspec.DecodeError:
        return "run.json is damaged"
    now = msgspec.json.decode(msgspec.json.encode(run))
    keys = [key for key in sorted({*old, *now}) if old.get(key) != now.get(key)]
    return ", ".join(keys) or "run.json was edited"
