"""`articlecli extract`: pages to standard output."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import check_output, listed_paths, put, put_text
from articlecli.cli.options import (
    FETCHED,
    FORMATS,
    PATH,
    FormatChoice,
    check_page_options,
    fields_of,
    format_named,
    input_options,
    options_of,
    page_options,
    render_of,
)
from articlecli.cli.screen import article_bytes, color_option, is_screen
from articlecli.cli.web import page_at, wait_for
from articlecli.errors import ArticleCliError
from articlecli.plain import (
    EXIT_FAILED,
    ONE_PAGE,
    Done,
    extracted,
    is_fed,
    say,
    shown_path,
    tell_empty,
    written,
)

EXIT_NO_ARTICLE = 3
"""`--fail-empty`, nothing failed, and some page had no story."""
RECORDS = ("jsonl", "warc")
"""Values of `--input-format` that mean files of many pages."""
NOT_WRITTEN = (".gz", ".zst", ".bz2", ".xz", ".parquet")


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH... | -]")
@click.option("-f", "--format", type=FormatChoice([*FORMATS, "table"]), help="Output format; by "
              "default that of the suffix of --output, else json, and on a terminal the "
              "article for reading. Of many pages json makes JSON "
              "Lines, and in text and markdown a line with a form feed ends each.")  # fmt: skip
@click.option(
    "-o",
    "--output",
    type=PATH,
    metavar="FILE",
    help="Write to FILE, whole or not at all; - is standard output.",
)
@click.option("--url", metavar="URL", help="Address of the page, kept in the output.")
@FETCHED
@input_options
@page_options
@color_option
@click.option(
    "--fail-empty", is_flag=True, help="Exit with 3 where a page has no story and none failed."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say of each page how it ended.")
def extract(paths: tuple[str, ...], **choices: Any) -> None:
    """Extract the article of each PATH, a page, a shard or a folder.

    - reads standard input, and so does no PATH at all where something is piped in. Shards (JSONL,
    WARC, WET, Parquet) and folders are written page after page.

    Exit status: 0 all done, 1 some input failed (each is named on standard error, the others are
    still done), 2 wrong usage, 3 see --fail-empty.
    """
    from articlecli.disk import OutputFile

    if choices["output"] == "-":
        choices["output"] = None
    paths = _paths(paths, choices)
    reading = _is_read(choices)
    write = put if reading else put_text  # what is shown for reading has colours of its own
    choices["format"] = choices["format"] or format_named(choices["output"]) or "json"
    _check(paths, choices)
    options, render = options_of(choices), render_of(choices)
    many = len(paths) != 1 or _holds_many(paths[0], choices)
    if many:
        render = render.in_lines
    rows: list[Any] = []
    as_table = choices["format"] == "table"

    def kept(article: Any) -> bytes:
        rows.extend(render.rows(article, _columns(render)))
        return b""

    failed = empty = False
    target = OutputFile(choices["output"])
    with target as out:
        for read in _pages(paths, choices, options):
            page, data = written(read, kept if as_table else render.article)
            if reading and page.article is not None:
                data = article_bytes(page.article, choices)
            if page.article is None:
                failed = True
                say(page.message or "")
                continue
            empty |= page.article.status == "no_article"
            _tell(page, choices)
            write(out, data if target.done or not many or as_table else render.head + data)
            target.done = True
        if as_table and target.done:
            write(out, _table(rows, choices))
        elif many and target.done:
            write(out, render.foot)
    if failed:
        raise SystemExit(EXIT_FAILED)
    if empty and choices["fail_empty"]:
        raise SystemExit(EXIT_NO_ARTICLE)


def _paths(paths: tuple[str, ...], choices: dict[str, Any]) -> tuple[str, ...]:
    """What is to be read."""
    listed = choices["files_from"]
    if choices["null"] and listed is None:
        raise click.UsageError("--null goes with --files-from.")
    if listed is not None:
        if listed == "-" and "-" in paths:
            raise click.UsageError("standard input (-) is the list of --files-from, and no page.")
        return paths + listed_paths(listed, null=choices["null"])
    if not paths and not is_fed():
        raise click.UsageError("Missing argument 'PATH... | -'; name a page, or pipe one in.")
    return paths or ("-",)


def _is_read(choices: dict[str, Any]) -> bool:
    """Whether a person reads the output: on a terminal, where nothing of JSON is asked for."""
    asked = any(
        choices[name]
        for name in (
            "format",
            "output",
            "offsets",
            "links",
            "images",
            "fields",
            "only",
            "front_matter",
        )
    )
    return not asked and is_screen()


def _check(paths: tuple[str, ...], choices: dict[str, Any]) -> None:
    """Refuse what cannot be meant."""
    if paths.count("-") > 1:
        raise click.UsageError("standard input (-) can be read once only.")
    if choices["phrases"] == "-" and ("-" in paths or choices["files_from"] == "-"):
        raise click.UsageError("standard input (-) is taken already; name a file for --phrases.")
    if choices["url"] and (len(paths) > 1 or any(_holds_many(path, choices) for path in paths)):
        raise click.UsageError("--url is the address of one page; name one page with it.")
    if choices["quiet"] and choices["verbose"]:
        raise click.UsageError("--quiet and --verbose cannot go together.")
    if "-" in paths and sys.stdin is not None and sys.stdin.isatty():
        say("reading a page from the terminal; end it with Ctrl-D")
    if choices["output"] is not None:
        _check_output(choices["output"])
        read = (choices[name] for name in ("files_from", "phrases", "model"))
        check_output(choices["output"], (*paths, *read))
    check_page_options(choices)


def _check_output(output: str) -> None:
    if not output:
        raise click.UsageError("--output is empty; name a file.")
    if output.endswith(("/", os.sep)) or os.path.isdir(output):
        raise click.UsageError(
            f"--output {output} is a folder; name a file, or use articlecli batch."
        )
    if output.lower().endswith(NOT_WRITTEN):
        suffix = os.path.splitext(output)[1]
        raise click.UsageError(
            f"--output {output}: extract writes no {suffix}; use articlecli batch."
        )


def _holds_many(path: str, choices: dict[str, Any]) -> bool:
    """Whether a path is a folder or a file of many pages."""
    if choices["input_format"] in RECORDS or os.path.isdir(path):
        return True
    if path == "-" or path.lower().endswith(ONE_PAGE):
        return False
    from articlecli.batch.inputs import kind_of

    return kind_of(path) not in (None, "page")


def _pages(paths: tuple[str, ...], choices: dict[str, Any], options: Any) -> Iterator[Done]:
    """Each page of each path, one after the other."""
    for number, path in enumerate(paths):
        wait_for(path, paths[:number])
        if _holds_many(path, choices):
            yield from _records(path, choices, options)
        else:
            yield _page(path, choices, options)


def _page(path: str, choices: dict[str, Any], options: Any) -> Done:
    from articlecli.read.paths import is_http

    url = choices["url"]
    fetch = (lambda: page_at(path, url, options)) if is_http(path) else None
    return extracted(path, url, options, fetch, choices["fetched"])


def _records(path: str, choices: dict[str, Any], options: Any) -> Iterator[Done]:
    """Pages of a folder or of a file of many, as `batch` reads them."""
    from msgspec.structs import replace

    from articlecli.batch.chunks import chunks
    from articlecli.batch.inputs import Input, find_inputs
    from articlecli.batch.worker import Instructions, extract_records

    kind = choices["input_format"]
    try:
        inputs = ([Input(path, path, kind)] if kind in RECORDS and not os.path.isdir(path)
                  else find_inputs([path], follow_links=choices["follow_links"])[0])  # fmt: skip
    except ArticleCliError as error:
        yield Done(path, None, str(error))
        return
    if not inputs:
        yield Done(path, None, f"{shown_path(path)} holds no file of a known kind; name the files")
    named = [replace(one, name=one.path) for one in inputs]
    instructions = Instructions(options=options, mode="return")
    for chunk in chunks(named, (0, 0), fields_of(choices), lambda _: instructions):
        for record in chunk.records:
            known = replace(record, fetched=record.fetched or choices["fetched"])
            [outcome] = extract_records([known], instructions)
            number = f"#{record.id}" if record.id is not None else ""
            name = shown_path(record.input + number)
            yield Done(name, outcome.article, outcome.message)


def _columns(render: Any) -> tuple[str, ...]:
    from articlecli.write.fields import columns_of

    return columns_of(render.fields, render.only, table=True)


def _table(rows: list[Any], choices: dict[str, Any]) -> bytes:
    from articlecli.write.table import table

    return table(rows, _columns(render_of(choices))).encode()


def _tell(page: Done, choices: dict[str, Any]) -> None:
    """On standard error, what the output cannot say."""
    article = page.article
    if choices["verbose"] and article.status != "no_article":
        from articlecli.text.words import count_words

        say(f"{page.name} has a story of {count_words(article.text)} words; "
            f"confidence {article.confidence:.2f}")  # fmt: skip
    elif choices["verbose"] or not choices["quiet"]:
        tell_empty(page, "text" if choices["verbose"] else choices["format"])
