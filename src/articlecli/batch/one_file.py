"""An update of one file for all pages: what stays of it, and the new file put together.

The file stays as it is until the new one is whole: what is done anew waits among the notes. An
update that was stopped begins again from the file.
"""

import os
from collections.abc import Sequence
from typing import BinaryIO

import msgspec

from articlecli.batch.destination import OneFile
from articlecli.batch.inputs import Input
from articlecli.batch.journal import LEDGER, Journal, decoded
from articlecli.batch.ledger import Entry, begin_update, entries_of, unchanged
from articlecli.batch.spec import Job
from articlecli.disk import packed, settle, temporary_name, write_file
from articlecli.errors import InputError
from articlecli.read.paths import shown
from articlecli.write.render import Render

KEPT = "kept.json"
DELTA = "lines.jsonl"
"""Among the notes: what is done anew."""
PIECE = 1 << 20
"""Bytes copied at a time."""
Pieces = dict[str, tuple[int, int]]
"""Input's name → where in a file its articles begin and end."""


class Kept(msgspec.Struct):
    """What stays of the file."""

    file: tuple[int, int, int]
    """Number, size and time of the file that `pieces` are of."""
    pieces: Pieces


def kept_of(
    job: Job, to: OneFile, inputs: Sequence[Input], journal: Journal
) -> tuple[dict[str, Entry], Pieces, list[str]] | None:
    """What an update need not do again.

    Returns:
        Entries of the ledger, their pieces of the file, and the names of inputs that are gone;
        `None` where the file is not what the notes say.

    """
    entries = entries_of(journal.read_grown(LEDGER), journal.path(LEDGER))
    if journal.state.finished:
        head = len(packed(job.render.in_lines.head, to.compression))
        pieces = _pieces(entries, head)
        end = max((end for _, end in pieces.values()), default=head)
        foot = len(packed(job.render.in_lines.foot, to.compression))
        if not os.path.isfile(to.path) or os.path.getsize(to.path) != end + foot:
            return None
    else:
        data = journal.read(KEPT) if journal.state.updating else None
        kept = decoded(data, Kept, journal.path(KEPT)) if data else None
        if kept is None or kept.file != _identity(to.path):
            return None
        pieces = kept.pieces
    same = {
        name: entry for name, entry in unchanged(job, to, inputs, journal).items() if name in pieces
    }
    gone = sorted(pieces.keys() - {one.name for one in inputs})
    return same, {name: pieces[name] for name in same}, gone


def begin(to: OneFile, journal: Journal, same: dict[str, Entry], pieces: Pieces) -> None:
    """Let the update stand before its first input."""
    kept = Kept(_identity(to.path), pieces)
    write_file(journal.path(KEPT), msgspec.json.encode(kept))
    begin_update(journal, same)


def put_together(to: OneFile, render: Render, inputs: Sequence[Input], journal: Journal) -> None:
    """Write the new file of what was kept and what was done anew, in the order of the inputs.

    Raises:
        InputError: Somebody has changed the file since the update began.

    """
    kept = decoded(journal.read(KEPT) or b"", Kept, journal.path(KEPT))
    if kept.file != _identity(to.path):
        raise InputError("was changed during the update", "start again with --fresh",
                         path=shown(to.path))  # fmt: skip
    entries = entries_of(journal.read(LEDGER) or b"", journal.path(LEDGER))
    new = _pieces({n: entry for n, entry in entries.items() if n not in kept.pieces}, 0)
    head, foot = (packed(one, to.compression) for one in (render.head, render.foot))
    part = temporary_name(os.path.dirname(to.path) or ".")
    try:
        with (
            open(part, "xb") as out,
            open(to.path, "rb") as old,
            open(journal.path(DELTA), "rb") as delta,
        ):
            out.write(head)
            for one in inputs:
                if one.name in kept.pieces:
                    _copy(old, kept.pieces[one.name], out)
                elif one.name in new:
                    _copy(delta, new[one.name], out)
            out.write(foot)
        settle([(part, to.path)])
    except BaseException:
        if os.path.exists(part):
            os.unlink(part)
        raise
    lines = [entries[one.name].line(one.name) for one in inputs if one.name in entries]
    write_file(journal.path(LEDGER), b"".join(lines))
    journal.state.counts.written += len(head) + len(foot)


def _pieces(entries: dict[str, Entry], start: int) -> Pieces:
    found = {}
    for name, entry in entries.items():
        found[name] = start, start + entry.counts.written
        start += entry.counts.written
    return found


def _identity(path: str) -> tuple[int, int, int]:
    try:
        about = os.stat(path)
    except OSError:
        return 0, 0, 0
    return about.st_ino, about.st_size, about.st_mtime_ns


def _copy(source: BinaryIO, piece: tuple[int, int], out: BinaryIO) -> None:
    at, end = piece
    source.seek(at)
    while at < end and (data := source.read(min(PIECE, end - at))):
        out.write(data)
        at += len(data)
