"""What the pages of a site share, learned by a first pass over the inputs.

Menus, footers and boxes of teasers stand on many pages of a site, a story's own paragraphs on one.
The first pass counts on how many pages of its site each line stands (`sketch.py`) and leaves
`furniture.bin` among the run's notes; the second gives the zone model those counts as evidence
(`zones/evidence.py`). Pages are counted in the order of the inputs, so the file is the same for any
number of workers. It is written whole or not at all: a first pass that was stopped begins anew.

The process that counts holds the sketch, 32 MB at most; workers map the file.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from articlecli.batch.disk import write_whole
from articlecli.batch.engine import Engine, Task
from articlecli.batch.inputs import Input
from articlecli.batch.job import Job
from articlecli.batch.plan import chunks
from articlecli.batch.progress import Progress
from articlecli.batch.shard import Tally
from articlecli.batch.sketch import HEADER, KEY, NARROWEST, ROWS, WIDEST, Sketch
from articlecli.batch.store import Counts, Store

NAME = "furniture.bin"
MAGIC = b"articlecli furniture 1\n"
BYTES_A_CELL = 8
"""Bytes of the inputs for each cell of a row: a line has some fifty, packed a fifth of that."""


def furnish(
    job: Job,
    inputs: Sequence[Input],
    store: Store,
    choices: dict[str, object],
    engine: Engine,
) -> tuple[Job, dict[str, object]]:
    """Learn what the inputs' sites share, unless an earlier part of the run has.

    Args:
        job: What the run is asked to do.
        inputs: Its inputs, in order.
        store: Where its notes go.
        choices: All that decides its outputs.
        engine: Who reads the pages.

    Returns:
        The job with what was learned, and the choices with its hash. A file that was lost is
        learned again, and inputs that have changed since show in the hash.

    """
    path = store.path(NAME)
    head = MAGIC + sha256(msgspec.json.encode(choices, order="sorted")).digest()
    if job.fresh and os.path.exists(path):
        os.unlink(path)
    data: bytes | bytearray = _read(path)
    # A run with other choices is about to be refused, and keeps what it has learned.
    if not data.startswith(head) and (job.fresh or not _begun_otherwise(store, choices)):
        data = _learned(job, inputs, head, store, engine)
        write_whole(path, data)
    mark = sha256(data).hexdigest()[:16]
    settings = replace(job.settings, furniture=path)
    return replace(job, settings=settings), {**choices, "furniture": mark}


def _learned(
    job: Job, inputs: Sequence[Input], head: bytes, store: Store, engine: Engine
) -> bytearray:
    """The first pass: the bytes of the file."""
    size = sum(os.path.getsize(one.path) for one in inputs if os.path.isfile(one.path))
    width = min(max(NARROWEST, 1 << (size // BYTES_A_CELL).bit_length()), WIDEST)
    cells = bytearray(HEADER + ROWS * width)
    cells[: len(head)] = head
    sketch = Sketch(cells, HEADER)
    settings = replace(job.settings, learn=True)
    if engine.whole_shards:
        os.makedirs(store.parts, exist_ok=True)
        settings = replace(settings, parts=os.path.abspath(store.parts))
    counts = Counts()
    total = len(inputs) if all(one.files for one in inputs) else None
    given = (Task(chunk, settings) for chunk in chunks(inputs, (0, 0), job.fields))
    with Progress(counts, total, quiet=job.quiet) as progress:
        for _, outcomes in engine.run(given):
            for outcome in () if isinstance(outcomes, Tally) else outcomes:
                counts.add(outcome)
                keys = outcome.output
                if keys:  # a page that failed adds nothing, and fails again in the second pass
                    sketch.add([keys[at : at + KEY] for at in range(0, len(keys), KEY)])
            progress.show()
    return cells


def _begun_otherwise(store: Store, choices: dict[str, object]) -> bool:
    """Whether the notes are of a run with other choices, what it learned aside."""
    with suppress(msgspec.DecodeError):
        before = msgspec.json.decode(_read(store.path("run.json")) or b"null")
        if isinstance(before, dict):
            learned = before.pop("furniture", None) is not None
            now = msgspec.json.decode(msgspec.json.encode(choices))
            return not learned or before != now
    return False


def _read(path: str) -> bytes:
    with suppress(FileNotFoundError), open(path, "rb") as file:
        return file.read()
    return b""
