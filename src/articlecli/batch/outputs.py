"""The files of a run that grow: the list of failures; one output for all pages, or one a shard."""

from collections.abc import Sequence
from contextlib import ExitStack

import msgspec

from articlecli.batch.chunks import Chunk
from articlecli.batch.destination import OneFile
from articlecli.batch.inputs import Input
from articlecli.batch.journal import ERRORS, LEDGER, Journal
from articlecli.batch.ledger import Entry
from articlecli.batch.one_file import DELTA
from articlecli.batch.report import Counts
from articlecli.batch.spec import Job, size_and_time
from articlecli.disk import ResumableFile

LINES = DELTA
"""Among the notes of a run: what becomes one file at its end, of Parquet or of an update."""


class Outputs:
    """Opens what grows where an earlier session left it, and notes in the state how long it is."""

    def __init__(self, job: Job, journal: Journal, inputs: Sequence[Input]) -> None:
        self._job, self._journal = job, journal
        self._open: dict[str, ResumableFile] = {}
        self.state = journal.state
        self.placed = {one.name for one in inputs if one.placed}
        """Names of the inputs whose outputs have places of their own."""
        lengths = self.state.lengths
        self.errors = ResumableFile(journal.path(ERRORS), lengths.get("errors", 0))
        to = job.destination
        self._ledger: ResumableFile | None = None
        self._began: dict[str, tuple[int, int]] = {}
        if not (isinstance(to, OneFile) and to.parquet):  # which holds no pieces that could stay
            # As they are now: what is written while the run is at it counts as changed later.
            self._began = {one.name: size_and_time(one) for one in inputs}
            self._ledger = ResumableFile(journal.path(LEDGER), lengths.get("inputs", 0))
        if isinstance(to, OneFile):
            # Lines that are to become Parquet wait among the notes: a file beside the output may be
            # somebody's.
            path = journal.path(LINES) if to.parquet or self.state.updating else to.path
            length = lengths.get(to.path, 0)
            file = ResumableFile(path, length, compression=to.compression)
            self._open[to.path] = self._begun(file)
        self.mark()

    def of(self, chunk: Chunk) -> ResumableFile | None:
        """The file that a chunk's articles are added to; `None` where each page has its own."""
        to, one = self._job.destination, chunk.input
        if to is None or one is None or (one.files and not isinstance(to, OneFile)):
            return None
        path = to.output_of(one, self._job.render)
        if path not in self._open:
            file = ResumableFile(path, self._journal.state.lengths.get(path, 0))
            self._open[path] = self._begun(file)
        return self._open[path]

    def note(self, name: str, digest: str, counts: Counts) -> None:
        """Add an input that is done to the ledger; `name` is the input's."""
        if self._ledger is not None:
            self._ledger.write(Entry(*self._began[name], digest, counts).line(name))

    def _begun(self, file: ResumableFile) -> ResumableFile:
        """A file that has at its head what stands above the first article."""
        if not file.length and not self._is_delta:
            self._add(file, self._job.render.in_lines.head)
        return file

    @property
    def _is_delta(self) -> bool:
        """What is written are pieces of one file that is put together later."""
        return self.state.updating and isinstance(self._job.destination, OneFile)

    def _add(self, file: ResumableFile, data: bytes) -> None:
        """Add what is of no page, and count it."""
        before = file.length
        file.write(data)
        self._journal.state.counts.written += file.length - before

    def finish(self, file: ResumableFile) -> None:
        """Give the output of a shard its name: nothing more is added."""
        self._add(file, self._job.render.in_lines.foot)
        self._open.pop(file.path).close(whole=True)
        self._journal.state.lengths.pop(file.path, None)

    def mark(self) -> None:
        """Remember where the run stands: behind a chunk whose outcomes are all recorded."""
        # A shard that a stopped session left in the middle is opened with its first chunk only: its
        # length stands in the state alone until then, and a stop before that must not forget it.
        lengths = {path: file.length for path, file in self._open.items()}
        state = self._journal.state
        state.lengths = {**state.lengths, "errors": self.errors.length, **lengths}
        if self._ledger is not None:
            state.lengths["inputs"] = self._ledger.length
        self._marked = msgspec.json.encode(state)

    def save(self) -> None:
        """Note where the run stood at the last mark, once what was written outlives a power cut.

        A stop may come amid the outcomes of a chunk: those are made again, so they must not count.
        """
        for file in self._all():
            file.flush()
        self._journal.save(self._marked)

    def _all(self) -> list[ResumableFile]:
        ledger = [] if self._ledger is None else [self._ledger]
        return [self.errors, *ledger, *self._open.values()]

    def close(self, *, whole: bool) -> None:
        """Close all, each even where another could not be written."""
        if whole and not self._is_delta:
            for file in self._open.values():
                self._add(file, self._job.render.in_lines.foot)
        with ExitStack() as stack:
            for file in self._all():
                stack.callback(file.close, whole=whole)
