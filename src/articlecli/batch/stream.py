"""A run to standard output: nothing is noted, nothing goes on after a stop."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from articlecli.batch.chunks import chunks
from articlecli.batch.pool import run_chunks
from articlecli.batch.progress import Progress
from articlecli.batch.report import Counts, Report, Session, report_of, strictly
from articlecli.batch.spec import Job, inputs_of, refuse_none
from articlecli.batch.worker import Instructions
from articlecli.read.paths import is_http


def extract_to_stream(
    job: Job, write: Callable[[bytes], None], say: Callable[[str], None]
) -> Report:
    """Write all articles of a run one after the other, in the order of the inputs.

    Args:
        job: What is to be done; its destination makes no difference.
        write: Takes the articles.
        say: Takes the sentence for each page that failed.

    Raises:
        InputError: A path does not exist.
        OSError: The output cannot be written.

    """
    inputs, passed_over = inputs_of(job)
    refuse_none(job, inputs, passed_over)
    render = job.render.in_lines
    instructions = Instructions(job.options, render, job.limits)
    write(render.head)
    counts, started, finished = Counts(), time.monotonic(), True
    todo = chunks(inputs, (0, 0), job.fields, lambda _: instructions)
    with ExitStack() as stack:
        if any(is_http(one.path) for one in inputs):  # workers tell each other whom they asked
            parts = stack.enter_context(TemporaryDirectory())
            instructions = replace(instructions, parts=parts)
        progress = stack.enter_context(Progress(counts, len(inputs), quiet=job.quiet, log=job.log))
        for chunk, outcomes in run_chunks(todo, job.workers):
            for outcome in map(strictly, outcomes) if job.strict else outcomes:
                counts.add(outcome)
                progress.page(outcome)
                if outcome.message and (job.log == "auto" or job.quiet):  # a log tells it itself
                    say(outcome.message)
                write(outcome.output)
            progress.inputs(chunk.after[0])
            if job.max_failures is not None and counts.failed > job.max_failures:
                finished = False
                break
    write(render.foot)
    seconds = time.monotonic() - started
    return report_of(
        counts, Session(len(inputs), passed_over, job.workers, seconds, finished=finished)
    )
