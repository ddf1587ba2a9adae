"""What the commands of all rooms share."""

from collections.abc import Iterable
from typing import Any

import click

HALVES = ("looked", "kept")
"""The unseen sites once more: those that are looked at while rules and thresholds are chosen, and
those that only the figures at the end see."""


class Names(click.ParamType):
    """Names separated by commas, each one of those known → a list."""

    name = "names"

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.known = tuple(known)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[str]:
        """`a,b` → `["a", "b"]`."""
        if isinstance(value, list):
            return value
        names = [name for name in str(value).split(",") if name]
        for name in names:
            if self.known and name not in self.known:
                self.fail(f"{name!r} is none of {', '.join(self.known)}", param, ctx)
        return names

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows a value."""
        return "NAME,…"
