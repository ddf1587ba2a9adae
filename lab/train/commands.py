"""Commands that train the models. `export`, `teacher`, `usage` and `headline` need no PyTorch."""

import sys
from pathlib import Path
from typing import Any

import click

PATH = click.Path(path_type=Path)


@click.command()
@click.option("--out", type=PATH, required=True)
def teacher(out: Path) -> None:
    """Narrow down main-text gold by the model that sees the HTML."""
    from lab.train.teacher import teach

    teach(out)


@click.command()
@click.option("--data", type=PATH, required=True, help="What `dataset` wrote.")
@click.option("--out", type=PATH, required=True)
@click.option("--html", is_flag=True, help="The model for blocks of HTML.")
@click.option("--dev", is_flag=True, help="Keep one more fold apart, measure on it.")
@click.option("--width", default=32)
@click.option("--layers", default=2)
@click.option("--density", default=0.3, help="Share of mixing weights kept.")
@click.option("--epochs", default=24)
@click.option("--ways", default=2, help="Flattenings of a page in an epoch.")
@click.option("--words", default=0.45, help="Share of words dropped.")
@click.option("--even", default=0.7, help="1: all pages count alike.")
@click.option("--boost", default=4.0, help="Weight of labelled pages.")
@click.option("--repeats", default=2, help="Times an epoch shows labelled pages.")
@click.option("--sites", default=12, help="Sites that must use a word.")
@click.option("--drop", default=0.15)
@click.option("--decay", default=1e-5)
@click.option("--start", type=PATH, help="A model file to go on from, its zeroes kept.")
@click.option("--rate", default=4e-3, help="Highest learning rate.")
@click.option("--ask", type=PATH, multiple=True, help="A trained network to learn from as well.")
@click.option("--trust", default=0.6, help="Weight of what those say.")
@click.option("--seed", default=1)
@click.option("--threads", default=2)
def train(data: Path, out: Path, **given: Any) -> None:
    """Train the zone model on what `dataset` made."""
    from lab.train.train import Recipe, train_model

    train_model(data, out, Recipe(**given), command_of(sys.argv[1:]))


def command_of(args: list[str]) -> str:
    """The command as a model's header has it: the names of folders are the trainer's own affair."""
    return "python -m lab " + " ".join(f"build/{Path(a).name}" if "/" in a else a for a in args)


@click.command()
@click.option("--data", type=PATH, required=True, help="What `dataset` wrote.")
@click.option("--model", type=PATH, required=True, help="What `train --dev` wrote.")
@click.option("--sites", default=12)
@click.option("--html", is_flag=True, help="The model for blocks of HTML.")
def calibrate(data: Path, model: Path, sites: int, html: bool) -> None:
    """Find the temperature at which probabilities mean what they say."""
    from lab.train.calibrate import calibrate as print_temperatures

    print_temperatures(data, model, sites, html=html)


@click.command()
@click.option("--model", type=PATH, required=True, help="What `train` wrote.")
@click.option("--out", type=PATH, required=True)
@click.option("--temperature", default=1.0, help="What `calibrate` found for the recipe.")
def export(model: Path, out: Path, temperature: float) -> None:
    """Write trained weights as the integer model file that ships."""
    from lab.train.export import export as write_model

    write_model(model, out, temperature)


@click.command()
@click.option(
    "--start", type=PATH, required=True, help="The model file that training went on from."
)
@click.option("--model", type=PATH, required=True, help="What `train --start` wrote.")
@click.option("--out", type=PATH, required=True)
@click.option("--share", default=0.5, help="Weight of the new one.")
def average(start: Path, model: Path, out: Path, share: float) -> None:
    """Average a model with the one that its training went on from."""
    from lab.train.average import average as write_mean

    write_mean(start, model, out, share)


@click.command()
@click.option("--model", type=PATH, required=True, help="A model file; its transitions stay.")
@click.option("--beside", type=PATH, required=True, help="Another.")
@click.option("--out", type=PATH, required=True)
@click.option("--share", default=0.5, help="Weight of the other.")
def join(model: Path, beside: Path, out: Path, share: float) -> None:
    """Put two networks into one, whose scores are the mean of theirs."""
    from lab.train.join import join as write_joined

    write_joined(model, beside, out, share)


@click.command()
@click.option("--out", type=PATH, default=Path("src/articlecli/data/usage.table"))
@click.option("--limit", default=300, help="Pages of a set.")
def usage(out: Path, limit: int) -> None:
    """Count how often training pages use each word and tag: what `articlecli adapt` is held by."""
    from lab.train.usage import write_usage

    write_usage(out, limit)


@click.command()
@click.option("--out", type=PATH, help="The file of weights to write.")
@click.option("--dev", is_flag=True, help="Keep a fold apart and measure on it.")
@click.option("--limit", default=120, help="Pages of a set.")
def headline(out: Path | None, limit: int, dev: bool) -> None:
    """Learn how much each trait of a headline weighs."""
    from lab.train.headline import learn

    learn(out, limit, dev=dev)


@click.command("page-types")
@click.option("--out", type=PATH, required=True)
def page_types(out: Path) -> None:
    """Train what tells a page's type, behind a new zone model."""
    from lab.train.page_types import train_types

    train_types(out, command_of(sys.argv[1:]))


COMMANDS = (teacher, train, average, join, calibrate, export, usage, page_types, headline)
