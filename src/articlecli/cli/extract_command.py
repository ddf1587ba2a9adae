"""`articlecli extract`: pages to standard output."""

import os
import sys
from typing import Any

import click

from articlecli.cli.common import EXIT_FAILED, put, say, shown_path
from articlecli.cli.options import check_page_options, options_of, page_options, render_of
from articlecli.cli.screen import article_bytes, color_option, is_screen
from articlecli.errors import ArticleCliError

EXIT_NO_ARTICLE = 3
"""`--fail-empty`, nothing failed, and some page had no story."""


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH... | -", required=True)
@click.option(
    "--format",
    type=click.Choice(["json", "jsonl", "text", "markdown"]),
    help="Output format; json by default, and on a terminal the article for reading. Several "
    "inputs with json make JSON Lines; in text and markdown a line with a form feed separates the "
    "pages.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to FILE, whole or not at all; - is standard output.",
)
@click.option("--url", metavar="URL", help="Address of the page, kept in the output.")
@page_options
@color_option
@click.option(
    "--fail-empty", is_flag=True, help="Exit with 3 where a page has no story and none failed."
)
def extract(paths: tuple[str, ...], **choices: Any) -> None:
    """Extract the article of each PATH; - reads standard input.

    Exit status: 0 all done, 1 some input failed (each is named on standard error, the others are
    still done), 2 wrong usage, 3 see --fail-empty.
    """
    from articlecli.disk import OutputFile

    if choices["output"] == "-":
        choices["output"] = None
    reading = _is_read(choices)
    choices["format"] = choices["format"] or "json"
    _check(paths, choices)
    options, render = options_of(choices), render_of(choices)
    end = b""
    if len(paths) > 1:
        render = render.in_lines
        end = b"\f\n" if choices["format"] in ("text", "markdown") else b""
    failed = empty = False
    target = OutputFile(choices["output"])
    with target as out:
        for path in paths:
            try:
                article = _extract_path(path, choices["url"], options)
                data = article_bytes(article, choices) if reading else render.article(article) + end
            except ArticleCliError as error:
                failed = True
                say(str(error))
                continue
            except Exception as error:  # noqa: BLE001  # one page must not cost the others
                failed = True
                say(
                    f"{shown_path(path)} caused an internal error in articlecli "
                    f"({type(error).__name__}: {error}); please report it with the page"
                )
                continue
            if article.status == "no_article":
                empty = True
                if choices["format"] in ("text", "markdown"):
                    say(f"{shown_path(path)} has no story ({article.reason})")
            put(out, data)
            target.done = True
    if failed:
        raise SystemExit(EXIT_FAILED)
    if empty and choices["fail_empty"]:
        raise SystemExit(EXIT_NO_ARTICLE)


def _is_read(choices: dict[str, Any]) -> bool:
    """Whether a person reads the output: on a terminal, where nothing of JSON is asked for."""
    asked = any(choices[name] for name in ("format", "output", "offsets", "links", "images"))
    return not asked and is_screen()


def _check(paths: tuple[str, ...], choices: dict[str, Any]) -> None:
    """Refuse what cannot be meant."""
    if paths.count("-") > 1:
        raise click.UsageError("standard input (-) can be read once only.")
    if choices["phrases"] == "-" and "-" in paths:
        raise click.UsageError("standard input (-) is the page; name a file for --phrases.")
    if choices["url"] and len(paths) > 1:
        raise click.UsageError("--url is the address of one page; name one page with it.")
    if choices["output"] == "":
        raise click.UsageError("--output is empty; name a file.")
    if "-" in paths and sys.stdin is not None and sys.stdin.isatty():
        say("reading a page from the terminal; end it with Ctrl-D")
    output = choices["output"]
    if output and any(
        path != "-" and os.path.exists(path) and os.path.exists(output)
        and os.path.samefile(path, output)
        for path in paths
    ):  # fmt: skip
        raise click.UsageError(f"--output {output} is one of the inputs; name another file.")
    if output and (output.endswith(("/", os.sep)) or os.path.isdir(output)):
        raise click.UsageError(
            f"--output {output} is a folder; name a file, or use articlecli batch."
        )
    check_page_options(choices)


def _extract_path(path: str, url: str | None, options: Any) -> Any:
    from articlecli.extractor import extract_page
    from articlecli.read import read_bytes, read_page
    from articlecli.read.paths import shown

    name = "-" if path == "-" else shown(path)
    return extract_page(
        read_page(read_bytes(path), url=url, options=options, path=name), options=options
    )
