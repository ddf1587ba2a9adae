"""Paths that the user names → inputs in a fixed order, each with a name of its own."""

import os
import posixpath
import stat
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from typing import Literal

from msgspec import Struct

from articlecli.errors import InputError
from articlecli.read.kinds import records_kind
from articlecli.read.packed import start_of
from articlecli.read.paths import PACKED, file_part, is_http, is_remote, shown
from articlecli.read.remote import Remote, find_remote, key_of

DEEPEST = 200
"""Folders within folders that are searched, and made among the outputs."""
PAGES = (".txt", ".text", ".html", ".htm", ".xhtml", ".md", ".markdown", ".mht", ".mhtml", ".eml")
RECORDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    ".wet": "warc",
    ".arc": "warc",
    ".mbox": "mbox",
    ".rss": "feed",
    ".atom": "feed",
    ".parquet": "parquet",
}

Kind = Literal["page", "jsonl", "warc", "parquet", "mbox", "feed", "fault"]


class Input(Struct, frozen=True):
    """One file: a page, or many pages in records."""

    name: str
    """Its path under the folder the user named; the output's name is made of it."""
    path: str
    """Of the file, or its address."""
    kind: Kind
    problem: str | None = None
    """Why it cannot be read, of a fault that showed before reading."""
    size: int = -1
    """Bytes, -1 where its folder does not tell them."""
    placed: bool = True
    """Its output has a place of its own in the folder of the outputs."""

    @property
    def files(self) -> bool:
        """It is one page, and no file of records."""
        return self.kind in ("page", "fault")


def kind_of(path: str) -> Kind | None:
    """What a file's name says that it holds, `None` where it says nothing known."""
    name = file_part(path).lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    suffix = os.path.splitext(name)[1]
    if suffix in RECORDS:
        return RECORDS[suffix]  # type: ignore[return-value]  # its values are kinds
    return "page" if suffix in PAGES else None


Note = Callable[[str, str], None]
"""Takes the path of what is passed over, and why."""


def find_inputs(
    paths: Sequence[str],
    *,
    patterns: Sequence[str] = (),
    hidden: bool = False,
    follow_links: bool = False,
    note: Note = lambda _path, _why: None,
) -> tuple[list[Input], int]:
    """All inputs in the order of their names, and how many files of folders were passed over.

    Args:
        paths: Files and folders, here or at an address. A folder is searched through and through.
        patterns: Shell patterns of names to take in folders; by default the suffixes known here.
            A file named itself is always taken.
        hidden: Take files and folders whose names begin with a dot too.
        follow_links: Take what links in a folder lead to outside it; else each is a fault.
        note: Told of each file and folder of this machine that is passed over.

    Raises:
        InputError: A path does not exist, or two addresses would share an output.

    """
    here = [path for path in paths if not is_remote(path)]
    within = None if follow_links else _real_folders(here)
    found, passed_over = _local(here, patterns, hidden=hidden, within=within, note=note)
    addresses = [path for path in paths if is_remote(path)]
    if addresses:
        apart = bool(found)
        distant, others = _distant(addresses, patterns=patterns, hidden=hidden, apart=apart)
        passed_over += others
        for one in distant:
            if found.setdefault(one.name, one).path != one.path:
                raise InputError("has the name of another input", "run them separately",
                                 path=shown(one.path))  # fmt: skip
    return sorted(found.values(), key=lambda one: one.name), passed_over


def _local(
    paths: Sequence[str],
    patterns: Sequence[str],
    *,
    hidden: bool,
    within: tuple[str, ...] | None,
    note: Note,
) -> tuple[dict[str, Input], int]:
    """Inputs of this machine by their names, and how many files were passed over."""
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
            one = _input(path, root, kind_of(path) or _kind_inside(path))
            found[one.name] = one
            continue
        search = _Search(hidden, within, note)
        for file, problem in search.files(path, above=frozenset()):
            if problem is None and not _wanted(os.path.basename(file), patterns):
                passed_over += 1
                note(file, "fits no --pattern" if patterns else "is of another kind")
                continue
            one = _input(file, root, kind_of(file) or "page", problem)
            found[one.name] = one
    return found, passed_over


def _kind_inside(path: str) -> Kind:
    """What a file of a name that says nothing holds."""
    try:
        return records_kind(start_of(path)) or "page"
    except (OSError, InputError):
        return "page"  # reading it says why


def _wanted(name: str, patterns: Sequence[str]) -> bool:
    """Whether a file of a folder is to be taken."""
    if patterns:
        return any(fnmatch(name, pattern) for pattern in patterns)
    return kind_of(name) is not None


