"""Where a command's output goes."""

import errno
import os
import sys
from typing import BinaryIO

from articlecli.disk.atomic import named, settle, temporary_name


def standard_output() -> BinaryIO:
    """Standard output for bytes.

    Raises:
        OSError: It was closed before the command began.

    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    return sys.stdout.buffer


class OutputFile:
    """Where a command's output goes: standard output, or a file that appears when it is whole.

    What is no regular file (a device, a pipe) is written to as it is; a link is followed.
    """

    def __init__(self, path: str | None) -> None:
        self._path = os.path.realpath(path) if path else None
        self._part: str | None = None
        self._file: BinaryIO | None = None
        self.done = False
        """Some page was done, even one that has nothing to print: the file may be replaced."""

    def __enter__(self) -> BinaryIO:
        if self._path is None:
            return standard_output()
        if os.path.exists(self._path) and not os.path.isfile(self._path):
            self._file = open(self._path, "wb")
            return self._file
        part = temporary_name(os.path.dirname(self._path))
        try:
            self._file = open(part, "xb")
        except OSError as error:
            error.filename = self._path  # the name that the user knows
            if error.errno == errno.ENOENT:
                error.strerror = "its folder does not exist"
            raise
        self._part = part
        return self._file

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        if self._file is None or self._path is None:
            return
        if isinstance(error, OSError):
            error.filename = error.filename or self._path
        try:
            with named(self._path):
                self._file.close()
        finally:
            if self._part is not None and (kind is not None or not self.done):
                os.unlink(self._part)
        if self._part is None or kind is not None or not self.done:
            return
        if os.path.exists(self._path):
            os.chmod(self._part, os.stat(self._path).st_mode)
        settle([(self._part, self._path)])
