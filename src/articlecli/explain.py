"""What became of each line of a page, who said so, and why."""

from collections.abc import Sequence

from msgspec import Struct

from articlecli.document import Block, Document, Range, Verdict
from articlecli.evidence import Evidence
from articlecli.model.attribution import Weight, weights_for
from articlecli.options import Adaptation
from articlecli.output import Article
from articlecli.zone import Zone

__all__ = ["ExplainedLine", "Explanation", "Weight", "explained"]


class ExplainedLine(Struct, frozen=True, omit_defaults=True):
    """A line of the page, or some that are one paragraph, and what became of it."""

    lines: Range
    """First and last, 1-based; of a page of HTML, the number of the block."""
    text: str
    zone: Zone
    confidence: float
    """Probability that the zone is right, 0–1."""
    by: str
    """Who said so: `model`, `text_model`, `rule:NAME`, `phrase:TEXT` or `second_opinion`."""
    part: str
    """Field of the article that holds it: `title`, `body`, `removed` …"""
    reason: str | None = None
    """Why it was removed."""
    tags: str | None = None
    """Of a page of HTML: the tags it stands in, outermost first, joined by `/`."""
    marks: str | None = None
    """Of a page of HTML: class, id and role words above it."""
    likeliest: Zone | None = None
    """The zone that its own scores speak for, where it is another: the sequence of the zones, a
    rule or a phrase decided."""


class Explanation(Struct, frozen=True):
    """An article and the lines of its page, in order."""

    article: Article
    lines: tuple[ExplainedLine, ...]
    _document: Document
    _evidence: tuple[Evidence, ...]
    _verdicts: tuple[Verdict, ...]
    _model: Adaptation | None = None

    def weights(self, position: int) -> tuple[Weight, ...]:
        """What weighed most for and against a line's zone, the heaviest first.

        Args:
            position: Its place in `lines`, from 0.

        Returns:
            Each a feature or neighbour and what leaving it out takes from the zone's lead, worked
            out by the model itself: see `articlecli.model.attribution`. Empty where the model has
            no say: the line's form tells what it is.

        """
        zone = self._verdicts[position].zone
        return weights_for(self._document.blocks, self._evidence, position, zone, self._model)

    def __repr__(self) -> str:
        return f"<Explanation of {len(self.lines)} lines of {self.article!r}>"


def explained(
    document: Document,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    article: Article,
    own: Adaptation | None = None,
) -> Explanation:
    """Lines of a page with what the article says of each.

    Args:
        document: The page.
        evidence: Of its blocks.
        verdicts: After all rules, one a block.
        article: What `assemble` made of them.
        own: Models of the user's own that the verdicts are from.

    """
    parts = _parts(article)
    lines = tuple(
        _line(block, verdict, parts.get(block.span, ("", None)))
        for block, verdict in zip(document.blocks, verdicts, strict=True)
    )
    return Explanation(article, lines, document, tuple(evidence), tuple(verdicts), own)


def _line(block: Block, verdict: Verdict, part: tuple[str, str | None]) -> ExplainedLine:
    markup = block.markup
    scores = verdict.scores
    likeliest = list(Zone)[scores.index(max(scores))] if scores else verdict.zone
    return ExplainedLine(
        lines=block.lines,
        text=block.text,
        zone=verdict.zone,
        confidence=verdict.confidence,
        by=verdict.by,
        part=part[0],
        reason=part[1],
        tags=markup.path if markup else None,
        marks=markup.marks or None if markup else None,
        likeliest=None if likeliest is verdict.zone else likeliest,
    )


def _parts(article: Article) -> dict[tuple[int, int], tuple[str, str | None]]:
    """Span of a block → the field that holds it, and the reason."""
    found: dict[tuple[int, int], tuple[str, str | None]] = {}
    for name in ("meta", "body", "entries", "teaser_sections", "teasers", "comments"):
        for part in getattr(article, name):
            found.update(dict.fromkeys(part.spans, (name, None)))
    found.update(dict.fromkeys(article.title_spans, ("title", None)))
    found.update(dict.fromkeys(article.lead_spans, ("lead", None)))
    for gone in article.removed:
        found.update(dict.fromkeys(gone.spans, ("removed", gone.reason)))
    return found
