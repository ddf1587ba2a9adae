"""`articlecli evaluate`: extract's zones and text against those that a person gave."""

from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import put, put_text
from articlecli.cli.options import MODEL, PATH, options_of
from articlecli.cli.screen import color_option, columns, in_colour


@click.command(cls=Command)
@click.option("--gold", type=PATH, multiple=True, required=True, metavar="PATH", help="A folder "
              "of files of zones, or one of them; may be given again.")  # fmt: skip
@MODEL
@click.option("--phrases", metavar="FILE", help="Your own phrases; see docs/phrases.md.")
@click.option("--json", "as_json", is_flag=True, help="JSON: the figures by page and overall.")
@color_option
def evaluate(gold: tuple[str, ...], **choices: Any) -> None:
    """Score extract on pages that you labelled.

    Line accuracy is the share of the lines whose zone is yours; zone F1 says it zone by zone;
    word F1 compares the words of the main text (lead, body and headings) with those that
    extract gives.
    """
    from articlecli.disk import standard_output
    from articlecli.extractor import Extractor
    from articlecli.teach.gold import read_gold
    from articlecli.teach.score import score_of, score_page, told

    given = {"input_format": "auto", "encoding": None, "language": None, "min_confidence": 0.0}
    extractor = Extractor(options_of({**given, **choices}))
    score = score_of(score_page(page, extractor) for page in read_gold(gold))
    out = standard_output()
    if choices["as_json"]:
        from msgspec.json import encode

        put_text(out, encode(told(score)) + b"\n")
        return
    put(out, _tables(score, choices).encode())


def _tables(score: Any, choices: dict[str, Any]) -> str:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from articlecli.show.safe import safe_line
    from articlecli.show.terminal import printed
    from articlecli.teach.score import zone_f1

    pages = Table(box=None, pad_edge=False)
    pages.add_column("page")
    for name in ("lines", "lines right", "zone F1", "word F1"):
        pages.add_column(name, justify="right")
    for page in score.pages:
        f1 = zone_f1(page.pairs)
        macro = sum(f1.values()) / len(f1) if f1 else 1.0
        share = page.right / page.lines if page.lines else 1.0
        pages.add_row(Text(safe_line(page.name)), str(page.lines), f"{share:.1%}", f"{macro:.3f}",
                      f"{page.word_f1:.3f}")  # fmt: skip
    lines = str(sum(page.lines for page in score.pages))
    pages.add_row("all", lines, f"{score.line_accuracy:.1%}", f"{score.macro_f1:.3f}",
                  f"{score.word_f1:.3f}", style="bold")  # fmt: skip
    zones = Table(box=None, pad_edge=False)
    zones.add_column("zone")
    zones.add_column("F1", justify="right")
    for zone, value in score.zone_f1.items():
        zones.add_row(zone, f"{value:.3f}")
    return printed(Group(pages, "", zones), colour=in_colour(choices["color"]), width=columns())
