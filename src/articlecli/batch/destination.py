"""Where the articles of a run go, as `-o` says it."""

import os

from msgspec import Struct

from articlecli.batch.inputs import Input
from articlecli.disk import Compression
from articlecli.errors import InputError
from articlecli.read.paths import shown
from articlecli.write.render import FORMATS, Format, Render

RUN = "_run"
"""Folder of a run's notes."""
PARQUET = ".parquet"
ONE_FILE = {suffix: told for suffix, told in FORMATS.items() if suffix != ".json"}
"""Ends of names that mean one file for all pages, and its format; JSON is for one page."""
PACKED: dict[str, Compression] = {".gz": "gz", ".zst": "zst"}
"""Ends after them, and what packs the file."""
OTHER_FILES = """
    .json .yaml .yml .log .pdf .docx .xlsx .gz .zst .bz2 .xz .zip .tar .tgz .7z .warc .wet .arrow
    .feather .orc .avro .db .sqlite .duckdb
""".split()
"""Ends of names that mean a file of a kind that is not written; a folder so called ends in `/`."""


class Folder(Struct, frozen=True):
    """One output a page, one a shard."""

    path: str

    @property
    def notes(self) -> str:
        """Folder of the run's notes."""
        return os.path.join(self.path, RUN)

    def output_of(self, one: Input, render: Render) -> str:
        """Path of the file that an input's articles go to."""
        suffix = render.suffix if one.files else render.suffix_of_many
        return os.path.join(self.path, one.name + suffix)


class OneFile(Struct, frozen=True):
    """One file for all pages."""

    path: str
    parquet: bool = False
    compression: Compression | None = None
    format: Format = "jsonl"

    @property
    def notes(self) -> str:
        """Folder of the run's notes, beside the file."""
        return f"{self.path}.{RUN}"

    def output_of(self, _one: Input, _render: Render) -> str:
        """The file."""
        return self.path


Destination = Folder | OneFile


def destination_of(output: str) -> Destination:
    """What a name given as output means.

    Raises:
        InputError: It ends as a file of a kind that is not written.

    """
    if output.endswith(("/", os.sep)):
        return Folder(output)
    name = output.lower()
    if name.endswith(PARQUET):
        return OneFile(output, parquet=True)
    stem, suffix = os.path.splitext(name)
    compression = PACKED.get(suffix)
    told = ONE_FILE.get(os.path.splitext(stem)[1] if compression else suffix)
    if told is not None and not os.path.isdir(output):
        return OneFile(output, compression=compression, format=told)
    if name.endswith(tuple(OTHER_FILES)) and not os.path.isdir(output):
        kinds = [one for one in ONE_FILE if one not in (".ndjson", ".text", ".markdown", ".htm")]
        raise InputError(
            "is no kind of file that a batch writes",
            f"name a file that ends in {', '.join(kinds)} or {PARQUET}, or a folder, with / at "
            "its end", path=shown(output),
        )  # fmt: skip
    return Folder(output)
