"""What changed between the outputs of two runs, page by page: folders of JSON, or JSON Lines."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import DecodeError, Struct
from msgspec.json import decode

from articlecli.errors import InputError
from articlecli.read.packed import open_packed
from articlecli.read.paths import shown

FIELDS = ("status", "reason", "page_type", "title", "byline", "published", "language", "lead",
          "body", "text", "entries", "teasers", "comments", "meta", "removed", "flags",
          "confidence")  # fmt: skip
"""Fields that are compared, in the order in which they are told."""
SUFFIXES = (".json", ".jsonl", ".jsonl.gz", ".jsonl.zst")
NOTES = "_run"
"""Folder of a run's notes, which is no output."""

Pages = dict[str, dict[str, Any]]


class Change(Struct, frozen=True):
    """What changed of one page."""

    name: str
    kind: str
    """`changed`, `added` (in the second run only) or `gone` (in the first only)."""
    fields: dict[str, tuple[Any, Any]] = {}
    """Field → before and after; of a list of parts their texts."""


def pages_of(path: str) -> Pages:
    """Pages of an output: name → the fields of the JSON.

    Args:
        path: A folder, searched through and through, or a file of JSON or JSON Lines.

    Raises:
        InputError: It is not there, or holds something else.

    """
    if not os.path.isdir(path):
        return dict(_named(path, ""))
    pages: Pages = {}
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name != NOTES)
        for name in sorted(names):
            whole = os.path.join(folder, name)
            if name.endswith(SUFFIXES) and os.path.isfile(whole):  # a pipe would never end
                pages.update(_named(whole, os.path.relpath(whole, path)))
    return pages


def _named(path: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pages of one file; `name` is that of the file in its folder, empty for one named alone."""
    try:
        with open_packed(path) as file:
            data = file.read()
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        raise InputError(problem, "check the path", path=shown(path)) from None
    try:
        told = decode(data)
        if isinstance(told, dict):
            yield _in_folder(name, told, "") or _name(told, 1), told
            return
    except (DecodeError, UnicodeDecodeError, RecursionError):
        pass
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = decode(line)
        except (DecodeError, UnicodeDecodeError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise InputError(
                f"has no JSON object in line {number}", "name an output of articlecli",
                path=shown(path),
            )  # fmt: skip
        known = _name(told, number)
        yield _in_folder(name, told, f"#{known}") or known, told


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


def changes(before: Pages, after: Pages, *, fields: Sequence[str] = FIELDS) -> list[Change]:
    """Pages that differ, in the order of their names.

    A page of the first is compared with the one of the same name.
    """
    found = []
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            found.append(Change(name, "gone"))
        elif name not in before:
            found.append(Change(name, "added"))
        elif differ := _fields(before[name], after[name], fields):
            found.append(Change(name, "changed", differ))
    return found


def _fields(
    before: Mapping[str, Any], after: Mapping[str, Any], fields: Sequence[str]
) -> dict[str, tuple[Any, Any]]:
    return {
        field: (_plain(before.get(field)), _plain(after.get(field)))
        for field in fields
        if before.get(field) != after.get(field)
    }


def _plain(value: Any) -> Any:
    """A list of parts as lines of text; other values as they are."""
    if not isinstance(value, list):
        return value
    return [_line(part) if isinstance(part, dict) else str(part) for part in value]


def _line(part: Mapping[str, Any]) -> str:
    kind = part.get("reason") or part.get("kind") or part.get("section")
    text = part.get("text") or part.get("title") or part.get("summary") or ""
    return f"[{kind}] {text}" if kind else str(text)


def counts_of(found: Sequence[Change]) -> Counter[str]:
    """How many pages were added, have gone, or differ in each field."""
    counts: Counter[str] = Counter()
    for change in found:
        counts.update([change.kind, *change.fields])
    return counts
