"""Options that `extract` and `batch` share, and what their values mean."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from articlecli.cli.common import check_encoding, phrases_of

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(readable=False)
"""Shells complete it as a path; whether it is there, and what, commands find out themselves."""

_OPTIONS = (
    click.option(
        "--input-format",
        type=click.Choice(["auto", "text", "html", "markdown"]),
        default="auto",
        show_default=True,
        help="What to take the pages for.",
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of the pages; detected by default."),
    click.option("--language", metavar="CODE", help="Language of the stories, such as fr; "
                 "identified by default."),
    click.option("--phrases", type=PATH, metavar="FILE", help="Your own phrases that tell a "
                 "line's zone; see docs/phrases.md."),
    click.option(
        "--teasers/--no-teasers",
        default=None,
        help="Write the teasers too. On by default in JSON, off in text and Markdown.",
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        help="Treat pages below this confidence (0 to 1) as having no story.",
    ),
    click.option("--links", is_flag=True, help="Keep the links in the story of a page of HTML "
                 "(JSON, Markdown)."),
    click.option("--images", is_flag=True, help="Keep the pictures of the story of a page of HTML "
                 "(JSON, Markdown)."),
    click.option("--offsets", is_flag=True,
                 help="Add character spans and every line's zone (JSON)."),
)  # fmt: skip


def page_options(command: Command) -> Command:
    """Add the options of extraction and of writing to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def check_page_options(choices: dict[str, Any]) -> None:
    """Refuse what does not go together.

    Raises:
        click.UsageError: It does not.

    """
    if choices["offsets"] and choices["format"] not in ("json", "jsonl"):
        raise click.UsageError("--offsets goes with --format json.")
    for name in ("links", "images"):
        if choices[name] and choices["format"] == "text":
            raise click.UsageError(f"--{name} goes with --format json or markdown.")
    check_encoding(choices["encoding"])


def options_of(choices: dict[str, Any]) -> Any:
    """Choices for the extraction, as `Options`.

    Raises:
        click.UsageError: One of them is none.

    """
    from articlecli.options import Options

    try:
        return Options(
            input_format=choices["input_format"],
            encoding=choices["encoding"],
            language=choices["language"],
            min_confidence=choices["min_confidence"],
            phrases=phrases_of(choices["phrases"]) if choices["phrases"] else (),
        )
    except ValueError as error:
        raise click.UsageError(f"--{error}.") from None


def render_of(choices: dict[str, Any]) -> Any:
    """How to write an article, as `Render`."""
    from articlecli.write.render import Render

    teasers = choices["teasers"]
    return Render(
        format=choices["format"],
        offsets=choices["offsets"],
        teasers=choices["format"] in ("json", "jsonl") if teasers is None else teasers,
        links=choices["links"],
        images=choices["images"],
    )
