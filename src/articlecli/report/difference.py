"""What changed between the outputs of two runs, page by page: folders of JSON, or JSON Lines.

Of a page its name is held and where it stands; the page itself is read when it is compared.
"""

import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from tempfile import TemporaryFile, gettempdir
from typing import Any, BinaryIO, Self

from msgspec import DecodeError, Raw, Struct, defstruct
from msgspec.json import decode

from articlecli.errors import InputError
from articlecli.read.files import LIMIT
from articlecli.read.json_lines import BESIDE, ESCAPED
from articlecli.read.packed import open_packed
from articlecli.read.paths import shown

FIELDS = ("status", "reason", "page_type", "title", "byline", "published", "language", "lead",
          "body", "text", "entries", "teasers", "comments", "meta", "removed", "flags",
          "confidence")  # fmt: skip
"""Fields that are compared, in the order in which they are told."""
SUFFIXES = (".json", ".jsonl", ".jsonl.gz", ".jsonl.zst")
NOTES = "_run"
"""Folder of a run's notes, which is no output."""
LONGEST = ESCAPED * LIMIT + BESIDE
"""Bytes of the largest page of an output: as many as one of an input may have."""
MOST_VALUES = 1 << 22
"""Values in a field that are compared; each takes some hundred bytes of memory."""

_NULL = Raw(b"null")
_Page = defstruct("_Page", [(name, Raw, _NULL) for name in ("source", "id", *FIELDS)])
"""The fields of a page, each as it stands in the JSON: made values only where two differ."""
_Place = tuple[str, int, int]
"""File, byte and length; no file for a page that is kept apart, because its file is packed."""


class Change(Struct, frozen=True):
    """What changed of one page."""

    name: str
    kind: str
    """`changed`, `added` (in the second run only) or `gone` (in the first only)."""
    fields: dict[str, tuple[Any, Any]] = {}
    """Field → before and after; of a list of parts their texts."""


