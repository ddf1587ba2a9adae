"""What is no page by itself (pictures, archives, data, shards): told apart, with what to do."""

import re
from typing import Literal

from articlecli.errors import InputError

SAMPLE = 65536
"""Bytes that are looked at."""
LOGGED = 0.9
"""Share of lines that begin like an entry of a log, from which a text is one."""

_BLANK = b"\xef\xbb\xbf \t\r\n"
_MANY = {"jsonl": "JSON", "mbox": "a mailbox"}
ROWS = 8192
"""Bytes in which rows of a table or entries of a log are looked for."""
CELL = 25
"""Characters of a cell, in the mean, from which rows are sentences with commas."""

_UNPACK = "unpack it and give the pages in it"
_WORDS = "give the text or HTML of the page"
_SAVE = "save it as HTML or text and give that"
_BATCH = "give it to `articlecli batch`, which does each of its pages"

_MAGIC = (
    (0, b"%PDF-", "a PDF document, not text", "turn it into text first, such as with pdftotext"),
    (0, b"{\\rtf", "a document of rich text (RTF), no page", _SAVE),
    (0, b"\x89PNG", "a PNG picture, not text", _WORDS),
    (0, b"\xff\xd8\xff", "a JPEG picture, not text", _WORDS),
    (0, b"GIF8", "a GIF picture, not text", _WORDS),
    (8, b"WEBP", "a WebP picture, not text", _WORDS),
    (0, b"II*\0", "a TIFF picture, not text", _WORDS),
    (0, b"MM\0*", "a TIFF picture, not text", _WORDS),
    (0, b"\0\0\1\0", "an icon, not text", _WORDS),
    (0, b"%!PS", "a PostScript document, not text", _SAVE),
    (4, b"ftyp", "a film or picture (MP4, AVIF, HEIC), not text", _WORDS),
    (0, b"RIFF", "sound or film, not text", _WORDS),
    (0, b"ID3", "sound (MP3), not text", _WORDS),
    (0, b"OggS", "sound or film (Ogg), not text", _WORDS),
    (0, b"fLaC", "sound (FLAC), not text", _WORDS),
    (0, b"\x1aE\xdf\xa3", "a film (Matroska, WebM), not text", _WORDS),
    (0, b"wOF", "a font, not text", _WORDS),
    (0, b"\xd0\xcf\x11\xe0", "an old office document, not text", _SAVE),
    (0, b"\x1f\x8b", "gzip-compressed data, not text", "unpack it"),
    (0, b"BZh", "bzip2-compressed data, not text", "unpack it"),
    (0, b"\xfd7zXZ", "xz-compressed data, not text", "unpack it"),
    (0, b"\x28\xb5\x2f\xfd", "zstandard-compressed data, not text", "unpack it"),
    (0, b"7z\xbc\xaf", "a 7-Zip archive, not text", _UNPACK),
    (0, b"Rar!", "a RAR archive, not text", _UNPACK),
    (257, b"ustar", "a tar archive, not text", _UNPACK),
    (0, b"\x7fELF", "a program, not text", _WORDS),
    (0, b"SQLite format 3", "a database, not text", _WORDS),
    (0, b"PAR1", "a Parquet file, which holds many pages", _BATCH),
    (0, b"WARC/", "a WARC file, which holds many pages", _BATCH),
    (0, b"filedesc://", "an ARC file, which holds many pages", _BATCH),
)
_FIRST = tuple(magic for offset, magic, *_ in _MAGIC if not offset)
_LATER = tuple(one for one in _MAGIC if one[0])
"""How the kinds begin that are known by their first bytes, and those that are known further on."""
_ZIPPED = (
    (b"mimetypeapplication/epub+zip", "an EPUB book", "unpack it and give its chapters"),
    (b"mimetypeapplication/vnd.oasis", "an office document (OpenDocument)", _SAVE),
    (b"word/", "a Word document", _SAVE),
    (b"xl/", "an Excel workbook", _SAVE),
    (b"ppt/", "a PowerPoint presentation", _SAVE),
    (b"[Content_Types].xml", "an office document", _SAVE),
)
_LOG = (
    rb"\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\S+ \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}:"
    rb"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ "
)
_ROOT = rb"(?s)\s*(?:<\?.{0,1000}?\?>\s*|<!--.{0,4000}?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<([\w:.-]+)"
_ROOTS = {
    b"rss": ("a feed (RSS), which holds many pages", _BATCH),
    b"feed": ("a feed (Atom), which holds many pages", _BATCH),
    b"rdf:rdf": ("a feed (RSS 1.0) or other RDF, no page", _BATCH),
    b"svg": ("an SVG picture, no page", _WORDS),
    b"urlset": ("a sitemap, no page", "give the pages that it lists"),
    b"sitemapindex": ("a sitemap, no page", "give the pages that it lists"),
    b"opml": ("a list of feeds, no page", "give the pages themselves"),
}


