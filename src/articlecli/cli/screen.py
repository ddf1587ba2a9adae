"""Whether somebody looks, in what colours and how wide: what commands that show things share."""

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
PIPE_WIDTH = 100
"""Columns where nobody looks."""
WIDEST = 1000
"""Columns of the widest terminal: `COLUMNS` may say anything, and lines are filled with spaces."""


def color_option(command: Command) -> Command:
    """Add `--color` to a command."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colours; auto heeds the terminal, NO_COLOR, CLICOLOR_FORCE and TERM=dumb.",
    )(command)


def is_screen() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def in_colour(choice: str) -> bool:
    """Whether to write colours (no-color.org, bixense.com/clicolors)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return is_screen() and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Columns of the terminal, or of a page where there is none."""
    from shutil import get_terminal_size  # the start is a promise

    return min(get_terminal_size((PIPE_WIDTH, 24)).columns, WIDEST)


def article_bytes(article: Any, choices: dict[str, Any]) -> bytes:
    """An article as a person reads it."""
    from articlecli.show.terminal import MEASURE, article_view, printed

    view = article_view(article, teasers=choices["teasers"] is not False)
    width = min(columns(), MEASURE + 2)
    return printed(view, colour=in_colour(choices["color"]), width=width).encode()
