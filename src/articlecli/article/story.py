"""The story among the blocks: headline, lead, body; or the reason why there is none."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from articlecli.article.headline import settle_title
from articlecli.document import Block, Document, Verdict
from articlecli.evidence import Evidence
from articlecli.model.by_type import FEW_WORDS
from articlecli.model.page_type import OF_ENTRIES, PageType
from articlecli.text.headlines import same_words
from articlecli.text.phrases import START, WHOLE, concept_at
from articlecli.text.records import kind_of_records
from articlecli.text.words import has_words
from articlecli.zone import (
    BODY,
    BOILERPLATE,
    CAPTION,
    HEADING,
    LEAD,
    META,
    TEASER_TITLE,
    Where,
    Zone,
    where_zones_are,
)

NOTHING = 24
"""Words of a whole page under which it says nothing."""
MANY_TEASERS = 3
"""Headlines of other pages from which a page without a story is a list of them."""
FORMS_OF_STORIES = frozenset({"rule:live_report", "rule:answers", "rule:verse"})
"""Rules that know a story by the form of the whole page: what its type looks like is weaker."""
NO_STORY = "no story on the page"

COPIES_AMONG = 4
"""Paragraphs at the story's head among which a copy of the lead is looked for."""

PAYWALL_LENGTH, PAYWALL_WORDS = 200, 3
"""Characters of the longest line that may say that the rest is for subscribers, and words of the
shortest phrase that says so at its head."""

ONLY_TEASERS = "only teasers"
"""Why a list of other pages has no story: what it has is entries."""
NO_ENTRIES = "list without entries"
"""Why a page that looks like a list and shows no entry has no story: what text it has is kept."""


