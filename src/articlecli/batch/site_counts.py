"""On how many pages of their site lines stand, learned by a first pass over the inputs.

Menus, footers and boxes of teasers stand on many pages of a site, a story's own paragraphs on one.
The first pass counts on how many pages of its site each line stands (`sketch.py`) and leaves
`furniture.bin` among the run's notes; the second gives the zone model those counts as evidence
(`model/weights.py`). Pages are counted in the order of the inputs, so the file is the same for any
number of workers. It is written whole or not at all: a first pass that was stopped starts over.

The process that counts holds the sketch, 32 MB at most; workers map the file.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from articlecli.batch.chunks import Chunk, chunks
from articlecli.batch.engine import Engine
from articlecli.batch.inputs import Input
from articlecli.batch.journal import TIMES, Journal, difference
from articlecli.batch.progress import Progress
from articlecli.batch.report import Counts
from articlecli.batch.shard import Tally
from articlecli.batch.sketch import (
    HEADER,
    NARROWEST,
    ROWS,
    WIDEST,
    Sketch,
    host_of,
    site_key,
)
from articlecli.batch.spec import Job
from articlecli.batch.worker import Instructions
from articlecli.disk import write_file
from articlecli.read.paths import shown
from articlecli.read.records import Record

NAME = "furniture.bin"
CHOICE = "furniture"
"""Its hash among the choices of a run."""
MAGIC = b"articlecli furniture 2\n"
DIGEST = 20
"""Bytes of a hash in the head, which holds two: of the choices, and of the cells."""
BYTES_A_CELL = 8
"""Bytes of the inputs for each cell of a row: a line has some fifty, packed a fifth of that."""


def learn_site_counts(
    job: Job,
    inputs: Sequence[Input],
    journal: Journal,
    choices: dict[str, object],
    engine: Engine,
) -> dict[str, object]:
    """Count the lines of the inputs' sites, or use the counts of an earlier session.

    Args:
        job: What the run is asked to do.
        inputs: Its inputs, in order.
        journal: Where the file goes.
        choices: All that decides its outputs.
        engine: Who reads the pages.

    Returns:
        The choices with the hash of the counts. A file that was lost or damaged is learned again,
        and inputs that have changed since show in the hash.

    """
    path = journal.path(NAME)
    head = MAGIC + _digest(msgspec.json.encode(choices, order="sorted"))
    if job.fresh and os.path.exists(path):
        os.unlink(path)
    data: bytes | bytearray = journal.read(NAME) or b""
    if data.startswith(head) and not _is_sound(data, head):
        if not job.quiet:
            print(f"articlecli: {shown(path)} is damaged; it is learned again", file=sys.stderr)
        data = b""
    # A run with other choices is about to be refused, and keeps what it has learned. One that an
    # older version began has another head, and goes on with what it has.
    if not data.startswith(head) and (job.fresh or not _begun(journal, choices, kept=bool(data))):
        data = _learned(job, inputs, head, journal, engine)
        write_file(path, data)
    return {**choices, CHOICE: sha256(data).hexdigest()[:16]}


def _learned(
    job: Job, inputs: Sequence[Input], head: bytes, journal: Journal, engine: Engine
) -> bytearray:
    """The first pass: the bytes of the file."""
    size = sum(os.path.getsize(one.path) for one in inputs if os.path.isfile(one.path))
    width = min(max(NARROWEST, 1 << (size // BYTES_A_CELL).bit_length()), WIDEST)
    cells = bytearray(HEADER + ROWS * width)
    cells[: len(head)] = head
    sketch = Sketch(cells, HEADER)
    os.makedirs(journal.parts, exist_ok=True)
    instructions = Instructions(
        job.options, job.render, job.limits, "count", parts=os.path.abspath(journal.parts)
    )
    counts = Counts()
    todo = _of_unknown_sites(chunks(inputs, (0, 0), job.fields, lambda _: instructions), sketch)
    with Progress(counts, len(inputs), quiet=job.quiet, log=job.log) as progress:
        for chunk, outcomes in engine.run(todo):
            for outcome in () if isinstance(outcomes, Tally) else outcomes:
                counts.add(outcome)
                keys = outcome.site_keys
                if keys:  # a page that failed adds nothing, and fails again in the second pass
                    sketch.add(keys)
            progress.inputs(chunk.after[0])
    cells[len(head) : len(head) + DIGEST] = _digest(memoryview(cells)[HEADER:])
    return cells


def _of_unknown_sites(todo: Iterable[Chunk], sketch: Sketch) -> Iterator[Chunk]:
    """Chunks without pages whose addresses are of sites that are known well enough by now."""
    known: set[str] = set()

    def is_known(record: Record) -> bool:
        host = host_of(record.url) if record.url else None
        if host and host not in known and sketch.is_known_well(site_key(host)):
            known.add(host)
        return host in known

    for chunk in todo:
        records = [record for record in chunk.records if not is_known(record)]
        if records:
            yield replace(chunk, records=records)


def _is_sound(data: bytes | bytearray, head: bytes) -> bool:
    """Whether the cells of a file are those that were written."""
    return data[len(head) : len(head) + DIGEST] == _digest(memoryview(data)[HEADER:])


def _digest(data: bytes | memoryview) -> bytes:
    return sha256(data).digest()[:DIGEST]


def _begun(journal: Journal, choices: dict[str, object], *, kept: bool) -> bool:
    """Whether the notes are of a run that nothing is to be learned for.

    Args:
        journal: The notes.
        choices: What decides the outputs now.
        kept: The run's counts are there.

    """
    text = journal.read("run.json")
    if text is None:
        return False
    with suppress(msgspec.DecodeError, ValueError, RecursionError):
        before = msgspec.json.decode(text)
        if isinstance(before, dict):
            learned = before.pop(CHOICE, None) is not None
            differing = difference(msgspec.json.encode(before), choices)
            return not learned or bool(differing) or (kept and TIMES not in before)
    return False
