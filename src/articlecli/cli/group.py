"""`articlecli page.txt` without a command, and the nearest name of a command that was mistyped."""

import os

import click

from articlecli.cli.common import is_fed, nearest

DEFAULT = "extract"
"""The command of those who name none."""


class Commands(click.Group):
    """The commands; what is no command and looks like a page goes to `extract`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `extract` before the name of a page, or before nothing where a page is piped in."""
        if self._meant(ctx, args[0]) if args else is_fed():
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def _meant(self, ctx: click.Context, first: str) -> bool:
        """Whether the first word is the page, or an option, of `extract`."""
        if first in self.commands:
            return False
        if first.startswith("-") and first != "-":
            own = [name for option in self.get_params(ctx) for name in option.opts]
            return first not in own
        return first == "-" or os.path.exists(first) or not first.isidentifier()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; one that is not there is answered with the nearest name."""
        if args and args[0] not in self.commands:
            ctx.fail(f"No such command {args[0]!r}.{nearest(args[0], self.commands)}")
        return super().resolve_command(ctx, args)
