"""`articlecli label`: a person's zones for the lines of a page, kept in a small file."""

import os
from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import check_encoding, put
from articlecli.cli.options import MODEL, PATH, options_of
from articlecli.plain import say


@click.command(cls=Command)
@click.argument("page", metavar="PAGE | -")
@click.option("-o", "--output", type=PATH, default="mine", show_default=True, metavar="OUT",
              help="A folder, or a file that ends in .json.")  # fmt: skip
@click.option("--set", "changes", multiple=True, metavar="LINES=ZONE", help="Correct lines without "
              "an editor, such as 12=body or 30-45=x; may be given again.")  # fmt: skip
@click.option("--print", "only_print", is_flag=True, help="Print the list; save nothing.")
@click.option("--from", "listed", type=PATH, metavar="FILE", help="Take an edited list from a file "
              "and open no editor; - is standard input.")  # fmt: skip
@click.option("--input-format", type=click.Choice(["auto", "text", "html", "markdown"]),
              default="auto", show_default=True, help="What to take the page for.")  # fmt: skip
@click.option("--encoding", metavar="NAME", help="Encoding of the page; detected by default.")
@click.option("--phrases", metavar="FILE", help="Your own phrases; see docs/phrases.md.")
@MODEL
@click.option("--url", metavar="URL", help="Address of the page.")
def label(page: str, **choices: Any) -> None:
    """Correct the zones of a page's lines and keep them.

    Opens your editor (VISUAL, EDITOR) with one line for each line of PAGE: its zone, its number,
    its text. Correct the zones, save and close. They are kept in mine/NAME.zones.json, for
    articlecli evaluate and articlecli adapt. A page that is labelled already begins with the zones
    that it has.
    """
    from articlecli.disk import standard_output
    from articlecli.errors import InputError
    from articlecli.extractor import Extractor
    from articlecli.read import read_bytes, read_page
    from articlecli.teach.gold import gold_file, save_zones
    from articlecli.teach.listing import corrected, listing_of

    if page == "-" and "-" in (choices["listed"], choices["phrases"]):
        raise click.UsageError("standard input (-) is the page; name a file.")
    output = choices["output"]
    if not output or (os.path.isfile(output) and not output.endswith(".json")):
        raise click.UsageError("--output is no folder, nor a file that ends in .json; name one.")
    by_hand = not (choices["changes"] or choices["only_print"] or choices["listed"])
    if page == "-" and by_hand:
        raise click.UsageError("an editor needs the terminal; name a file, or use --set.")
    check_encoding(choices["encoding"])
    extractor = Extractor(options_of({"language": None, "min_confidence": 0.0, **choices}))
    read = read_page(read_bytes(page), url=choices["url"], options=extractor.options, path=page)
    explained = extractor.explain_page(read)
    zones = _zones(page, read, explained, choices["output"])
    try:
        zones = corrected(explained.lines, zones, choices["changes"])
    except InputError as error:
        raise click.UsageError(f"--set {error}.") from None
    if choices["only_print"]:
        put(standard_output(), listing_of(explained.lines, zones).encode())
        return
    if choices["listed"] is not None:
        from articlecli.teach.listing import zones_in

        text = read_bytes(choices["listed"]).decode("utf-8-sig", "replace")
        zones = zones_in(text, explained.lines)
    elif by_hand:
        zones = _edited(explained.lines, zones)
    if not any(zones):
        say("nothing is saved: no line has a zone")
        return
    path = save_zones(
        gold_file(read, explained, zones, None if page == "-" else page), choices["output"]
    )
    say(f"{path}: zones of {sum(zone is not None for zone in zones)} lines")


def _zones(page: str, read: Any, explained: Any, output: str) -> list[Any]:
    """Zones that the page has already, else those that extract gives it."""
    from articlecli.blocks import split_page
    from articlecli.teach.gold import read_zones, zones_of, zones_path

    sha256 = read.source.sha256
    path = output if output.endswith(".json") else zones_path(page, sha256, output)
    if os.path.exists(path) and (told := read_zones(path)).sha256 == sha256:
        return list(zones_of(told.lines, split_page(read).blocks))
    return [line.zone for line in explained.lines]


def _edited(lines: Any, zones: Any) -> list[Any]:
    """Zones of the list as the editor leaves it; a row that is wrong opens it again."""
    from articlecli.errors import InputError
    from articlecli.teach.listing import listing_of, zones_in

    text = listing_of(lines, zones)
    while True:
        try:
            edited = click.edit(text, extension=".zones", require_save=False)
        except click.ClickException as error:
            raise _no_editor(error.message) from None
        except (OSError, ValueError) as error:  # its name has an open quote; the list is gone, or
            raise _no_editor(str(error)) from None  # is no UTF-8 any more
        try:
            return zones_in(edited or "", lines)
        except InputError as error:
            say(str(error))
            if not click.confirm("Open the editor again?", default=True, err=True):
                return [None] * len(lines)
            text = edited or text


def _no_editor(why: str) -> click.ClickException:
    return click.ClickException(
        f"{why.rstrip('.')}; name another editor in VISUAL or EDITOR, or use --set, or --print and "
        "--from."
    )
