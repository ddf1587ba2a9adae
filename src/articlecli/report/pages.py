"""Inputs → pages explained, in the order of the inputs."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from articlecli.batch.inputs import find_inputs
from articlecli.errors import ArticleCliError
from articlecli.explain import Explanation
from articlecli.extractor import Extractor
from articlecli.options import Options
from articlecli.read import read_bytes, read_page
from articlecli.read.paths import shown
from articlecli.read.records import Fields, Record, read_records


class ReportPage(Struct, frozen=True):
    """A page of the report."""

    name: str
    """Its path, or its shard and the record's name."""
    explained: Explanation | None
    problem: str | None = None
    """Why it could not be read."""


def explain_inputs(
    paths: Sequence[str],
    *,
    options: Options,
    fields: Fields,
    most: int,
    follow_links: bool = False,
) -> Iterator[ReportPage]:
    """Pages of files, folders and shards.

    Args:
        paths: As for a batch.
        options: Choices for all pages.
        fields: Where records hold their pages.
        most: Pages after which no more are read.
        follow_links: As for a batch.

    Raises:
        InputError: A path does not exist.

    """
    left = most
    for one in find_inputs(paths, follow_links=follow_links)[0]:
        if one.problem:
            yield ReportPage(shown(one.path), None, f"{shown(one.path)} {one.problem}")
            continue
        alone = [Record(path=one.path)]
        try:
            for record in alone if one.files else read_records(one.path, one.kind, fields):
                if not left:
                    return
                left -= 1
                name = shown(one.path if one.files else f"{one.path}#{record.id}")
                yield _explained(record, name, options)
        except ArticleCliError as error:
            yield ReportPage(shown(one.path), None, str(error))


def _explained(record: Record, name: str, options: Options) -> ReportPage:
    if record.problem:
        return ReportPage(name, None, record.problem)
    if options.input_format == "auto":
        options = replace(options, input_format=record.input_format)
    try:
        source = record.source if record.source is not None else read_bytes(record.path or "")
        page = read_page(source, url=record.url, options=options, path=name, fetched=record.fetched)
        return ReportPage(name, Extractor(options).explain_page(page))
    except ArticleCliError as error:
        return ReportPage(name, None, str(error))
