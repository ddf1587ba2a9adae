"""Compressed files as streams of bytes."""

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, BinaryIO, cast

from articlecli.errors import InputError
from articlecli.read.paths import file_part, is_remote, shown
from articlecli.read.remote import open_remote


@contextmanager
def open_packed(path: str) -> Iterator[BinaryIO]:
    """Bytes of a file or of an address, decompressed by its name (`.gz`, `.bz2`, `.xz`, `.zst`).

    `-` is standard input, decompressed if it begins as gzip does: it has no name.

    Raises:
        InputError: It is not compressed as its name says, or cut short; raised where the damage
            is met, inside the `with` block too.

    """
    name = file_part(path).lower()
    try:
        with _opened(path) as raw:
            if name.endswith(".gz") or (path == "-" and raw.peek(2)[:2] == b"\x1f\x8b"):
                yield cast("BinaryIO", gzip.GzipFile(fileobj=raw))
            elif name.endswith(".bz2"):
                yield cast("BinaryIO", bz2.BZ2File(raw))
            elif name.endswith(".xz"):
                yield cast("BinaryIO", lzma.LZMAFile(raw))  # noqa: SIM115  # `raw` is closed here
            elif name.endswith(".zst"):
                yield _zstd(raw)
            else:
                yield raw
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError) as error:
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


def _zstd(raw: BinaryIO) -> BinaryIO:
    try:
        from compression.zstd import ZstdFile  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from backports.zstd import ZstdFile  # the same before Python 3.14
    return cast("BinaryIO", ZstdFile(raw))


def _damaged(path: str, error: Exception) -> InputError:
    return InputError(f"is damaged or cut short ({error})", "fetch it again", path=shown(path))
