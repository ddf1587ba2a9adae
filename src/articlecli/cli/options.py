"""Options that `extract` and `batch` share, and what their values mean."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from articlecli.cli.common import check_encoding, model_of, nearest, phrases_of

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(readable=False)
"""Shells complete it as a path; whether it is there, and what, commands find out themselves."""
JSON = ("json", "jsonl")
FORMATS = ("json", "jsonl", "text", "markdown", "html", "tei", "csv", "tsv")
ALIASES = {"md": "markdown", "txt": "text", "xml": "tei", "ndjson": "jsonl", "htm": "html"}
ROWS = ("csv", "tsv", "table")
PROSE = ("text", "markdown", "html")
GOES_WITH = {
    "offsets": JSON,
    "links": (*JSON, "markdown", "html", "tei"),
    "images": (*JSON, "markdown", "html", "tei"),
    "front_matter": ("markdown",),
    "fields": (*JSON, *ROWS),
    "only": (*JSON, *ROWS, *PROSE),
}
"""Option → formats that it means something to."""


def _moment(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from articlecli.text.ago import is_moment  # the start is a promise

    if value is not None and not is_moment(value):
        raise click.BadParameter(
            f"{value!r} is no moment of ISO 8601, such as 2025-03-03 or 2025-03-03T09:30Z.",
            ctx, param,
        )  # fmt: skip
    return value


FETCHED = click.option("--fetched", metavar="TIME", callback=_moment, help="When the pages were "
                       "fetched, ISO 8601, such as 2025-03-03T09:30Z, for those that do not say "
                       'it: "3 hours ago" counts from it.')  # fmt: skip
MODEL = click.option("--model", type=PATH, metavar="FILE", help="Zone models fitted to your own "
                     "pages by articlecli adapt; see docs/teach.md.")  # fmt: skip
_OPTIONS = (
    click.option(
        "--input-format",
        type=click.Choice(["auto", "text", "html", "markdown", "jsonl", "warc"]),
        default="auto",
        show_default=True,
        help="What to take the inputs for; jsonl and warc are files of many pages.",
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of the pages; detected by default."),
    click.option("--language", metavar="CODE", help="Language of the stories, such as fr; "
                 "identified by default."),
    click.option("--phrases", type=PATH, metavar="FILE", help="Your own phrases that tell "
                 "a line's zone; see docs/phrases.md."),
    MODEL,
    click.option("--fields", metavar="NAME,…", help="Write these fields only, such as "
                 "title,published,byline,url (JSON, CSV, TSV, table)."),
    click.option("--only", type=click.Choice(["body", "entries", "teasers", "comments", "removed",
                 "metadata"]), help="Write this part only; as rows, one of each teaser, comment …"),
    click.option(
        "--teasers/--no-teasers",
        default=None,
        help="Write the teasers too. On by default in JSON, off elsewhere.",
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        help="Treat pages below this confidence (0 to 1) as having no story.",
    ),
    click.option("--types", metavar="NAME,…", help="Give stories of these types of pages only, "
                 "such as article,forum; see docs/output.md."),
    click.option("--second-opinion", type=click.Choice(["auto", "always", "never"]),
                 default="auto", show_default=True, help="When trafilatura's text of a page of "
                 "HTML counts too; auto: where no story was found or the zones are unsure."),
    click.option("--links", is_flag=True, help="Keep the links in the story of a page of HTML "
                 "(JSON, Markdown, HTML, TEI)."),
    click.option("--images", is_flag=True, help="Keep the pictures of the story of a page of HTML "
                 "(JSON, Markdown, HTML, TEI)."),
    click.option("--front-matter", is_flag=True, help="Begin with title, author, date and the like "
                 "as YAML (Markdown)."),
    click.option("--offsets", is_flag=True,
                 help="Add character spans and every line's zone (JSON)."),
)  # fmt: skip

_RECORDS = tuple(
    click.option(f"--{name}-field", metavar="NAME", help=f"Field of records that holds {what}.")
    for name, what in (("text", "a page of text"), ("html", "a page of HTML"),
                       ("url", "the address"), ("id", "the record's name"))
)  # fmt: skip

_LISTS = (
    click.option("--files-from", metavar="FILE", help="Read more paths from FILE, one a line; - is "
                 "standard input."),
    click.option("-0", "--null", is_flag=True, help="A NUL byte ends each path of --files-from, as "
                 "find -print0 writes them."),
    click.option("--follow-links", is_flag=True, help="Read what links in a folder lead to outside "
                 "it too."),
)  # fmt: skip


class FormatChoice(click.Choice[str]):
    """Names of formats, and their usual short forms."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The format's own name."""
        return super().convert(ALIASES.get(value, value), param, ctx)


