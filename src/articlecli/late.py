"""Functions that few pages need: their modules are loaded when one is asked for.

An import inside a function does the same where it stands in one place. This is for lists of such
functions.
"""

from functools import cache
from importlib import import_module
from typing import Any


@cache
def load(module: str, name: str) -> Any:
    """A function of a module of this package: `load("rules.verse", "keep_verse")`."""
    return getattr(import_module(f"articlecli.{module}"), name)
