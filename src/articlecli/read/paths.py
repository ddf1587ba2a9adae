"""What the name of a file or an address tells, before anything is opened."""

import re

PACKED = (".gz", ".zst", ".bz2", ".xz")
"""Ends of the names of compressed files that are read."""


def shown(path: str) -> str:
    """A path as it can be printed on one line, whatever bytes its name holds."""
    safe = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if not safe:
        return "''"
    return safe if safe.isprintable() else repr(safe)[1:-1]


def is_remote(path: str) -> bool:
    """Whether a path is an address: `protocol://…`, also behind another (`zip://…::s3://…`)."""
    if "://" not in path:
        return False
    return re.match(r"(?:[A-Za-z][\w+.-]+::)*[A-Za-z][\w+.-]+://", path) is not None


def is_http(path: str) -> bool:
    """Whether an address is one of the web, which has no folders."""
    return path.startswith(("http://", "https://"))


def file_part(path: str) -> str:
    """What of a path is the file's name: of an address, nothing behind `?`, `#` or `::`."""
    if not is_remote(path):
        return path
    first = next(part for part in path.split("::") if "://" in part)
    return re.split(r"[?#]", first)[0] if is_http(first) else first
