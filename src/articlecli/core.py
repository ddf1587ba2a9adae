"""Whether the core runs: what takes most of a page's time, in C.

The same is there in Python, with the same answers, for where no core was built.
"""

from functools import cache
from os import environ

SWITCH = "ARTICLECLI_CORE"
"""In the environment: `off` asks for Python."""
VERSION = 4
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


def form() -> str:
    """Which form runs, in two words."""
    return "compiled core" if core_runs() else "pure Python"
