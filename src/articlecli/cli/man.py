"""Manual pages from the commands: `python -m articlecli.cli.man FOLDER`."""

import os
import re
import sys

import click

from articlecli import __version__
from articlecli.cli import cli
from articlecli.cli.help import EXAMPLES, environment_of
from articlecli.disk import write_file


def page_of(command: click.Command, name: str) -> str:
    """The manual page of a command, for `man`."""
    ctx = click.Context(command, info_name=name)
    short = command.get_short_help_str(200).rstrip(".")
    usage = " ".join(command.collect_usage_pieces(ctx))
    lines = [
        f'.TH "{name.replace(" ", "-").upper()}" 1 "" "articlecli {__version__}"',
        ".SH NAME", f"{_text(name.replace(' ', '-'))} \\- {_text(short)}",
        ".SH SYNOPSIS", f"\\fB{_text(name)}\\fR {_text(usage)}",
        ".SH DESCRIPTION",
    ]  # fmt: skip
    for paragraph in (command.help or "").split("\n\n"):
        lines += [_text(" ".join(paragraph.split())), ".PP"]
    if isinstance(command, click.Group):
        lines.append(".SH COMMANDS")
        for one, below in sorted(command.commands.items()):
            lines += [".TP", f"\\fB{_text(one)}\\fR", _text(below.get_short_help_str(200))]
    lines.append(".SH OPTIONS")
    for param in command.get_params(ctx):
        if (record := param.get_help_record(ctx)) is not None:
            lines += [".TP", f"\\fB{_text(record[0])}\\fR", _text(record[1])]
    if examples := EXAMPLES.get(command.name or ""):
        lines += [".SH EXAMPLES", ".nf", *map(_text, examples.splitlines()), ".fi"]
    if told := environment_of(command):
        lines += [".SH ENVIRONMENT", _text(told)]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def main(folder: str) -> None:
    """Write the page of each command into a folder."""
    pages = {
        "articlecli": cli,
        **{f"articlecli {one}": below for one, below in cli.commands.items()},
    }
    for name, command in pages.items():
        path = os.path.join(folder, f"{name.replace(' ', '-')}.1")
        try:
            write_file(path, page_of(command, name).encode())
        except OSError as error:
            sys.exit(f"{path} cannot be written ({error.strerror}); name another folder")
        print(path)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m articlecli.cli.man FOLDER")
    main(sys.argv[1])
