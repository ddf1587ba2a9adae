"""How the pages of a run ended: counts while it goes on, a report at its end."""

from collections.abc import Sequence
from typing import Protocol

import msgspec
from msgspec.structs import replace

from articlecli import __version__
from articlecli.batch.outcome import Outcome
from articlecli.disk import ResumableFile
from articlecli.read.paths import shown

LISTED = 5
"""Pages that the lists of the slowest and of the least certain name."""


class Counts(msgspec.Struct, omit_defaults=True):
    """How the pages ended so far."""

    results: dict[str, int] = {}
    reasons: dict[str, int] = {}
    """Result and reason, as `failed: time`."""
    languages: dict[str, int] = {}
    size: int = 0
    """Bytes read."""
    written: int = 0
    """Bytes added to outputs that grow: what they must hold at the end of the run."""
    slowest: list[tuple[float, str]] = []
    """Seconds and name of the pages that took longest, those first."""
    unsure: list[tuple[float, str]] = []
    """Confidence and name of the stories that are least certain, those first."""
    page_types: dict[str, int] = {}

    def add(self, outcome: Outcome) -> None:
        """Count one page."""
        _up(self.results, outcome.result)
        if outcome.reason:
            _up(self.reasons, f"{outcome.result}: {outcome.reason}")
        if outcome.language:
            _up(self.languages, outcome.language)
        if outcome.page_type:
            _up(self.page_types, outcome.page_type)
        self.size += outcome.size
        # Rounded before they are compared: the lists are the same whatever is counted together.
        seconds, confidence = round(outcome.seconds, 4), round(outcome.confidence, 4)
        if outcome.seconds and (len(self.slowest) < LISTED or seconds >= self.slowest[-1][0]):
            self._list([(seconds, page_name(outcome))], [])
        if outcome.result == "done" and outcome.confidence < 1.0:
            if len(self.unsure) < LISTED or confidence <= self.unsure[-1][0]:
                self._list([], [(confidence, page_name(outcome))])

    def _list(self, slow: list[tuple[float, str]], unsure: list[tuple[float, str]]) -> None:
        self.slowest = sorted(self.slowest + slow, key=lambda one: (-one[0], one[1]))[:LISTED]
        self.unsure = sorted(self.unsure + unsure)[:LISTED]

    def add_all(self, other: "Counts") -> None:
        """Count all pages that another has counted."""
        for mine, its in (
            (self.results, other.results),
            (self.reasons, other.reasons),
            (self.languages, other.languages),
            (self.page_types, other.page_types),
        ):
            for key, number in its.items():
                _up(mine, key, number)
        self.size += other.size
        self.written += other.written
        self._list(other.slowest, other.unsure)

    @property
    def pages(self) -> int:
        """All pages so far."""
        return sum(self.results.values())

    @property
    def failed(self) -> int:
        """Failed pages so far."""
        return self.results.get("failed", 0)


def _up(counts: dict[str, int], key: str, number: int = 1) -> None:
    counts[key] = counts.get(key, 0) + number


def page_name(outcome: Outcome) -> str:
    """A page as reports name it: its input, and its record where it is one of many."""
    name = outcome.input + (f"#{outcome.record}" if outcome.record is not None else "")
    return shown(name)


class Writable(Protocol):
    """Where bytes are added to the end."""

    def write(self, data: bytes, /) -> object:
        """Add them."""


def record_outcome(
    outcome: Outcome,
    counts: Counts,
    errors: Writable,
    output: ResumableFile | None,
    *,
    strict: bool,
) -> None:
    """Count a page, and write its article and the line for its failure.

    Args:
        outcome: How the page ended.
        counts: What it is added to.
        errors: The list of failed pages.
        output: The output that grows; `None` where each page has its own.
        strict: A page without a story counts as failed.

    """
    outcome = strictly(outcome) if strict else outcome
    counts.add(outcome)
    if output is not None:
        before = output.length
        output.write(outcome.output)
        counts.written += output.length - before
    if outcome.result == "failed":
        line = {
            "input": shown(outcome.input),
            "record": outcome.record,
            "reason": outcome.reason,
            "message": outcome.message,
        }
        errors.write(msgspec.json.encode(line) + b"\n")


def strictly(outcome: Outcome) -> Outcome:
    """The outcome where a page without a story counts as failed."""
    if outcome.result != "no_article":
        return outcome
    name = shown(outcome.input + (f", record {outcome.record}" if outcome.record else ""))
    message = f"{name} has no story ({outcome.reason}); --strict asks for one"
    return replace(outcome, result="failed", reason="no story", message=message)


class Report(msgspec.Struct, frozen=True):
    """How a run ended; `report.json`."""

    version: str
    finished: bool
    inputs: int
    passed_over: int
    """Files of the folders that are of no known kind."""
    unchanged: int
    """Inputs that `--update` found as an earlier run left them; their pages are counted below."""
    left_over: list[str]
    """Outputs of inputs that are gone; nothing was done about them."""
    pruned: list[str]
    """Outputs of inputs that are gone, which were removed."""
    pages: int
    done: int
    no_article: int
    failed: int
    reasons: dict[str, int]
    languages: dict[str, int]
    page_types: dict[str, int]
    slowest: list[tuple[float, str]]
    """Seconds and name of the pages that took longest."""
    least_certain: list[tuple[float, str]]
    """Confidence and name of the stories that are least certain."""
    megabytes: float
    seconds: float
    """Of this session of the run."""
    pages_a_second: float
    megabytes_a_second: float
    workers: int
    resumed: bool


class Session(msgspec.Struct, frozen=True):
    """What a report says of the run beside the counts of its pages."""

    inputs: int
    passed_over: int
    workers: int
    seconds: float
    pages_before: int = 0
    """Pages that earlier sessions did."""
    size_before: int = 0
    """Bytes of them."""
    finished: bool = True
    resumed: bool = False
    unchanged: int = 0
    left_over: Sequence[str] = ()
    pruned: Sequence[str] = ()


def report_of(counts: Counts, session: Session) -> Report:
    """The report of a run.

    Args:
        counts: How all its pages ended.
        session: The rest.

    """
    seconds = session.seconds
    pages, size = counts.pages - session.pages_before, counts.size - session.size_before
    return Report(
        version=__version__,
        finished=session.finished,
        inputs=session.inputs,
        passed_over=session.passed_over,
        unchanged=session.unchanged,
        left_over=list(session.left_over),
        pruned=list(session.pruned),
        pages=counts.pages,
        done=counts.results.get("done", 0),
        no_article=counts.results.get("no_article", 0),
        failed=counts.failed,
        reasons=dict(sorted(counts.reasons.items())),
        languages=dict(sorted(counts.languages.items())),
        page_types=dict(sorted(counts.page_types.items())),
        slowest=counts.slowest,
        least_certain=counts.unsure,
        megabytes=round(counts.size / 1e6, 3),
        seconds=round(seconds, 3),
        pages_a_second=round(pages / seconds, 1) if seconds else 0.0,
        megabytes_a_second=round(size / 1e6 / seconds, 3) if seconds else 0.0,
        workers=session.workers,
        resumed=session.resumed,
    )
