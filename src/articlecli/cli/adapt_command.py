"""`articlecli adapt`: the zone model fitted to pages that a person labelled."""

import os
from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import check_output, put
from articlecli.cli.options import PATH
from articlecli.plain import say


@click.command(cls=Command)
@click.option("--gold", type=PATH, multiple=True, required=True, metavar="PATH", help="A folder "
              "of files of zones, or one of them; may be given again.")  # fmt: skip
@click.option("-o", "--output", type=PATH, required=True, metavar="FILE", help="The fitted model, "
              "for --model; - is standard output.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def adapt(gold: tuple[str, ...], output: str, *, quiet: bool) -> None:
    """Fit the zone model to pages that you labelled.

    Learns what the words and class names of your pages mean. What other sites use too is held to
    what it meant, so that little is forgotten. With three pages and more, pages are left out in
    turn to see when to stop. Needs NumPy, of the extra adapt.
    """
    from articlecli.disk import OutputFile
    from articlecli.read.adaptation import adaptation_bytes
    from articlecli.teach.gold import SUFFIX, read_gold

    adapt_to = _adapt()
    if not output:
        raise click.UsageError("--output is empty; name a file.")
    check_output(output, gold)
    if output.endswith(SUFFIX):
        raise click.UsageError(f"--output {output} has the name of a file of zones; name another.")
    pages = list(read_gold(gold))
    made, fits = adapt_to(pages, (lambda _: None) if quiet else say)
    if not fits:
        raise click.UsageError("the pages of --gold have no lines.")
    target = OutputFile(None if output == "-" else output)
    with target as out:
        put(out, adaptation_bytes(made))
        target.done = True
    for fit in () if quiet else fits:
        say(_told(fit))


def _adapt() -> Any:
    # One thread: the matrices are small, and the order of a sum does not hang on the cores then.
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        from articlecli.teach.adapt import adapt as fit
    except ImportError as error:
        if error.name != "numpy":
            raise
        from articlecli.extras import remedy

        raise click.UsageError(f"adapt needs NumPy; {remedy('adapt')} brings it.") from None
    return fit


def _told(fit: Any) -> str:
    pages = "1 page" if fit.pages == 1 else f"{fit.pages} pages"
    head = f"{fit.kind}: {pages}, {fit.lines} lines, {fit.rows} rows changed"
    if fit.after is None:
        return f"{head}; label three pages and more to see what it brings"
    if not fit.steps:
        return f"{head}; pages that were left out gained nothing, so the model stays as it is"
    return f"{head}; lines right on pages that were left out: {fit.before:.1%} → {fit.after:.1%}"
