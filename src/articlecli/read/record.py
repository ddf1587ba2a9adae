"""One page to be extracted, as the readers of files give it."""

import msgspec

from articlecli.options import InputFormat


class Record(msgspec.Struct, frozen=True):
    """One page to be extracted: of a file that holds many, or a file of its own."""

    id: str | None = None
    """The record's own id, or its number in the file, from 1; `None` of a file of its own."""
    source: bytes | str | None = None
    """The page; `None` where `path` names the file that is to be read."""
    url: str | None = None
    input_format: InputFormat = "auto"
    encoding: str | None = None
    """As HTTP said it."""
    problem: str | None = None
    """Why there is no page in it."""
    notes: tuple[str, ...] = ()
    """What its reader noticed, for `Page.notes`."""
    input: str = ""
    """Name of the input that it is from."""
    path: str | None = None
    """File of a page of its own."""
    fetched: str | None = None
    """For `Page.fetched`."""


class Fields(msgspec.Struct, frozen=True):
    """Names of the fields of a record; `None` guesses.

    A name with dots (`page.body`, `parts.0.text`) is a field inside another, or an item of a list,
    unless a field has just that name.
    """

    text: str | None = None
    html: str | None = None
    url: str | None = None
    id: str | None = None
