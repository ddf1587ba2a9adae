"""Addresses of the web (`https://…`) → bytes, by trafilatura's downloader.

Nothing here is called, and trafilatura is not imported, unless the user named an address. One
request is made for each address and each redirection that answers it, and nothing is kept.
"""

import logging
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from articlecli.document import Page
from articlecli.errors import InputError
from articlecli.options import Options
from articlecli.read import read_page
from articlecli.read.encoding import borne_out
from articlecli.read.files import LIMIT
from articlecli.read.packed import unpack
from articlecli.read.paths import shown

SILENCE = 10
"""Seconds without a byte after which a server is given up; a page's own limit comes on top."""
REDIRECTIONS = 5
"""Redirections followed one after the other."""
PAUSE = 1.0
"""Seconds between the starts of two requests to one server."""


class Fetched(Struct, frozen=True):
    """What a server gave."""

    data: bytes
    """As the server has it, with no compression left on it."""
    address: str
    """Where it lies after all redirections."""
    encoding: str | None
    """As HTTP names it, often wrongly."""
    moment: str | None
    """When the server gave it, by its own clock; ISO 8601."""


def read_address(address: str, *, url: str | None, options: Options, most: int = LIMIT) -> Page:
    """Fetch a page and read it.

    Args:
        address: The page's.
        url: Address that is to be kept in the output; `None` for the one the page was found at.
        options: Encoding and format, where the caller names them.
        most: Bytes above which the page is refused.

    Raises:
        InputError: As for `fetch` and `read_page`.

    """
    found = fetch(address, most=most)
    if options.encoding is None and found.encoding:
        options = replace(options, encoding=borne_out(found.encoding, found.data))
    return read_page(found.data, url=url or found.address, options=options, path=shown(address),
                     fetched=found.moment)  # fmt: skip


def fetch(address: str, *, most: int = LIMIT) -> Fetched:
    """What lies at an address.

    Raises:
        InputError: Nothing is there, the server does not answer, or it gives nothing or more than
            `most` bytes.

    """
    from trafilatura.downloads import fetch_response

    name = shown(address)
    with _overheard() as said:
        try:
            answer = fetch_response(address, with_headers=True, config=_config(address, most))
        finally:
            _close_connections()
    if answer is None or answer.data is None:
        raise _unanswered(said, most, name)
    if answer.status in (404, 410):
        raise InputError("does not exist", "check the address", path=name)
    if answer.status != 200:
        raise InputError(f"cannot be fetched (HTTP status {answer.status})",
                         "open it in a browser to see why", path=name)  # fmt: skip
    data = unpack(answer.data, address, most + 1)  # HTTP's own compression is off already
    if not data:
        raise InputError("is empty", "check the address", path=name)
    if len(data) > most:
        raise InputError(f"is larger than {most} bytes", "see --page-size", path=name)
    headers = answer.headers or {}
    named = re.search(r"charset=[\"']?([\w.:-]+)", headers.get("content-type", ""))
    return Fetched(data, urljoin(address, answer.url or address), named and named[1].lower(),
                   _moment(headers.get("date", "")))  # fmt: skip


def _moment(said: str) -> str | None:
    """A moment of HTTP in ISO 8601."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(said).isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _close_connections() -> None:
    """Close what trafilatura keeps open for the next request: nothing is left behind."""
    from trafilatura import downloads

    for name in ("HTTP_POOL", "NO_CERT_POOL", "RETRY_POOL"):
        pool = getattr(downloads, name, None)
        if pool is not None and hasattr(pool, "clear"):
            pool.clear()


def wait_for_turn(address: str, folder: str) -> None:
    """Wait until a server has had its pause, whatever process asked it last.

    Args:
        address: What is to be asked for.
        folder: Where the processes of a run leave marks for each other.

    """
    from filelock import FileLock  # only batches lock

    mark = os.path.join(folder, f"{sha256(host_of(address).encode()).hexdigest()[:16]}.host")
    with FileLock(f"{mark}.lock"):
        since = time.time() - os.stat(mark).st_mtime if os.path.exists(mark) else PAUSE
        if 0 <= since < PAUSE:
            time.sleep(PAUSE - since)
        with open(mark, "ab"):
            os.utime(mark)


def host_of(address: str) -> str:
    """Host and port."""
    return urlsplit(address).netloc.lower()


def _config(address: str, most: int) -> Any:
    from copy import deepcopy

    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"].update(
        DOWNLOAD_TIMEOUT=str(SILENCE),
        MAX_FILE_SIZE=str(most),
        MAX_REDIRECTS=str(REDIRECTIONS),
        INSECURE_SSL_FALLBACK="off",
        # A user may name a server of his own network; a page of the web may not lead there.
        SSRF_PROTECTION="off" if _is_near(address) else "on",
    )
    return config


def _is_near(address: str) -> bool:
    """Whether a host is of the user's own network."""
    try:
        found = socket.getaddrinfo(urlsplit(address).hostname, None)
        return not all(ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)
    except (OSError, ValueError):
        return False


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record)


@contextmanager
def _overheard() -> Iterator[list[logging.LogRecord]]:
    """Why a request failed: trafilatura tells its log and nobody else."""
    logger, ear = logging.getLogger("trafilatura"), _Ear()
    others = logging.getLogger("urllib3")
    before, before_others = logger.propagate, others.propagate
    logger.addHandler(ear)
    others.addHandler(silent := logging.NullHandler())
    logger.propagate = others.propagate = False
    try:
        yield ear.said
    finally:
        logger.removeHandler(ear)
        others.removeHandler(silent)
        logger.propagate, others.propagate = before, before_others


def _unanswered(said: list[logging.LogRecord], most: int, name: str) -> InputError:
    args = said[-1].args if said else ()
    error = args[-1] if isinstance(args, tuple) and args else ""
    error = getattr(error, "reason", None) or error
    text = str(error).strip().partition("\n")[0]
    if "MAX_FILE_SIZE" in text:
        return InputError(f"is larger than {most} bytes", "see --page-size", path=name)
    reason = text.rpartition(": ")[2][:200].rstrip(".") or "no answer"
    return InputError(
        f"cannot be fetched ({reason})", "check the address and the network", path=name
    )
