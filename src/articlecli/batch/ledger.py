"""What each input of a folder's run was when it was done, so that an update knows the new ones.

`inputs.list` grows with the run, one entry an input: JSON, a tab, the input's name, and NUL, which
no name holds. A page that failed has none: it is tried again.
"""

import os
from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from articlecli.batch.destination import Destination, OneFile
from articlecli.batch.inputs import Input
from articlecli.batch.journal import (
    ERRORS,
    LEDGER,
    FailedPage,
    Journal,
    State,
    decoded,
    failed_pages,
)
from articlecli.batch.report import Counts
from articlecli.batch.spec import Job, size_and_time
from articlecli.disk import write_file
from articlecli.errors import ArticleCliError
from articlecli.read import read_bytes
from articlecli.read.paths import is_remote, shown

PIECE = 1 << 20
"""Bytes hashed at a time."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An input that is done."""

    size: int
    """Bytes of the file when the run began, -1 where nobody tells."""
    time: int
    """When it was last changed then, in nanoseconds."""
    digest: str
    """SHA-256 of the page, or of the file of records; empty for an address."""
    counts: Counts
    """How its pages ended."""

    def line(self, name: str) -> bytes:
        """The entry as the ledger has it."""
        counts = Counts(
            self.counts.results, self.counts.reasons, self.counts.languages, self.counts.size,
            self.counts.written, page_types=self.counts.page_types,
        )  # fmt: skip
        data = msgspec.json.encode(replace(self, counts=counts))
        return data + b"\t" + os.fsencode(name) + b"\0"


def entries_of(ledger: bytes, path: str = LEDGER) -> dict[str, Entry]:
    """The entries of a ledger by the names of their inputs; of two of one name, the last.

    Raises:
        InputError: It is damaged; `path` names it.

    """
    found = {}
    for line in ledger.split(b"\0"):
        data, tab, name = line.partition(b"\t")
        if tab:
            found[os.fsdecode(name)] = decoded(data, Entry, path)
    return found


def digest_of(one: Input) -> str:
    """SHA-256 of an input as the ledger has it; empty where it can't be read or is far away."""
    if is_remote(one.path):
        return ""
    try:
        if one.files:
            return sha256(read_bytes(one.path)).hexdigest()
        digest = sha256()
        with open(one.path, "rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except (OSError, ArticleCliError):
        return ""
    except Exception:  # noqa: BLE001  # a damaged page says why when it is its turn
        return ""
    return digest.hexdigest()


def unchanged(
    job: Job, to: Destination, inputs: Sequence[Input], journal: Journal
) -> dict[str, Entry]:
    """The entries of inputs that need not be done again.

    Size and time tell most; where they differ, the content decides. An input whose output is gone
    or that failed as a whole is done again.
    """
    before = entries_of(journal.read_grown(LEDGER), journal.path(LEDGER))
    failures = failed_pages(journal.read_grown(ERRORS), journal.path(ERRORS))
    failed = {page.input for page in failures if page.record is None}
    kept: dict[str, Entry] = {}
    for one in inputs:
        entry = before.get(one.name)
        if entry is None or not one.placed or shown(one.name) in failed:
            continue
        if not _is_there(to, job, one, entry):
            continue
        size, time = size_and_time(one)
        if (size, time) != (entry.size, entry.time):
            if not entry.digest or digest_of(one) != entry.digest:
                continue
            entry = replace(entry, size=size, time=time)
        kept[one.name] = entry
    return kept


def _is_there(to: Destination, job: Job, one: Input, entry: Entry) -> bool:
    if isinstance(to, OneFile):
        return True  # the file was looked at as a whole
    path = to.output_of(one, job.render)
    return os.path.isfile(path) and (one.files or os.path.getsize(path) == entry.counts.written)


def begin_update(journal: Journal, kept: dict[str, Entry]) -> None:
    """Let the run stand before the first input that is to be done, what is kept counted."""
    names = {shown(name) for name in kept}
    errors = b"".join(
        line
        for line in journal.read_grown(ERRORS).splitlines(keepends=True)
        if decoded(line, FailedPage, journal.path(ERRORS)).input in names
    )
    ledger = b"".join(entry.line(name) for name, entry in kept.items())
    counts = Counts()
    for entry in kept.values():
        counts.add_all(entry.counts)
    write_file(journal.path(f"{ERRORS}.part"), errors)
    write_file(journal.path(f"{LEDGER}.part"), ledger)
    journal.clear()  # tallies of shards are numbered by their places among the inputs
    lengths = {"errors": len(errors), "inputs": len(ledger)}
    journal.state = State(lengths=lengths, counts=counts, updating=True)
    journal.save()
