"""The command line. Data to standard output, messages to standard error.

common            how all commands speak and write
commands          how commands are found and shown; help, their examples and groups of options
settings          options from files; config_command shows them
shells            what shells complete; man, manual pages
options           options that commands share
screen            whether somebody looks, and in what colours
extract_command   pages → standard output
batch_command     folders and shards → files
explain_command   the lines of a page, and why each is what it is
report_command    pages with their zones, as one file of HTML
label_command     a person's zones for the lines of a page
evaluate_command  extract's zones against those of a person
adapt_command     the zone model fitted to such pages
diff_command      what changed between the outputs of two runs
compare_command   articlecli's text beside trafilatura's
doctor_command    whether the installation is sound
urls_command      feeds and sitemaps → addresses; web, what it shares with extract
"""

import os
import signal
import sys
from typing import NoReturn

import click

from articlecli import __version__
from articlecli.cli.commands import Command, Commands, Loading
from articlecli.cli.common import put
from articlecli.errors import ArticleCliError
from articlecli.plain import EXIT_FAILED, EXIT_INTERRUPTED, say, unwritten

CONTEXT = {
    "help_option_names": ["-h", "--help"],
    "max_content_width": 100,
}


COMMANDS = (
    "extract", "batch", "explain", "report", "label", "evaluate", "adapt", "diff", "compare",
    "urls", "config", "doctor",
)  # fmt: skip
"""Those that have a module of their own."""


def _tell_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001
    if asked and not ctx.resilient_parsing:
        from articlecli.core import form

        click.echo(f"articlecli, version {__version__} ({form()})")
        ctx.exit()


@click.group(cls=Commands, commands=Loading(COMMANDS), context_settings=CONTEXT)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Turn scraped web pages, most often flattened to text, into clean articles.

    Finds the story (title, lead, paragraphs, intertitles) among the lines of a page, keeps the
    teasers of other stories as data, and says of every other line what it is.

    articlecli page.txt is short for articlecli extract page.txt.
    """


@cli.command(cls=Command)
def schema() -> None:
    """Print the JSON Schema of the output."""
    from articlecli.disk import standard_output
    from articlecli.write import json_schema

    put(standard_output(), json_schema() + b"\n")


@cli.command(cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
def completion(shell: str) -> None:
    """Print what a shell needs to complete commands, options and paths with Tab."""
    from articlecli.cli.shells import script_of
    from articlecli.disk import standard_output

    put(standard_output(), script_of(shell, cli).encode() + b"\n")


def main() -> NoReturn:
    """Run the command line and exit.

    Click exits with 1 on Ctrl-C and on a closed pipe, and shows a traceback on a full disk; a
    shell user expects 130, silence, and a sentence.
    """
    _occupy_closed()
    # An end by `kill`, or of the terminal, runs the clean-up that an end by Ctrl-C runs.
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # `nohup` ignores it
            signal.signal(number, lambda number, _: sys.exit(128 + number))
    if os.environ.get("_ARTICLECLI_COMPLETE", "").startswith("powershell"):
        from articlecli.cli.shells import register_powershell

        register_powershell()
    try:
        cli.main(prog_name="articlecli", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        status = 0
    except click.exceptions.Exit as done:
        status = done.exit_code
    except click.Abort:
        status = EXIT_INTERRUPTED
    except KeyboardInterrupt:
        status = EXIT_INTERRUPTED
    except click.ClickException as error:
        _show(error)
        status = error.exit_code
    except ArticleCliError as error:
        say(str(error))
        status = EXIT_FAILED
    except SystemExit as done:
        status = done.code if isinstance(done.code, int) else EXIT_FAILED
    except OSError as error:
        say(unwritten(error))
        status = EXIT_FAILED
    _close_output()
    sys.exit(status)


def _occupy_closed() -> None:
    """Let no file get the number of a standard stream that is closed: what is said would go there.

    Python has no such stream (`sys.stderr` is `None`), but libraries and other processes write to
    the number.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _show(error: click.ClickException) -> None:
    """Say what was wrong with the command line; a name in it may be somebody else's."""
    from io import StringIO

    from articlecli.show.safe import safe

    told = StringIO()
    error.show(told)
    click.echo(safe(told.getvalue()), err=True, nl=False)


def _close_output() -> None:
    """Let no error at interpreter exit speak of a pipe that is closed already."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        except OSError:
            pass
