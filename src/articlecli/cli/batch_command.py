"""`articlecli batch`: folders and shards to files."""

import os
import sys
from typing import Any

import click

from articlecli.cli.common import EXIT_FAILED, put, say
from articlecli.cli.options import check_page_options, options_of, page_options, render_of


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH... | -", required=True)
@click.option("-o", "--output", metavar="OUT", required=True, help="A folder, or one file for all "
              "pages: .jsonl, .jsonl.gz, .jsonl.zst, .parquet; - is standard output.")  # fmt: skip
@click.option(
    "--format",
    type=click.Choice(["json", "text", "markdown"]),
    default="json",
    show_default=True,
    help="Format of the outputs in a folder.",
)
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes; all cores by default."
)
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True,
              help="Who works: this machine, or a Ray cluster; see docs/scale.md.")  # fmt: skip
@click.option("--address", metavar="ADDR", help="Of the Ray cluster, such as auto or HOST:6379; by "
              "default RAY_ADDRESS, else a cluster of this machine alone.")  # fmt: skip
@click.option("--pattern", multiple=True, metavar="GLOB", help="Names to take in folders, such as "
              "'*.htm*'; may be given again. By default all known kinds.")  # fmt: skip
@click.option("--hidden", is_flag=True, help="Take hidden files and folders too.")
@click.option("--text-field", metavar="NAME", help="Field of records that holds a page of text.")
@click.option("--html-field", metavar="NAME", help="Field of records that holds a page of HTML.")
@click.option("--url-field", metavar="NAME", help="Field of records that holds the address.")
@click.option("--id-field", metavar="NAME", help="Field of records that holds the record's name.")
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
@click.option("--dry-run", is_flag=True, help="List each input and its output; write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def batch(paths: tuple[str, ...], **choices: Any) -> None:
    """Extract many pages: files, folders and shards (JSONL, WARC, WET, Parquet).

    One output a page under the page's own path, one a shard, or one file for all; OUT/_run holds
    report.json and errors.jsonl. A run that was stopped goes on where it was with the same
    command. - reads a list of paths from standard input.

    Exit status: 0 all done, 1 some page failed or the run stopped, 2 wrong usage.
    """
    from articlecli.batch import run

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
    if not choices["quiet"]:
        _summarize(report, job)
    if report.failed or not report.finished:
        raise SystemExit(EXIT_FAILED)


def _to_standard_output(job: Any) -> Any:
    from articlecli.batch import extract_to_stream
    from articlecli.disk import standard_output

    out = standard_output()
    return extract_to_stream(job, lambda data: put(out, data), say)


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
        raise click.UsageError(
            "--engine ray needs Ray; pip install 'articlecli[ray]' brings it."
        ) from None
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
        for name in ("learn_furniture", "fresh"):
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
        if choices["format"] != "json":
            raise click.UsageError(f"--format {choices['format']} goes with a folder as --output.")
        if os.path.isdir(output):
            raise click.UsageError(f"--output {output} is a folder; name a file.")
    elif os.path.exists(output) and not os.path.isdir(output):
        raise click.UsageError(f"--output {output} is a file; name a folder, or .jsonl, .jsonl.gz, "
                               ".jsonl.zst or .parquet.")  # fmt: skip
    return to


def _job(paths: tuple[str, ...], choices: dict[str, Any]) -> Any:
    """What a batch is asked to do, checked."""
    from articlecli.batch import Job, Limits
    from articlecli.batch.pool import usual_workers
    from articlecli.read.records import Fields

    check_page_options(choices)
    destination = _destination(choices)
    if "-" in paths:
        if len(paths) > 1:
            raise click.UsageError("- stands for a list of paths; name nothing beside it.")
        given = sys.stdin.buffer.read() if sys.stdin is not None else b""
        paths = tuple(os.fsdecode(line) for line in given.splitlines() if line.strip())
    return Job(
        paths=paths,
        destination=destination,
        workers=choices["workers"] or usual_workers(),
        options=options_of(choices),
        render=render_of(choices),
        limits=Limits(choices["page_time"], choices["page_size"], choices["page_memory"]),
        patterns=choices["pattern"],
        hidden=choices["hidden"],
        fields=Fields(choices["text_field"], choices["html_field"], choices["url_field"],
                      choices["id_field"]),
        fresh=choices["fresh"],
        max_failures=choices["max_failures"],
        strict=choices["strict"],
        quiet=choices["quiet"],
        learn_sites=choices["learn_furniture"],
    )  # fmt: skip


def _list(job: Any) -> None:
    """Each input and its output, and what is passed over."""
    from articlecli.batch import planned
    from articlecli.disk import standard_output
    from articlecli.read.paths import shown

    lines = [f"{shown(one.path)}\t{shown(target)}\n" for one, target in planned(job)]
    put(standard_output(), "".join(lines).encode())


def _summarize(report: Any, job: Any) -> None:
    """How a run ended, in a few lines on standard error."""
    from articlecli.read.paths import shown

    say(
        f"{report.pages} pages: {report.done} done, {report.no_article} without a story, "
        f"{report.failed} failed; {report.pages_a_second:.0f} a second"
    )
    for reason, count in report.reasons.items():
        say(f"  {count} {reason}")
    if report.failed and job.destination is not None:
        say(f"  each failed page is named in {shown(job.destination.notes)}/errors.jsonl")
    if report.passed_over:
        say(f"  {report.passed_over} files of other kinds were passed over; see --pattern")
    if not report.finished:
        more = "" if job.destination is None else "; the same command goes on from here"
        say(f"stopped after too many failures{more}")
