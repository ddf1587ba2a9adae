"""Commands on pages to be read, and those that make what the model learns from."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from lab.options import Names

PATH = click.Path(path_type=Path)


@click.command()
@click.option("--out", type=PATH, required=True)
@click.option("--sets", type=Names(), help="By default all, and pages put together.")
@click.option("--synthetic", default=3000, help="Pages put together from parts.")
@click.option("--spliced", default=2500, help="Pages put together from pages.")
@click.option("--dev", is_flag=True, help="Pages put together take nothing from the fold apart.")
@click.option("--html", is_flag=True, help="Each page once, as the road for HTML sees it.")
@click.option("--ways", default=10, help="Ways in which each page is flattened.")
@click.option("--teacher", type=PATH, help="What `teacher` wrote.")
def dataset(out: Path, sets: list[str] | None, teacher: Path | None, **given: Any) -> None:
    """Turn gold pages into training lines, flattened in every way."""
    from lab.gold.pages import SETS
    from lab.make.dataset import Choice, make_dataset

    choice = Choice(
        html=given["html"],
        dev=given["dev"],
        made_up={"synthetic": given["synthetic"], "spliced": given["spliced"]},
        ways=given["ways"],
        told=json.loads(teacher.read_text()) if teacher else {},
    )
    made_up = ["spliced"] if choice.html else ["synthetic", "spliced"]  # parts have no markup
    make_dataset(out, sets or [*SETS, "zones", *made_up], choice)


@click.group()
def reading() -> None:
    """Label pages by reading: print a page's blocks, take back the zone of each."""


@reading.command()
@click.option("--out", type=PATH, required=True)
@click.option("--pages", default=200, help="How many.")
def queue(out: Path, pages: int) -> None:
    """Write the pages whose text and HTML give the most unlike articles."""
    from lab.make.reading import queue as write_queue

    write_queue(out, pages)


@reading.command()
@click.argument("folder", type=PATH)
@click.option("--check", is_flag=True, help="Check the answers, write nothing.")
def take(folder: Path, check: bool) -> None:
    """Read the answers in FOLDER into `lab/gold/labels.jsonl`."""
    from lab.make.reading import take as read_answers

    sys.exit(not read_answers(folder, check=check))


COMMANDS = (reading, dataset)
