"""What commands share that fetch addresses themselves."""

import re
from typing import Any

from articlecli.errors import InputError

SECONDS = 30.0
"""Time for one address, as for a page of a batch."""


def page_at(address: str, url: str | None, options: Any) -> Any:
    """The page at an address.

    Raises:
        InputError: It cannot be fetched, or not in time.

    """
    from articlecli.read.web import read_address

    return _in_time(address, lambda: read_address(address, url=url, options=options))


def text_at(address: str) -> tuple[str, str]:
    """The text at an address, and where it lies after all redirections.

    Raises:
        InputError: It cannot be fetched, or not in time.

    """
    from articlecli.read.encoding import borne_out, decode
    from articlecli.read.paths import shown
    from articlecli.read.web import fetch

    found = _in_time(address, lambda: fetch(address))
    encoding = found.encoding and borne_out(found.encoding, found.data)
    return decode(found.data, encoding, shown(address))[0], found.address


def wait_for(path: str, before: tuple[str, ...] | list[str]) -> None:
    """Wait a moment where a server was asked already by this command."""
    if not before or not _is_web(path):
        return
    from articlecli.read.web import PAUSE, host_of

    if any(host_of(one) == host_of(path) for one in before if _is_web(one)):
        import time

        time.sleep(PAUSE)


def _is_web(path: str) -> bool:
    return re.match("https?://", path) is not None


def _in_time(address: str, fetch: Any) -> Any:
    from articlecli.batch.limits import TimeUp, time_limit
    from articlecli.read.paths import shown

    try:
        with time_limit(SECONDS):
            return fetch()
    except TimeUp:
        raise InputError(
            f"took longer than {SECONDS:g} s", "try again later", path=shown(address)
        ) from None
