"""`articlecli compare`: articlecli's text of a page beside trafilatura's."""

from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import check_encoding, put, put_text
from articlecli.cli.options import MODEL, options_of
from articlecli.cli.screen import color_option, columns, in_colour


@click.command(cls=Command)
@click.argument("page", metavar="PAGE | -")
@click.option("--json", "as_json", is_flag=True, help="JSON: the figures and the pairs.")
@click.option("--encoding", metavar="NAME", help="Encoding of the page; detected by default.")
@MODEL
@color_option
def compare(page: str, **choices: Any) -> None:
    """Show articlecli's text beside trafilatura's.

    PAGE is HTML. Paragraphs that say the same stand side by side. The agreement is the word F1
    of the two texts: it tells how far they are the same, and not which is right.
    """
    import trafilatura

    from articlecli.disk import standard_output
    from articlecli.extractor import Extractor
    from articlecli.read import read_bytes, read_page
    from articlecli.report.comparison import compared

    check_encoding(choices["encoding"])
    options = {"input_format": "auto", "language": None, "min_confidence": 0.0, "phrases": None}
    extractor = Extractor(options_of({**options, **choices}))
    read = read_page(read_bytes(page), url=None, options=extractor.options)
    if read.source.format != "html":
        raise click.UsageError("trafilatura takes HTML only; name a page of HTML.")
    theirs = trafilatura.extract(read.text, include_comments=False) or ""
    found = compared(extractor.extract_page(read).text, theirs)
    if choices["as_json"]:
        from msgspec.json import encode

        put_text(standard_output(), encode(found) + b"\n")
        return
    put(standard_output(), _table(found, choices).encode())


def _table(found: Any, choices: dict[str, Any]) -> str:
    from rich.table import Table
    from rich.text import Text

    from articlecli.report.comparison import side_of
    from articlecli.show.safe import safe_line
    from articlecli.show.terminal import printed

    styles = {"both": "", "ours": "green", "theirs": "yellow"}
    table = Table(
        title=f"Agreement {found.agreement:.3f} (word F1)", title_justify="left", show_lines=True,
        expand=True,
    )  # fmt: skip
    table.add_column(f"articlecli, {found.ours} words", ratio=1)
    table.add_column(f"trafilatura, {found.theirs} words", ratio=1)
    for pair in found.pairs:
        style = styles[side_of(pair)]
        cells = [Text(safe_line(t or ""), style=style) for t in (pair.ours, pair.theirs)]
        table.add_row(*cells)
    return printed(table, colour=in_colour(choices["color"]), width=columns())
