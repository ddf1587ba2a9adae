"""Where a run stands, and what it needs to go on after it was stopped at any moment.

Chunks are done side by side and their outcomes recorded in order; behind the last one recorded, all
is written. So the whole state of a run is one small file: the next chunk, how long each output that
grows was then, and the counts. A run that goes on cuts the outputs to those lengths and starts
with that chunk: what was written beyond them is made again, byte for byte.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from shutil import rmtree

import msgspec

from articlecli.batch.report import Counts
from articlecli.disk import write_file
from articlecli.errors import InputError
from articlecli.read.paths import shown

TIMES = "times of the inputs"
"""The one choice that runs begun by older versions have not noted."""
OF_A_SESSION = ("state.json", "errors.jsonl", "errors.jsonl.part", "report.json")


class State(msgspec.Struct):
    """Where a run stands."""

    place: tuple[int, int] = (0, 0)
    """The next chunk: number of its first input, and number of the chunk in that input."""
    lengths: dict[str, int] = {}
    """Output that grows → its bytes so far."""
    counts: Counts = msgspec.field(default_factory=Counts)
    finished: bool = False


class Journal:
    """The folder of a run's notes: `run.json`, `state.json`, `errors.jsonl`, `report.json`."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.state = State()

    def path(self, name: str) -> str:
        """Path of one of the notes."""
        return os.path.join(self.folder, name)

    def read(self, name: str) -> bytes | None:
        """One of the notes; `None` where it is not there."""
        try:
            with open(self.path(name), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def begin(self, choices: dict[str, object], *, fresh: bool) -> bool:
        """Take up the run that these notes are of, or begin one.

        Args:
            choices: What decides the outputs: version, model, options, inputs.
            fresh: Start over, whatever was there.

        Returns:
            Whether an earlier run goes on.

        Raises:
            InputError: The notes are of a run with other choices.

        """
        text = msgspec.json.format(msgspec.json.encode(choices, order="sorted"), indent=2) + b"\n"
        before = self.read("run.json")
        if fresh or before is None:
            self.start_over()
            write_file(self.path("run.json"), text)
            return False
        if before != text and (differing := difference(before, choices)):
            raise InputError(
                f"was begun with other choices ({differing})",
                "repeat those, name another output, or start again with --fresh",
                path=shown(self.folder),
            )
        state = self.read("state.json")
        if state is not None:
            self.state = msgspec.json.decode(state, type=State)
        return state is not None

    def start_over(self) -> None:
        """Forget where the run stood; what decides its outputs stays."""
        self.state = State()
        for name in OF_A_SESSION:
            with suppress(FileNotFoundError):
                os.unlink(self.path(name))
        self.clear()

    @property
    def parts(self) -> str:
        """Folder of unfinished outputs, and tallies of shards."""
        return self.path("parts")

    def clear(self) -> None:
        """Remove unfinished outputs and tallies."""
        rmtree(self.parts, ignore_errors=True)

    def save(self) -> None:
        """Note where the run stands."""
        write_file(self.path("state.json"), msgspec.json.encode(self.state) + b"\n")

    def failed_inputs(self) -> set[str]:
        """Inputs that failed, as the list of errors names them."""
        lines = (self.read("errors.jsonl") or b"").splitlines()
        return {str(msgspec.json.decode(line)["input"]) for line in lines}

    def note_outputs(self, folder: str, outputs: Iterable[str]) -> None:
        """Keep a list of a folder's outputs, and remove those that only an earlier list has.

        Args:
            folder: Folder of the outputs.
            outputs: Their paths in it.

        """
        now = sorted({os.path.relpath(path, folder) for path in outputs})
        before = (self.read("outputs.list") or b"").split(b"\0")
        for name in {os.fsdecode(one) for one in before if one} - set(now):
            path = os.path.join(folder, name)
            if os.path.isabs(name) or {os.pardir, os.path.basename(self.folder)} & {
                *name.split(os.sep)
            }:
                continue  # no output: somebody has edited the list
            with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                os.unlink(path)
            with suppress(OSError):  # a folder that holds more stays
                os.removedirs(os.path.dirname(path))
        write_file(self.path("outputs.list"), b"\0".join(map(os.fsencode, now)))


def difference(before: bytes, choices: dict[str, object]) -> str:
    """Which choices of a run's notes are others now; empty where none is."""
    try:
        old = msgspec.json.decode(before)
    except msgspec.DecodeError:
        return "run.json is damaged"
    if not isinstance(old, dict):
        return "run.json is damaged"
    now = msgspec.json.decode(msgspec.json.encode(choices))
    if TIMES not in old:
        now.pop(TIMES, None)
    return ", ".join(key for key in sorted({*old, *now}) if old.get(key) != now.get(key))
