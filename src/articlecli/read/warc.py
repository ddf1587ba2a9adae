"""WARC, WET and ARC → records, also of files that are damaged or cut short."""

import re
from collections.abc import Iterator
from io import BufferedIOBase
from typing import BinaryIO, cast

from msgspec import Struct

from articlecli.options import InputFormat
from articlecli.read.body import decoded
from articlecli.read.members import DamagedError
from articlecli.read.record import Record

_LINE = 65536
"""Bytes of the longest line of a header."""
_TAKEN = 65536
"""Bytes taken from the file at a time."""
_HEADER = 1 << 20
"""Bytes of the longest header, of WARC or of HTTP."""
_ARC = rb"(\S+) \S+ (\d{8,14}) (\S+) (?:\S+ \S+ \S+ \S+ \S+ )?(\d+)\s*$"
"""A record's line in ARC: address, IP, date, type, (five more in version 2,) length."""
_PAGES = ("text/html", "application/xhtml+xml")
_UNKNOWN = ("", "application/octet-stream", "application/http", "unknown/unknown", "no-type")
"""Types that say nothing: the body is looked at."""
_TOLD = {
    "revisit": "is a revisit, which has no page of its own; the record of the first visit has it",
    "continuation": "is a part of a record cut in segments; join the segments first",
}


class _Frame(Struct):
    """A record as the file frames it."""

    kind: str
    """`response`, `conversion` …; of ARC always `response`."""
    headers: dict[str, str]
    block: bytes
    problem: str | None = None


class _Stream:
    """A stream that takes bytes back, and gives a header at once where it holds all of it."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = cast("BufferedIOBase", file)  # for `read1`
        self._held, self._at = b"", 0
        self.longest = most + _HEADER
        """Bytes of the longest block."""

    def read(self, size: int) -> bytes:
        data = self._held[self._at : self._at + size]
        self._at += len(data)
        return data if len(data) == size else data + self._file.read(size - len(data))

    def line(self) -> bytes:
        """The next line, of which one without an end is given in pieces."""
        if self._at >= len(self._held):
            self._held, self._at = self._file.read1(_TAKEN), 0
        end = self._held.find(b"\n", self._at, self._at + _LINE) + 1
        line = self._held[self._at : end or self._at + _LINE]
        self._at += len(line)
        return line if end else line + self._file.readline(_LINE - len(line))

    def header(self) -> bytes | None:
        """The lines before the next blank one, which is passed; `None` where they are not held."""
        end = self._held.find(b"\r\n\r\n", self._at, self._at + _LINE)
        head = self._held[self._at : end]
        if end < 0 or not all(map(bytes.strip, head.split(b"\n"))):
            return None
        self._at = end + 4
        return head

    def unread(self, data: bytes) -> None:
        self._held, self._at = data + self._held[self._at :], 0


def read_warc(file: BinaryIO, most: int) -> Iterator[Record]:
    """Records of a WARC, WET or ARC file, in order.

    What a page may stand in is given: responses, resources, conversions and revisits; each that
    holds none says why. What is only about the crawl (requests, metadata, `warcinfo`) is left out.

    Args:
        file: The bytes.
        most: Bytes of the largest page.

    """
    for number, frame in enumerate(_frames(_Stream(file, most)), 1):
        if frame.kind in ("response", "resource", "conversion", "revisit", "continuation", ""):
            yield _record(frame, number, most)


def _frames(stream: _Stream) -> Iterator[_Frame]:
    lost = False
    while True:
        try:
            line = stream.line()
            if not line:
                return
            if not line.strip():
                continue
            frame: _Frame | None
            if line.startswith(b"WARC/"):
                frame = _warc_frame(stream)
            elif match := re.match(_ARC, line):
                frame = _arc_frame(stream, match)
            else:
                if not lost:
                    lost = True
                    yield _Frame("", {}, b"", "is damaged: no record begins where one must; "
                                 "fetch the file again")  # fmt: skip
                continue
        except DamagedError as error:
            yield _Frame("", {}, b"", f"{error.problem}; {error.remedy}")
            lost = True  # what comes is the rest of it, until a record begins
            continue
        lost = False
        if frame is not None:
            yield frame


def _warc_frame(stream: _Stream) -> _Frame:
    head = stream.header()
    if head is None:
        lines, size = [], 0
        while (line := stream.line()).strip():
            lines.append(line)
            size += len(line)
            if size > _HEADER:
                return _Frame("", {}, b"", f"has a header of more than {_HEADER >> 20} MiB; "
                              "fetch the file again")  # fmt: skip
        head = b"".join(lines)
    headers = _headers(head)
    kind = headers.get("warc-type", "").lower()
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 19):
        return _Frame(kind, headers, b"", "has no Content-Length; fetch the file again")
    try:
        block, problem = _block(stream, int(length))
    except DamagedError as error:
        return _Frame(kind, headers, b"", f"{error.problem}; {error.remedy}")
    return _Frame(kind, headers, block, problem)


def _arc_frame(stream: _Stream, match: re.Match[bytes]) -> _Frame | None:
    url, kind, length = match[1].decode("utf-8", "replace"), match[3].decode("latin-1"), match[4]
    block, problem = _block(stream, int(length[:18]))
    if url.startswith("filedesc:"):
        return None
    headers = {"warc-target-uri": url, "content-type": kind, "warc-date": match[2].decode()}
    return _Frame("response", headers, block, problem)


def _block(stream: _Stream, length: int) -> tuple[bytes, str | None]:
    """A record's block, and what is wrong with it; a length that lies is mended where it can be."""
    if length > stream.longest:
        left = length
        while left and (piece := stream.read(min(left, 1 << 20))):
            left -= len(piece)
        cut = " and cut short" if left else ""
        return b"", f"is {length} bytes long{cut}, larger than a page may be; see --page-size"
    block = stream.read(length)
    if len(block) < length:
        # A length too large has swallowed the records that come after.
        if begins := re.search(rb"\r?\n\r?\n(?=WARC/\d\.\d\r?\n[A-Za-z-]+:)", block):
            stream.unread(block[begins.end() :])
            return block[: begins.start()], None
        return block, f"is cut short, {len(block)} of {length} bytes; fetch the file again"
    return block + _rest(stream), None


