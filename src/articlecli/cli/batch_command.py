"""`articlecli batch`: folders and shards to files."""

import os
from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import check_output, listed_paths, put, put_text
from articlecli.cli.options import (
    FORMATS,
    JSON,
    PATH,
    FormatChoice,
    check_page_options,
    fields_of,
    input_options,
    options_of,
    page_options,
    render_of,
)
from articlecli.errors import ArticleCliError
from articlecli.plain import EXIT_FAILED, say
from articlecli.processes import workers_context

WEB_WORKERS = 8
"""Processes at most where pages are fetched: so many wait for one server's pauses, and in time."""


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=PATH, metavar="PATH... | -")
@click.option("-o", "--output", type=PATH, metavar="OUT", required=True,
              help="A folder, or one file for all pages: .jsonl, .csv, .tsv, .md, .txt, .html, "
              ".xml, .parquet, also with .gz or .zst; - is standard output.")  # fmt: skip
@click.option("-f", "--format", type=FormatChoice(FORMATS), help="Format of the outputs; by "
              "default that of the suffix of --output, else json.")  # fmt: skip
@click.option(
    "-j",
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Processes, up to 1,024; all cores by default.",
)
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True,
              help="Who works: this machine, or a Ray cluster; see docs/scale.md.")  # fmt: skip
@click.option("--address", metavar="ADDR", help="Of the Ray cluster, such as auto or HOST:6379; by "
              "default RAY_ADDRESS, else a cluster of this machine alone.")  # fmt: skip
@click.option("--pattern", multiple=True, metavar="GLOB", help="Names to take in folders, such as "
              "'*.htm*'; may be given again. By default all known kinds.")  # fmt: skip
@click.option("--hidden", is_flag=True, help="Take hidden files and folders too.")
@input_options
@page_options
@click.option("--learn-furniture", is_flag=True, help="Read the pages twice: lines that many pages "
              "of a site share count against standing in a story.")  # fmt: skip
@click.option("--page-time", type=click.FloatRange(0.1), default=30.0, show_default=True,
              metavar="SECONDS", help="Give up a page after so long.")  # fmt: skip
@click.option("--page-size", type=click.IntRange(1), default=16 << 20, show_default=True,
              metavar="BYTES", help="Refuse a larger page.")  # fmt: skip
@click.option("--page-memory", type=click.IntRange(64 << 20), default=4 << 30, show_default=True,
              metavar="BYTES", help="Give up a page that needs more (Linux).")  # fmt: skip
@click.option("--max-failures", type=click.IntRange(0), metavar="N",
              help="Stop after more than N failed pages.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Count a page without a story as failed.")
@click.option("--fresh", is_flag=True, help="Start over, whatever an earlier run left.")
@click.option("--update", is_flag=True, help="Do the inputs that are new or changed since the last "
              "run, and no others.")  # fmt: skip
