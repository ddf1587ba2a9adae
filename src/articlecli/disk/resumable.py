"""A file that grows and can be taken up again after a stop at any moment."""

import os
from typing import BinaryIO, Literal

from articlecli.disk.atomic import named
from articlecli.errors import InputError
from articlecli.read.paths import shown

Compression = Literal["gz", "zst"]
BUFFER = 1 << 18
"""Bytes that are handed to the system together, some chunks of pages."""


class ResumableFile:
    """A file that grows, can be taken up again at any length, and gets its name when it is whole.

    Args:
        path: The file that it will be.
        length: Bytes that are there already; what lies beyond them is cut off.
        compression: What each piece added is packed with.
        part: Its name until it is whole; `None` for `path` with `.part`, where the next session
            finds it.

    Raises:
        InputError: It is shorter than `length`.

    """

    def __init__(
        self, path: str, length: int, *, compression: Compression | None = None,
        part: str | None = None,
    ) -> None:  # fmt: skip
        self.path, self.part, self.length = path, part or path + ".part", length
        self._compression = compression
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if length:
            if not os.path.exists(self.part) and os.path.exists(path):
                os.replace(path, self.part)  # it had been finished, and the state not yet written
            if not os.path.exists(self.part) or os.path.getsize(self.part) < length:
                raise InputError(
                    "is shorter than this run left it", "start again with --fresh",
                    path=shown(self.part),
                )  # fmt: skip
        else:
            if os.path.lexists(self.part):
                os.unlink(self.part)
            open(self.part, "xb").close()
        self._file: BinaryIO = open(self.part, "r+b", BUFFER, opener=_no_link)  # noqa: SIM115  # `close` closes it
        self._file.truncate(length)
        self._file.seek(length)

    def write(self, data: bytes) -> None:
        """Add to the end."""
        if not data:
            return
        data = packed(data, self._compression)
        with named(self.path):
            self._file.write(data)
        self.length += len(data)

    def flush(self) -> None:
        """Let what was written outlive a power cut."""
        with named(self.path):
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self, *, whole: bool) -> None:
        """Close it; with its true name if it is whole."""
        with named(self.path):
            try:
                self.flush()
            finally:
                self._file.close()
        if whole:
            os.replace(self.part, self.path)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def packed(data: bytes, compression: Compression | None) -> bytes:
    """A piece as a file of that compression holds it; nothing is nothing."""
    if not data:
        return b""
    if compression == "gz":
        import gzip  # few outputs are compressed

        return gzip.compress(data, 6, mtime=0)
    if compression == "zst":
        try:
            from compression.zstd import compress  # type: ignore[import-not-found,unused-ignore]
        except ImportError:
            from backports.zstd import compress  # the same before Python 3.14
        return bytes(compress(data))
    return data
