"""Bytes on a disk: files that appear whole or not at all, even after a power cut.

One `fsync` a page costs more than the page: 3.8 ms beside 2 ms on ext4, against 0.4 ms where the
pages of a chunk are made to last together and take their names then (`write_part`, `settle`).
"""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Literal

from articlecli.errors import InputError
from articlecli.read.paths import shown

Compression = Literal["gz", "zst"]


def standard_output() -> BinaryIO:
    """Standard output for bytes.

    Raises:
        OSError: It was closed before the command began.

    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    return sys.stdout.buffer


def temporary_name(folder: str) -> str:
    """A name in a folder that nobody else has or can guess."""
    return os.path.join(folder, f".{os.urandom(12).hex()}.part")


def write_file(path: str, data: bytes | bytearray, *, parts: str | None = None) -> None:
    """Write a file so that it is there whole or not at all, even after a power cut.

    Args:
        path: The file.
        data: All of it.
        parts: Folder where it lies until it is whole; `None` for its own.

    Raises:
        OSError: It cannot be written; nothing is left of it.

    """
    settle([write_part(path, data, parts=parts)])


def write_part(path: str, data: bytes | bytearray, *, parts: str | None = None) -> tuple[str, str]:
    """Write a file under a temporary name; `settle` takes what this gives.

    Args:
        path: The file that it will be.
        data: All of it.
        parts: Folder of the temporary name, which is there; `None` for the file's own.

    Raises:
        OSError: It cannot be written, or its own name cannot be given; nothing is left of it.

    """
    folder = os.path.dirname(path) or "."
    os.makedirs(folder, exist_ok=True)
    _check_name(path)
    part = temporary_name(parts or folder)
    file = open(part, "xb")  # noqa: SIM115  # closed below, before it is removed
    try:
        with file:
            file.write(data)
    except BaseException as error:
        os.unlink(part)
        if isinstance(error, OSError) and not error.filename:  # a full disk names no file
            error.filename = path
        raise
    return part, path


def _check_name(path: str) -> None:
    """Tell now, while one page is to blame, what would stop `settle`: a folder, a name too long."""
    try:
        about = os.lstat(path)
    except FileNotFoundError:
        return
    if stat.S_ISDIR(about.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)


def settle(parts: list[tuple[str, str]]) -> None:
    """Give files their names, once a power cut can do them no harm.

    Args:
        parts: Pairs of the name that a file has and the one it gets.

    Raises:
        OSError: The disk did not take them.

    """
    devices: dict[int, list[str]] = {}
    for part, _ in parts:
        devices.setdefault(os.stat(part).st_dev, []).append(part)
    for together in devices.values():
        if len(together) == 1 or not _sync_all(together[0]):
            for part in together:
                _sync(part)
    for part, path in parts:
        os.replace(part, path)


def _sync(path: str) -> None:
    with open(path, "r+b") as file:
        os.fsync(file.fileno())


def _sync_all(path: str) -> bool:
    """Let all of a file's file system outlive a power cut; `False` where only Linux could."""
    import ctypes  # only where a batch writes pages

    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError, TypeError):
        return False
    with open(path, "rb") as file:
        if syncfs(file.fileno()) == 0:
            return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code), path)


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
            raise
        self._part = part
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is None or self._path is None:
            return
        try:
            self._file.close()
        finally:
            if self._part is not None and (kind is not None or not self.done):
                os.unlink(self._part)
        if self._part is None or kind is not None or not self.done:
            return
        if os.path.exists(self._path):
            os.chmod(self._part, os.stat(self._path).st_mode)
        settle([(self._part, self._path)])


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
        self._file: BinaryIO = open(self.part, "r+b", opener=_no_link)  # noqa: SIM115  # `close` closes it
        self._file.truncate(length)
        self._file.seek(length)

    def write(self, data: bytes) -> None:
        """Add to the end."""
        if not data:
            return
        packed = _packed(data, self._compression)
        self._file.write(packed)
        self.length += len(packed)

    def flush(self) -> None:
        """Let what was written outlive a power cut."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self, *, whole: bool) -> None:
        """Close it; with its true name if it is whole."""
        try:
            self.flush()
        finally:
            self._file.close()
        if whole:
            os.replace(self.part, self.path)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _packed(data: bytes, compression: Compression | None) -> bytes:
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


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Keep a second run from a folder, which is made if need be.

    Raises:
        InputError: Another run is at it.

    """
    from filelock import FileLock, Timeout  # only batches lock

    os.makedirs(folder, exist_ok=True)
    lock = FileLock(os.path.join(folder, "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(
            "is being written by another run", "wait for it or name another output",
            path=shown(folder),
        ) from None  # fmt: skip
    try:
        yield
    finally:
        lock.release()