@click.option("--prune", is_flag=True, help="With --update: remove the outputs of inputs that are "
              "gone.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="List each input and its output; write nothing.")
@click.option("--log", type=click.Choice(["auto", "text", "json"]), default="auto",
              show_default=True, help="How to tell of progress: a bar on a terminal; text: lines, "
              "one for each failed page too; json: one object a line, for machines.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def batch(paths: tuple[str, ...], **choices: Any) -> None:
    """Extract many pages: files, folders and shards (JSONL, WARC, WET, Parquet).

    One output a page under the page's own path, one a shard, or one file for all; OUT/_run holds
    report.json and errors.jsonl. A run that was stopped goes on where it was with the same
    command. - reads a list of paths from standard input.

    Exit status: 0 all done, 1 some page failed or the run stopped, 2 wrong usage.
    """
    if choices["engine"] == "local" and not choices["dry_run"]:
        workers_context()  # first: what starts them loads as much as this process, and beside it
    from articlecli.batch import run
    from articlecli.batch.progress import say_end, say_json
    from articlecli.cli.closing import summarize

    job = _job(paths, choices)
    engine = _engine(choices)
    if choices["dry_run"]:
        _list(job)
        return
    try:
        report = _to_standard_output(job) if job.destination is None else run(job, engine)
    except KeyboardInterrupt:
        if job.destination is not None:
            say("stopped; the same command goes on from here")
        raise
    except ArticleCliError as error:
        if choices["log"] != "json":
            raise
        say_json("error", message=str(error))
        raise SystemExit(EXIT_FAILED) from None
    if choices["log"] == "json":
        say_end(report)
    elif not choices["quiet"]:
        summarize(report, job)
    if report.failed or not report.finished:
        raise SystemExit(EXIT_FAILED)


def _to_standard_output(job: Any) -> Any:
    from articlecli.batch import extract_to_stream
    from articlecli.disk import standard_output

    out = standard_output()
    return extract_to_stream(job, lambda data: put_text(out, data), say)


def _engine(choices: dict[str, Any]) -> Any:
    """Who is to do the work; `None` for this machine."""
    if choices["engine"] == "local":
        if choices["address"] is not None:
            raise click.UsageError("--address goes with --engine ray.")
        return None
    try:
        from articlecli.ext.ray import RayEngine
    except ImportError as error:
        if (error.name or "").split(".")[0] != "ray":
            raise
        from articlecli.extras import remedy  # few machines lack it

        raise click.UsageError(f"--engine ray needs Ray; {remedy('ray')} brings it.") from None
    return RayEngine(choices["address"], choices["workers"])


def _destination(choices: dict[str, Any]) -> Any:
    """Where the articles go; `None` for standard output."""
    from articlecli.batch import OneFile, destination_of
    from articlecli.errors import InputError
    from articlecli.read.paths import is_remote

    output = choices["output"]
    if not output:
        raise click.UsageError("--output is empty; name a folder or a file.")
    if is_remote(output):
        raise click.UsageError(
            "--output is an address; outputs are local files, name a folder or a file here."
        )
    if output == "-":
        for name in ("learn_furniture", "fresh", "update"):
            if choices[name]:
                raise click.UsageError(
                    f"--{name.replace('_', '-')} needs a folder or a file as --output."
                )
        if choices["engine"] != "local":
            raise click.UsageError("--engine ray needs a folder or a file as --output.")
        return None
    try:
        to = destination_of(output)
    except InputError as error:
        raise click.UsageError(f"--output {error}.") from None
    if isinstance(to, OneFile):
        named = choices["format"]
        if to.parquet and (named not in (None, "json", "jsonl") or choices["fields"]
                           or choices["only"]):  # fmt: skip
            raise click.UsageError("Parquet holds whole articles; --format, --fields and --only "
                                   "go with other outputs.")  # fmt: skip
        if not to.parquet and named not in (None, to.format) and {named, to.format} != set(JSON):
            raise click.UsageError(f"--format {named} does not go with --output {output}, whose "
                                   f"name says {to.format}.")  # fmt: skip
        if os.path.isdir(output):
            raise click.UsageError(f"--output {output} is a folder; name a file.")
        if _holds_something(output) and not os.path.isdir(to.notes):
            raise click.UsageError(  # such a file may well be one of the inputs
                f"--output {output} is there already, and no run wrote it; name another file, or "
                "remove it."
            )
    elif os.path.exists(output) and not os.path.isdir(output):
        raise click.UsageError(f"--output {output} is a file; name a folder, or a file "
                               "such as all.jsonl or all.csv.")  # fmt: skip
    return to


def _holds_something(path: str) -> bool:
    """Whether something is there but an empty file, as `mktemp` makes it."""
    return os.path.lexists(path) and not (os.path.isfile(path) and os.path.getsize(path) == 0)


def _check_update(choices: dict[str, Any], destination: Any) -> None:
    """Refuse what does not go with an update."""
    from articlecli.batch import OneFile

    if choices["prune"] and not choices["update"]:
        raise click.UsageError("--prune goes with --update.")
    if not choices["update"]:
        return
    if choices["fresh"]:
        raise click.UsageError("--fresh does all inputs again, --update some; choose one.")
    if isinstance(destination, OneFile) and destination.parquet:
        raise click.UsageError(
            "--update goes with other outputs: a file of Parquet is written as a whole."
        )
    if choices["learn_furniture"]:
        raise click.UsageError(
            "--learn-furniture counts the lines of all inputs: a new one changes the others; use "
            "--fresh instead of --update."
        )


def _job(paths: tuple[str, ...], choices: dict[str, Any]) -> Any:
    """What a batch is asked to do, checked."""
    from articlecli.batch import Job, OneFile
    from articlecli.batch.pool import usual_workers
    from articlecli.read.paths import is_http

    destination = _destination(choices)
    _check_update(choices, destination)
    choices["format"] = choices["format"] or (
        destination.format if isinstance(destination, OneFile) else "json"
    )
    check_page_options(choices)
    if choices["input_format"] in ("jsonl", "warc"):
        raise click.UsageError(f"--input-format {choices['input_format']} goes with extract; a "
                               "batch tells shards by their suffixes.")  # fmt: skip
    if isinstance(destination, OneFile):
        read = (choices[name] for name in ("files_from", "phrases", "model"))
        check_output(choices["output"], read)
    paths = _paths(paths, choices)
    if "-" in paths:
        if len(paths) > 1:
            raise click.UsageError("- stands for a list of paths; name nothing beside it.")
        paths = listed_paths("-", null=choices["null"])
    workers = choices["workers"] or usual_workers()
    if any(map(is_http, paths)):
        workers = min(workers, WEB_WORKERS)
    return Job(
        paths=paths,
        destination=destination,
        workers=workers,
        options=options_of(choices),
        render=render_of(choices),
        limits=_limits(choices),
        patterns=choices["pattern"],
        hidden=choices["hidden"],
        follow_links=choices["follow_links"],
        fields=fields_of(choices),
        fresh=choices["fresh"],
        update=choices["update"],
        prune=choices["prune"],
        max_failures=choices["max_failures"],
        strict=choices["strict"],
        quiet=choices["quiet"],
        log=choices["log"],
        learn_sites=choices["learn_furniture"],
    )  # fmt: skip


def _limits(choices: dict[str, Any]) -> Any:
    from articlecli.batch import Limits

    try:
        return Limits(choices["page_time"], choices["page_size"], choices["page_memory"])
    except ValueError as error:
        raise click.UsageError(f"--page-time {str(error).removeprefix('page_seconds ')}.") from None


def _paths(paths: tuple[str, ...], choices: dict[str, Any]) -> tuple[str, ...]:
    """Paths named, and those of a list."""
    listed = choices["files_from"]
    if listed is None and not paths:
        raise click.UsageError("Missing argument 'PATH... | -'.")
    if listed is None:
        return paths
    if "-" in paths:
        raise click.UsageError("- stands for a list of paths, and so does --files-from; give one.")
    return paths + listed_paths(listed, null=choices["null"])


def _list(job: Any) -> None:
    """Each input and its output on standard output; what is passed over, and why, beside it."""
    from articlecli.batch import planned
    from articlecli.disk import standard_output
    from articlecli.read.paths import shown

    plan = planned(job, lambda path, why: say(f"{shown(path)} {why}"))
    lines = [f"{shown(one.path)}\t{shown(target)}\n" for one, target in plan.targets]
    put(standard_output(), "".join(lines).encode())
    if plan.unchanged:
        say(f"{plan.unchanged} inputs are unchanged")
    for path in plan.stale:
        say(f"{shown(path)} {'will be removed' if job.prune else 'stays'}: its input is gone")
