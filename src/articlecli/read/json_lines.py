"""JSON → records: one object a line, or as many as there are, however they are laid out."""

import codecs
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, BinaryIO

import msgspec

from articlecli.errors import InputError
from articlecli.options import InputFormat
from articlecli.read.encoding import safe_text
from articlecli.read.members import DamagedError
from articlecli.read.record import Fields, Record
from articlecli.text.patterns import lazy

FIELDS = {
    "text": ("text", "content", "body", "raw_text", "page", "markdown"),
    "html": ("html", "raw_html", "html_content", "raw_content"),
    "url": ("url", "uri", "source_url", "link", "warc_target_uri"),
    "id": ("id", "_id", "doc_id", "record_id", "warc_record_id", "uuid"),
    "fetched": ("warc_date", "WARC-Date", "crawl_date", "crawled_at", "date_crawled",
                "date_download", "fetched_at", "fetch_time", "retrieved_at"),
}  # fmt: skip
"""Names looked for where the user names none, the likeliest first."""
ESCAPED = 4
"""Bytes of JSON for one of a page, whose characters may be escaped."""
BESIDE = 1 << 20
"""Bytes of JSON beside the page. A data set in one line, as one array, must not fill the memory."""
MOST_TOKENS = 1 << 20
"""Strings, brackets and commas of a record longer than `BESIDE`, at the most. A value such as `[],`
has three bytes and takes tens of bytes of memory."""
_TOKEN = lazy(r'(?s)"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|,')
_AFTER_NUMBER = lazy(r'[\s,"\[\]{}]')
_BETWEEN = lazy(r"[\s,\[\]\x1e]*")
_PIECE = 1 << 20
"""Bytes passed over at a time in a line that is too long."""
_KINDS = {dict: "an object", list: "a list", bool: "a yes or no", int: "a number",
          float: "a number", type(None): "null"}  # fmt: skip


def read_json(file: BinaryIO, fields: Fields, most: int) -> Iterator[Record]:
    """Records of JSON Lines, of an array of objects, or of objects over several lines.

    What a line holds instead of a record is told with its number, and the next line is read.

    Args:
        file: The bytes: UTF-8, or UTF-16 with its mark.
        fields: Where the page stands in a record.
        most: Bytes of the largest page.

    Raises:
        InputError: Values that are not one a line do not go on as JSON, or one is too long.

    """
    longest = ESCAPED * most + BESIDE
    lines = _lines(file, longest)
    for number, line in enumerate(lines, 1):
        if isinstance(line, tuple):
            problem, remedy = line
            yield Record(str(number), b"", problem=f"{problem} in line {number}; {remedy}")
        elif number == 1 and _is_spread(line):
            yield from _spread(line, lines, fields, longest)
        elif line.strip():
            yield _of_line(line, number, fields)


def record_of(value: dict[str, Any], key: str, place: str, fields: Fields) -> Record:
    """The record in an object.

    Args:
        value: The object.
        key: Its id if none of its fields is one.
        place: Where it stands, for the sentence that says what is wrong.
        fields: Where the page stands in it.

    """
    name = _found(value, fields.id, "id")
    url = _found(value, fields.url, "url")
    html = _found(value, fields.html, "html") if not (fields.text and not fields.html) else None
    page = _found(value, fields.text, "text") if html is None else html
    key = safe_text(str(name)) if isinstance(name, str | int) and name is not True else key
    url = url if isinstance(url, str) else None
    if isinstance(page, list) and page and all(isinstance(part, str) for part in page):
        page = "\n".join(page)
    if isinstance(page, str | bytes):
        form: InputFormat = "html" if html is not None else "auto"
        fetched = _found(value, None, "fetched")
        moment = str(fetched) if isinstance(fetched, str | date) else None
        return Record(key, page, url, form, fetched=moment)
    named = " or ".join(n for n in (fields.html, fields.text) if n) or "text or html"
    remedy = "name the field that holds the page with --text-field or --html-field"
    if page is None:
        there = ", ".join(sorted(map(str, value))[:8]) or "none"
        problem = f"has no {named} among its fields ({there}) {place}; {remedy}"
    else:
        kind = _KINDS.get(type(page), f"a value of type {type(page).__name__}")
        problem = f"has {kind} and no text in its field {_name(value, fields, page)} {place}"
        problem += f"; {remedy}"
    return Record(key, b"", url, problem=problem)


def _found(value: dict[str, Any], named: str | None, what: str) -> Any:
    """What a field holds: of those known, text before anything else."""
    if named is not None:
        return _at(value, named)
    there = [value[name] for name in FIELDS[what] if value.get(name) is not None]
    text = (one for one in there if isinstance(one, str | bytes) and one)
    return next(text, there[0] if there else None)


def _at(value: Any, name: str) -> Any:
    """A field by its name, or by the names of those that it stands in (`page.body`, `0.text`)."""
    if isinstance(value, dict) and name in value:
        return value[name]
    first, dot, rest = name.partition(".")
    inner = None
    if isinstance(value, dict):
        inner = value.get(first)
    elif isinstance(value, list) and first.isdecimal() and len(first) < 10:
        inner = value[int(first)] if int(first) < len(value) else None
    return _at(inner, rest) if dot and inner is not None else inner


def _name(value: dict[str, Any], fields: Fields, page: Any) -> str:
    for named in (fields.html, fields.text):
        if named and _at(value, named) is page:
            return named
    known = (*FIELDS["html"], *FIELDS["text"])
    return next((name for name in known if value.get(name) is page), "text")


