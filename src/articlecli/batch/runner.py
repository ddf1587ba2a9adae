"""A whole run: inputs → chunks → workers → outputs, and what is said about it."""

import errno
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from articlecli.batch import one_file
from articlecli.batch.check import missing_of
from articlecli.batch.chunks import Chunk, Shard, chunks
from articlecli.batch.destination import Folder, OneFile
from articlecli.batch.engine import Engine, Local
from articlecli.batch.inputs import Input
from articlecli.batch.journal import Journal
from articlecli.batch.ledger import begin_update, digest_of, unchanged
from articlecli.batch.outcome import Outcome
from articlecli.batch.outputs import LINES, Outputs
from articlecli.batch.progress import Progress
from articlecli.batch.report import Counts, Report, Session, record_outcome, report_of, strictly
from articlecli.batch.shard import Tally
from articlecli.batch.site_counts import NAME, learn_site_counts
from articlecli.batch.spec import Job, choices_of, inputs_of, refuse_none
from articlecli.batch.worker import PAGES_OWN, Instructions
from articlecli.disk import locked, write_file
from articlecli.errors import InputError
from articlecli.read.paths import shown
from articlecli.write.parquet import check_parquet, to_parquet

SAVE_EVERY = 0.5
"""Seconds between two notes of where the run stands."""


def run(job: Job, engine: Engine | None = None) -> Report:
    """Do a run, or go on with it.

    Args:
        job: What is to be done, to a folder or a file.
        engine: Who does it; `None` for this machine's own cores.

    Raises:
        InputError: A path does not exist, the output is of a run with other choices, or it needs
            a package that is not installed.
        OSError: An output cannot be written; the run can be taken up again.

    """
    if job.destination is None:
        raise ValueError("a run needs a destination; see extract_to_stream for none")
    to = job.destination
    if isinstance(to, OneFile) and to.parquet:
        check_parquet(to.path)
    engine = engine or Local(job.workers)
    inputs, passed_over = inputs_of(job)
    journal = Journal(to.notes)
    if journal.read("run.json") is None:  # an update may find that all inputs are gone
        refuse_none(job, inputs, passed_over)
    with locked(journal.folder):
        choices = choices_of(job, inputs)
        if job.learn_sites:
            choices = learn_site_counts(job, inputs, journal, choices, engine)
        resumed = journal.begin(choices, fresh=job.fresh, update=job.update)
        _clear(journal)  # a stop may have come before the end of the last run could
        todo, kept, gone = inputs, 0, list[str]()
        half = journal.state.updating and not journal.state.finished
        if isinstance(to, Folder) and resumed and (job.update or half):
            same = unchanged(job, to, inputs, journal)
            todo, kept = [one for one in inputs if one.name not in same], len(same)
            begin_update(journal, same)
        elif isinstance(to, OneFile) and resumed and (job.update or half):
            found = one_file.kept_of(job, to, inputs, journal)
            if found is None:
                journal.start_over()
                resumed = False
            else:
                same, pieces, gone = found
                todo, kept = [one for one in inputs if one.name not in same], len(same)
                one_file.begin(to, journal, same, pieces)
        elif journal.state.finished and (missing := missing_of(to, job.render, inputs, journal)):
            if not job.quiet:
                print(
                    f"articlecli: {missing} since the run ended; it is done again", file=sys.stderr
                )
            journal.start_over()
            resumed = False
        if job.update:
            journal.note_choices(choices)
        stale = gone
        prune = job.prune or isinstance(to, OneFile) or not (job.update and resumed)
        if isinstance(to, Folder) and (
            not resumed or job.update or journal.read("outputs.list") is None
        ):
            outputs = (to.output_of(one, job.render) for one in inputs if one.placed)
            stale = journal.note_outputs(to.path, outputs, prune=prune)
        started = time.monotonic()
        pages_before, size_before = journal.state.counts.pages, journal.state.counts.size
        if not journal.state.finished:
            if _extract(job, todo, journal, engine):
                _finish(job, inputs, journal)
            if journal.state.finished and (missing := missing_of(to, job.render, inputs, journal)):
                journal.state.finished = False
                journal.save()
                raise InputError(
                    f"does not hold what the run wrote ({missing})", "start again with --fresh",
                    path=shown(to.path),
                )  # fmt: skip
        session = Session(
            len(inputs), passed_over, engine.workers, time.monotonic() - started,
            pages_before, size_before, journal.state.finished, resumed, kept,
            () if prune else stale, stale if prune else (),
        )  # fmt: skip
        report = report_of(journal.state.counts, session)
        data = msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
        write_file(journal.path("report.json"), data)
        return report


