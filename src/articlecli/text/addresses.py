"""Addresses in a page of HTML, made whole."""

import re
from functools import lru_cache

from articlecli.document import Declared
from articlecli.text.patterns import lazy

_WHOLE = lazy(r'https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9/._~%+-]*)?(?:\?[!"$-~]+)?')
"""An address that is whole as it stands: nothing in it to leave out or to join."""
_ROOTED = lazy(r'/(?![/])[A-Za-z0-9/._~%+-]*(?:\?[!"$-~]+)?')
"""One that is whole behind the site's, where it has no step up or to the same place."""
_SITE = lazy(r"https?://[A-Za-z0-9.-]+(?=[/?#]|$)")
SCHEMES = ("http", "https", "ftp")
LONGEST_BASE = 2000
"""Characters of an address that others are relative to: each of a page's links would hold it."""


def host_of(address: str) -> str:
    """Host of an address, lower-cased; the empty string where it has none."""
    if not address:
        return ""
    if site := _SITE.match(address):
        return site[0].partition("//")[2].lower()
    from urllib.parse import urlsplit  # few addresses need it

    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""


def base_address(head: Declared, url: str | None) -> str:
    """What relative addresses of a page are relative to; the empty string where nothing says.

    Args:
        head: The page's head.
        url: Address of the page, if the caller knew it.

    """
    page = url or head.canonical
    page = page if len(page) <= LONGEST_BASE else ""
    told = whole_address(head.base, page) if len(head.base) <= LONGEST_BASE else None
    return told or page


@lru_cache(maxsize=256)
def whole_address(target: str, base: str) -> str | None:
    """An address made whole; `None` for one that leads nowhere a reader could go."""
    if _WHOLE.fullmatch(target):
        return target
    if target[:1] == "/" and "/." not in target and _ROOTED.fullmatch(target):
        if site := _SITE.match(base):
            return site[0] + target
    target = re.sub(r"[\x00-\x20]+", "" if ":" in target[:24] else "%20", target.strip())
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", target)
    if not target or target[0] == "#" or (scheme and scheme[1].lower() not in SCHEMES):
        return None
    from urllib.parse import urljoin

    try:
        return urljoin(base, target)
    except ValueError:  # brackets that are no IPv6 address
        return None
