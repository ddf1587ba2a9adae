"""`articlecli explain`: the lines of a page, and why each is what it is."""

import re
from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import check_encoding, put, put_text
from articlecli.cli.options import FETCHED, MODEL, options_of
from articlecli.cli.screen import color_option, columns, in_colour
from articlecli.zone import Zone


class Lines(click.ParamType):  # type: ignore[type-arg]  # generic in click 8.4 only
    """`10-40`, `10-`, `-40` or `12` → first and last line."""

    name = "lines"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The range, both ends included."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{0,15})(-?)(\d{0,15})", str(value))
        if not found or not (found[1] or found[3]):
            self.fail(f"{value!r} is no range of lines, such as 10-40, 10- or 12", param, ctx)
        first = int(found[1] or 1)
        last = int(found[3]) if found[3] else (1 << 60 if found[2] else first)
        if last < first:
            self.fail(f"{value!r} ends before it begins", param, ctx)
        return first, last


@click.command(cls=Command)
@click.argument("page", metavar="PAGE | -")
@click.option(
    "--why", is_flag=True, help="Print what weighed most for and against each line's zone."
)
@click.option("--zone", "zones", type=click.Choice([str(zone) for zone in Zone]), multiple=True,
              help="Only lines of this zone; may be given again.")  # fmt: skip
@click.option("--lines", type=Lines(), metavar="FROM-TO", help="Only these lines, none folded.")
@click.option("--all", "all_", is_flag=True, help="Fold no long runs.")
@click.option("--json", "as_json", is_flag=True, help="JSON: an object a line.")
@click.option("--input-format", type=click.Choice(["auto", "text", "html", "markdown"]),
              default="auto", show_default=True, help="What to take the page for.")  # fmt: skip
@click.option("--encoding", metavar="NAME", help="Encoding of the page; detected by default.")
@click.option("--phrases", metavar="FILE", help="Your own phrases; see docs/phrases.md.")
@MODEL
@click.option("--url", metavar="URL", help="Address of the page.")
@FETCHED
@color_option
def explain(page: str, **choices: Any) -> None:
    """Show what became of each line, and why.

    Each line of PAGE with its number, zone, confidence, who decided, and reason. A line of HTML
    is a block of the page, shown with its last two tags. --why leaves out one thing after the
    other and asks the zone model again: +2.5 says that without it the zone's lead over the next
    one would be 2.5 logits smaller. Weights need not add up.
    """
    from articlecli.disk import standard_output
    from articlecli.extractor import Extractor
    from articlecli.read import read_bytes, read_page
    from articlecli.read.paths import shown

    if choices["phrases"] == "-" and page == "-":
        raise click.UsageError("standard input (-) is the page; name a file for --phrases.")
    check_encoding(choices["encoding"])
    extractor = Extractor(options_of({"language": None, "min_confidence": 0.0, **choices}))
    explained = extractor.explain_page(
        read_page(read_bytes(page), url=choices["url"], options=extractor.options,
                  path="-" if page == "-" else shown(page), fetched=choices["fetched"])
    )  # fmt: skip
    first, last = choices["lines"] or (1, 1 << 60)
    positions = [
        i
        for i, line in enumerate(explained.lines)
        if line.lines[0] <= last
        and line.lines[1] >= first
        and (not choices["zones"] or line.zone in choices["zones"])
    ]
    told, write = (_json, put_text) if choices["as_json"] else (_text, put)
    write(standard_output(), told(explained, positions, choices))


def _json(explained: Any, positions: list[int], choices: dict[str, Any]) -> bytes:
    from msgspec import to_builtins
    from msgspec.json import encode

    out = []
    for i in positions:
        row = to_builtins(explained.lines[i])
        if choices["why"]:
            row["weights"] = to_builtins(explained.weights(i))
        out.append(encode(row) + b"\n")
    return b"".join(out)


def _text(explained: Any, positions: list[int], choices: dict[str, Any]) -> bytes:
    from rich.console import Group
    from rich.text import Text

    from articlecli.show.lines import rows_of
    from articlecli.show.terminal import printed, removed_line

    width = columns()
    fold = not (choices["lines"] or choices["all_"])
    rows = list(rows_of(explained, positions, fold=fold, why=choices["why"], width=width))
    article = explained.article
    head = "No story: " + str(article.reason) if article.reason else "Story found"
    foot = Text(f"{head} · {removed_line(article).partition(' · articlecli')[0]}", style="bold")
    colour = in_colour(choices["color"])
    return printed(Group(*rows, foot), colour=colour, width=width).encode()
