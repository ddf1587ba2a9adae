"""What a run would do, told before it does anything."""

from msgspec import Struct

from articlecli.batch.destination import Folder, OneFile
from articlecli.batch.inputs import Input, Note
from articlecli.batch.journal import Journal
from articlecli.batch.ledger import unchanged
from articlecli.batch.one_file import kept_of
from articlecli.batch.spec import Job, choices_of, inputs_of


class Plan(Struct, frozen=True):
    """What a run would do."""

    targets: list[tuple[Input, str]]
    """Each input that it would read, with its output."""
    unchanged: int
    """Inputs that an update would leave as they are."""
    stale: list[str]
    """Outputs of inputs that are gone, as far as an update knows them."""


def planned(job: Job, note: Note | None = None) -> Plan:
    """What a run would do; nothing is written.

    Args:
        job: The run.
        note: Told of each file that is passed over, and of inputs that cannot be read.

    Raises:
        InputError: As for `run`.

    """
    inputs, _ = inputs_of(job, note)
    for one in inputs:
        if one.problem and note is not None:
            note(one.path, one.problem)
    to, same, stale = job.destination, set[str](), list[str]()
    if job.update and isinstance(to, OneFile):
        journal = Journal(to.notes)
        found = kept_of(job, to, inputs, journal) if journal.look(choices_of(job, inputs)) else None
        same, stale = (set(found[0]), found[2]) if found else (same, stale)
    elif job.update and isinstance(to, Folder):
        journal = Journal(to.notes)
        if journal.look(choices_of(job, inputs)):
            same = set(unchanged(job, to, inputs, journal))
            outputs = (to.output_of(one, job.render) for one in inputs if one.placed)
            stale = journal.stale_outputs(to.path, outputs)
    targets = [
        (one, "-" if to is None else to.output_of(one, job.render))
        for one in inputs
        if one.name not in same
    ]
    return Plan(targets, len(same), stale)
