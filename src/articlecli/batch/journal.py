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
from typing import TypeVar

import msgspec

from articlecli.batch.report import Counts
from articlecli.disk import places, write_file
from articlecli.errors import InputError
from articlecli.read.paths import shown

Note = TypeVar("Note")
TIMES = "times of the inputs"
"""The one choice that runs begun by older versions have not noted."""
OF_THE_INPUTS = ("inputs", "names and sizes of the inputs", TIMES)
"""Choices that an update may find changed."""
LEDGER = "inputs.list"
"""What each input was when it was done; see `ledger`."""
ERRORS = "errors.jsonl"
OF_A_SESSION = ("state.json", ERRORS, f"{ERRORS}.part", LEDGER, f"{LEDGER}.part", "report.json",
                "kept.json")  # fmt: skip


class FailedPage(msgspec.Struct):
    """A line of `errors.jsonl`, as far as a run reads it again."""

    input: str
    record: str | None


class State(msgspec.Struct):
    """Where a run stands."""

    place: tuple[int, int] = (0, 0)
    """The next chunk: number of its first input, and number of the chunk in that input."""
    lengths: dict[str, int] = {}
    """Output that grows → its bytes so far."""
    counts: Counts = msgspec.field(default_factory=Counts)
    finished: bool = False
    updating: bool = False
    """The place counts in the inputs that `--update` found new or changed, and in no others."""
    current: Counts = msgspec.field(default_factory=Counts)
    """Of the file of records that is done in part."""


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

    def read_grown(self, name: str) -> bytes:
        """One of the notes that grow, as far as the state says that it holds."""
        if self.state.finished:
            return self.read(name) or b""
        data = self.read(f"{name}.part")
        data = self.read(name) if data is None else data
        return (data or b"")[: self.state.lengths.get(name.partition(".")[0], 0)]

    def begin(self, choices: dict[str, object], *, fresh: bool, update: bool = False) -> bool:
        """Take up the run that these notes are of, or begin one.

        Args:
            choices: What decides the outputs: version, model, options, inputs.
            fresh: Start over, whatever was there.
            update: The inputs may be others; their choices are not noted yet then.

        Returns:
            Whether an earlier run goes on.

        Raises:
            InputError: The notes are of a run with other choices.

        """
        self._clear_unfinished()
        before = self.read("run.json")
        if fresh or before is None:
            self.start_over()
            self.note_choices(choices)
            return False
        self._refuse_others(before, choices, update=update)
        return self._load()

    def look(self, choices: dict[str, object]) -> bool:
        """As `begin` for an update, without a note of it."""
        before = self.read("run.json")
        if before is None:
            return False
        self._refuse_others(before, choices, update=True)
        return self._load()

    def _load(self) -> bool:
        state = self.read("state.json")
        if state is not None:
            self.state = decoded(state, State, self.path("state.json"))
        return state is not None

    def _refuse_others(self, before: bytes, choices: dict[str, object], *, update: bool) -> None:
        inputs = difference(before, {**_decoded(before), **_inputs_of(choices)})
        others = difference(before, {**choices, **_inputs_of(_decoded(before))})
        if others or (inputs and not update):
            remedy = "repeat those, name another output, or start again with --fresh"
            if not others:
                remedy = "do the new and changed ones with --update, or start again with --fresh"
            raise InputError(
                f"was begun with other choices ({', '.join(filter(None, (others, inputs)))})",
                remedy, path=shown(self.folder),
            )  # fmt: skip

    def note_choices(self, choices: dict[str, object]) -> None:
        """Keep what decides the outputs."""
        text = msgspec.json.format(msgspec.json.encode(choices, order="sorted"), indent=2) + b"\n"
        write_file(self.path("run.json"), text)

    def start_over(self) -> None:
        """Forget where the run stood; what decides its outputs stays."""
        self.state = State()
        for name in OF_A_SESSION:
            with suppress(FileNotFoundError):
                os.unlink(self.path(name))
        self.clear()

    def _clear_unfinished(self) -> None:
        """Remove notes that a run which was killed had not finished writing."""
        for name in os.listdir(self.folder):
            if name.startswith(".") and name.endswith(".part"):
                os.unlink(self.path(name))

    @property
    def parts(self) -> str:
        """Folder of unfinished outputs, and tallies of shards."""
        return self.path("parts")

    def clear(self) -> None:
        """Remove unfinished outputs and tallies."""
        rmtree(self.parts, ignore_errors=True)

    def save(self, marked: bytes | None = None) -> None:
        """Note where the run stands, or, as JSON, where it stood a moment ago."""
        write_file(self.path("state.json"), (marked or msgspec.json.encode(self.state)) + b"\n")

    def failed_inputs(self) -> set[str]:
        """Inputs that failed, as the list of errors names them."""
        return {page.input for page in failed_pages(self.read(ERRORS) or b"", self.path(ERRORS))}

    def note_outputs(self, folder: str, outputs: Iterable[str], *, prune: bool = True) -> list[str]:
        """Keep a list of a folder's outputs, and remove those that only an earlier list has.

        Args:
            folder: Folder of the outputs.
            outputs: Their paths in it.
            prune: Remove them; else they stay, in the list too.

        Returns:
            Paths of those that only the earlier list has, whether they were removed or not.

        """
        stale = self.stale_outputs(folder, outputs := list(outputs))
        now = _within(folder, outputs)
        if not prune:
            now |= _within(folder, stale)
        for path in stale if prune else ():
            os.unlink(path)
            with suppress(OSError):  # a folder that holds more stays
                os.removedirs(os.path.dirname(path))
        write_file(self.path("outputs.list"), b"\0".join(map(os.fsencode, sorted(now))))
        return stale

    def stale_outputs(self, folder: str, outputs: Iterable[str]) -> list[str]:
        """Outputs that are there and that only an earlier list has."""
        now = _within(folder, outputs)
        before = (self.read("outputs.list") or b"").split(b"\0")
        gone = {os.fsdecode(one) for one in before if one} - now
        place_of = places(folder, now | gone) if gone else str
        taken = set(map(place_of, now)) if gone else now
        names = sorted(name for name in gone if place_of(name) not in taken)
        notes = {os.pardir, os.path.basename(self.folder)}
        return [
            path
            for name in names
            # An absolute path, or one that leads out, is no output: somebody has edited the list.
            if not os.path.isabs(name) and not notes & {*name.split(os.sep)}
            if os.path.isfile(path := os.path.join(folder, name))
        ]