def _distant(
    addresses: Sequence[str], *, patterns: Sequence[str], hidden: bool, apart: bool
) -> tuple[list[Input], int]:
    """Inputs at addresses, and how many files were passed over.

    Args:
        addresses: Files and folders.
        patterns: As for `find_inputs`.
        hidden: As for `find_inputs`.
        apart: Local files are among the inputs: names keep protocol and host.

    """
    listed = [(one, *_listed(one, hidden=hidden)) for one in addresses]
    root = "" if apart else posixpath.commonpath([folder for _, folder, _ in listed])
    found: list[Input] = []
    passed_over = 0
    for address, _, files in listed:
        for file in files:
            if file.address != address and not file.problem:
                if not _wanted(posixpath.basename(file.key), patterns):
                    passed_over += 1
                    continue
            kind = "fault" if file.problem else kind_of(file.address) or "page"
            name = posixpath.relpath(file.key, root or ".")
            found.append(Input(name, file.address, kind, file.problem,
                               -1 if file.size is None else file.size))  # fmt: skip
    return found, passed_over


def _listed(address: str, *, hidden: bool) -> tuple[str, list[Remote]]:
    """As `find_remote`; a page of the web is not asked for before it is its turn."""
    if is_http(address) and kind_of(address) in ("page", None):
        key = key_of(address)
        return posixpath.dirname(key), [Remote(address, key)]
    return find_remote(address, hidden=hidden)


def _real_folders(paths: Sequence[str]) -> tuple[str, ...]:
    """The folders among paths, without links and with a slash."""
    return tuple(os.path.join(os.path.realpath(path), "") for path in paths if os.path.isdir(path))


class _Search(Struct, frozen=True):
    """How folders are searched."""

    hidden: bool
    within: tuple[str, ...] | None
    """Folders that links may lead into; `None` for all there are."""
    note: Note

    def files(
        self, folder: str, *, above: frozenset[tuple[int, int]]
    ) -> Iterator[tuple[str, str | None]]:
        """Files under a folder, but for what runs left there, and what is wrong with each.

        A folder that can't be looked into is given itself.
        """
        try:
            about = os.stat(folder)
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            yield folder, f"is a folder that cannot be read ({why}); check its permissions"
            return
        here = above | {(about.st_dev, about.st_ino)}
        notes = {e.name for e in entries if e.name.endswith("_run") and _is_notes(e.path)}
        for entry in entries:
            if entry.name.startswith(".") and not self.hidden:
                self.note(entry.path, "is hidden; see --hidden")
            elif _left_by_a_run(entry, notes):
                why = "has the notes of a run" if entry.name in notes else "is the output of a run"
                self.note(entry.path, why)
            elif problem := self._problem(entry, here):
                yield entry.path, problem
            elif _is_folder(entry) and len(here) > DEEPEST:
                yield entry.path, f"is more than {DEEPEST} folders deep; name the files in it"
            elif _is_folder(entry):
                yield from self.files(entry.path, above=here)
            else:
                yield entry.path, None

    def _problem(self, entry: os.DirEntry[str], here: frozenset[tuple[int, int]]) -> str | None:
        """What keeps an entry from being followed, if it is a link."""
        if not entry.is_symlink():
            return None
        try:
            about = os.stat(entry.path)
            if stat.S_ISDIR(about.st_mode) and (about.st_dev, about.st_ino) in here:
                return "is a link to a folder that holds it; remove the link"
        except OSError:
            pass  # reading it says why
        target = os.path.join(os.path.realpath(entry.path), "")
        if self.within is not None and not target.startswith(self.within):
            return "is a link that leads out of the folder; see --follow-links"
        return None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _left_by_a_run(entry: os.DirEntry[str], notes: set[str]) -> bool:
    """Whether an entry is a run's output, finished or not, or a run's notes.

    Args:
        entry: A file or folder.
        notes: The runs' notes beside it, or itself: `_run`, `all.jsonl._run`.

    """
    own = f"{entry.name.removesuffix('.part')}._run"
    if entry.name in notes or own in notes:
        return True
    return _is_folder(entry) and _is_notes(os.path.join(entry.path, "_run"))


def _is_notes(path: str) -> bool:
    return any(os.path.isfile(os.path.join(path, name)) for name in ("run.json", "lock"))


def _input(path: str, root: str, kind: Kind, problem: str | None = None) -> Input:
    whole, start = os.path.abspath(path), os.path.join(root, "")
    name = whole[len(start) :] if whole.startswith(start) else os.path.relpath(whole, root)
    problem = problem or _problem(path)
    return Input(name, path, "fault" if problem else kind, problem)


def _problem(path: str) -> str | None:
    """What keeps a path from being a file that can be read, as far as its entry tells."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return None  # reading it says why
    return None if stat.S_ISREG(mode) else "is no regular file; name the files to be read"
