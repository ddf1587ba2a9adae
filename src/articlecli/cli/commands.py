"""How commands are found, configured, and shown in `--help`."""

from typing import Any

import click

from articlecli.cli.help import ENVIRONMENT, EXAMPLES, GROUPS
from articlecli.cli.settings import default_map


class Command(click.Command):
    """A command whose help begins with examples and has its options in groups."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then what the command does."""
        if examples := EXAMPLES.get(self.name or ""):
            with formatter.section("Examples"):
                for line in examples.splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group, and the environment variables."""
        left = {
            param.name: record
            for param in self.get_params(ctx)
            if (record := param.get_help_record(ctx)) is not None
        }
        for title, names in GROUPS.items():
            rows = [left.pop(name) for name in names.split() if name in left]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        with formatter.section("Others"):
            formatter.write_dl(list(left.values()))
        if self.name in EXAMPLES:
            formatter.write_paragraph()
            formatter.write_text(ENVIRONMENT.replace("COMMAND", self.name.upper()))


class Commands(click.Group):
    """A group that reads the configuration, and answers a typo with what may be meant."""

    def invoke(self, ctx: click.Context) -> Any:
        """Let options that the command line lacks come from the environment, then from files."""
        ctx.default_map = default_map(self)
        return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a name.

        Raises:
            click.UsageError: There is none; the message has the nearest.

        """
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # few are mistaken

            near = get_close_matches(args[0], self.commands, n=1)
            if near and "Did you mean" not in error.format_message():  # Click 8.4 says it itself
                raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from None
            raise
