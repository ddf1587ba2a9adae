"""Commands that take time and measure it. None needs the gold pages, `bench` apart."""

import json
import os
from pathlib import Path

import click

from lab.options import Names

PATH = click.Path(path_type=Path)
BENCH = ["pages", "sizes", "batch", "start"]
SECTIONS = ["workers", "cost", "memory", "wet", "peer"]


@click.command()
@click.argument("out", type=PATH)
@click.option("--pages", default=2000)
@click.option("--seed", default=1)
def crowd(out: Path, pages: int, seed: int) -> None:
    """Make many pages to try batches on: a folder, or a shard (OUT.jsonl)."""
    from lab.load.crowd import crowd as make

    make(out, pages, seed)


@click.command()
@click.option("--kills", default=200)
@click.option("--pages", default=1500)
@click.option("--seed", default=1)
def storm(kills: int, pages: int, seed: int) -> None:
    """Stop a batch at random moments; its end must be that of a calm run."""
    from lab.load.storm import storm as kill

    click.echo(kill(kills, pages, seed))


@click.command()
@click.option("--only", type=Names(SECTIONS), default=SECTIONS, help="Sections to measure.")
@click.option("--pages", default=20000)
@click.option("--rounds", default=1)
@click.option("--small", default=200, help="Megabytes of the smaller shard of `memory`.")
@click.option("--times", default=10, help="How much larger the other shard is.")
@click.option("--page-repeat", default=50, help="Times a page stands in those shards.")
@click.option("--bare", nargs=2, hidden=True, metavar="SHARD OUT")
def pace(only: list[str], bare: tuple[str, str] | None, **load: int) -> None:
    """Measure batches: workers, cost, memory, WET, beside trafilatura's.

    Each figure is a ratio of two things measured in turn. All of it takes the better part of an
    hour.
    """
    from lab.load.pace import Load, bare_loop, measure_pace

    if bare:
        click.echo(bare_loop(*bare))
    else:
        measure_pace(only, Load(**load))


@click.command()
@click.option("--pages", default=1200)
@click.option("--length", default=10_000, help="Bytes of a page, at the least.")
@click.option("--shards", default=8)
@click.option("--rounds", default=3)
@click.option("--workers", default=os.cpu_count() or 1, show_default="cores")
def engines(**race: int) -> None:
    """Measure batches by engine: own pool, Ray tasks, Ray Data (needs ray[data])."""
    from lab.load.engines import Race, race_engines

    race_engines(Race(**race))


@click.command()
@click.option("--only", type=Names(BENCH), default=BENCH, help="Sections to measure.")
@click.option("--rounds", default=3)
@click.option("--save", is_flag=True, help="Store the figures in `lab/results`.")
@click.option("--work", nargs=2, hidden=True, metavar="NAME PAGES")
def bench(only: list[str], rounds: int, save: bool, work: tuple[str, str] | None) -> None:
    """Time a page, a batch and the start beside other extractors."""
    from lab import results, tables
    from lab.load import bench as benching

    if work:
        click.echo(json.dumps(benching.work(*work)))
        return
    figures = benching.bench(only, rounds)
    if save:
        versions = benching.installed()
        click.echo(results.save("bench", figures, sets=[], versions=versions), err=True)
    click.echo(tables.everything("bench", figures))


@click.command()
@click.option("--save", is_flag=True, help="Store the figures in `lab/results`.")
@click.option("--against", type=PATH, metavar="SRC", help="Another `src/`, timed in turn with it.")
@click.option("--rounds", default=4, help="Turns of each side of `--against`.")
def timing(save: bool, against: Path | None, rounds: int) -> None:
    """Time a page stage by stage and the command's start, or two source trees."""
    from lab import results, tables

    if against:
        from lab.load.pair import time_pair

        click.echo(time_pair(against, rounds))
        return
    from lab.load.timing import measure_stages

    figures = measure_stages()
    if save:
        click.echo(results.save("timing", figures, sets=[]), err=True)
    click.echo(tables.everything("timing", figures))


@click.command()
@click.option("--sizes", default="10k,100k", help="Characters: 10k,100k,1m.")
@click.option("--only", multiple=True, default=["*"], metavar="GLOB", help="Shapes to try.")
@click.option("--seconds", default=60, help="Limit of processor time of a page.")
@click.option("--gigabytes", default=4.0, help="Limit of memory of a page.")
@click.option("--top", default=20, help="Rows of the table.")
@click.option("--exponent", default=1.15, help="Exit 1 where a time grows faster.")
def hostile(
    sizes: str, only: list[str], seconds: int, gigabytes: float, top: int, exponent: float
) -> None:
    """Measure how time and memory grow with the size of hostile pages."""
    from lab.load.hostile import growths, table

    units = {"k": 1000, "m": 1_000_000}
    numbers = [int(one[:-1]) * units[one[-1]] for one in sizes.lower().split(",")]
    found = list(growths(only, numbers, seconds, gigabytes))
    click.echo(table(found, numbers, top))
    bad = [one.name for one in found if one.exponent > exponent or one.costs[-1].end]
    click.echo(f"{len(found)} shapes, {len(bad)} beyond a limit: {', '.join(bad) or 'none'}")
    raise SystemExit(bool(bad))


@click.command()
@click.option("--files", default=100_000, help="Small files in one folder.")
@click.option("--lines", default=1_000_000, help="Lines of one file.")
@click.option("--bytes", "size", default=2_000_000_000, help="Bytes of another.")
@click.option("--refuse", is_flag=True, help="Refuse each page for its size: all but extracting.")
def scale(files: int, lines: int, size: int, *, refuse: bool) -> None:
    """Measure batches of very many files, lines and bytes, and one killed amid each."""
    from lab.load.scale import scale as measure

    click.echo(measure(files, lines, size, refuse=refuse))


COMMANDS = (crowd, storm, pace, engines, bench, timing, hostile, scale)
