"""What a run is asked to do, and what follows from it before any page is read."""

import os
from collections.abc import Sequence

import msgspec
from msgspec.structs import asdict

from articlecli import __version__
from articlecli.batch.inputs import Input, find_inputs
from articlecli.batch.work import Settings, output_name
from articlecli.data import read_data
from articlecli.errors import InputError
from articlecli.read.files import shown
from articlecli.read.records import Fields
from articlecli.read.remote import is_remote

RUN = "_run"
FILES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
"""Ends of `-o` that mean one file for all pages."""


class Job(msgspec.Struct, frozen=True):
    """Everything that a run is asked to do."""

    paths: tuple[str, ...]
    output: str
    settings: Settings
    workers: int
    patterns: tuple[str, ...] = ()
    hidden: bool = False
    fields: Fields = Fields()
    fresh: bool = False
    max_failures: int | None = None
    strict: bool = False
    """A page without a story counts as failed."""
    quiet: bool = False
    furniture: bool = False
    """Learn what the pages of a site share, and use it."""


def planned(job: Job) -> list[tuple[Input, str]]:
    """Each input of a run with the output it goes to; nothing is written."""
    inputs, _ = inputs_of(job)
    return [(one, output_of(one, job)) for one in inputs]


def inputs_of(job: Job) -> tuple[list[Input], int]:
    """Inputs of a run in a fixed order, and how many files of its folders are of no known kind.

    Raises:
        InputError: A path does not exist, or the output is an input.

    """
    inputs, passed_over = find_inputs(job.paths, patterns=job.patterns, hidden=job.hidden)
    out = os.path.realpath(job.output) + os.sep
    if any(not is_remote(p) and (os.path.realpath(p) + os.sep).startswith(out) for p in job.paths):
        raise InputError(
            "is one of the inputs, or holds one", "name another output", path=shown(job.output)
        )
    # An output folder inside the input folder is no input.
    kept = [i for i in inputs if is_remote(i.path) or not os.path.realpath(i.path).startswith(out)]
    same = os.path.realpath(job.output)
    if any(not is_remote(i.path) and os.path.realpath(i.path) == same for i in kept):
        raise InputError("is one of the inputs", "name another output", path=shown(job.output))
    return kept, passed_over


def notes_of(job: Job) -> str:
    """Folder of a run's notes: in the output folder, or beside the one file."""
    single = job.output.endswith(FILES)
    return f"{job.output}.{RUN}" if single else os.path.join(job.output, RUN)


def output_of(one: Input, job: Job) -> str:
    """Path of the file that an input's articles go to."""
    if job.output.endswith(FILES):
        return job.output
    if one.files:
        return os.path.join(job.output, output_name(one.name, job.settings.format))
    end = {"text": ".txt", "markdown": ".md"}.get(job.settings.format, ".jsonl")
    return os.path.join(job.output, one.name + end)


def choices_of(job: Job, inputs: Sequence[Input]) -> dict[str, object]:
    """All that decides the outputs, and nothing else."""
    from hashlib import sha256

    listed = "\0".join(f"{one.name}\0{_size(one)}" for one in inputs)
    settings = asdict(job.settings)
    options = asdict(settings.pop("options"))
    for name in ("folder", "parts", "furniture", "learn"):  # set on the way
        settings.pop(name)
    models = read_data("zones.model") + read_data("zones-html.model")
    return {
        "version": __version__,
        "model": sha256(models).hexdigest()[:16],
        "options": options,
        "output": settings,
        "fields": asdict(job.fields),
        "strict": job.strict,
        "inputs": len(inputs),
        "names and sizes of the inputs": sha256(
            listed.encode("utf-8", "surrogateescape")
        ).hexdigest()[:16],
    }


def _size(one: Input) -> int:
    try:
        return one.size if is_remote(one.path) else os.stat(one.path).st_size
    except OSError:
        return -1
