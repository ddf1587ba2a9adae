"""Feeds (RSS, Atom) → a record for each entry."""

from collections.abc import Iterator
from html import escape
from typing import BinaryIO
from xml.etree import ElementTree as ET

from articlecli.errors import InputError
from articlecli.read.record import Record

_TEXT = ("encoded", "content", "description", "summary")
"""Elements that hold an entry's text, the fullest first."""
_DAYS = ("published", "pubDate", "date", "updated")
_AUTHORS = ("creator", "author")


BESIDE = 1 << 20
"""Bytes of a feed that may stand beside the text of an entry."""
ELEMENTS = 30_000
"""Elements of the largest entry; each takes some hundred bytes of memory."""


class _Bounded:
    """A file of which only so much may be read for one entry."""

    def __init__(self, file: BinaryIO, longest: int, path: str) -> None:
        self._file, self._longest, self._path = file, longest, path
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        """As a file has it.

        Raises:
            InputError: No entry has ended for too long.

        """
        data = self._file.read(size)
        self.taken += len(data)
        if self.taken > self._longest:
            raise InputError(
                f"has an entry of more than {self._longest >> 20} MiB", "see --page-size",
                path=self._path,
            )  # fmt: skip
        return data


def read_feed(file: BinaryIO, path: str, most: int) -> Iterator[Record]:
    """The entries of a feed, each as a page of HTML that declares its title, author and date.

    Args:
        file: The bytes of the feed.
        path: Its name, for the error's sentence.
        most: Bytes of the largest entry.

    Raises:
        InputError: It is no XML, or not to its end, or an entry is too large. The entries before
            have been given by then.

    """
    number = elements = 0
    bounded = _Bounded(file, 2 * most + BESIDE, path)  # what is escaped takes some more
    above: list[ET.Element] = []
    try:
        # expat bounds what entities grow to.
        for event, element in ET.iterparse(bounded, ("start", "end")):  # noqa: S314
            if event == "start":
                above.append(element)
                elements += 1
                if elements > ELEMENTS:
                    raise InputError(
                        f"has an entry of more than {ELEMENTS} elements", "leave it out", path=path
                    )
                continue
            above.pop()
            if _name(element) in ("item", "entry"):
                number += 1
                try:
                    yield _record(element, number)
                except RecursionError:
                    yield Record(str(number), b"", problem=f"is nested too deep in entry {number}; "
                                 "give the page itself")  # fmt: skip
                if above:
                    del above[-1][:]  # what stands between entries is not kept either
                bounded.taken = elements = 0
    except (ET.ParseError, LookupError, ValueError) as error:
        raise InputError(f"is no feed of XML ({error})", "fetch it again", path=path) from None
    if not number:
        raise InputError("is a feed without entries", "give the pages themselves", path=path)


def _record(entry: ET.Element, number: int) -> Record:
    parts = {}
    for part in entry:
        if _name(part) not in parts or part.get("rel") == "alternate":
            parts[_name(part)] = part
    url = parts["link"].get("href") or _text(parts["link"]) if "link" in parts else None
    key = _text(parts["guid"] if "guid" in parts else parts.get("id")) or str(number)
    title = _text(parts.get("title"))
    told = (("property", "og:title", title), ("name", "author", _first(parts, _AUTHORS)),
            ("property", "article:published_time", _day(_first(parts, _DAYS))))  # fmt: skip
    head = "".join(
        f'<meta {kind}="{name}" content="{escape(value)}">' for kind, name, value in told if value
    )
    body = _first(parts, _TEXT)
    if body and "<" not in body:
        body = f"<p>{body}</p>"
    return Record(key, f"{head}<h1>{escape(title)}</h1>{body}", url or None, "html")


def _first(parts: dict[str, ET.Element], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _text(parts.get(name)))), "")


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: ET.Element | None) -> str:
    """What an element says; of one with elements inside (XHTML, an author's name) all of it."""
    if element is None:
        return ""
    if len(element) and _name(element) == "content":
        return "".join(ET.tostring(part, "unicode") for part in element)
    return "".join(element.itertext()).strip()


def _day(said: str) -> str:
    """A date as HTML declares it: feeds of RSS write those of mails."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(said).isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return said
