"""Names that a file system takes for one: those that differ in case or in Unicode's form alone."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from unicodedata import normalize

from articlecli.disk.atomic import temporary_name

COMPOSED, DECOMPOSED = "\N{LATIN SMALL LETTER E WITH ACUTE}", "e\N{COMBINING ACUTE ACCENT}"


def places(folder: str, names: Iterable[str]) -> Callable[[str], str]:
    """What gives, for a name below a folder, its place: the same for names that are one file there.

    Only where two of the names differ in nothing but case or form, a file is made in the folder, to
    find out, and removed.

    Args:
        folder: It need not be there yet.
        names: All that may share a place, their folders among them.

    """
    told = set(names)
    if len({_folded(name, case=True, form=True) for name in told}) == len(told):
        return str
    while not os.path.isdir(folder or "."):
        folder = os.path.dirname(folder)
    case, form = takes_for_one(folder, "a", "A"), takes_for_one(folder, COMPOSED, DECOMPOSED)
    return lambda name: _folded(name, case=case, form=form)


def takes_for_one(folder: str, name: str, other: str) -> bool:
    """Whether a folder takes two names for one; not, where no file can be made in it."""
    path = temporary_name(folder or ".")
    with suppress(OSError, UnicodeError):
        open(path + name, "xb").close()
        try:
            return os.path.lexists(path + other)
        finally:
            os.unlink(path + name)
    return False


def _folded(name: str, *, case: bool, form: bool) -> str:
    if name.isascii():
        return name.lower() if case else name
    name = normalize("NFD", name) if form else name
    name = name.casefold() if case else name
    return normalize("NFD", name) if form else name
