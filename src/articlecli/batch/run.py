"""A whole run: inputs → chunks → workers → outputs, and what is told about it."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from articlecli import __version__
from articlecli.batch.disk import write_whole
from articlecli.batch.engine import Engine, Local, Task
from articlecli.batch.furniture import furnish
from articlecli.batch.inputs import Input
from articlecli.batch.job import FILES, Job, choices_of, inputs_of, notes_of, output_of
from articlecli.batch.parquet import to_parquet
from articlecli.batch.plan import Chunk, chunks
from articlecli.batch.progress import Progress
from articlecli.batch.shard import Shard, Tally
from articlecli.batch.store import Growing, Store, take
from articlecli.batch.work import Settings
from articlecli.errors import InputError
from articlecli.read.files import shown

LINES = "lines.jsonl"
"""Among the notes of a run: the lines that become one file of Parquet at its end."""
SAVE_EVERY = 0.5
"""Seconds between two notes of where the run stands."""


class Report(msgspec.Struct, frozen=True):
    """How a run ended; `report.json`."""

    version: str
    finished: bool
    inputs: int
    passed_over: int
    """Files of the folders that are of no known kind."""
    pages: int
    done: int
    no_article: int
    failed: int
    reasons: dict[str, int]
    languages: dict[str, int]
    megabytes: float
    seconds: float
    """Of this session of the run."""
    pages_a_second: float
    megabytes_a_second: float
    workers: int
    resumed: bool


def run(job: Job, engine: Engine | None = None) -> Report:
    """Do a run, or go on with it.

    Args:
        job: What is to be done.
        engine: Who does it; `None` for this machine's own cores.

    Raises:
        InputError: A path does not exist, or the output is of a run with other choices.
        OSError: An output cannot be written; the run can be taken up again.

    """
    engine = engine or Local(job.workers)
    inputs, passed_over = inputs_of(job)
    single = job.output.endswith(FILES)
    store = Store(notes_of(job))
    with _locked(store.folder):
        choices = choices_of(job, inputs)
        if job.furniture:
            job, choices = furnish(job, inputs, store, choices, engine)
        resumed = store.begin(choices, fresh=job.fresh)
        if store.state.finished and (lost := _lost(job, inputs, store)):
            if not job.quiet:
                print(f"articlecli: {lost} since the run ended; it is done again", file=sys.stderr)
            store.start_over()
            resumed = False
        started, before = time.monotonic(), store.state.counts.pages
        size_before = store.state.counts.size
        if not store.state.finished:
            _work(job, inputs, store, engine, single=single)
            if store.state.finished and (lost := _lost(job, inputs, store)):
                store.state.finished = False
                store.save()
                raise InputError(
                    f"does not hold what the run wrote ({lost})", "start again with --fresh",
                    path=shown(job.output),
                )  # fmt: skip
        counts = store.state.counts
        seconds = time.monotonic() - started
        report = Report(
            version=__version__,
            finished=store.state.finished,
            inputs=len(inputs),
            passed_over=passed_over,
            pages=counts.pages,
            done=counts.results.get("done", 0),
            no_article=counts.results.get("no_article", 0),
            failed=counts.results.get("failed", 0),
            reasons=dict(sorted(counts.reasons.items())),
            languages=dict(sorted(counts.languages.items())),
            megabytes=round(counts.size / 1e6, 3),
            seconds=round(seconds, 3),
            pages_a_second=round((counts.pages - before) / seconds, 1) if seconds else 0.0,
            megabytes_a_second=round((counts.size - size_before) / 1e6 / seconds, 3),
            workers=engine.workers,
            resumed=resumed,
        )
        write_whole(
            store.path("report.json"),
            msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n",
        )
        return report


def _work(job: Job, inputs: Sequence[Input], store: Store, engine: Engine, *, single: bool) -> None:
    state = store.state
    errors = Growing(store.path("errors.jsonl"), state.lengths.get("errors", 0))
    growing: dict[str, Growing] = {}
    settings = job.settings
    if single:
        # Lines that are to become Parquet wait among the notes: a file beside the output may be
        # somebody's.
        path = store.path(LINES) if job.output.endswith(".parquet") else job.output
        growing[job.output] = Growing(path, state.lengths.get(job.output, 0))
        settings = replace(settings, format="jsonl")
    if engine.whole_shards:
        os.makedirs(store.parts, exist_ok=True)
        settings = replace(settings, parts=os.path.abspath(store.parts))
    in_pages = replace(settings, folder=None if single else job.output)
    in_records = replace(settings, format=_line_format(settings.format))
    pages_only = all(one.files for one in inputs)
    total = len(inputs) if pages_only else None
    saved = time.monotonic()
    whole = False
    try:
        with Progress(state.counts, total, quiet=job.quiet) as progress:
            todo = chunks(inputs, state.place, job.fields, whole=engine.whole_shards and not single)
            given = (
                Task(
                    chunk,
                    in_pages if chunk.files else in_records,
                    _shard(chunk, job, in_records, store) if chunk.whole else None,
                )
                for chunk in todo
            )
            for chunk, done in engine.run(given):
                if isinstance(done, Tally):
                    state.counts.add_all(done.counts)
                    errors.write(done.errors)
                else:
                    target = _target(chunk, job, state.lengths, growing, single=single)
                    for outcome in done:
                        take(outcome, state.counts, errors, target, strict=job.strict)
                    if target is not None and chunk.last and not single:
                        growing.pop(target.path).close(whole=True)
                        state.lengths.pop(target.path, None)
                state.place = chunk.after
                progress.show()
                failed = state.counts.results.get("failed", 0)
                if job.max_failures is not None and failed > job.max_failures:
                    break
                if time.monotonic() - saved >= SAVE_EVERY:
                    _save(store, errors, growing)
                    saved = time.monotonic()
            else:
                whole = True
    finally:
        if not whole:
            _save(store, errors, growing)
        for file in growing.values():
            file.close(whole=whole)
        errors.close(whole=whole)
    if not whole:
        return
    if single and job.output.endswith(".parquet"):
        to_parquet(growing[job.output].path, job.output)
    state.finished = True
    state.lengths = {}
    store.save()
    if os.path.exists(store.path(LINES)):
        os.unlink(store.path(LINES))  # only now: a stop before the state was saved needs it
    store.clear()


def _lost(job: Job, inputs: Sequence[Input], store: Store) -> str | None:
    """What the outputs of a finished run lack, in a few words; `None` where all is there."""
    if job.output.endswith(".parquet"):
        return None if os.path.isfile(job.output) else f"{shown(job.output)} is gone"
    growing = {output_of(one, job) for one in inputs if not one.files}
    if job.output.endswith(FILES):
        growing = {job.output}
    held = 0
    for path in sorted(growing):
        if not os.path.isfile(path):
            return f"{shown(path)} is gone"
        held += os.path.getsize(path)
    if held != store.state.counts.written:
        return f"{held} bytes of records instead of {store.state.counts.written}"
    if job.output.endswith(FILES):
        return None
    failed = _failed_pages(store)
    gone = [
        path
        for one in inputs
        if one.files and shown(one.name) not in failed
        if not os.path.isfile(path := output_of(one, job))
    ]
    if not gone:
        return None
    more = f" and {len(gone) - 1} more are gone" if len(gone) > 1 else " is gone"
    return shown(gone[0]) + more


def _failed_pages(store: Store) -> set[str]:
    """Inputs that failed, as the list of errors names them."""
    try:
        with open(store.path("errors.jsonl"), "rb") as file:
            return {str(msgspec.json.decode(line)["input"]) for line in file}
    except FileNotFoundError:
        return set()


def _shard(chunk: Chunk, job: Job, settings: Settings, store: Store) -> Shard:
    number = chunk.after[0] - 1
    return Shard(
        chunk.input,
        output_of(chunk.input, job),
        job.fields,
        settings,
        job.strict,
        os.path.join(store.parts, f"{number}.tally"),
    )


def _target(
    chunk: Chunk, job: Job, lengths: dict[str, int], growing: dict[str, Growing], *, single: bool
) -> Growing | None:
    """The file that a chunk's outputs are added to; `None` where each page has its own."""
    if single:
        return growing[job.output]
    if chunk.files:
        return None
    path = output_of(chunk.input, job)
    if path not in growing:
        growing[path] = Growing(path, lengths.get(path, 0))
    return growing[path]


def _save(store: Store, errors: Growing, growing: dict[str, Growing]) -> None:
    for file in (errors, *growing.values()):
        file.flush()
    # A shard that a stopped session left in the middle is opened with its first chunk only: until
    # then its length stands in the state alone, and a stop before that must not forget it.
    lengths = {path: file.length for path, file in growing.items()}
    store.state.lengths = {**store.state.lengths, "errors": errors.length, **lengths}
    store.save()


def _line_format(format_: Literal["json", "jsonl", "text", "markdown"]) -> Any:
    return "jsonl" if format_ == "json" else format_


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Keep a second run from the same output."""
    os.makedirs(folder, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with open(os.path.join(folder, "lock"), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                "is being written by another run", "wait for it or name another output",
                path=shown(folder),
            ) from None  # fmt: skip
        yield
