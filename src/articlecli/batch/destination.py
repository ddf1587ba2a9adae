"""Where the articles of a run go, as `-o` says it."""

import os

from msgspec import Struct

from articlecli.batch.inputs import Input
from articlecli.disk import Compression
from articlecli.errors import InputError
from articlecli.read.paths import shown
from articlecli.write.render import Render

RUN = "_run"
"""Folder of a run's notes."""
ONE_FILE: dict[str, tuple[bool, Compression | None]] = {
    ".jsonl": (False, None),
    ".jsonl.gz": (False, "gz"),
    ".jsonl.zst": (False, "zst"),
    ".parquet": (True, None),
}
"""Ends of names that mean one file for all pages: whether it is Parquet, and what packs it."""
OTHER_FILES = """
    .json .ndjson .csv .tsv .txt .text .md .markdown .html .htm .xml .yaml .yml .log .pdf
    .docx .xlsx .gz .zst .bz2 .xz .zip .tar .tgz .7z .warc .wet .arrow .feather .orc .avro .db
    .sqlite .duckdb
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
    for suffix, (parquet, compression) in ONE_FILE.items():
        if name.endswith(suffix):
            return OneFile(output, parquet, compression)
    if name.endswith(tuple(OTHER_FILES)) and not os.path.isdir(output):
        raise InputError(
            "is no kind of file that a batch writes",
            f"name a file that ends in {', '.join(ONE_FILE)}, or a folder, with / at its end",
            path=shown(output),
        )
    return Folder(output)
