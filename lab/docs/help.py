"""`--help` of every command, as a terminal shows it."""

from click.testing import CliRunner

from articlecli.cli import cli

COLUMNS = 88
"""Of the help: what a page of documents shows without scrolling."""
HEAD = """\
# Commands

What `articlecli COMMAND --help` prints. [The command line](../cli.md) tells how to set options in
files, complete commands in your shell, and read manual pages.
"""


def help_page() -> str:
    """A section a command, in the order of the alphabet."""
    sections = [HEAD, _section("articlecli", [])]
    sections += [_section(f"articlecli {name}", [name]) for name in sorted(cli.commands)]
    return "\n".join(sections)


def _section(name: str, args: list[str]) -> str:
    told = CliRunner().invoke(
        cli, [*args, "--help"], prog_name="articlecli", terminal_width=COLUMNS, color=False
    )
    text = "\n".join(line.rstrip() for line in told.output.strip().splitlines())
    return f"## {name}\n\n```text\n{text}\n```\n"
