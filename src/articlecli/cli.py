"""The command line. Data to standard output, messages to standard error."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, NoReturn

import click

from articlecli import __version__
from articlecli.errors import ArticleCliError

EXIT_FAILED = 1
"""Some input failed; each one has been named on standard error."""
EXIT_NO_ARTICLE = 3
"""`--fail-empty`, nothing failed, and some page had no story."""

CONTEXT = {
    "help_option_names": ["-h", "--help"],
    "auto_envvar_prefix": "ARTICLECLI",
    "max_content_width": 100,
}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, "--version", prog_name="articlecli")
def cli() -> None:
    """Turn scraped web pages, most often flattened to text, into clean articles.

    Finds the story (title, lead, paragraphs, intertitles) among the lines of a page, keeps the
    teasers of other stories as data, and says of every other line what it is.
    """


@cli.command()
@click.argument("paths", nargs=-1, metavar="PATH... | -", required=True)
@click.option(
    "--format",
    type=click.Choice(["json", "jsonl", "text", "markdown"]),
    default="json",
    show_default=True,
    help="Output format. Several inputs with json make JSON Lines; in text and markdown a line "
    "with a form feed parts the pages.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.option(
    "--input-format",
    type=click.Choice(["auto", "text", "html", "markdown"]),
    default="auto",
    show_default=True,
    help="What to take the pages for.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the input; detected by default.")
@click.option("--language", metavar="CODE", help="Language of the story, such as fr; identified "
              "by default.")  # fmt: skip
@click.option("--phrases", metavar="FILE", help="Your own phrases that tell a line's zone; see "
              "docs/phrases.md.")  # fmt: skip
@click.option("--url", metavar="URL", help="Address of the page, kept in the output.")
@click.option(
    "--teasers/--no-teasers",
    default=None,
    help="Print the teasers too. On by default in json and jsonl, off in text and markdown.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Count a page less sure than this (0 to 1) as one without a story.",
)
@click.option("--offsets", is_flag=True, help="Add character spans and every line's zone (JSON).")
@click.option(
    "--fail-empty", is_flag=True, help="Exit with 3 where a page has no story and none failed."
)
def extract(paths: tuple[str, ...], **choices: Any) -> None:
    """Extract the article of each PATH; - reads standard input.

    Exit status: 0 all done, 1 some input failed (each is named on standard error, the others are
    still done), 2 wrong usage, 3 see --fail-empty.
    """
    from articlecli.options import Options
    from articlecli.write.target import Target

    _check(paths, choices)
    try:
        options = Options(
            input_format=choices["input_format"],
            encoding=choices["encoding"],
            language=choices["language"],
            min_confidence=choices["min_confidence"],
            phrases=_phrases(choices["phrases"]) if choices["phrases"] else (),
        )
    except ValueError as error:
        raise click.UsageError(f"--{error}.") from None
    write = _writer(choices, several=len(paths) > 1)
    failed = empty = False
    target = Target(choices["output"])
    with target as out:
        for path in paths:
            try:
                article = _extract_path(path, choices["url"], options)
                data = write(article)
            except ArticleCliError as error:
                failed = True
                _say(str(error))
                continue
            except Exception as error:  # noqa: BLE001  # one page must not cost the others
                failed = True
                _say(
                    f"{_shown(path)} met a fault of articlecli ({type(error).__name__}: {error}); "
                    "please report it with the page"
                )
                continue
            if article.status == "no_article":
                empty = True
                if choices["format"] in ("text", "markdown"):
                    _say(f"{_shown(path)} has no story ({article.reason})")
            _put(out, data)
            target.done = True
    if failed:
        raise SystemExit(EXIT_FAILED)
    if empty and choices["fail_empty"]:
        raise SystemExit(EXIT_NO_ARTICLE)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the output."""
    from articlecli.write import json_schema
    from articlecli.write.target import standard_output

    _put(standard_output(), json_schema() + b"\n")


