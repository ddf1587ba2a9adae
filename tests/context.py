"""What the sources of fields look at, made of lines alone."""

from collections.abc import Sequence

from articlecli.article import authors
from articlecli.article.context import Context
from articlecli.article.fields import choose
from articlecli.article.story import Story
from articlecli.document import Block, Document, Page, Source
from articlecli.zone import BODY, META, where_zones_are


def byline_of(meta: Sequence[str], page: Sequence[str] = ()) -> str | None:
    """Byline of a story with these meta lines, on a page with those lines besides."""
    lines = [*meta, *(line for line in page if line not in meta)]
    blocks = tuple(Block(text=line, lines=(i, i), span=(0, 0)) for i, line in enumerate(lines, 1))
    document = Document(Page("", Source(None, "text", "str", "", None)), "", (), blocks)
    zones = [META] * len(meta) + [BODY] * (len(lines) - len(meta))
    return choose(authors.BYLINE, Context(document, Story(zones, where_zones_are(zones)), "")).value
