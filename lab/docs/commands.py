"""Commands that write what the documents show of the code. None needs the gold pages."""

import sys
from pathlib import Path

import click

PATH = click.Path(path_type=Path)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something is stale.")
def docs(check: bool) -> None:
    """Write the reference and the example of the documents anew."""
    from lab.docs.generate import stale_files

    stale = stale_files()
    for path, text in stale.items():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    names = ", ".join(path.name for path in stale)
    click.echo(f"{'stale' if check else 'written'}: {names or 'none'}")
    sys.exit(bool(check and stale))


@click.command()
@click.option("--chromium", type=PATH, help="Chromium or Chrome; by default the one on the path.")
def pictures(chromium: Path | None) -> None:
    """Draw the terminal view and the report for README and documents."""
    from lab.docs.pictures import draw_report, draw_terminal

    click.echo(draw_terminal())
    for path in draw_report(chromium):
        click.echo(path)


COMMANDS = (docs, pictures)