def main() -> NoReturn:
    """Run the command line and exit.

    Click exits with 1 on Ctrl-C and on a closed pipe, and shows a traceback on a full disk; a
    shell user expects 130, silence, and a sentence.
    """
    # An end by `kill` runs the clean-up that an end by Ctrl-C runs.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        cli.main(prog_name="articlecli", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        status = 0
    except click.exceptions.Exit as done:
        status = done.exit_code
    except click.Abort:
        status = 128 + signal.SIGINT
    except KeyboardInterrupt:
        status = 128 + signal.SIGINT
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except ArticleCliError as error:
        _say(str(error))
        status = EXIT_FAILED
    except SystemExit as done:
        status = done.code if isinstance(done.code, int) else EXIT_FAILED
    except OSError as error:
        named = error.filename or "the output"
        _say(f"{named} cannot be written ({error.strerror}); check the disk and the path")
        status = EXIT_FAILED
    _close_output()
    sys.exit(status)


def _check(paths: tuple[str, ...], choices: dict[str, Any]) -> None:
    """Refuse what cannot be meant."""
    if paths.count("-") > 1:
        raise click.UsageError("standard input (-) can be read once only.")
    if choices["phrases"] == "-" and "-" in paths:
        raise click.UsageError("standard input (-) is the page; name a file for --phrases.")
    if choices["url"] and len(paths) > 1:
        raise click.UsageError("--url is the address of one page; name one page with it.")
    if choices["offsets"] and choices["format"] not in ("json", "jsonl"):
        raise click.UsageError("--offsets goes with --format json or jsonl.")
    if choices["output"] == "":
        raise click.UsageError("--output is empty; name a file.")
    if "-" in paths and sys.stdin is not None and sys.stdin.isatty():
        _say("reading a page from the terminal; end it with Ctrl-D")
    output = choices["output"]
    if output and any(
        path != "-" and os.path.exists(path) and os.path.exists(output)
        and os.path.samefile(path, output)
        for path in paths
    ):  # fmt: skip
        raise click.UsageError(f"--output {output} is one of the inputs; name another file.")
    if output and os.path.isdir(output):
        raise click.UsageError(f"--output {output} is a folder; name a file.")
    if encoding := choices["encoding"]:
        import codecs

        try:
            codecs.lookup(encoding)
        except (LookupError, ValueError):
            raise click.UsageError(
                f"--encoding {encoding} is not known; name one that Python knows, such as utf-8, "
                "windows-1252, shift_jis or koi8-r."
            ) from None


def _phrases(path: str) -> Any:
    """The phrases of a list; a list that cannot be used is wrong usage."""
    from articlecli.read.files import read_bytes
    from articlecli.read.wordlist import parse_phrases

    try:
        return parse_phrases(read_bytes(path).decode("utf-8-sig"), path=_shown(path))
    except UnicodeDecodeError:
        raise click.UsageError(
            f"--phrases: {_shown(path)} is not UTF-8 text; save it as UTF-8."
        ) from None
    except ArticleCliError as error:
        raise click.UsageError(f"--phrases: {error}.") from None


def _shown(path: str) -> str:
    from articlecli.read.files import shown

    return "standard input" if path == "-" else shown(path)


def _extract_path(path: str, url: str | None, options: Any) -> Any:
    from articlecli.extract import extract_page
    from articlecli.read import read_bytes, read_page
    from articlecli.read.files import shown

    name = "-" if path == "-" else shown(path)
    return extract_page(
        read_page(read_bytes(path), url=url, options=options, path=name), options=options
    )


def _writer(choices: dict[str, Any], *, several: bool) -> Callable[[Any], bytes]:
    """The function that turns an article into the bytes of the chosen format."""
    from articlecli import write

    format_, teasers = choices["format"], choices["teasers"]
    if format_ in ("json", "jsonl"):
        indent = 2 if format_ == "json" and not several else 0
        keep = teasers is not False
        return lambda article: (
            write.to_json(article, indent=indent, offsets=choices["offsets"], teasers=keep) + b"\n"
        )
    made = write.to_text if format_ == "text" else write.to_markdown
    end = "\f\n" if several else ""
    return lambda article: (made(article, teasers=bool(teasers)) + end).encode()


def _put(out: BinaryIO, data: bytes) -> None:
    """Write and flush; a reader that has gone (`| head`) has got what it wanted.

    Click turns a closed pipe into exit status 1 before `main` sees it, so it is met here.
    """
    try:
        out.write(data)
        out.flush()
    except BrokenPipeError:
        raise click.exceptions.Exit(0) from None


def _say(message: str) -> None:
    click.echo(f"articlecli: {message}", err=True)


def _close_output() -> None:
    """Let no error at interpreter exit speak of a pipe that is closed already."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        except OSError:
            pass