class Story(Struct):
    """What of a page is its story: positions of blocks."""

    zones: list[Zone]
    """The zones as decided: what the model said, made to agree with the parts below."""
    where: Where
    """By these zones."""
    reason: str | None = None
    headline: str | None = None
    title: tuple[int, ...] = ()
    lead: tuple[int, ...] = ()
    body: tuple[int, ...] = ()
    left_out: dict[int, str] = {}
    """Story blocks that are printed nowhere, with the reason."""
    others: frozenset[int] = frozenset()
    """Headlines of whole articles that follow on the page; they are teasers now."""
    flags: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether the page has a story."""
        return self.reason is None


def find_story(
    document: Document,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    told: PageType,
    *,
    refused: str | None = None,
) -> Story:
    """Decide what of the labelled blocks is printed as title, lead and body.

    Args:
        document: The page.
        evidence: Of its blocks, from `evidence_of`.
        verdicts: A verdict a block, after all rules.
        told: What type of page it is.
        refused: Why the caller wants no story of this page.

    Returns:
        The story. Of a page that is a list of others, `body` is the list's introduction.

    """
    blocks = document.blocks
    zones = [verdict.zone for verdict in verdicts]
    where = where_zones_are(zones)
    left_out: dict[int, str] = {}
    reason = _is_data(document) or _why_none(blocks, evidence, verdicts, where, told) or refused
    parts = sorted([*where[BODY], *where[HEADING], *where[CAPTION]])
    if reason and reason not in (ONLY_TEASERS, NO_ENTRIES):
        left_out = dict.fromkeys([*where[LEAD], *parts], NO_STORY)
    others = frozenset(
        [i for i in where[TEASER_TITLE] if verdicts[i].by == "rule:appended_articles"]
    )
    lead = () if left_out else _settle_lead(blocks, where, left_out)
    body = tuple([i for i in parts if i not in left_out])
    if document.declared is not None:
        body = _once(blocks, body, left_out)
    title, headline = settle_title(document, evidence, where, left_out)
    return Story(
        zones,
        where,
        reason=reason,
        headline=headline,
        title=title,
        lead=lead,
        body=body,
        left_out=left_out,
        others=others,
        flags=() if reason else _flags(blocks, evidence, where, left_out, several=bool(others)),
    )


def _is_data(document: Document) -> str | None:
    """Why a page of text is none at all: it is a log or a table of values."""
    if document.page.source.format != "text":
        return None
    return kind_of_records(document.text[start:end] for start, end in document.lines)


def _why_none(
    blocks: Sequence[Block],
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    where: Where,
    told: PageType,
) -> str | None:
    """Why a page has no story, `None` where it has one."""
    if not blocks:
        return "empty page"
    sure = told.has_story or any(verdict.by in FORMS_OF_STORIES for verdict in verdicts)
    if sure and has_words(_story_of(blocks, where), FEW_WORDS):
        return None
    teasers = len(where[TEASER_TITLE])
    if teasers >= MANY_TEASERS or (teasers and told.name in OF_ENTRIES):
        return ONLY_TEASERS
    if told.name in OF_ENTRIES and has_words(_story_of(blocks, where), FEW_WORDS):
        return NO_ENTRIES  # a shop asks its visitors to sign in wherever they are
    login = {concept_at("login", WHOLE), concept_at("paywall", WHOLE)}
    asks = sum(not login.isdisjoint(own.concepts) for own in evidence)
    if asks >= 2 and len(blocks) >= 3:
        return "login wall"
    if not has_words((block.text for block in blocks), NOTHING):
        return "too few words"
    return "no story found"


def _story_of(blocks: Sequence[Block], where: Where) -> Iterator[str]:
    """Texts of lead and body."""
    return (blocks[i].text for i in chain(where[LEAD], where[BODY]))


def _settle_lead(
    blocks: Sequence[Block], where: Where, left_out: dict[int, str]
) -> tuple[int, ...]:
    """The lead, each of its blocks once; a copy of it below is left out."""
    kept: list[int] = []
    for i in where[LEAD]:
        if any(same_words(blocks[i].text, blocks[j].text) for j in kept):
            left_out[i] = "repeat of the lead"
        else:
            kept.append(i)
    for i in where[BODY][:COPIES_AMONG] if kept else ():
        if any(same_words(blocks[i].text, blocks[j].text) for j in kept):
            left_out[i] = "repeat of the lead"
    return tuple(kept)


SAID_TWICE = 60
"""Characters from which a block of HTML is no refrain."""
_COPIES = (
    "mobile", "desktop", "tablet", "phone", "clone", "slick", "swiper", "slide", "carousel",
    "print", "transcri",
)  # fmt: skip
"""In classes of what stands on a page again for another screen, in a slider, as a transcript.
Without one of them a text that is said twice is meant so: manuals and quotes do it."""


def _once(
    blocks: Sequence[Block], body: Sequence[int], left_out: dict[int, str]
) -> tuple[int, ...]:
    """The body, each of its texts once: pages have copies for other screens, sliders, print."""
    known: dict[str, bool] = {}
    long = [i for i in body if len(blocks[i].text) >= SAID_TWICE]
    # Most differ in their length or their beginning, and texts are long to compare.
    if len({(len(text := blocks[i].text), text[:SAID_TWICE]) for i in long}) == len(long):
        return tuple(body)
    often = Counter([blocks[i].text for i in long])
    for i in long:
        text = blocks[i].text
        if often[text] > 1 and blocks[i].kind not in ("code", "table"):
            marks = markup.marks if (markup := blocks[i].markup) else ""
            marked = any(map(marks.__contains__, _COPIES))
            if text in known and (marked or known[text]):
                left_out[i] = "said twice"
            known[text] = known.get(text, False) or marked
    return tuple(i for i in body if i not in left_out)


def _flags(
    blocks: Sequence[Block],
    evidence: Sequence[Evidence],
    where: Where,
    left_out: dict[int, str],
    *,
    several: bool,
) -> tuple[str, ...]:
    flags = ["several_articles"] if several else []
    reasons = set(left_out.values())
    if "repeat of the title" in reasons:
        flags.append("title_repeated")
    bodies = where[BODY]
    if bodies and blocks[bodies[-1]].text.rstrip(' ])»"').endswith(("…", "...")):
        flags.append("truncated")
    whole, start = concept_at("paywall", WHOLE), concept_at("paywall", START)
    first = bodies[0] if bodies else 0
    below = (of[bisect_left(of, first) :] for of in (where[META], where[BOILERPLATE]))
    for i in chain.from_iterable(below):
        said = evidence[i].concepts
        if (
            said
            and (whole in said or said.get(start, 0) >= PAYWALL_WORDS)
            and len(blocks[i].text) < PAYWALL_LENGTH
        ):
            flags.append("paywalled")
            break
    return tuple(flags)