def _within(folder: str, paths: Iterable[str]) -> set[str]:
    """Paths that begin with a folder, without it."""
    start = os.path.join(folder, "")
    return {path.removeprefix(start) for path in paths}


def decoded(data: bytes, kind: type[Note], path: str) -> Note:
    """What a note holds.

    Args:
        data: The note, JSON.
        kind: What it is.
        path: Its file, for the error's sentence.

    Raises:
        InputError: It holds something else: a disk has lost it, or somebody has edited it.

    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise InputError("is damaged", "start again with --fresh", path=shown(path)) from None


def failed_pages(lines: bytes, path: str) -> list[FailedPage]:
    """The lines of `errors.jsonl`; raises as `decoded` does."""
    return [decoded(line, FailedPage, path) for line in lines.split(b"\n") if line]


def difference(before: bytes, choices: dict[str, object]) -> str:
    """Which choices of a run's notes are others now, from what to what; empty where none is."""
    old = _decoded(before)
    if not old:
        return "run.json is damaged"
    now = msgspec.json.decode(msgspec.json.encode(choices))
    if TIMES not in old:
        now.pop(TIMES, None)
    flat, flat_now = _flat(old), _flat(now)
    keys = sorted(key for key in {*flat, *flat_now} if flat.get(key) != flat_now.get(key))
    return ", ".join(_told(key, flat.get(key), flat_now.get(key)) for key in keys)


def _decoded(notes: bytes) -> dict[str, object]:
    try:
        old = msgspec.json.decode(notes)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return {}
    return old if isinstance(old, dict) else {}


def _inputs_of(choices: dict[str, object]) -> dict[str, object]:
    return {key: choices[key] for key in OF_THE_INPUTS if key in choices}


def _flat(choices: dict[str, object]) -> dict[str, object]:
    """Choices of all levels under the names of their options."""
    flat: dict[str, object] = {}
    for key, value in choices.items():
        if isinstance(value, dict):
            end = "_field" if key == "fields" else ""
            flat |= {f"{_OPTION.get(name, name)}{end}": one for name, one in value.items()}
        else:
            flat[key] = value
    return flat


_OPTION = {"page_seconds": "page_time", "page_bytes": "page_size"}
_HASHES = {"model", "furniture", "phrases", *OF_THE_INPUTS[1:]}
"""Choices whose values tell a reader nothing."""


def _told(key: str, old: object, now: object) -> str:
    if key in _HASHES:
        return key
    names: dict[object, str] = {None: "none", True: "on", False: "off"}
    before, after = (
        names[one] if one is None or isinstance(one, bool) else str(one) for one in (old, now)
    )
    plain = key in ("version", "trafilatura", "inputs")
    name = key if plain else f"--{key.replace('_', '-')}"
    return f"{name}: {before} → {after}"
