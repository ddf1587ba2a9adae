"""Feeds (RSS, Atom) → a record for each entry."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

from articlecli.errors import InputError
from articlecli.read.broken_xml import repaired
from articlecli.read.record import Record

_TEXT = ("encoded", "content", "description", "summary")
"""Elements that hold an entry's text, the fullest first."""
_DAYS = ("published", "pubDate", "date", "updated")
_AUTHORS = ("creator", "author")
_ERRORS = (ET.ParseError, LookupError, ValueError)
_BEGIN = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])")
_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_EDGE = re.compile(_BEGIN.pattern + b"|" + _END.pattern)
_TAG = 64
"""Bytes of such a tag, at the most."""
_READ = 1 << 16
"""Bytes read at a time."""
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


class _Parser:
    """Gives entries as they end; raises one of `_ERRORS`."""

    def __init__(self, path: str) -> None:
        # expat bounds what entities grow to.
        self._parser: Any = ET.XMLPullParser(("start", "end"))
        self._path = path
        self._above: list[ET.Element] = []
        self._elements = 0
        self.began = False
        """Some entry has begun."""

    def feed(self, data: bytes) -> Iterator[ET.Element]:
        self._parser.feed(data)
        if flush := getattr(self._parser, "flush", None):  # newer ones wait for more
            flush()
        yield from self._entries()

    def end(self) -> Iterator[ET.Element]:
        self._parser.close()
        yield from self._entries()

    def _entries(self) -> Iterator[ET.Element]:
        for event, element in self._parser.read_events():
            is_entry = _name(element) in ("item", "entry")
            if event == "start":
                self.began |= is_entry
                self._above.append(element)
                self._elements += 1
                if self._elements > ELEMENTS:
                    problem = f"has an entry of more than {ELEMENTS} elements"
                    raise InputError(problem, "leave it out", path=self._path)
                continue
            self._above.pop()
            if is_entry:
                yield element
                if self._above:
                    del self._above[-1][:]  # what stands between entries is not kept either
                self._elements = 0


def read_feed(file: BinaryIO, path: str, most: int) -> Iterator[Record]:
    """The entries of a feed, each as a page of HTML that declares its title, author and date.

    An entry that is no XML is read as browsers read HTML (`broken_xml.py`). Other readers of feeds
    do so too: a raw `&` is the commonest damage, and leaves nothing in doubt. One whose tags are
    wrong is a record with a problem.

    Args:
        file: The bytes of the feed.
        path: Its name, for the error's sentence.
        most: Bytes of the largest entry.

    Raises:
        InputError: It is no XML around its entries, or not to its end, or an entry is too large.
            The entries before have been given by then.

    """
    yield from _Feed(_Bounded(file, 2 * most + BESIDE, path), path).records()


class _Feed:
    """A feed as it is read."""

    def __init__(self, file: _Bounded, path: str) -> None:
        self._file, self._path = file, path
        self._parser = _Parser(path)
        self._head = b""  # what stands above the first entry
        self._held = bytearray()  # what came since the last one
        self._number = 0

    def records(self) -> Iterator[Record]:
        wrong: Exception | None = None  # with the entry that is held, which goes on
        for piece in _pieces(self._file):
            if wrong and (_BEGIN.match(piece) or _END.search(self._held[-_TAG:])):
                yield from self._once_more(wrong)
                wrong = None
            above = b"" if self._head else bytes(self._held)
            self._held += piece
            if wrong is None:
                try:
                    yield from self._given(self._parser.feed(piece))
                except _ERRORS as error:
                    wrong = error
                if self._parser.began and not self._head:
                    self._head = above
                    del self._held[: len(above)]
        try:
            if wrong:
                yield from self._once_more(wrong, last=True)
            yield from self._given(self._parser.end())
        except _ERRORS as error:
            raise self._no_feed(error) from None
        if not self._number:
            raise InputError(
                "is a feed without entries", "give the pages themselves", path=self._path
            )

    def _given(self, entries: Iterable[ET.Element]) -> Iterator[Record]:
        for entry in entries:
            self._number += 1
            try:
                yield _record(entry, self._number)
            except RecursionError:
                yield self._failed("is nested too deep", "give the page itself")
            self._let_go()

    def _once_more(self, wrong: Exception, *, last: bool = False) -> Iterator[Record]:
        """Read what is held with its damage repaired; where that fails too, go on behind it."""
        better = repaired(bytes(self._held), self._head)
        self._parser = _Parser(self._path)
        try:
            list(self._parser.feed(self._head))
            entries = list(self._parser.feed(better))
        except _ERRORS:
            if last or not self._head:
                raise self._no_feed(wrong) from None
            self._parser = _Parser(self._path)
            list(self._parser.feed(self._head))
            self._number += 1
            yield self._failed(f"is no XML ({str(wrong).partition(': ')[0]})", "fetch it again")
            self._let_go()
            return
        self._held = bytearray(b"" if self._head else better)
        yield from self._given(entries)

    def _failed(self, problem: str, remedy: str) -> Record:
        told = f"{problem} in entry {self._number}; {remedy}"
        return Record(str(self._number), b"", problem=told)

    def _let_go(self) -> None:
        self._held.clear()
        self._file.taken = 0

    def _no_feed(self, error: Exception) -> InputError:
        return InputError(f"is no feed of XML ({error})", "fetch it again", path=self._path)


def _pieces(file: _Bounded) -> Iterator[bytes]:
    """The bytes of a feed, cut before tags that begin an entry and behind those that end one."""
    rest = b""
    while data := file.read(_READ):
        data, at = rest + data, 0
        for edge in _EDGE.finditer(data):
            end = edge.end() if edge[0].startswith(b"</") else edge.start()
            if end > at:
                yield data[at:end]
                at = end
        # A tag may go on in what is read next.
        cut = data.rfind(b"<", max(at, len(data) - _TAG))
        cut = len(data) if cut < 0 else cut
        if cut > at:
            yield data[at:cut]
        rest = data[cut:]
    if rest:
        yield rest


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
