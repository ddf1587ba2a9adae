"""A page decided anew with what trafilatura found on it."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from articlecli.blocks.from_html import as_html
from articlecli.document import Document, Verdict
from articlecli.opinion.asked import text_of
from articlecli.opinion.evidence import DISPUTED, SAME, agreement
from articlecli.output import Article

Ended = tuple[Article, Sequence[Verdict]]
"""How a page ended: its article, and the verdicts after all rules."""


def decided_anew(document: Document, first: Ended, with_text: Callable[[str], Ended]) -> Ended:
    """How a page ends where what trafilatura found on it counts too.

    The article has the flag `second_opinion` where that changed a zone, `disputed` where the two
    texts have little in common after it too, `no_second_opinion` where trafilatura was not asked
    since the page is too long for it, or failed.

    Args:
        document: The page, of HTML.
        first: How it ended without.
        with_text: How it ends with the text of another.

    """
    text = text_of(as_html(document.page.text), len(document.blocks))
    if text is None:
        return _flagged(first, "no_second_opinion")
    if not text or agreement(first[0].text, text) >= SAME:
        return first
    ended = with_text(text)
    if ended[0].status != "ok":
        ended = first  # an opinion on where the story stands, which moves nothing where none is
    before, after = ([verdict.zone for verdict in told] for _, told in (first, ended))
    flags = ["second_opinion"] if before != after else []
    if agreement(ended[0].text, text) < DISPUTED:
        flags.append("disputed")
    return _flagged(ended, *flags)


def _flagged(ended: Ended, *flags: str) -> Ended:
    article, verdicts = ended
    return replace(article, flags=tuple(sorted({*article.flags, *flags}))), verdicts
