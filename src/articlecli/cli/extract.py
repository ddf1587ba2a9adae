"""`articlecli extract`: pages to standard output."""

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from articlecli.cli.common import EXIT_FAILED, check_encoding, phrases_of, put, say, shown_path
from articlecli.errors import ArticleCliError

EXIT_NO_ARTICLE = 3
"""`--fail-empty`, nothing failed, and some page had no story."""


@click.command()
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
@click.option("--links", is_flag=True, help="Keep the links in the story of a page of HTML (JSON, "
              "Markdown).")  # fmt: skip
@click.option("--images", is_flag=True, help="Keep the pictures of the story of a page of HTML "
              "(JSON, Markdown).")  # fmt: skip
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
            phrases=phrases_of(choices["phrases"]) if choices["phrases"] else (),
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
                say(str(error))
                continue
            except Exception as error:  # noqa: BLE001  # one page must not cost the others
                failed = True
                say(
                    f"{shown_path(path)} met a fault of articlecli "
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
    for name in ("links", "images"):
        if choices[name] and choices["format"] == "text":
            raise click.UsageError(f"--{name} goes with --format json, jsonl or markdown.")
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
    if output and os.path.isdir(output):
        raise click.UsageError(f"--output {output} is a folder; name a file.")
    check_encoding(choices["encoding"])


def _extract_path(path: str, url: str | None, options: Any) -> Any:
    from articlecli.extractor import extract_page
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
    shown = {"links": choices["links"], "images": choices["images"]}
    if format_ in ("json", "jsonl"):
        shown |= {"offsets": choices["offsets"], "teasers": teasers is not False}
        indent = 2 if format_ == "json" and not several else 0
        return lambda article: write.to_json(article, indent=indent, **shown) + b"\n"
    end = "\f\n" if several else ""
    if format_ == "text":
        return lambda article: (write.to_text(article, teasers=bool(teasers)) + end).encode()
    return lambda article: (
        write.to_markdown(article, teasers=bool(teasers), **shown) + end
    ).encode()
