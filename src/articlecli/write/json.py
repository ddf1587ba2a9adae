"""Article → JSON, JSON → article, and the schema that both keep to."""

import msgspec
from msgspec.structs import replace

from articlecli.output import SCHEMA, Article, Part, Teaser


def to_json(  # noqa: PLR0913  # one for each part that may be asked for
    article: Article,
    *,
    indent: int = 0,
    offsets: bool = False,
    teasers: bool = True,
    links: bool = False,
    images: bool = False,
) -> bytes:
    """JSON of one article, UTF-8, without a line end.

    Args:
        article: The article.
        indent: Spaces a level; 0 writes it all on one line.
        offsets: Keep character spans and the zone of every line.
        teasers: Keep the teasers and their section headers.
        links: Keep the links in the story's text.
        images: Keep the story's pictures.

    """
    data = msgspec.json.encode(
        trimmed(article, offsets=offsets, teasers=teasers, links=links, images=images)
    )
    return msgspec.json.format(data, indent=indent) if indent else data


def trimmed(
    article: Article, *, offsets: bool, teasers: bool, links: bool, images: bool
) -> Article:
    """An article without what is not asked for; the choices are those of `to_json`."""
    if not links and any(part.links for part in article.body):
        article = replace(article, body=tuple([replace(part, links=()) for part in article.body]))
    if not images and article.images:
        article = replace(article, images=())
    if not offsets:
        article = _without_offsets(article)
    if not teasers:
        article = replace(article, teasers=(), teaser_sections=())
    return article


def from_json(data: bytes | str) -> Article:
    """Article from its JSON.

    Raises:
        msgspec.ValidationError: The JSON does not keep to the schema.
        msgspec.DecodeError: The bytes are no JSON.

    """
    return msgspec.json.decode(data, type=Article)


def json_schema() -> bytes:
    """The JSON Schema of the output, indented, without a line end."""
    schema = msgspec.json.schema(Article)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:articlecli:schema:{SCHEMA}",
        "title": f"Article ({SCHEMA})",
    }
    return msgspec.json.format(msgspec.json.encode(head | schema), indent=2)


def _without_offsets(article: Article) -> Article:
    body = tuple([replace(part, marks=()) if part.marks else part for part in article.body])

    def bare(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        # A part cut from a glued line has no line of its own: its span is all that places it.
        return tuple([replace(p, spans=()) if p.lines and p.spans else p for p in parts])

    def plain(teasers: tuple[Teaser, ...]) -> tuple[Teaser, ...]:
        return tuple([replace(t, spans=()) if t.lines and t.spans else t for t in teasers])

    return replace(
        article,
        body=bare(body),
        entries=plain(article.entries),
        teasers=plain(article.teasers),
        comments=bare(article.comments),
        removed=bare(article.removed),
        meta=bare(article.meta),
        teaser_sections=bare(article.teaser_sections),
        title_spans=() if article.title_lines else article.title_spans,
        lead_spans=() if article.lead_lines else article.lead_spans,
        zones=(),
        confidences=(),
        sources={},
        source_lines={},
        declared_spans={},
    )
