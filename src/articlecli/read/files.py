"""A path, an address or standard input → bytes."""

import errno
import os
import stat
import sys

from articlecli.errors import InputError
from articlecli.read.paths import PACKED, is_remote, shown

_PACKED_STARTS = (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
LIMIT = 64 * 1024 * 1024
"""Bytes of the largest page that is read; a page of the web has a thousandth of it."""


def read_bytes(path: str) -> bytes:
    """Bytes of a file or address, or of standard input for `-`; decompressed if they need be.

    Raises:
        InputError: Missing, unreadable, a folder, empty, or larger than `LIMIT`.

    """
    name = "standard input" if path == "-" else shown(path)
    try:
        if path == "-" and sys.stdin is None:
            raise InputError("is closed", "pipe the page in or name a file", path=name)
        if path == "-":
            data = sys.stdin.buffer.read(LIMIT + 1)
        elif is_remote(path):
            from articlecli.read.remote import open_remote

            with open_remote(path) as file:
                data = file.read(LIMIT + 1)
        else:
            _refuse_folder(path, name)
            with open(path, "rb") as file:
                data = file.read(LIMIT + 1)
        if data.startswith(_PACKED_STARTS) or path.lower().endswith(PACKED):
            # Few pages are compressed, and the start is a promise.
            from articlecli.read.packed import unpack

            data = unpack(data, name, LIMIT + 1)
    except (OSError, ValueError) as error:
        raise _explained(error, path, name) from None
    if not data:
        raise InputError("is empty", "check how it was written", path=name)
    if len(data) > LIMIT:
        raise InputError(f"is larger than {LIMIT >> 20} MiB", "split it into its pages", path=name)
    return data


def _refuse_folder(path: str, name: str) -> None:
    if stat.S_ISDIR(os.stat(path).st_mode):
        raise InputError("is a folder", "name the files in it", path=name)


def _explained(error: OSError | ValueError, path: str, name: str) -> InputError:
    code = getattr(error, "errno", None)
    if code == errno.ENOENT:
        if os.path.islink(path):
            return InputError("is a link to a missing file", "repair or remove the link", path=name)
        return InputError("does not exist", "check the path", path=name)
    if code in (errno.EACCES, errno.EPERM):
        return InputError("cannot be read (permission denied)", "check its permissions", path=name)
    if code == errno.ELOOP:
        return InputError("is a link that leads to itself", "repair or remove the link", path=name)
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"cannot be read ({reason})", "check the path and the disk", path=name)
