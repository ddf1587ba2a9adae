"""Addresses (`s3://…`, `hf://…`, `https://…`) → lists of files and streams of bytes, by fsspec.

Nothing here is called, and fsspec is not imported, unless the user named an address.
"""

import io
import posixpath
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TypeVar, cast

from msgspec import Struct

from articlecli.errors import InputError
from articlecli.extras import remedy
from articlecli.read.paths import file_part, is_http, shown

T = TypeVar("T")

TRIES = 3
"""Times that an address is asked for before it counts as unreadable."""
PAUSE = 0.5
"""Seconds before the second time; twice as long before each later one."""
BUFFER = 1 << 20
"""Bytes taken from fsspec at a time; it fetches blocks of some MiB and keeps one."""


class Remote(Struct, frozen=True):
    """A file at an address."""

    address: str
    key: str
    """The address as a relative path, with its protocol and host as the first folders."""
    size: int | None = None
    """Bytes, where the server tells them."""
    problem: str | None = None
    """Why it, or the folder that it is, cannot be read."""


def key_of(address: str) -> str:
    """An address as a relative path that leads out of no folder (`s3/bucket/a.txt`)."""
    parts: list[str] = []
    for one in reversed(address.split("::")):
        protocol, there, rest = one.partition("://")
        if there:
            # Of object stores `a//b` and `a/b` are two things, and `..` is a name.
            inside = rest.strip("/").split("/") if rest.strip("/") else []
            parts += [protocol, *(_SAFE.get(part, part) for part in inside)]
    return "/".join(parts)


_SAFE = {"": "%2F", ".": "%2E", "..": "%2E%2E"}


def find_remote(path: str, *, hidden: bool) -> tuple[str, list[Remote]]:
    """The files of an address: those under a folder, through and through, or the file itself.

    Args:
        path: The address. Of HTTP it is always one file: the web has no folders.
        hidden: Take files and folders whose names begin with a dot too.

    Returns:
        Key of the folder, and the files in the order of their names.

    Raises:
        InputError: Nothing is there, fsspec or what it needs for the protocol is not installed.

    """
    system, root = _system(path)
    key = key_of(path)
    folder = not is_http(path) and file_part(path).endswith("/")
    size = None
    if not folder:
        try:
            about = _tried(path, lambda: system.info(root))
        except _MissingError:
            raise
        except InputError as error:
            return posixpath.dirname(key), [Remote(path, key, problem=error.clause)]
        folder, size = about["type"] == "directory", about.get("size")
    if not folder:
        return posixpath.dirname(key), [Remote(path, key, size)]
    return key, list(_walk(system, root.rstrip("/"), _namer(system, path, root), hidden=hidden))


def open_remote(path: str) -> BinaryIO:
    """A file at an address as a stream of bytes; not much more than a block of it is in memory.

    Raises:
        InputError: It cannot be opened after `TRIES` times, or, while it is read, the connection
            breaks.

    """
    system, root = _system(path)
    file = _tried(path, lambda: system.open(root, "rb"))
    return cast("BinaryIO", io.BufferedReader(_Stream(file, path, system), BUFFER))


class _Stream(io.RawIOBase):
    """What fsspec opened, as Python's buffers take it, and the errors of its clients as ours."""

    def __init__(self, file: Any, path: str, system: Any) -> None:
        self._file, self._path = file, path
        self._system = system  # nobody else may hold it, and an archive closes with it

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def readinto(self, buffer: Any) -> int:
        # Asked once: a stream that broke off may give its end when it is asked again.
        data = _tried(self._path, lambda: self._file.read(len(buffer)), times=1)
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(_tried(self._path, lambda: self._file.seek(offset, whence), times=1))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class _MissingError(InputError):
    """Nothing is at the address."""


def _walk(
    system: Any, folder: str, named: Callable[[str], str], *, hidden: bool
) -> Iterator[Remote]:
    """Files under a folder; a folder that cannot be listed is given itself."""
    # `find` of fsspec leaves out what it cannot list, and says nothing of it.
    try:
        entries = _tried(named(folder), lambda: system.ls(folder or "", detail=True))
    except InputError as error:
        yield Remote(named(folder), key_of(named(folder)), problem=error.clause)
        return
    for entry in sorted(entries, key=lambda entry: str(entry["name"])):
        name = entry["name"].rstrip("/")
        if name.strip("/") == folder.strip("/"):
            continue  # object stores list a folder's own mark in it
        if posixpath.basename(name).startswith(".") and not hidden:
            continue
        if entry["type"] == "directory":
            yield from _walk(system, name, named, hidden=hidden)
        else:
            yield Remote(named(name), key_of(named(name)), entry.get("size"))


def _namer(system: Any, path: str, root: str) -> Callable[[str], str]:
    """From fsspec's name of a file, which lacks host and outer archive, to its address."""
    start = path.index("://")
    end = path.find("::", start)
    head, outer = (path, "") if end < 0 else (path[:end], path[end:])
    head, root = head.rstrip("/") if len(head) > start + 3 else head, root.rstrip("/")
    if not head.endswith(root):  # not written as fsspec writes it
        return lambda name: str(system.unstrip_protocol(name)) + outer
    before = head.removesuffix(root)
    return lambda name: before + name + outer


def _system(path: str) -> tuple[Any, str]:
    """The file system of fsspec for an address, and the address as that wants it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError(
            "is an address, which needs fsspec", remedy("remote"), path=shown(path)
        ) from None
    return cast("tuple[Any, str]", _tried(path, lambda: url_to_fs(path)))


def _tried(path: str, call: Callable[[], T], *, times: int = TRIES) -> T:
    """What a call gives that may fail for a moment."""
    for number in range(1, times + 1):
        try:
            return call()
        except Exception as error:  # noqa: BLE001  # each of fsspec's clients has errors of its own
            cause = _cause(error)
            if number == times or _for_good(cause):
                raise _explained(path, cause) from None
        time.sleep(PAUSE * 2 ** (number - 1))
    raise AssertionError


def _cause(error: Exception) -> Exception:
    """The error itself: fsspec's HTTP says of every failure that the file is not there."""
    while isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    return error


def _status(error: Exception) -> int:
    """Status that HTTP gave, 0 where it gave none."""
    response = getattr(error, "response", None)
    status = getattr(error, "status", None) or getattr(response, "status_code", None)
    return status if isinstance(status, int) else 0


def _for_good(error: Exception) -> bool:
    """Whether it will be no better in a moment."""
    status = _status(error)
    if status:
        return 400 <= status < 500 and status not in (408, 429)
    lasting = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError,
               ImportError, ValueError, TypeError, NotImplementedError)  # fmt: skip
    return isinstance(error, lasting)


def _explained(path: str, error: Exception) -> InputError:
    name, status = shown(path), _status(error)
    said = str(error).strip().partition("\n")[0][:300].rstrip(".") or type(error).__name__
    if isinstance(error, ImportError):
        return InputError("cannot be reached", f"fsspec says: {said}", path=name)
    if isinstance(error, FileNotFoundError) or status in (404, 410):
        return _MissingError("does not exist", "check the address", path=name)
    if isinstance(error, PermissionError) or status in (401, 403):
        return InputError(
            "cannot be read (permission denied)", "check your credentials for it", path=name
        )
    if isinstance(error, IsADirectoryError):
        return InputError("is a folder", "name the files in it", path=name)
    return InputError(f"cannot be read ({said})", "check the address and the network", path=name)
