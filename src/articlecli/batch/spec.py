"""What a run is asked to do, and what follows from it before any page is read."""

import os
from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import asdict, replace

from articlecli import __version__
from articlecli.batch.destination import RUN, Destination, Folder
from articlecli.batch.inputs import DEEPEST, Input, Note, find_inputs
from articlecli.batch.journal import TIMES
from articlecli.batch.limits import Limits
from articlecli.batch.progress import Log
from articlecli.disk import places
from articlecli.errors import InputError
from articlecli.model.file import MARKUP, TEXT, TYPES, model_bytes
from articlecli.options import Options
from articlecli.read.paths import is_remote, shown
from articlecli.read.records import Fields
from articlecli.write.render import Render


class Job(Struct, frozen=True):
    """Everything that a run is asked to do."""

    paths: tuple[str, ...]
    destination: Destination | None
    """`None` for standard output."""
    workers: int
    options: Options = Options()
    render: Render = Render()
    limits: Limits = Limits()
    patterns: tuple[str, ...] = ()
    hidden: bool = False
    follow_links: bool = False
    """Take what links in folders lead to outside them."""
    fields: Fields = Fields()
    fresh: bool = False
    max_failures: int | None = None
    strict: bool = False
    """A page without a story counts as failed."""
    quiet: bool = False
    log: Log = "auto"
    update: bool = False
    """Do the inputs that are new or changed since an earlier run, and no others."""
    prune: bool = False
    """With `update`: remove the outputs of inputs that are gone."""
    learn_sites: bool = False
    """Count the lines that the pages of a site share, and use the counts."""


def inputs_of(job: Job, note: Note | None = None) -> tuple[list[Input], int]:
    """Inputs of a run in a fixed order, and how many files of its folders are of no known kind.

    Raises:
        InputError: A path does not exist, or the output is an input.

    """
    note = note or (lambda _path, _why: None)
    inputs, passed_over = find_inputs(
        job.paths, patterns=job.patterns, hidden=job.hidden, follow_links=job.follow_links,
        note=note,
    )  # fmt: skip
    if job.destination is None:
        return inputs, passed_over
    out = os.path.realpath(job.destination.path)
    here = [os.path.realpath(path) for path in job.paths if not is_remote(path)]
    if any(path == out or path.startswith(out + os.sep) for path in here):
        raise InputError(
            "is one of the inputs, or holds one", "name another output",
            path=shown(job.destination.path),
        )  # fmt: skip
    # An output inside the input folder is no input, whole or not.
    kept = []
    real_folder = cache(os.path.realpath)  # asked for each file, it asks for each folder above it
    for one in inputs:
        if not is_remote(one.path) and _is_output(one.path, out, real_folder):
            note(one.path, "is an output of this run")
        else:
            kept.append(one)
    if isinstance(job.destination, Folder):
        kept = _with_clashes(kept, job.destination.path, job.render)
    return kept, passed_over


def refuse_none(job: Job, inputs: Sequence[Input], passed_over: int) -> None:
    """Refuse paths that hold no page: nearly always a wrong path or pattern.

    An empty list of paths is none: nothing was to be done.

    Raises:
        InputError: There is no input.

    """
    if inputs or not job.paths:
        return
    others = f" ({passed_over} files of other kinds)" if passed_over else ""
    more = f" and {len(job.paths) - 1} more" if len(job.paths) > 1 else ""
    raise InputError(
        f"holds no page{others}", "check the path and --pattern; --dry-run names what is passed "
        "over", path=shown(job.paths[0]) + more,
    )  # fmt: skip


def _is_output(path: str, out: str, real_folder: Callable[[str], str]) -> bool:
    if os.path.islink(path):
        real = os.path.realpath(path)
    else:
        real = os.path.join(real_folder(os.path.dirname(path)), os.path.basename(path))
    return real in (out, out + ".part") or real.startswith(out + os.sep)


def _with_clashes(inputs: list[Input], folder: str, render: Render) -> list[Input]:
    """Inputs, of which those whose output has no place are faults."""
    outputs = [one.name + (render.suffix if one.files else render.suffix_of_many) for one in inputs]
    place_of = places(folder, {RUN, *outputs, *_folders_of(outputs)})
    takers: dict[str, Input] = {}
    # A fault takes a place that no other wants.
    for one, output in sorted(zip(inputs, outputs, strict=True), key=lambda p: bool(p[0].problem)):
        takers.setdefault(place_of(output), one)
    return [
        _checked(one, takers[place_of(output)], takers, place_of)
        for one, output in zip(inputs, outputs, strict=True)
    ]


def _folders_of(paths: Iterable[str]) -> list[str]:
    """All folders that relative paths lie in, of each path the nearest first."""
    found: dict[str, None] = {}
    for path in paths:
        folder = os.path.dirname(path)
        while folder and folder not in found:
            found[folder] = None
            folder = os.path.dirname(folder)
    return list(found)


def _checked(
    one: Input, taker: Input, takers: Container[str], place_of: Callable[[str], str]
) -> Input:
    """An input, as a fault where there is no place for its output.

    Args:
        one: The input.
        taker: Who has the place of its output, itself as a rule.
        takers: All places of outputs.
        place_of: Tells names of the outputs' folder apart.

    """
    problem = None
    if place_of(one.name.split(os.sep, 1)[0]) == place_of(RUN):
        problem = f"has no place among the outputs, where {RUN} is for the run's notes; rename it"
    elif one.name.count(os.sep) > DEEPEST:
        problem = f"is more than {DEEPEST} folders deep; name one file as the output"
    elif above := next((one for one in _folders_of([one.name]) if place_of(one) in takers), None):
        problem = (
            f"needs a folder {shown(above)} among the outputs, which is the output of another "
            "input; run them separately"
        )
    elif taker is not one:
        problem = one.problem or (
            f"has the place of {shown(taker.name)} among the outputs, where the two names are one; "
            "rename it"
        )
    return replace(one, kind="fault", problem=problem, placed=False) if problem else one


def choices_of(job: Job, inputs: Sequence[Input]) -> dict[str, object]:
    """All that decides the outputs, and nothing else; `run.json`."""
    sizes_and_times = [size_and_time(one) for one in inputs]
    listed = [f"{one.name}\0{size}" for one, (size, _) in zip(inputs, sizes_and_times, strict=True)]
    models = b"".join(map(model_bytes, (TEXT, MARKUP, TYPES)))
    options = asdict(job.options)
    if own := options.pop("model"):
        models += encode(own)
    return {
        "version": __version__,
        "model": sha256(models).hexdigest()[:16],
        "trafilatura": None if options["second_opinion"] == "never" else version("trafilatura"),
        "options": options,
        "output": {**asdict(job.render), **asdict(job.limits), "keep": False},
        "fields": asdict(job.fields),
        "strict": job.strict,
        "inputs": len(inputs),
        "names and sizes of the inputs": _hash("\0".join(listed)),
        TIMES: _hash("\0".join(str(time) for _, time in sizes_and_times)),
    }


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def size_and_time(one: Input) -> tuple[int, int]:
    """Bytes of an input and when it was last changed (ns), as far as anybody tells."""
    if is_remote(one.path):
        return one.size, 0
    try:
        about = os.stat(one.path)
    except OSError:
        return -1, 0
    return about.st_size, about.st_mtime_ns