def _lines(file: BinaryIO, longest: int) -> Iterator[bytes | tuple[str, str]]:
    """Lines in UTF-8 without a byte-order mark, and what is wrong with one that cannot be given."""
    start = None
    while start is None:
        try:
            start = file.peek(4)[:4]  # type: ignore[attr-defined]
        except DamagedError as error:  # from its beginning
            yield error.problem, error.remedy
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        wide = io.TextIOWrapper(file, "utf-16", "replace", newline="\n")
        try:
            yield from _bounded(lambda size: wide.readline(size).encode(), longest)
        finally:
            wide.detach()  # whoever opened the file closes it
        return
    if start.startswith(codecs.BOM_UTF8):
        file.read(3)
    yield from _bounded(file.readline, longest)


def _bounded(read_line: Callable[[int], bytes], longest: int) -> Iterator[bytes | tuple[str, str]]:
    """Lines, and what is wrong with one that is too long or damaged."""
    while True:
        try:
            if not (line := read_line(longest + 1)):
                return
            if len(line) <= longest:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = read_line(_PIECE)
            yield f"is longer than {longest >> 20} MiB", "give each page its own line"
        except DamagedError as error:
            yield error.problem, error.remedy


def _of_line(line: bytes, number: int, fields: Fields) -> Record:
    key, place = str(number), f"in line {number}"
    if len(line) > BESIDE and _has_too_many(line.decode("latin-1")):
        return Record(key, b"", problem=f"holds {_TOO_MANY} {place}; give the page itself")
    try:
        value = msgspec.json.decode(line)
    except RecursionError:
        return Record(key, b"", problem=f"is nested too deep {place}; give the page itself")
    except (ValueError, UnicodeDecodeError) as error:
        # Other programs write NaN, halves of characters and bytes that are no UTF-8.
        try:
            value = _JSON.decode(line.decode("utf-8", "replace"))
        except RecursionError:
            return Record(key, b"", problem=f"is nested too deep {place}; give the page itself")
        except ValueError:
            remedy = "write each page as one JSON object on a line"
            return Record(key, b"", problem=f"is no JSON {place} ({error}); {remedy}")
    if not isinstance(value, dict):
        kind = _KINDS.get(type(value), "a text")
        return Record(key, b"", problem=f"is no JSON object but {kind} {place}; name its fields")
    return record_of(value, key, place, fields)


def _has_too_many(text: str) -> bool:
    """Whether the value that a text begins with holds more than can be made values of Python."""
    depth = 0
    for number, token in enumerate(_TOKEN.finditer(text)):
        sign = text[token.start()]
        depth += (sign in "[{") - (sign in "]}")
        if number > MOST_TOKENS or depth <= 0:
            return number > MOST_TOKENS
    return False


def _is_spread(line: bytes) -> bool:
    """Whether a file that begins so has values that do not end with their lines."""
    line = line.strip()
    return line.startswith(b"[") or line.endswith((b"{", b"[", b","))


def _spread(
    first: bytes, lines: Iterator[bytes | tuple[str, str]], fields: Fields, longest: int
) -> Iterator[Record]:
    """Records of an array, or of objects over several lines."""
    pieces = _pieces(chain((first,), lines))
    text, at, number = next(pieces), 0, 0
    more = True
    while True:
        if between := _BETWEEN.match(text, at):
            at = between.end()
        try:
            value, at = _JSON.raw_decode(text, at)
        except RecursionError:
            raise InputError(f"is nested too deep in record {number + 1}", "leave it out") from None
        except ValueError as error:
            rest = text[at:]
            if not more:
                if rest:
                    raise InputError(
                        f"is no JSON from record {number + 1} on ({error})", "write the file again"
                    ) from None
                return
            if len(rest) > longest:
                raise InputError(
                    f"is longer than {longest >> 20} MiB in record {number + 1}",
                    "give each page its own line",
                ) from None
            # Twice as much each time, so that a long value is not begun too often.
            text, more = _longer(rest, pieces)
            at = 0
            if len(text) > BESIDE and _has_too_many(text):
                raise InputError(
                    f"holds {_TOO_MANY} in record {number + 1}", "give the page itself"
                ) from None
            continue
        number += 1
        if isinstance(value, dict):
            yield record_of(value, str(number), f"in record {number}", fields)
        else:
            kind = _KINDS.get(type(value), "a text")
            problem = f"is no JSON object but {kind} in record {number}; name its fields"
            yield Record(str(number), b"", problem=problem)


def _longer(text: str, pieces: Iterator[str]) -> tuple[str, bool]:
    """A text and the pieces after it, at least as much again; and whether there were any."""
    parts, size = [text], 0
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size > len(text):
            break
    return "".join(parts), size > 0


def _pieces(lines: Iterable[bytes | tuple[str, str]]) -> Iterator[str]:
    """Lines, of which a long one comes in pieces: one of them is made values at a time."""
    for line in lines:
        if isinstance(line, tuple):
            raise InputError(*line)
        text, at = line.decode("utf-8", "replace"), 0
        while at < len(text):
            cut = _AFTER_NUMBER.search(text, at + _PIECE)
            yield text[at : (end := cut.end() if cut else len(text))]
            at = end


def _whole(digits: str) -> int | str:
    """A whole number; one longer than any id stays text, since Python refuses 4,300 digits."""
    return int(digits) if len(digits) < 100 else digits


_TOO_MANY = f"more than {MOST_TOKENS} brackets, commas and texts"
_JSON = json.JSONDecoder(strict=False, parse_int=_whole)
