"""Paths that the user names → inputs in a fixed order, each with a name of its own."""

import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from typing import Literal

from msgspec import Struct

from articlecli.errors import InputError
from articlecli.read.files import PACKED, shown

PAGES = (".txt", ".text", ".html", ".htm", ".xhtml", ".md", ".markdown", ".mht", ".mhtml")
RECORDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    ".wet": "warc",
    ".parquet": "parquet",
}

Kind = Literal["page", "jsonl", "warc", "parquet", "fault"]


class Input(Struct, frozen=True):
    """One file: a page, or many pages in records."""

    name: str
    """Its path under the folder the user named; the output's name is made of it."""
    path: str
    kind: Kind
    problem: str | None = None
    """Why it cannot be read, of a fault that showed before reading."""

    @property
    def files(self) -> bool:
        """It is one page, and no file of records."""
        return self.kind in ("page", "fault")


def kind_of(path: str) -> Kind | None:
    """What a file's name says that it holds, `None` where it says nothing known."""
    name = path.lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    suffix = os.path.splitext(name)[1]
    if suffix in RECORDS:
        return RECORDS[suffix]  # type: ignore[return-value]  # its values are kinds
    return "page" if suffix in PAGES else None


def find_inputs(
    paths: Sequence[str], *, patterns: Sequence[str] = (), hidden: bool = False
) -> tuple[list[Input], int]:
    """All inputs in the order of their names, and how many files of folders were passed over.

    Args:
        paths: Files and folders. A folder is searched through and through.
        patterns: Shell patterns of names to take in folders; by default the suffixes known here.
            A file named itself is always taken.
        hidden: Take files and folders whose names begin with a dot too.

    Raises:
        InputError: A path does not exist.

    """
    for path in paths:
        if not os.path.lexists(path):
            raise InputError("does not exist", "check the path", path=shown(path))
    folders = [os.path.abspath(p) if os.path.isdir(p) else os.path.dirname(os.path.abspath(p))
               for p in paths]  # fmt: skip
    root = os.path.commonpath(folders) if folders else "."
    found: dict[str, Input] = {}
    passed_over = 0
    for path in paths:
        if not os.path.isdir(path):
            one = _input(path, root, kind_of(path) or "page")
            found[one.name] = one
            continue
        for file in _files(path, hidden=hidden, above=frozenset()):
            kind = kind_of(file)
            if file.endswith(os.sep):  # a folder that could not be looked into
                wanted = True
            elif patterns:
                wanted = any(fnmatch(os.path.basename(file), pattern) for pattern in patterns)
            else:
                wanted = kind is not None
            if not wanted:
                passed_over += 1
                continue
            one = _input(file, root, kind or "page")
            found[one.name] = one
    return sorted(found.values(), key=lambda one: one.name), passed_over


def _files(folder: str, *, hidden: bool, above: frozenset[tuple[int, int]]) -> Iterator[str]:
    """Files under a folder; one that can't be looked into is given itself, with a slash."""
    try:
        about = os.stat(folder)
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder + os.sep
        return
    here = above | {(about.st_dev, about.st_ino)}
    for entry in entries:
        if entry.name.startswith(".") and not hidden:
            continue
        try:
            inside = entry.is_dir()
            again = inside and (os.stat(entry.path).st_dev, entry.inode()) in here
            if inside and entry.is_symlink():
                target = os.stat(entry.path)
                again = (target.st_dev, target.st_ino) in here
        except OSError:
            inside = again = False
        if inside and not again:
            yield from _files(entry.path, hidden=hidden, above=here)
        elif not again or not inside:
            yield entry.path
        else:
            yield entry.path + os.sep


def _input(path: str, root: str, kind: Kind) -> Input:
    name = os.path.relpath(os.path.abspath(path), root)
    problem = _problem(path)
    return Input(name, path, "fault" if problem else kind, problem)


def _problem(path: str) -> str | None:
    """What keeps a path from being a file that can be read, as far as its entry tells."""
    if path.endswith(os.sep):
        if os.path.islink(path.rstrip(os.sep)):
            return "is a link to a folder that holds it; remove the link"
        return "is a folder that may not be read; check its permissions"
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return None  # reading it says why
    return None if stat.S_ISREG(mode) else "is no regular file; name the files to be read"
