"""Saved pages of MHTML (`.mht`, "web page, single file") → the HTML in them."""

import re

from articlecli.read.encoding import usual

HEAD = 4096
"""Bytes in which the header that marks such a page stands."""


def is_mhtml(data: bytes) -> bool:
    """Whether bytes are a saved page: they begin with a mail header that tells related parts."""
    header = data[:HEAD].lstrip().replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    begins = re.match(rb"[a-z][a-z0-9-]*:", header) is not None
    return begins and b"mime-version:" in header and b"multipart/related" in header


def html_of(data: bytes) -> tuple[bytes, str | None, str | None]:
    """The page in an MHTML file.

    Returns:
        Its first part of HTML, that part's encoding if the bytes bear it out, and its address,
        where they are said; the bytes themselves where no part is HTML.

    """
    from email import message_from_bytes  # few pages are saved so

    message = message_from_bytes(data.lstrip())
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                said = part.get_content_charset()
                return body, _borne_out(said, body), str(address) if address else None
    return data, None, None


def _borne_out(charset: str | None, body: bytes) -> str | None:
    """An encoding that a part names, in the form that browsers take it for."""
    try:
        name = usual(charset.lower()) if charset else None
        if name is None:
            return None
        body.decode(name)
    except (LookupError, UnicodeError):
        return None
    return name