def _rest(stream: _Stream) -> bytes:
    """What a block holds beyond its length where that is too small: no blank line ends it there."""
    line = stream.line()
    if not line.strip():
        return b""
    stream.unread(line)
    more = bytearray()  # a list of lines would take many times their length
    while (line := stream.line()) and len(more) < stream.longest:
        if line.startswith(b"WARC/") or re.match(_ARC, line):
            stream.unread(line)
            break
        more += line
    return bytes(more)


def _headers(head: bytes) -> dict[str, str]:
    """Header fields by their names in small letters; of two of a name the first."""
    found: dict[str, str] = {}
    folded: dict[str, list[str]] = {}
    name, more = "", False
    for line in head.decode("utf-8", "replace").split("\n"):
        if name and line[:1] in (" ", "\t"):
            if more:
                folded.setdefault(name, [found[name]]).append(line.strip())
            continue
        name, _, value = line.partition(":")
        name = name.strip().lower()
        more = name not in found
        if more:
            found[name] = value.strip()
    return found | {name: " ".join(parts) for name, parts in folded.items()}


def _record(frame: _Frame, number: int, most: int) -> Record:
    key = frame.headers.get("warc-record-id", "").strip("<>") or str(number)
    url = frame.headers.get("warc-target-uri", "").strip("<>") or None
    if problem := frame.problem or _TOLD.get(frame.kind):
        return Record(key, b"", url, problem=problem)
    said, body = frame.headers.get("content-type", ""), frame.block
    fetched = frame.headers.get("warc-date")
    if body.startswith((b"HTTP/", b"ICY ")):
        head, body = _parted(body)
        http = _headers(head.partition(b"\n")[2])
        said = http.get("content-type", "")
        sent = http.get("transfer-encoding", ""), http.get("content-encoding", "")
        body = decoded(body, *sent, most)
    if frame.kind == "conversion":
        return Record(key, body, url, "text", "utf-8", fetched=fetched)
    kind = said.partition(";")[0].strip().lower()
    if kind in _UNKNOWN:
        kind = frame.headers.get("warc-identified-payload-type", "").lower()
    form, problem = _page(kind, url or "", body)
    cut = frame.headers.get("warc-truncated")
    if cut and not body.strip():
        problem = f"was cut off before its page by the crawler ({cut})"
    charset = re.search(r"(?i)charset\s*=\s*[\"']?\s*([^\s;\"',]+)", said)
    return Record(
        key,
        b"" if problem else body,
        url,
        form,
        charset[1].lower() if charset else None,
        problem,
        ("truncated",) if cut else (),
        fetched=fetched,
    )


def _page(kind: str, url: str, body: bytes) -> tuple[InputFormat, str | None]:
    """What to take a body of a media type for, and why it is no page if it is none."""
    if kind in _PAGES:
        return "html", None
    if kind == "text/plain" and url.partition("?")[0].endswith("/robots.txt"):
        return "auto", "is robots.txt, no page"
    if kind in _UNKNOWN or kind in ("text/plain", "text/markdown"):
        return "auto", None
    if kind.endswith("xml") and b"<html" in body[:2000].lower():  # XHTML by another name
        return "html", None
    return "auto", f"is {kind}, no page of text"


def _parted(block: bytes) -> tuple[bytes, bytes]:
    """Header and body of an HTTP message."""
    match = re.search(rb"\r?\n\r?\n", block)
    return (block[: match.start()], block[match.end() :]) if match else (block, b"")