def refuse_binary_kind(data: bytes, path: str | None) -> None:
    """Refuse bytes that begin as no text does.

    Raises:
        InputError: A picture, an archive, a document of an office program, a shard.

    """
    head = data[:1024].lstrip(_BLANK)
    begins = head.startswith(_FIRST) or data.startswith(_FIRST)
    for offset, magic, what, remedy in _MAGIC if begins else _LATER:
        # What can follow white space stands at the start of its file else.
        if data.startswith(magic, offset) or (not offset and head.startswith(magic)):
            raise InputError(f"is {what}", remedy, path=path)
    if data.startswith(b"PK\3\4"):
        for sign, what, remedy in _ZIPPED:
            if sign in data[:SAMPLE]:
                raise InputError(f"is {what}, not text", remedy, path=path)
        raise InputError("is a ZIP archive, not text", _UNPACK, path=path)


def refuse_text_kind(data: bytes, path: str | None) -> None:
    """Refuse text that is data or a file of many pages; nobody who names a format is asked.

    Raises:
        InputError: JSON, CSV, a log, a feed, a mailbox.

    """
    head = data[:SAMPLE].lstrip(_BLANK)
    if head[:1] == b"<":
        root = re.match(_ROOT, head)
        if root and (told := _ROOTS.get(root[1].lower())):
            raise InputError(f"is {told[0]}", told[1], path=path)
        return
    if what := _MANY.get(records_kind(data) or ""):
        raise InputError(f"is {what}, which can hold many pages", _BATCH, path=path)
    _refuse_rows(head, path)


def may_be_mail(data: bytes) -> bool:
    """Whether the first line may be that of a message's header; `read.mail` looks closer."""
    line = data[:1000].lstrip().partition(b"\n")[0]
    return b":" in line or line.startswith(b"From ")


def records_kind(data: bytes) -> Literal["jsonl", "warc", "parquet", "mbox", "feed"] | None:
    """Which file of many pages begins so, if any; of JSON the whole is needed or a whole line."""
    head = data[:SAMPLE].lstrip(_BLANK)
    if head.startswith((b"WARC/", b"filedesc://")):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head[:5] == b"From " and re.match(rb"From [^\n]*\d{4}\s*\n[A-Za-z-]+:", head):
        return "mbox"
    if head[:1] == b"<" and (root := re.match(_ROOT, head)):
        return "feed" if root[1].lower() in (b"rss", b"feed", b"rdf:rdf") else None
    return "jsonl" if head[:1] in (b"{", b"[") and _is_json(data) else None


def _is_json(data: bytes) -> bool:
    """Whether bytes are JSON, as one value or line by line; text in brackets is text."""
    import json

    text = data.decode("utf-8-sig", "replace").lstrip()
    for part in (text.partition("\n")[0], text):
        try:
            value = json.loads(part, strict=False, parse_int=str)
        except (ValueError, RecursionError):
            continue
        return isinstance(value, dict) or (isinstance(value, list) and value != [] and all(
            isinstance(one, dict) for one in value[:3]))  # fmt: skip
    # A sample that ends within a value: a name and a colon, or the next object, tell it.
    return re.match(r'\[?\s*\{\s*"[^"\n]{1,100}"\s*:', text) is not None


def _refuse_rows(head: bytes, path: str | None) -> None:
    """Rows of a table or entries of a log, nothing else on any line."""
    cut = len(head) > ROWS
    head = head[:ROWS]
    if b"\0" in head:
        return
    lines = [line for line in head.splitlines() if line.strip()]
    lines = lines[:-1] if cut else lines
    if len(lines) < 3:
        return
    entry = re.compile(_LOG).match if any(map(b"0123456789".__contains__, lines[0])) else None
    if entry and entry(lines[0]) and sum(map(bool, map(entry, lines))) >= LOGGED * len(lines):
        raise InputError("is a log, no page", _WORDS, path=path)
    for mark in b",;\t":
        columns = lines[0].count(bytes([mark]))
        if columns < 2 or sum(bytes([mark]) in line for line in lines) < len(lines) / 2:
            continue
        import csv  # few pages look like a table

        text = head.decode("utf-8", "replace").splitlines()
        try:
            rows = [len(row) for row in csv.reader(text, delimiter=chr(mark)) if row]
        except csv.Error:
            continue
        # The last may be cut.
        if (
            len(rows) > 3
            and all(size == columns + 1 for size in rows)
            and (len("".join(text)) < CELL * sum(rows))
        ):
            raise InputError(
                "is a table (CSV), no page", "give the pages in it one by one, or as JSON Lines to "
                "`articlecli batch`", path=path,
            )  # fmt: skip
