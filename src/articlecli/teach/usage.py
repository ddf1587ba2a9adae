"""How often the pages that the models were trained on use each hashed word and tag.

`data/usage.table` has it: a line of JSON, then a byte for each feature from the first hashed one.
A feature that many lines of many sites have is anchored, one that is a site's own is free. Written
by `python -m lab usage`.
"""

from msgspec import Struct
from msgspec.json import decode

from articlecli.data import read_data
from articlecli.errors import ModelError
from articlecli.model.features.slots import CONCEPTS, MARKUP_HASHES, ROWS, SLOTS, VERSION

FILE = "usage.table"
FIRST = SLOTS + CONCEPTS
"""The first hashed feature. Those below it mean the same on all pages and stay as they are."""
STEPS = 8
"""Steps of a byte for each doubling of the count."""


class Head(Struct, frozen=True):
    """The first line."""

    features: int
    """Version of the numbering."""
    lines: int
    """Lines that were counted."""


def read_usage() -> list[float]:
    """Share of the lines that have each feature, 0–1, from feature `FIRST` on.

    Raises:
        ModelError: The file is missing, damaged, or of another version.

    """
    head, _, counts = read_data(FILE).partition(b"\n")
    told = decode(head, type=Head)
    if told.features != VERSION or len(counts) != ROWS + MARKUP_HASHES - FIRST:
        raise ModelError(f"{FILE} is of another version; reinstall articlecli")
    return [2 ** ((byte - 1) / STEPS) / told.lines if byte else 0.0 for byte in counts]
