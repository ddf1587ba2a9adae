"""Options from files: the nearest `articlecli.toml` or `pyproject.toml`, then the user's own file.

A key is an option's name; at the top it holds for every command that has the option, in a table
(`[batch]`) for that command. The command line and the environment outweigh files.
"""

import os
import re
from typing import Any, NamedTuple

import click

from articlecli.plain import config_files

NEVER = frozenset({"fresh", "prune", "help", "version"})
"""Options that no file may set: what they remove must be asked for each time."""
PATHS = frozenset({"phrases", "model", "output", "gold", "files_from"})
"""Options whose relative paths start at the file's folder."""


class Setting(NamedTuple):
    """A value that a file sets."""

    value: Any
    file: str
    line: int


def default_map(group: click.Group) -> dict[str, Any]:
    """Values of the files for each command, as Click takes them."""
    found: dict[str, Any] = {}
    for (command, option), setting in settings_of(group).items():
        found.setdefault(command, {})[option] = setting.value
    return found


def settings_of(group: click.Group) -> dict[tuple[str, str], Setting]:
    """What files set, by command and option; no file is read that is not there.

    Raises:
        click.UsageError: A file is no TOML, has an unknown key, or a value that the option refuses.

    """
    found: dict[tuple[str, str], Setting] = {}
    for path in reversed(config_files()):
        found |= _settings(group, path)
    return found


def placed(group: click.Group, error: click.UsageError) -> click.UsageError:
    """The error, with file and line where the option that it begins with came from a file."""
    named = re.match(r"--([a-z-]+)", error.message)
    ctx = error.ctx
    if not named or ctx is None or (option := _option(ctx.command, named[1])) is None:
        return error
    name = option.name or ""
    if ctx.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT_MAP:
        return error
    setting = settings_of(group)[ctx.command.name or "", name]
    return click.UsageError(f"{setting.file}, line {setting.line}: {error.message}", ctx)


def _settings(group: click.Group, path: str) -> dict[tuple[str, str], Setting]:
    import tomllib  # only where there is a file

    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        tables = tomllib.loads(text)
    except OSError as error:
        raise click.UsageError(
            f"{path} cannot be read ({error.strerror}); check its permissions."
        ) from None
    except ValueError as error:  # TOMLDecodeError, UnicodeDecodeError, a number of 4,301 digits
        raise click.UsageError(f"{path} is no TOML: {error}.") from None
    except RecursionError:
        raise click.UsageError(f"{path} is nested too deep to be read.") from None
    above = ""
    if os.path.basename(path) == "pyproject.toml":
        above = "tool.articlecli"
        for name in above.split("."):
            inner = tables.get(name, {})
            tables = inner if isinstance(inner, dict) else {}
    found: dict[tuple[str, str], Setting] = {}
    common = {key: value for key, value in tables.items() if not isinstance(value, dict)}
    for key, value in common.items():
        line = _line_of(text, above, key)
        names = [name for name in group.commands if _option(group.commands[name], key)]
        if not names:
            raise _unknown(path, line, key, group)
        for name in names:
            option = _checked(group.commands[name], key, value, path, line)
            found[name, option.name or ""] = Setting(_placed(option, value, path), path, line)
    for name, table in tables.items():
        if not isinstance(table, dict):
            continue
        under = f"{above}.{name}" if above else name
        if name not in group.commands:
            raise _unknown(path, _line_of(text, under, ""), name, group)
        for key, value in table.items():
            line = _line_of(text, under, key)
            option = _checked(group.commands[name], key, value, path, line)
            found[name, option.name or ""] = Setting(_placed(option, value, path), path, line)
    return found


def key_of(option: click.Option) -> str:
    """An option's name in files: that of the command line, which need not be its name in Python."""
    return next((name[2:] for name in option.opts if name.startswith("--")), option.name or "")


def variable_of(command: click.Command, option: click.Option) -> str:
    """The environment variable of an option."""
    return f"ARTICLECLI_{command.name}_{key_of(option)}".replace("-", "_").upper()


def _option(command: click.Command, key: str) -> click.Option | None:
    for param in command.params:
        if isinstance(param, click.Option) and param.name not in NEVER:
            if key_of(param) == key.replace("_", "-"):
                return param
    return None


def _checked(command: click.Command, key: str, value: Any, path: str, line: int) -> click.Option:
    option = _option(command, key)
    if option is None:
        raise _unknown(path, line, key, command)
    if isinstance(value, list) and not option.multiple:
        raise click.UsageError(f"{path}, line {line}: {key} takes one value and no list.")
    if option.multiple and not isinstance(value, list):
        raise click.UsageError(f'{path}, line {line}: {key} takes a list, such as ["{value}"].')
    if isinstance(value, bool) and not option.is_flag:
        raise click.UsageError(f"{path}, line {line}: {key} takes a value; it is no switch.")
    try:
        option.type_cast_value(click.Context(command), value)
    except (click.UsageError, TypeError, ValueError) as error:
        why = error.message if isinstance(error, click.UsageError) else str(error)
        raise click.UsageError(f"{path}, line {line}: {key} has a wrong value. {why}") from None
    return option


def _placed(option: click.Option, value: Any, path: str) -> Any:
    if option.name not in PATHS:
        return value
    if isinstance(value, list):
        return [_placed(option, one, path) for one in value]
    if isinstance(value, str) and value != "-" and "://" not in value:
        return os.path.join(os.path.dirname(path), value)
    return value


def _unknown(path: str, line: int, key: str, of: click.Command) -> click.UsageError:
    from difflib import get_close_matches

    known = list(of.commands) if isinstance(of, click.Group) else []
    for command in of.commands.values() if isinstance(of, click.Group) else [of]:
        known += [
            key_of(param)
            for param in command.params
            if isinstance(param, click.Option) and param.name not in NEVER
        ]
    near = get_close_matches(key, known, n=1)
    more = f" Did you mean {near[0]}?" if near else ""
    return click.UsageError(f"{path}, line {line}: {key} is no option that a file can set.{more}")


def _line_of(text: str, table: str, key: str) -> int:
    """Line of a key in a table, or of the table's head for an empty key; 1 where it hides."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[++([^\]]+)\]", line):
            current = re.sub(r"[\s\"']", "", head[1])
            if not key and current == table:
                return number
        elif key and current == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return 1
