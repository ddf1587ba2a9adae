"""One page of a file that holds many, as its readers give it."""

import msgspec

from articlecli.options import InputFormat


class Record(msgspec.Struct, frozen=True):
    """One page of a file that holds many."""

    id: str
    """The record's own id, or its number in the file, from 1."""
    source: bytes | str
    url: str | None = None
    input_format: InputFormat = "auto"
    encoding: str | None = None
    """As HTTP said it."""
    problem: str | None = None
    """Why there is no page in it."""
    notes: tuple[str, ...] = ()
    """What its reader noticed, for `Page.notes`."""


class Fields(msgspec.Struct, frozen=True):
    """Names of the fields of a record; `None` guesses.

    A name with dots (`page.body`, `parts.0.text`) is a field inside another, or an item of a list,
    unless a field has just that name.
    """

    text: str | None = None
    html: str | None = None
    url: str | None = None
    id: str | None = None
