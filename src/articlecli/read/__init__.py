"""First stage: bytes or text → page."""

from typing import TYPE_CHECKING

from articlecli.core import sha256
from articlecli.document import Page, Source
from articlecli.options import Options
from articlecli.read.encoding import checked, decode, safe_text
from articlecli.read.files import read_bytes
from articlecli.read.format import sniff
from articlecli.read.kinds import may_be_mail, refuse_binary_kind, refuse_text_kind

if TYPE_CHECKING:
    from articlecli.read.mail import MailPage

__all__ = ["read_bytes", "read_page"]


def read_page(
    source: str | bytes,
    *,
    url: str | None,
    options: Options,
    path: str | None = None,
    fetched: str | None = None,
) -> Page:
    """Decode a page and tell what it is.

    Args:
        source: The page's bytes or text.
        url: Its address, if known.
        options: Encoding and format, where the caller names them.
        path: Where the bytes came from, for `Source` and for errors.
        fetched: When it was fetched, ISO 8601, if known.

    Raises:
        InputError: The bytes are no text, no page, or not in the encoding named.

    """
    if not isinstance(source, (str, bytes)):
        raise TypeError(
            f"source is {type(source).__name__}; give the page itself, str or bytes, not its path. "
            "Read the file first, such as pathlib.Path('page.txt').read_bytes()"
        )
    format_ = options.input_format
    if isinstance(source, bytes):
        named = "standard input" if path == "-" else path
        digest = sha256(source)
        refuse_binary_kind(source, named)
        mail = _mail(source, options, named) if may_be_mail(source) else None
        if mail is not None:
            text, encoding, notes = mail.text, mail.encoding, mail.notes
            url, fetched = url or mail.url, fetched or mail.fetched
            format_ = mail.format if format_ == "auto" else format_
        else:
            if format_ == "auto":
                refuse_text_kind(source, named)
            text, encoding, notes = decode(source, options.encoding, named)
    else:
        text, notes = checked(source)
        encoding = "str"
        digest = sha256(text.encode())
    return Page(
        text=text,
        source=Source(
            path=path,
            format=sniff(text) if format_ == "auto" else format_,
            encoding=encoding,
            sha256=digest,
            url=url and safe_text(url),
        ),
        notes=tuple(notes),
        fetched=fetched,
    )


def _mail(data: bytes, options: Options, named: str | None) -> "MailPage | None":
    """The page in a mail or a saved page, `None` where the bytes are neither."""
    from articlecli.read.mail import is_mail, page_of

    return page_of(data, options.encoding, named) if is_mail(data) else None
