"""XML that is broken in the ways feeds often are → XML, read as browsers read HTML."""

import re
from html import unescape

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_MARK = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?![A-Za-z_:/!?])"
    rb"|&(?:#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|\w{1,31};)?",
    re.DOTALL,
)
_NOT_UTF_8 = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)


def repaired(data: bytes, head: bytes) -> bytes:
    """A piece of XML in which nothing but its tags can be wrong.

    A raw `&` or `<` is itself, references are those of HTML, one that HTML does not know stands for
    its letters. Control characters are left out; bytes that are no UTF-8 become U+FFFD.

    Args:
        data: The piece, in UTF-8 or another encoding that holds ASCII as it is.
        head: What stands above it: the beginning of the file, which may declare another.

    """
    data = data.translate(None, _CONTROLS)
    if not _NOT_UTF_8.match(head or data):
        data = data.decode("utf-8", "replace").encode()
    return _MARK.sub(_repaired, data)


def _repaired(mark: re.Match[bytes]) -> bytes:
    found = mark[0]
    if found == b"<":
        return b"&lt;"
    if found.startswith(b"<"):  # nothing in it is a reference
        return found
    said = unescape(found.decode("ascii"))
    if said == found.decode("ascii"):
        return b"&amp;" + found[1:]
    return b"".join(b"&#%d;" % ord(one) for one in said if one >= " " or one in "\t\n\r")
