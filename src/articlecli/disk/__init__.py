"""Bytes on a disk, the only place that writes: whole files, growing files, standard output."""

from articlecli.disk.atomic import settle, temporary_for, temporary_name, write_file, write_part
from articlecli.disk.lock import locked
from articlecli.disk.names import places
from articlecli.disk.output import OutputFile, standard_output
from articlecli.disk.resumable import Compression, ResumableFile, packed

__all__ = [
    "Compression",
    "OutputFile",
    "ResumableFile",
    "locked",
    "packed",
    "places",
    "settle",
    "standard_output",
    "temporary_for",
    "temporary_name",
    "write_file",
    "write_part",
]
