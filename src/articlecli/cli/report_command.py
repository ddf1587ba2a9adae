"""`articlecli report`: pages with their zones beside their articles, as one file of HTML."""

from typing import Any

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import check_encoding, check_output, put_text
from articlecli.cli.options import MODEL, options_of
from articlecli.plain import EXIT_FAILED, say

MOST = 1000
"""Pages of a report, by default: a browser opens a file of some 50 MB slowly."""


@click.command(cls=Command)
@click.argument("paths", nargs=-1, metavar="INPUT...", required=True)
@click.option(
    "-o", "--output", metavar="FILE", required=True, help="The report; - is standard output."
)
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, metavar="N",
              help="Take the first N pages.")  # fmt: skip
@click.option("--follow-links", is_flag=True, help="Read what links in a folder lead to outside it "
              "too.")  # fmt: skip
@click.option("--text-field", metavar="NAME", help="Field of records that holds a page of text.")
@click.option("--html-field", metavar="NAME", help="Field of records that holds a page of HTML.")
@click.option("--input-format", type=click.Choice(["auto", "text", "html", "markdown"]),
              default="auto", show_default=True, help="What to take the pages for.")  # fmt: skip
@click.option("--encoding", metavar="NAME", help="Encoding of the pages; detected by default.")
@click.option("--phrases", metavar="FILE", help="Your own phrases; see docs/phrases.md.")
@MODEL
def report(paths: tuple[str, ...], **choices: Any) -> None:
    """Write pages and their zones as one HTML file.

    INPUT is a page, a folder or a shard. Each page's lines with their zones beside its article;
    of several, an index with the least certain first. The file loads nothing and can be sent to
    others.

    Exit status: 0 all done, 1 some page could not be read (the report says why), 2 wrong usage.
    """
    from articlecli.disk import OutputFile
    from articlecli.read.records import Fields
    from articlecli.report import explain_inputs, report_html

    if not choices["output"]:
        raise click.UsageError("--output is empty; name a file.")
    check_output(choices["output"], (*paths, choices["phrases"], choices["model"]))
    check_encoding(choices["encoding"])
    options = options_of({"language": None, "min_confidence": 0.0, **choices})
    fields = Fields(choices["text_field"], choices["html_field"])
    most = choices["most"]
    pages = list(explain_inputs(paths, options=options, fields=fields, most=most,
                               follow_links=choices["follow_links"]))  # fmt: skip
    if not pages:
        raise click.UsageError("no page is in what you named; see articlecli batch --pattern.")
    target = OutputFile(None if choices["output"] == "-" else choices["output"])
    with target as out:
        put_text(out, report_html(pages).encode())
        target.done = True
    if len(pages) == most:
        say(f"the report has the first {most} pages; --most takes more")
    failed = [page for page in pages if page.explained is None]
    for page in failed:
        say(page.problem or page.name)
    if failed:
        raise SystemExit(EXIT_FAILED)