def _extract(job: Job, inputs: Sequence[Input], journal: Journal, engine: Engine) -> bool:
    """Do what is left of a run, or as much of it as `max_failures` lets; whether it was all."""
    to = job.destination
    if to is None:
        return False
    os.makedirs(journal.parts, exist_ok=True)
    for_records = Instructions(
        job.options,
        job.render.in_lines,
        job.limits,
        parts=os.path.abspath(journal.parts),
        site_counts=journal.path(NAME) if job.learn_sites else None,
    )
    for_pages = for_records
    if isinstance(to, Folder):
        for_pages = replace(for_records, render=job.render, folder=to.path)

    def shard_for(one: Input, number: int) -> Shard:
        tally = os.path.join(journal.parts, f"{number}.tally")
        output = to.output_of(one, job.render)
        return Shard(one, output, job.fields, for_records, job.strict, tally)

    todo = chunks(
        inputs, journal.state.place, job.fields,
        lambda one: for_pages if one.files else for_records,
        shard_for if engine.whole_shards and isinstance(to, Folder) else None,
    )  # fmt: skip
    outputs = Outputs(job, journal, inputs)
    first = journal.state.place[0]
    state, saved, whole = journal.state, time.monotonic(), False
    try:
        with Progress(state.counts, len(inputs) - first, quiet=job.quiet, log=job.log) as progress:
            for chunk, done in engine.run(todo):
                _record(job, chunk, done, outputs, progress)
                progress.inputs(chunk.after[0] - first)
                state.place = chunk.after
                outputs.mark()
                if job.max_failures is not None and state.counts.failed > job.max_failures:
                    break
                if time.monotonic() - saved >= SAVE_EVERY:
                    outputs.save()
                    saved = time.monotonic()
            else:
                whole = True
    finally:
        try:
            if not whole:
                outputs.save()
        finally:
            outputs.close(whole=whole)
    return whole


def _record(
    job: Job,
    chunk: Chunk,
    done: list[Outcome] | Tally,
    outputs: Outputs,
    progress: Progress,
) -> None:
    """Count the pages of a chunk, and write what came of them to the files that grow."""
    state, one = outputs.state, chunk.input
    if isinstance(done, Tally):
        state.counts.add_all(done.counts)
        outputs.errors.write(done.errors)
        if one is not None:
            outputs.note(one.name, "", done.counts)  # its bytes never pass this machine
        return
    file = outputs.of(chunk)
    together = one is not None and not one.files
    counts = Counts()
    for outcome in done:
        record_outcome(outcome, counts, outputs.errors, file, strict=job.strict)
        progress.page(strictly(outcome) if job.strict else outcome)
        if not together:
            _note_page(job, outcome, counts, outputs)
            state.counts.add_all(counts)
            counts = Counts()
    if file is None or one is None or not together:
        return
    state.counts.add_all(counts)
    state.current.add_all(counts)
    if chunk.last:
        if isinstance(job.destination, Folder):
            outputs.finish(file)
        outputs.note(one.name, digest_of(one), state.current)
        state.current = Counts()


def _note_page(job: Job, outcome: Outcome, counts: Counts, outputs: Outputs) -> None:
    """Note that a page of its own is done, or remove what an earlier run made of it."""
    to = job.destination
    if outcome.result != "failed" or isinstance(to, OneFile):
        outputs.note(outcome.input, outcome.digest, counts)
    elif outputs.state.updating and isinstance(to, Folder) and outcome.input in outputs.placed:
        try:
            os.unlink(os.path.join(to.path, outcome.input + job.render.suffix))
        except OSError as error:
            if error.errno not in {errno.ENOENT, *PAGES_OWN}:
                raise


def _finish(job: Job, inputs: Sequence[Input], journal: Journal) -> None:
    to = job.destination
    if isinstance(to, OneFile) and journal.state.updating:
        one_file.put_together(to, job.render.in_lines, inputs, journal)
    elif isinstance(to, OneFile) and to.parquet:
        to_parquet(journal.path(LINES), to.path, parts=journal.parts)
    journal.state.finished = True
    journal.state.lengths = {}
    journal.save()
    _clear(journal)


def _clear(journal: Journal) -> None:
    """Remove what a run needs no longer, once its notes say that it is finished."""
    if not journal.state.finished:
        return
    with suppress(FileNotFoundError):
        os.unlink(journal.path(LINES))
    journal.clear()
