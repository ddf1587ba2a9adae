"""`articlecli config`: what is in force, and where it comes from."""

import json
import os
from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import put
from articlecli.cli.settings import NEVER, key_of, settings_of, variable_of
from articlecli.plain import config_files


@click.command(cls=Command)
@click.pass_context
def config(ctx: click.Context) -> None:
    """Show the value of every option, and where it comes from.

    The command line outweighs the environment (ARTICLECLI_BATCH_WORKERS=4), that the nearest
    articlecli.toml or [tool.articlecli] of a pyproject.toml, and that the user's own
    articlecli/config.toml. What is printed is TOML itself.
    """
    from articlecli.disk import standard_output

    above = ctx.parent
    if above is None or not isinstance(above.command, click.Group):
        raise click.UsageError("config is a command of articlecli.")
    settings = settings_of(above.command)
    lines = [f"# file: {path}" for path in config_files()] or ["# no file"]
    for name, command in sorted(above.command.commands.items()):
        options = [one for one in command.params if isinstance(one, click.Option)]
        options = [one for one in options if one.name not in NEVER]
        if options:
            lines += ["", f"[{name}]"]
        inside = click.Context(command, info_name=name, parent=above)
        for option in options:
            key, variable = key_of(option), variable_of(command, option)
            setting = settings.get((name, option.name or ""))
            if os.environ.get(variable):
                value: Any = option.type_cast_value(inside, option.value_from_envvar(inside))
                where = variable
            elif setting is not None:
                value, where = setting.value, f"{setting.file}, line {setting.line}"
            else:
                value, where = option.get_default(inside), "default"
            lines.append(_line(key, value, where))
    put(standard_output(), ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _line(key: str, value: Any, where: str) -> str:
    if isinstance(value, list | tuple):
        value = list(value)
    if not isinstance(value, bool | int | float | str | list):
        return f"# {key} is not set"
    return f"{key} = {json.dumps(value, ensure_ascii=False)}  # {where}"
