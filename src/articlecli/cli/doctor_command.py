"""`articlecli doctor`: what is installed, and whether it is sound."""

import locale
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import put
from articlecli.cli.screen import columns, in_colour, is_screen
from articlecli.plain import EXIT_FAILED, config_files, say

if TYPE_CHECKING:  # it loads all that articlecli needs
    from articlecli.doctor import Diagnosis


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, licences included.")
def doctor(*, as_json: bool) -> None:
    """Check the installation: versions, models, extras, terminal.

    Every package is loaded, the SHA-256 of each model is compared with the one that it was made
    with, and two small pages are extracted.

    Exit status: 0 all is sound, 1 something is not, and one sentence says what to do.
    """
    from articlecli.disk import standard_output
    from articlecli.doctor import Terminal, diagnose

    terminal = Terminal(
        is_screen(), in_colour("auto"), columns(),
        getattr(sys.stdout, "encoding", None) or locale.getpreferredencoding(False),
        sys.getfilesystemencoding(),
    )  # fmt: skip
    found = diagnose(terminal, tuple(config_files()))
    if as_json:
        import msgspec

        data = msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
    else:
        data = "".join(f"{line}\n" for line in _lines(found)).encode("utf-8", "replace")
    put(standard_output(), data)
    if found.problems:
        more = len(found.problems) - 1
        also = f" (and {more} more: see above)" if more else ""
        say(f"the installation is not sound: {found.problems[0]}{also}")
        raise SystemExit(EXIT_FAILED)


def _lines(found: "Diagnosis") -> Iterator[str]:
    yield f"articlecli   {found.version}, in {found.folder}"
    yield f"zone model   {found.form}"
    yield f"Python       {found.python}, {found.system}"
    terminal = found.terminal
    shown = f"{terminal.columns} columns" if terminal.is_terminal else "none"
    colours = "colours" if terminal.colours else "no colours"
    yield (f"terminal     {shown}, {colours}, {terminal.encoding}; file names in "
           f"{terminal.file_names}")  # fmt: skip
    for path in found.settings:
        yield f"options      {path}"
    yield "models"
    for model in found.models:
        state = f"trained {model.trained}" if model.problem is None else "DAMAGED"
        yield f"  {model.name:<18}{model.size / 1e6:.2f} MB, {state}"
        yield f"  {'':<18}sha256 {model.sha256}"
    yield "packages"
    for package in found.packages:
        yield f"  {package.name:<18}{package.version or 'MISSING'}{_told(package.problem)}"
    yield "extras"
    for extra in found.extras:
        versions = ", ".join(f"{one.name} {one.version}" for one in extra.packages if one.version)
        state = versions if extra.installed else f"pip install 'articlecli[{extra.name}]'"
        yield f"  {extra.name:<18}{extra.brings}: {state}"
    for problem in found.problems:
        yield f"problem      {problem}"
    if not found.problems:
        yield "sound        two pages were extracted"


def _told(problem: str | None) -> str:
    return f"  {problem}" if problem and not problem.startswith("is missing") else ""
