"""`articlecli diff`: what changed between the outputs of two runs."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import put, put_text
from articlecli.cli.screen import color_option, in_colour

STYLES = {"+": "green", "-": "red", "@": "cyan"}


@click.command(cls=Command)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--field", "fields", multiple=True, metavar="NAME", help="Compare this field only; "
              "may be given again.")  # fmt: skip
@click.option("--detail/--summary", default=True, show_default=True,
              help="Print what changed of each page, or the sums alone.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="JSON: an object a page that differs.")
@color_option
def diff(before: str, after: str, **choices: Any) -> None:
    """Show what changed between two outputs.

    A and B are folders of a batch, or files of JSON Lines. Pages are matched by their names.
    Exit status: 0 whether or not they differ, 1 where an output cannot be read.
    """
    from collections import Counter

    from msgspec.json import encode

    from articlecli.disk import standard_output
    from articlecli.read.paths import shown
    from articlecli.report.difference import FIELDS, Pages, changes, counts_of

    if unknown := [name for name in choices["fields"] if name not in FIELDS]:
        raise click.UsageError(f"--field {unknown[0]} is none of {', '.join(FIELDS)}.")
    out, colour = standard_output(), in_colour(choices["color"])
    counts: Counter[str] = Counter()
    with Pages(before) as first, Pages(after) as second:
        for change in changes(first, second, fields=choices["fields"] or FIELDS):
            counts += counts_of([change])
            if choices["as_json"]:
                put_text(out, encode(change) + b"\n")
            elif choices["detail"]:
                _put(out, _detail(change), colour=colour)
        same = len(first) - counts["gone"] - counts["changed"]
    if choices["as_json"]:
        return
    sums = (
        f"{same} pages are the same, {counts['changed']} changed, {counts['added']} only in "
        f"{shown(after)}, {counts['gone']} only in {shown(before)}"
    )
    rows = [f"  {counts[name]:6} {name}" for name in FIELDS if counts[name]]
    _put(out, [sums, *rows], colour=colour)


def _put(out: BinaryIO, lines: Iterable[str], *, colour: bool) -> None:
    text = "".join(f"{line}\n" for line in lines)
    put(out, (text if colour else click.unstyle(text)).encode())


def _detail(change: Any) -> Iterator[str]:
    from articlecli.show.safe import safe_line

    yield click.style(f"{safe_line(change.name)}: {change.kind}", bold=True)
    for name, values in change.fields.items():
        old, new = ([safe_line(line) for line in _lines(value)] for value in values)
        from difflib import unified_diff  # only this command needs it

        rows = list(unified_diff(old, new, n=0, lineterm=""))[2:]
        yield f"  {name}:"
        for row in rows:
            if row[0] != "@":
                yield click.style(f"    {row[0]} {row[1:]}", fg=STYLES.get(row[0]))


def _lines(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [str(part) for part in value]
    return str(value).split("\n\n")