class Pages(Mapping[str, Struct]):
    """Pages of an output by their names, each read when it is asked for.

    Args:
        path: A folder, searched through and through, or a file of JSON or JSON Lines.

    Raises:
        InputError: It is not there, holds something else, or a page that is too large. Also raised
            when a page is asked for that is no longer as it was.

    """

    def __init__(self, path: str) -> None:
        self._places: dict[str, _Place] = {}
        self._kept: BinaryIO | None = None
        try:
            for file, name in _files(path):
                self._add(file, name)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the pages that are kept apart."""
        if self._kept is not None:
            with suppress(OSError):  # of a full disk it is told already
                self._kept.close()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, name: str) -> Struct:
        path, at, size = self._places[name]
        if self._kept is not None and not path:
            self._kept.seek(at)
            page = _page(zlib.decompress(self._kept.read(size)))
        else:
            with open_packed(path) as file:
                file.seek(at)
                page = _page(file.read(size))
        if page is None:
            raise InputError("was changed while it was read", "compare again", path=shown(path))
        return page

    def _add(self, path: str, name: str) -> None:
        """Pages of a file; `name` is that of the file in its folder, empty for one named alone."""
        try:
            with open_packed(path) as file:
                rows = self._rows(file, path)
                first = list(islice(rows, 2))
                if len(first) == 1:  # a file of one page has that page's name
                    [(_, place, told)] = first
                    self._places[_in_folder(name, told, "") or _name(told, 1)] = place
                    return
                for number, place, told in chain(first, rows):
                    known = _name(told, number)
                    self._places[_in_folder(name, told, f"#{known}") or known] = place
        except OSError as error:
            if error.filename not in (None, path):
                raise
            problem = f"cannot be read ({error.strerror or error})"
            raise InputError(problem, "check the path", path=shown(path)) from None

    def _rows(self, file: BinaryIO, path: str) -> Iterator[tuple[int, _Place, dict[str, Any]]]:
        """Line, place and source of each page of a file."""
        can_be_sought = os.path.isfile(path) and file.seekable()
        at = number = 0
        alone = True
        while line := file.readline(LONGEST + 1):
            number += 1
            begin, at = at, at + len(line)
            if line.strip():
                page = _page(line)
                if page is None and alone and len(line) <= LONGEST:  # one object over several lines
                    line += file.read(LONGEST + 1 - len(line))
                    page = _page(line)
                alone = False
                if len(line) > LONGEST:
                    raise InputError(
                        f"has a page of more than {LONGEST >> 20} MiB in line {number}",
                        "leave it out", path=shown(path),
                    )  # fmt: skip
                told = None if page is None else _told(page)
                if told is None:
                    raise InputError(
                        f"has no JSON object in line {number}", "name an output of articlecli",
                        path=shown(path),
                    )  # fmt: skip
                yield number, (path, begin, len(line)) if can_be_sought else self._keep(line), told

    def _keep(self, line: bytes) -> _Place:
        """Put a page where it can be read again: packed, or a small file might fill the disk."""
        if self._kept is None:
            self._kept = TemporaryFile()  # noqa: SIM115  # `close` closes it
        at, data = self._kept.seek(0, os.SEEK_END), zlib.compress(line, 1)
        try:
            self._kept.write(data)
            self._kept.flush()
        except OSError as error:
            error.filename = gettempdir()  # a full disk names no file
            raise
        return "", at, len(data)


def _files(path: str) -> Iterator[tuple[str, str]]:
    """Files of an output, and their names in its folder."""
    if not os.path.isdir(path):
        yield path, ""
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name != NOTES)
        for name in sorted(names):
            whole = os.path.join(folder, name)
            if name.endswith(SUFFIXES) and os.path.isfile(whole):  # a pipe would never end
                yield whole, os.path.relpath(whole, path)


def _page(data: bytes) -> Struct | None:
    """The page in a line; `None` where it holds something else."""
    try:
        return decode(data, type=_Page)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _told(page: Any) -> dict[str, Any] | None:
    """What names a page; `None` where it holds what is no text."""
    try:
        return {"source": decode(page.source), "id": decode(page.id)}
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _in_folder(name: str, told: Mapping[str, Any], part: str) -> str:
    """Name of a page whose file lies in a folder: that of its input, where a batch named it so.

    The same page has that name in a run whose output is one file.
    """
    path = str(_source(told).get("path") or "")
    given = next((name.removesuffix(end) for end in SUFFIXES if name.endswith(end)), name)
    if given and (path == given or path.startswith(f"{given}#")):
        return path
    return name and name + part


def _name(told: Mapping[str, Any], number: int) -> str:
    known = _source(told)
    return str(known.get("path") or known.get("url") or told.get("id") or number)


def _source(told: Mapping[str, Any]) -> Mapping[str, Any]:
    source = told.get("source")
    return source if isinstance(source, dict) else {}


def changes(before: Pages, after: Pages, *, fields: Sequence[str] = FIELDS) -> Iterator[Change]:
    """Pages that differ, in the order of their names.

    A page of the first is compared with the one of the same name.

    Raises:
        InputError: A page is no longer as it was, or holds bytes that are no text.

    """
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield Change(name, "gone")
        elif name not in before:
            yield Change(name, "added")
        elif differ := _fields(name, before[name], after[name], fields):
            yield Change(name, "changed", differ)


def _fields(
    name: str, before: Struct, after: Struct, fields: Sequence[str]
) -> dict[str, tuple[Any, Any]]:
    differ = {}
    for field in fields:
        raw = getattr(before, field), getattr(after, field)
        if raw[0] == raw[1]:
            continue
        if any(_values(bytes(one)) > MOST_VALUES for one in raw):
            raise InputError(f"has more than {MOST_VALUES} values in its {field}", "leave it out",
                             path=f"page {shown(name)}")  # fmt: skip
        try:
            old, new = map(decode, raw)
        except (DecodeError, UnicodeDecodeError, RecursionError):
            raise InputError(f"has a {field} that is no JSON", "write it again",
                             path=f"page {shown(name)}") from None  # fmt: skip
        if old != new:
            differ[field] = _plain(old), _plain(new)
    return differ


def _values(raw: bytes) -> int:
    """How many values a piece of JSON has, at the most."""
    return 1 if raw[:1] == b'"' else sum(map(raw.count, (b",", b"[", b"{")))


def _plain(value: Any) -> Any:
    """A list of parts as lines of text; other values as they are."""
    if not isinstance(value, list):
        return value
    return [_line(part) if isinstance(part, dict) else str(part) for part in value]


def _line(part: Mapping[str, Any]) -> str:
    kind = part.get("reason") or part.get("kind") or part.get("section")
    text = part.get("text") or part.get("title") or part.get("summary") or ""
    return f"[{kind}] {text}" if kind else str(text)


def counts_of(found: Iterable[Change]) -> Counter[str]:
    """How many pages were added, have gone, or differ in each field."""
    counts: Counter[str] = Counter()
    for change in found:
        counts.update([change.kind, *change.fields])
    return counts