def page_options(command: Command) -> Command:
    """Add the options of extraction and of writing to a command."""
    return _with(command, _OPTIONS)


def input_options(command: Command) -> Command:
    """Add the options that name lists of paths, and fields of records, to a command."""
    return _with(command, (*_LISTS, *_RECORDS))


def _with(command: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def fields_of(choices: dict[str, Any]) -> Any:
    """Where records hold their pages, as `Fields`."""
    from articlecli.read.records import Fields

    return Fields(*(choices[f"{name}_field"] for name in ("text", "html", "url", "id")))


def format_named(output: str | None) -> str | None:
    """The format that the end of an output's name means, `None` where it means none."""
    if output is None:
        return None
    from os.path import splitext

    from articlecli.write.render import FORMATS as BY_SUFFIX

    return BY_SUFFIX.get(splitext(output.lower())[1])


def check_page_options(choices: dict[str, Any]) -> None:
    """Refuse what does not go together; `format` is settled already.

    Raises:
        click.UsageError: It does not.

    """
    told = choices["format"]
    for name, formats in GOES_WITH.items():
        if choices[name] and told not in formats:
            option = name.replace("_", "-")
            raise click.UsageError(
                f"--{option} means nothing to --format {told}; it goes with {_either(formats)}."
            )
    if choices["only"] == "metadata" and told == "html":
        raise click.UsageError("--only metadata goes with text, markdown, JSON or rows.")
    if choices["only"] == "teasers" and choices["teasers"] is False:
        raise click.UsageError("--only teasers and --no-teasers leave nothing to write.")
    if choices["fields"] is not None:
        _check_fields(_names(choices["fields"]), choices["only"])
    check_encoding(choices["encoding"])


def _check_fields(names: tuple[str, ...], only: Any) -> None:
    from articlecli.write.fields import known_fields

    if not names:
        raise click.UsageError("--fields names no field.")
    known = known_fields(only)
    of = f" of {only}" if only else ""
    for name in names:
        if name not in known:
            more = nearest(name, known)
            raise click.UsageError(f"--fields: there is no field {name!r}{of}.{more}")
    if len(set(names)) < len(names):
        raise click.UsageError("--fields names a field twice.")


def _names(fields: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (fields or "").split(",") if name.strip())


def _either(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + " or " + names[-1] if len(names) > 1 else names[0]


def options_of(choices: dict[str, Any]) -> Any:
    """Choices for the extraction, as `Options`.

    Raises:
        click.UsageError: One of them is none.

    """
    from articlecli.options import Options

    of_pages = choices["input_format"]
    types: Any = _names(choices.get("types"))
    try:
        return Options(
            input_format="auto" if of_pages in ("jsonl", "warc") else of_pages,
            encoding=choices["encoding"],
            language=choices["language"],
            min_confidence=choices["min_confidence"],
            model=model_of(choices["model"]) if choices.get("model") else None,
            types=types,
            second_opinion=choices.get("second_opinion") or "auto",
            phrases=phrases_of(choices["phrases"]) if choices["phrases"] else (),
        )
    except ValueError as error:
        name, _, why = str(error).partition(" ")
        raise click.UsageError(f"--{name.replace('_', '-')} {why}.") from None


def render_of(choices: dict[str, Any]) -> Any:
    """How to write an article, as `Render`; a table is made of the rows of one."""
    from articlecli.write.render import Render

    teasers = choices["teasers"]
    told: Any = "csv" if choices["format"] == "table" else choices["format"]
    return Render(
        format=told,
        offsets=choices["offsets"],
        teasers=told in JSON if teasers is None else teasers,
        links=choices["links"],
        images=choices["images"],
        front_matter=choices["front_matter"],
        fields=_names(choices["fields"]),
        only=choices["only"],
    )
