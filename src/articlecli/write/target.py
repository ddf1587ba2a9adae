"""Where the output goes."""

import errno
import os
import sys
from typing import BinaryIO


def standard_output() -> BinaryIO:
    """Standard output for bytes.

    Raises:
        OSError: It was closed before the command began.

    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    return sys.stdout.buffer


class Target:
    """Where the output goes: standard output, or a file that appears only when it is whole.

    What is no regular file (a device, a pipe) is written to as it is; a link is followed.
    """

    def __init__(self, path: str | None) -> None:
        self._path = os.path.realpath(path) if path else None
        special = path is not None and os.path.exists(path) and not os.path.isfile(path)
        self._part = self._path if special else f"{self._path}.part-{os.getpid()}"
        self._file: BinaryIO | None = None
        self.done = False
        """Some page was done, even one that has nothing to print: the file may be replaced."""

    def __enter__(self) -> BinaryIO:
        if self._path is None or self._part is None:
            return standard_output()
        self._file = open(self._part, "wb")
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is None or self._path is None or self._part is None:
            return
        self._file.close()
        if self._part == self._path:
            return
        if kind is None and self.done:
            if os.path.exists(self._path):
                os.chmod(self._part, os.stat(self._path).st_mode)
            os.replace(self._part, self._path)
        else:
            os.unlink(self._part)
