"""Commands that measure quality. All need the gold pages, `look --file` apart."""

import sys
from pathlib import Path
from typing import Any

import click

from lab.options import HALVES, Names

PATH = click.Path(path_type=Path)
HALF = click.option(
    "--half", type=click.Choice(HALVES), help="One half of the unseen sites: looked at, or kept."
)
SETS = ["zones", "wcxb", "fundus", "daniel", "naeb", "magic", "trafilatura"]
FACT_SETS = ["more", "pool2", "wcxb", "trafilatura", "fundus", "naeb"]
TITLE_SETS = [*FACT_SETS, "daniel"]
TITLE_WAYS = ["html", "titled", "wet", "inner", "nodes", "wrap", "markdown",
              "spaced", "lost", "glued", "columns"]  # fmt: skip
WAYS = ["wet", "inner", "spaced", "nodes", "wrap", "markdown", "html"]
KNOWN = [*WAYS[:-1], "lost", "glued", "columns", "plain", "html"]


@click.command()
@click.option("--sets", type=Names([*SETS, "more", "pool2"]), default=SETS)
@click.option("--ways", type=Names(KNOWN), default=WAYS, help="Ways of flattening, and `html`.")
@click.option("--limit", type=int, help="Pages of a set (zone pages are all taken).")
@click.option("--worst", default=0, help="Name the worst pages of each set.")
@HALF
@click.option("--save", is_flag=True, help="Store the figures in `lab/results`.")
def evaluate(sets: list[str], ways: list[str], limit: int | None, **given: Any) -> None:
    """Score extract on gold pages of sites that training never saw."""
    from lab import results, tables
    from lab.measure import evaluate as scoring
    from lab.measure.figures import figures_of

    scored = scoring.evaluate(sets, ways, limit, given["half"])
    figures = figures_of(scored, ways)
    if given["save"]:
        click.echo(results.save("evaluate", figures, sets=sets, limit=limit), err=True)
    click.echo(tables.everything("evaluate", figures))
    for name in sets if given["worst"] else ():
        click.echo(f"\nworst of {name}:")
        for line in scoring.worst(scored, name, given["worst"]):
            click.echo(f"  {line}")


@click.command()
@click.option("--sets", type=Names(SETS[:-1]), default=SETS[:-1])
@click.option("--limit", type=int, help="Pages of a set.")
@click.option("--peer", "peers", multiple=True, help="By default all that are installed.")
@HALF
@click.option("--parts", is_flag=True, help="articlecli on HTML, part by part.")
@click.option("--save", is_flag=True, help="Store the figures in `lab/results`.")
@click.option("--work", hidden=True, help="Answer as one extractor, on standard output.")
def compare(sets: list[str], limit: int | None, peers: tuple[str, ...], **given: Any) -> None:
    """Score other extractors on the same pages, and time them."""
    from lab import results, tables
    from lab.measure import compare as comparing
    from lab.measure.parts import PARTS
    from lab.measure.peers import PEERS

    if given["work"]:
        comparing.work(given["work"], sets, limit, given["half"])
        return
    name = "compare-parts" if given["parts"] else "compare"
    known = PARTS if given["parts"] else PEERS
    if unknown := [peer for peer in peers if peer not in known]:
        raise click.UsageError(f"{unknown[0]!r} is none of: {'; '.join(known)}")
    figures = comparing.compare(peers or list(known), sets, limit, given["half"])
    if given["save"]:
        versions = {told["package"]: told["version"] for told in figures["peers"].values()}
        click.echo(results.save(name, figures, sets=sets, limit=limit, versions=versions), err=True)
    click.echo(tables.everything(name, figures))


@click.command()
@click.option("--limit", default=200, help="Pages of a set.")
@click.option("--unseen", is_flag=True, help="Only sites that training never saw.")
def rules(limit: int, unseen: bool) -> None:
    """Print what each rule changes, and what it is worth."""
    from lab.measure.rules import measure_rules

    measure_rules(limit, unseen=unseen)


@click.command()
@click.option("--limit", default=100, help="Pages of a set.")
@click.option("--show", default=0, help="Random lines to print.")
@click.option("--reason", help="Print lines of this reason only.")
@click.option("--seed", default=1)
def reasons(limit: int, show: int, reason: str | None, seed: int) -> None:
    """Print the share of each reason among the lines that were removed."""
    from lab.measure.reasons import measure_reasons

    measure_reasons(limit, show=show, seed=seed, reason=reason)


@click.command()
@click.argument("name", default="zones")
@click.argument("number", type=int, required=False)
@click.option("--way", type=click.Choice(KNOWN[:-1]), default="wet")
@click.option("--worst", default=3)
@click.option("--file", "path", type=PATH, help="A page that is no gold page.")
def look(name: str, number: int | None, way: str, worst: int, path: Path | None) -> None:
    """Print pages with the zones in the margin, the worst of a set first."""
    from lab.measure import look as looking

    if path:
        looking.look_at_file(path)
    else:
        looking.look(name, number, way, worst)


