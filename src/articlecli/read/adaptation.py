"""Zone models fitted to a user's own pages, from and to the file that `articlecli adapt` writes.

{"schema": "articlecli-model/1", "html": {"base": "…", "rows": [1407, …], "weights": "…"}}

`Fitted` says what the fields mean; the weights are in base64.
"""

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode

from articlecli.data import read_data
from articlecli.errors import InputError
from articlecli.options import Adaptation, Fitted
from articlecli.read.files import read_bytes
from articlecli.read.paths import shown

SCHEMA = "articlecli-model/1"
BASES = {"text": "zones.model", "html": "zones-html.model"}
"""Models that can be fitted, and their files among the package's data."""


class _File(Struct, omit_defaults=True):
    schema: str
    text: Fitted | None = None
    html: Fitted | None = None


def read_adaptation(path: str) -> Adaptation:
    """Zone models of a file that `articlecli adapt` wrote, for `Options.model`.

    Raises:
        InputError: The file cannot be read, is something else, or was fitted to the zone models of
            another version of articlecli.

    """
    try:
        told = decode(read_bytes(path), type=_File)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        told = _File("")
    if told.schema != SCHEMA or not (told.text or told.html):
        raise InputError(
            "is no fitted model", "name a file that articlecli adapt wrote", path=shown(path)
        )
    for kind, fitted in (("text", told.text), ("html", told.html)):
        if fitted is not None and fitted.base != base_of(kind):
            raise InputError(
                "was fitted to the zone model of another version of articlecli",
                "run articlecli adapt again", path=shown(path),
            )  # fmt: skip
    return Adaptation(told.text, told.html)


def adaptation_bytes(adaptation: Adaptation) -> bytes:
    """The file of fitted models, one line."""
    return encode(_File(SCHEMA, adaptation.text, adaptation.html)) + b"\n"


def base_of(kind: str) -> str:
    """The start of the SHA-256 of the model that ships for pages of text or of HTML."""
    from hashlib import sha256  # loads OpenSSL, which extraction need not wait for

    return sha256(read_data(BASES[kind])).hexdigest()[:16]
