"""How commands are found, configured, and shown in `--help`."""

import os
from collections.abc import Iterable, Iterator, MutableMapping
from importlib import import_module
from typing import Any

import click

from articlecli.cli.common import nearest
from articlecli.cli.help import EXAMPLES, GROUPS, environment_of
from articlecli.cli.settings import default_map, placed, variable_of
from articlecli.plain import is_fed


class Command(click.Command):
    """A command whose help begins with examples and has its options in groups."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for param in self.params:
            if isinstance(param, click.Option):
                param.envvar = variable_of(self, param)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then what the command does."""
        _write_examples(self.name or "", formatter)
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group, and the environment variables."""
        left = {
            param.name: record
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)  # later clicks list arguments as well
            and (record := param.get_help_record(ctx)) is not None
        }
        for title, names in GROUPS.items():
            rows = [left.pop(name) for name in names.split() if name in left]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        with formatter.section("Others"):
            formatter.write_dl(list(left.values()))
        if told := environment_of(self):
            formatter.write_paragraph()
            formatter.write_text(told)


def _write_examples(name: str, formatter: click.HelpFormatter) -> None:
    if examples := EXAMPLES.get(name):
        with formatter.section("Examples"):
            for line in examples.splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Loading(MutableMapping[str, click.Command]):
    """Commands by their names, each loaded when it is first asked for: a start needs one of them.

    Args:
        names: Those that are functions of that name in the module `NAME_command`.

    """

    def __init__(self, names: Iterable[str]) -> None:
        self._found: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        found = self._found[name]
        if found is None:
            module = import_module(f"articlecli.cli.{name}_command")
            found = self._found[name] = getattr(module, name)
        return found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._found[name] = command

    def __delitem__(self, name: str) -> None:
        del self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


DEFAULT = "extract"
"""The command of those who name none."""


class Commands(click.Group):
    """A group that reads the configuration, takes a page for `extract`, and answers typos."""

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

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then what the program does."""
        _write_examples("articlecli", formatter)
        super().format_help_text(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Let options that the command line lacks come from the environment, then from files."""
        ctx.default_map = default_map(self)
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise placed(self, error) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; one that is not there is answered with the nearest name.

        Raises:
            click.UsageError: There is no such command.

        """
        if args and args[0] not in self.commands:
            ctx.fail(f"No such command {args[0]!r}.{nearest(args[0], self.commands)}")
        return super().resolve_command(ctx, args)
