"""`python -m lab`: one command for each thing done here.

Options stand in each room's `commands.py`, which imports nothing heavy: help comes at once, and
needs neither PyTorch nor the gold pages.
"""

import difflib
import sys
from typing import Any

import click

import lab.docs.commands
import lab.load.commands
import lab.make.commands
import lab.measure.commands
import lab.train.commands

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True}


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a table is stale.")
def tables(check: bool) -> None:
    """Write the stored figures into the tables of the documents."""
    from lab.tables import DOCUMENTS, written

    stale: list[str] = []
    for path in DOCUMENTS:
        text, changed = written(path.read_text(encoding="utf-8"))
        stale += changed
        if changed and not check:
            path.write_text(text, encoding="utf-8")
    click.echo(f"{'stale' if check else 'written'}: {', '.join(stale) or 'none'}")
    sys.exit(bool(check and stale))


ROOMS: dict[str, tuple[click.Command, ...]] = {
    "What the model learns from": lab.make.commands.COMMANDS,
    "Training": lab.train.commands.COMMANDS,
    "Quality": (*lab.measure.commands.COMMANDS, tables),
    "Load and time": lab.load.commands.COMMANDS,
    "Documents": lab.docs.commands.COMMANDS,
}


class Lab(click.Group):
    """A group that lists its commands by room, and answers typos and missing gold pages."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A section a room, a line a command."""
        for room, commands in ROOMS.items():
            with formatter.section(room):
                formatter.write_dl([(c.name or "", c.get_short_help_str(90)) for c in commands])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named, or the names that are near."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.commands, cutoff=0.5)
            ask = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"No such command: {args[0]}.{ask} `python -m lab` lists them.")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a file that is missing is one sentence."""
        try:
            return super().invoke(ctx)
        except FileNotFoundError as error:
            raise click.ClickException(f"{error.filename or error}: no such file") from error


@click.group(cls=Lab, context_settings=CONTEXT, invoke_without_command=True)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Train, measure and load articlecli.

    Gold pages are looked for in ../shared/data, beside the repository.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


for room_commands in ROOMS.values():
    for room_command in room_commands:
        cli.add_command(room_command)