@click.command()
@click.option("--folds", type=Names("01234"), default=["0"], help="Folds of sites; 0 is unseen.")
@click.option("--ways", type=Names(KNOWN), default=["wet", "wrap", "html"])
def furniture(folds: list[str], ways: list[str]) -> None:
    """Print what `batch --learn-furniture` brings on sites with several pages."""
    from lab.measure.furniture import measure_furniture

    measure_furniture([int(fold) for fold in folds], ways)


@click.command()
@click.argument("out", type=PATH, required=False)
@click.option("--against", type=PATH, help="Compare with what a former freeze wrote.")
@click.option("--show", default=3, help="Examples of what differs.")
@click.option("--limit", default=100, help="Pages of a set.")
def freeze(out: Path | None, against: Path | None, show: int, limit: int) -> None:
    """Write extract's output for many gold pages to OUT, or say what differs from it."""
    from lab.measure import freeze as freezing

    if not out and not against:
        raise click.UsageError("name a file to write (OUT) or one to compare with (--against)")
    frozen = freezing.frozen_pages(limit)
    if out:
        click.echo(f"{freezing.write(frozen, out)} outputs in {out}")
    if against:
        sys.exit(freezing.report(freezing.read(against), frozen, show))


@click.command()
@click.option("--sets", type=Names(FACT_SETS), default=FACT_SETS)
@click.option("--folds", type=Names("01234"), default=["0"], help="Folds of sites; 0 is unseen.")
@click.option("--reader", "readers", multiple=True, help="By default all that are installed.")
@click.option("--limit", type=int, help="Pages in all.")
@click.option("--errors", is_flag=True, help="Print every value that is not the gold's.")
@click.option("--details", is_flag=True, help="Also print tables by set, and by source.")
def facts(
    sets: list[str],
    folds: list[str],
    readers: tuple[str, ...],
    limit: int | None,
    errors: bool,
    details: bool,
) -> None:
    """Score titles, authors and dates, and count how often other facts are filled."""
    from lab.measure import facts as scoring

    known = [name for name in scoring.READERS if scoring.installed(name)]
    if unknown := [name for name in readers if name not in known]:
        raise click.UsageError(f"{unknown[0]!r} is none of: {'; '.join(known)}")
    counts = scoring.facts(readers or known, sets, [int(fold) for fold in folds], limit)
    for line in counts.errors if errors else ():
        click.echo(line)
    click.echo(scoring.table(counts))
    for more in (scoring.table_of_sets, scoring.table_of_sources) if details else ():
        click.echo("\n" + more(counts))


@click.command()
@click.option("--ways", type=Names(KNOWN), default=["html", "wet"], help="`html`, or flattened so.")
@click.option("--least", default=5, help="Labelled pages that a site must have.")
@click.option("--others", default=60, help="Pages of other sites.")
@click.option("--save", is_flag=True, help="Store the figures in `lab/results`.")
def teach(ways: list[str], least: int, others: int, save: bool) -> None:
    """Print what `articlecli adapt` brings on unlabelled pages of a site, and on other sites."""
    from lab import results
    from lab.gold.pages import SETS as ALL
    from lab.measure.teach import measure_teaching, table

    figures = {}
    for way in ways:
        figures[way] = measure_teaching(way, least, others)
        click.echo(f"\n{way}:\n\n{table(figures[way])}")
    if save:
        click.echo(results.save("teach", figures, sets=list(ALL)), err=True)


@click.command()
@click.option("--sets", type=Names(SETS[:-1]), default=SETS[:-1])
@click.option("--limit", type=int, help="Pages of a set (zone pages are all taken).")
@click.option("--save", is_flag=True, help="Store the figures in `lab/results`.")
def trust(sets: list[str], limit: int | None, save: bool) -> None:
    """Print how good articles of a confidence are, and what a threshold drops."""
    from lab import results, tables
    from lab.measure.trust import trust as measure

    figures = measure(sets, limit)
    if save:
        click.echo(results.save("trust", figures, sets=sets, limit=limit), err=True)
    click.echo(tables.everything("trust", figures))


@click.command()
@click.option("--sets", type=Names(TITLE_SETS), default=TITLE_SETS)
@click.option("--folds", type=Names("01234"), default=["0"], help="Folds of sites; 0 is unseen.")
@click.option("--ways", type=Names(TITLE_WAYS), default=TITLE_WAYS[:-4])
@click.option("--limit", type=int, help="Pages of a set.")
@click.option("--by-set", is_flag=True, help="A row a set.")
@click.option("--errors", is_flag=True, help="Print every title that is not the gold's.")
def titles(
    sets: list[str], folds: list[str], ways: list[str], limit: int | None, **given: Any
) -> None:
    """Score titles of HTML, and of text with and without the text of `<title>` above."""
    from lab.measure import titles as scoring

    counts, wrong = scoring.titles(sets, [int(fold) for fold in folds], ways, limit)
    for line in wrong if given["errors"] else ():
        click.echo(line)
    click.echo(scoring.table(counts, by_set=given["by_set"]))


@click.command()
@click.option("--limit", type=int, help="Pages of a set.")
@HALF
def types(limit: int | None, half: str | None) -> None:
    """How often page types are right, and stories lost or given where there is none."""
    from lab.measure.types import measure_types

    measure_types(limit, half)


COMMANDS = (
    evaluate, compare, trust, rules, reasons, look, furniture, freeze, facts, titles, types, teach,
)  # fmt: skip
