"""Saved pages (`.mht`, `.mhtml`) and e-mails (`.eml`) → the page in them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Literal

from msgspec import Struct

from articlecli.errors import InputError
from articlecli.read.encoding import borne_out, decode
from articlecli.read.record import Record

if TYPE_CHECKING:  # some 10 ms, and few pages are saved so
    from email.message import Message

HEAD = 65536
"""Bytes in which the header that marks such a page stands; that of a mail can be long."""
_HTML = ("text/html", "application/xhtml+xml")
_FIELD = rb"[A-Za-z][A-Za-z0-9-]*:"
_ENDLESS = re.compile(
    rb"(?i)(?<=\n)(content-(?:type|disposition):(?:[^\n]|\n[ \t]){8000})(?:[^\n]|\n[ \t])*+"
)
"""A field of whose parameters reading takes the square."""


class MailPage(Struct, frozen=True):
    """The page in a message."""

    text: str
    format: Literal["html", "auto"]
    encoding: str
    notes: list[str]
    url: str | None
    fetched: str | None = None
    """When it was saved, ISO 8601."""


def is_mail(data: bytes) -> bool:
    """Whether bytes are a message: a whole header, with fields that only programs write."""
    if not re.match(rb"\s*(?:From [^\n]*\n)?" + _FIELD, data[:1000]):
        return False
    header = data[:HEAD].lstrip().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = header.split(b"\n")[header.startswith(b"From ") :]
    if not all(re.match(rb"[ \t]|" + _FIELD, line) for line in lines):
        return False
    names = {line.partition(b":")[0].lower() for line in lines}
    signs = names & {b"mime-version", b"message-id", b"received", b"date"}
    return b"mime-version" in names or (b"from" in names and bool(signs))


def page_of(data: bytes, charset: str | None, path: str | None) -> MailPage:
    """The page in a message: its first part of HTML, else its first of text.

    A mail's subject, sender and date are put before it, as a page of its kind says them.

    Args:
        data: The message.
        charset: Encoding named by the user.
        path: The input, for the error's sentence.

    Raises:
        InputError: No part is text, or parts are nested too deep.

    """
    from email import message_from_bytes

    try:
        message = message_from_bytes(_ENDLESS.sub(rb"\1", data.lstrip()))
        parts = [part for part in message.walk() if not _is_attached(part)]
    except RecursionError:
        raise InputError(
            "has parts within parts, too deep to be read", "save it again as HTML", path=path
        ) from None
    kinds = [_kind(part) for part in parts]
    html = next((part for part, kind in zip(parts, kinds, strict=True) if kind in _HTML), None)
    part = html or next(
        (part for part, kind in zip(parts, kinds, strict=True) if kind.startswith("text/")), None
    )
    if part is None:
        raise InputError(
            "is a mail without a part of text", "give the pages attached to it", path=path
        )
    body = _body(part)
    said = charset or borne_out(_charset(part), body)
    text, encoding, notes = decode(body, said, path)
    if _is_saved(message):
        address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
        return MailPage(text, "html" if html else "auto", encoding, notes,
                        str(address) if address else None, _day(message) or None)  # fmt: skip
    about = _about(message)
    if html:
        # Of a mail it is the program's or the newsletter's name; its title is the subject.
        text = _as_html(*about) + re.sub(r"(?i)<title>[^<]*</title>", "", text, count=1)
    else:
        text = _as_text(*about) + text
    return MailPage(text, "html" if html else "auto", encoding, notes, None)


def read_mailbox(file: BinaryIO, most: int) -> Iterator[Record]:
    """Records of a mailbox (mbox), a mail each; one of more than `most` bytes is left out."""
    mail = bytearray()  # a list of its lines would take many times their length
    number = size = 0
    blank = True
    while line := file.readline(most + 1):
        if blank and line.startswith(b"From ") and size:
            number += 1
            yield _mail_of(mail, number, size, most)
            mail, size = bytearray(), 0
        # A line of a mail that begins so has got a mark before it.
        line = line[1:] if line[:1] == b">" and re.match(rb">+From ", line) else line
        size += len(line)
        if size <= most:
            mail += line
        blank = not line.strip()
    if size:
        yield _mail_of(mail, number + 1, size, most)


def _mail_of(mail: bytearray, number: int, size: int, most: int) -> Record:
    if size > most:
        problem = f"is {size} bytes long, larger than a page may be; see --page-size"
        return Record(str(number), b"", problem=problem)
    return Record(str(number), bytes(mail))


def _is_saved(message: "Message") -> bool:
    """A page that a browser saved: its subject is the page's title, its date that of saving."""
    return (
        "Snapshot-Content-Location" in message
        or "saved by" in str(message.get("From", "saved by")).lower()
    )


def _is_attached(part: "Message") -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _kind(part: "Message") -> str:
    return "" if part.is_multipart() else part.get_content_type()


def _charset(part: "Message") -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError):  # a NUL in its name
        return None


def _body(part: "Message") -> bytes:
    try:
        body = part.get_payload(decode=True)
    except (LookupError, ValueError):
        body = part.get_payload()
    if isinstance(body, bytes):
        return body
    return str(body).encode("utf-8", "surrogateescape")


def _about(message: "Message") -> tuple[str, str, str]:
    """Subject without `Re:`, the sender's name, and the date (ISO 8601); empty where not told."""
    from email.utils import parseaddr

    subject = re.sub(r"(?i)^(?:(?:re|aw|fwd?|wg|sv|tr|rv)\s*:\s*)+", "", _words(message, "Subject"))
    try:
        name = parseaddr(_words(message, "From"))[0]
    except RecursionError:  # comments within comments
        name = ""
    return subject, name, _day(message)


def _day(message: "Message") -> str:
    """Its date in ISO 8601, the empty string where it tells none."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(_words(message, "Date")).isoformat()
    except (TypeError, ValueError, OverflowError, IndexError, RecursionError):
        return ""


def _words(message: "Message", name: str) -> str:
    """A field in plain characters (RFC 2047), folded; as it is where it is coded wrongly."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    raw = str(message.get(name, ""))
    try:
        raw = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        pass
    safe = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(safe.replace("\0", "").split())


def _as_html(subject: str, name: str, day: str) -> str:
    """Declarations, which a parser puts into the head of the page behind them, and a headline."""
    from html import escape

    told = (("property", "og:title", subject), ("name", "author", name),
            ("property", "article:published_time", day))  # fmt: skip
    head = "".join(
        f'<meta {kind}="{key}" content="{escape(value)}">' for kind, key, value in told if value
    )
    return head + (f"<h1>{escape(subject)}</h1>" if subject else "")


def _as_text(subject: str, name: str, day: str) -> str:
    """Lines as they stand above a story."""
    below = " | ".join(part for part in (name, day[:10]) if part)
    return "".join(f"{line}\n\n" for line in (subject, below) if line)
