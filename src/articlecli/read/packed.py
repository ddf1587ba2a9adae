"""Compressed files as streams of bytes."""

import bz2
import io
import lzma
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, BinaryIO, cast

from articlecli.errors import InputError
from articlecli.read.members import Members, Streams
from articlecli.read.paths import is_remote, shown
from articlecli.read.remote import open_remote

_MAGIC = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
XZ_MEMORY = 256 << 20
"""Bytes that unpacking xz may take: a file chooses its dictionary, and `xz -9` takes 65 MiB."""
_LONGEST = max(len(magic) for magic, _ in _MAGIC)


@contextmanager
def open_packed(path: str) -> Iterator[BinaryIO]:
    """Bytes of a file or of an address, decompressed if they begin as compressed ones do.

    `-` is standard input, decompressed if it begins as gzip does: it has no name.

    Raises:
        InputError: It is cut short or damaged; raised where the damage is met, inside the `with`
            block too. One of gzip can be read on behind it (`DamagedError`).

    """
    with _damage_told(path), _opened(path) as raw:
        yield unpacked(raw, path)


def start_of(path: str, size: int = 65536) -> bytes:
    """The first bytes of a file, decompressed; none of what is no regular file.

    Raises:
        OSError: It cannot be read.
        InputError: It is damaged from the start.

    """
    if not os.path.isfile(path):
        return b""
    with open_packed(path) as file:
        return file.read(size)


def unpack(data: bytes, path: str, limit: int) -> bytes:
    """The bytes in compressed ones, `limit` of them at most.

    Raises:
        InputError: They are damaged or cut short.

    """
    with _damage_told(path):
        return unpacked(io.BytesIO(data), path).read(limit)


def unpacked(raw: Any, path: str) -> BinaryIO:
    """A stream, decompressed if it begins as a compressed one does."""
    if not hasattr(raw, "peek"):
        raw = io.BufferedReader(raw)
    start = raw.peek(_LONGEST)[:_LONGEST]
    kind = next((name for magic, name in _MAGIC if start.startswith(magic)), None)
    lost = kind is None and path.lower().endswith(".gz") and not start.isascii()  # its first bytes
    if kind == "gzip" or lost:
        return cast("BinaryIO", io.BufferedReader(Members(raw, shown(path)), 1 << 16))
    if kind is None:
        return cast("BinaryIO", raw)
    return cast("BinaryIO", io.BufferedReader(Streams(raw, _decoder(kind)), 1 << 16))


def _decoder(kind: str) -> Callable[[], Any]:
    """What makes a decompressor of one stream."""
    if kind == "bzip2":
        return bz2.BZ2Decompressor
    if kind == "xz":
        return lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY)
    return cast("Callable[[], Any]", zstd_module().ZstdDecompressor)


def zstd_module() -> Any:
    """Python's own module for zstd, or its like for Pythons before 3.14."""
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from backports import zstd
    return zstd


@contextmanager
def _damage_told(path: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, lzma.LZMAError) as error:
        raise _damaged(path, error) from None
    except OSError as error:
        if error.errno is None:  # bz2 says so of damaged data
            raise _damaged(path, error) from None
        raise
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            raise _damaged(path, error) from None
        raise


def _opened(path: str) -> Any:
    if path != "-":
        return open_remote(path) if is_remote(path) else open(path, "rb")
    if sys.stdin is None:
        raise InputError("is closed", "pipe the pages in or name a file", path="standard input")
    return nullcontext(sys.stdin.buffer)


def _damaged(path: str, error: Exception) -> InputError:
    return InputError(f"is damaged or cut short ({error})", "fetch it again", path=shown(path))
