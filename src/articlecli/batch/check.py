"""Whether the outputs of a finished run hold what it wrote."""

import os
from collections.abc import Sequence

from articlecli.batch.destination import Destination, OneFile
from articlecli.batch.inputs import Input
from articlecli.batch.journal import Journal
from articlecli.read.paths import shown
from articlecli.write.render import Render


def missing_of(
    destination: Destination, render: Render, inputs: Sequence[Input], journal: Journal
) -> str | None:
    """What the outputs of a finished run lack, in a few words; `None` where all is there."""
    one_file = isinstance(destination, OneFile)
    if isinstance(destination, OneFile) and destination.parquet:
        path = destination.path
        return None if os.path.isfile(path) else f"{shown(path)} is gone"
    grown = {destination.output_of(one, render) for one in inputs if one_file or not one.files}
    if isinstance(destination, OneFile):
        grown.add(destination.path)  # without inputs too
    held = 0
    for path in sorted(grown):
        if not os.path.isfile(path):
            return f"{shown(path)} is gone"
        held += os.path.getsize(path)
    if held != journal.state.counts.written:
        return f"{held} bytes of records instead of {journal.state.counts.written}"
    if one_file:
        return None
    failed = journal.failed_inputs()
    gone = [
        path
        for one in inputs
        if one.files and shown(one.name) not in failed
        if not os.path.isfile(path := destination.output_of(one, render))
    ]
    if not gone:
        return None
    more = f" and {len(gone) - 1} more are gone" if len(gone) > 1 else " is gone"
    return shown(gone[0]) + more
