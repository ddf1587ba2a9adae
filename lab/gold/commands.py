"""Commands on gold pages."""

import sys
from pathlib import Path

import click

PATH = click.Path(path_type=Path)


@click.group()
def reading() -> None:
    """Label pages by reading: print a page's blocks, take back the zone of each."""


@reading.command()
@click.option("--out", type=PATH, required=True)
@click.option("--pages", default=200, help="How many.")
def queue(out: Path, pages: int) -> None:
    """Write the pages whose text and HTML give the most unlike articles."""
    from lab.gold.reading import queue as write_queue

    write_queue(out, pages)


@reading.command()
@click.argument("folder", type=PATH)
@click.option("--check", is_flag=True, help="Check the answers, write nothing.")
def take(folder: Path, check: bool) -> None:
    """Read the answers in FOLDER into `lab/gold/labels.jsonl`."""
    from lab.gold.reading import take as read_answers

    sys.exit(not read_answers(folder, check=check))


COMMANDS = (reading,)
