"""Whether the core runs: what takes most of a page's time, in C.

The same is there in Python, with the same answers, for where no core was built.
"""

from functools import cache
from os import environ
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmap import mmap

SWITCH = "ARTICLECLI_CORE"
"""In the environment: `off` asks for Python."""
VERSION = 9
"""Raised with every change of what the core is called with; one of another version does not run."""


@cache
def core_runs() -> bool:
    """Whether a core was built, loads, and is wanted."""
    if environ.get(SWITCH, "").lower() == "off":
        return False
    try:
        from articlecli._core import VERSION as BUILT  # there where it was built
    except ImportError:
        return False
    return BUILT == VERSION


def sha256(data: "bytes | mmap") -> str:
    """SHA-256 of bytes, in hex.

    The core has it where the processor has instructions for it: OpenSSL, which `hashlib` loads, is
    as fast, and loading it takes longer than the models' two sums and half a page.
    """
    digest = None
    if core_runs():
        from articlecli._core import sha256 as by_core

        digest = by_core(data)
    if digest is None:
        from hashlib import sha256 as by_openssl

        digest = by_openssl(data).hexdigest()
    return digest


def form() -> str:
    """Which form runs, in two words."""
    return "compiled core" if core_runs() else "pure Python"
