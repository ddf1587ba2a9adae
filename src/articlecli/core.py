"""Whether the core runs: what takes most of a page's time, in C.

The same is there in Python, with the same answers, for where no core was built.
"""

from functools import cache
from os import environ

SWITCH = "ARTICLECLI_CORE"
"""In the environment: `off` asks for Python."""


@cache
def core_runs() -> bool:
    """Whether a core was built, loads, and is wanted."""
    if environ.get(SWITCH, "").lower() == "off":
        return False
    try:
        import articlecli._core  # noqa: F401  # there or not, as the machine has a compiler or not
    except ImportError:
        return False
    return True


def form() -> str:
    """Which form runs, in two words."""
    return "compiled core" if core_runs() else "pure Python"
