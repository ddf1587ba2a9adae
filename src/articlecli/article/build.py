"""Sixth stage: blocks and verdicts → article. Every non-blank line ends in exactly one part."""

from collections.abc import Iterable, Sequence
from functools import reduce

from msgspec.structs import replace

from articlecli.article.byline import find_byline, find_published
from articlecli.article.ledger import Ledger
from articlecli.article.removed import reasons_for
from articlecli.article.story import Story, find_story
from articlecli.article.teasers import Draft, breaks_off, pair_teasers
from articlecli.document import Block, Document, Verdict
from articlecli.evidence import Evidence
from articlecli.output import (
    SCHEMA,
    Article,
    BodyPart,
    Part,
    Removed,
    Teaser,
)
from articlecli.text.addresses import host_of
from articlecli.text.dates import looks_dated, with_region
from articlecli.text.joints import join_texts
from articlecli.text.language import identify_language
from articlecli.zone import (
    BODY,
    CAPTION,
    COMMENT,
    HEADING,
    META,
    Zone,
)


def assemble(
    document: Document,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    *,
    language: str | None,
    min_confidence: float = 0.0,
) -> Article:
    """Put the article of a page together.

    Args:
        document: The page.
        evidence: Of its blocks, from `evidence_of`.
        verdicts: A verdict a block, after all rules.
        language: ISO 639-1 code given by the caller; `None` identifies it.
        min_confidence: Confidence of the page under which no story is given.

    Returns:
        The article; with `status` `no_article` and a reason where the page holds no story.

    """
    page, blocks, head = document.page, document.blocks, document.declared
    sure = [verdict.confidence for verdict in verdicts]
    confidence = _confidence(blocks, sure)
    story = find_story(document, evidence, verdicts, doubtful=confidence < min_confidence)
    ledger = Ledger(document)
    drafts, headers = pair_teasers(evidence, story.zones, story.others)
    lead = "\n\n".join(blocks[i].text for i in story.lead)
    groups = _groups(blocks, story)
    body = tuple(_body_part(group, blocks, story, ledger) for group in groups)
    text = "\n\n".join([lead] * bool(lead) + _paragraphs(body))
    meta = [i for i, zone in enumerate(story.zones) if zone is META and story.found]
    meta_lines = [blocks[i].text for i in meta]
    language = language or identify_language(text or "\n".join(b.text for b in blocks))
    article = Article(
        schema=SCHEMA,
        source=page.source,
        status="ok" if story.found else "no_article",
        reason=story.reason,
        language=language,
        title=story.headline,
        byline=find_byline(meta_lines, [block.text for block in blocks]),
        published=find_published(meta_lines, _dated_in(document, language)),
        lead=lead or None,
        body=body,
        text=text,
        teasers=tuple(_teaser(draft, blocks, ledger) for draft in drafts),
        comments=tuple(_comments(blocks, story.zones, ledger)),
        removed=tuple(_removed(document, evidence, story, ledger)),
        confidence=confidence,
        flags=tuple(sorted({*story.flags, *page.notes})),
        title_lines=ledger.lines(story.title),
        lead_lines=ledger.lines(story.lead),
        meta=tuple(_part(blocks[i].text, [i], ledger) for i in meta),
        teaser_sections=tuple(_part(blocks[i].text, [i], ledger) for i in headers),
        title_spans=ledger.spans(story.title),
        lead_spans=ledger.spans(story.lead),
        zones=ledger.by_line(story.zones),
        confidences=ledger.by_line([round(share, 3) for share in sure]),
    )
    if head is None:
        return article
    # Only here, so that a page of text never waits for what reads declarations.
    from articlecli.article.markup import with_markup

    locale = _dated_in(document, language)
    story = replace(story, body=tuple(group[0] for group in groups))
    return with_markup(article, head, blocks, story, drafts, locale=locale)


def _dated_in(document: Document, language: str | None) -> str | None:
    """The story's language and region, by which its numeric dates are read."""
    declared, url = document.declared, document.page.source.url
    address = url or (declared.canonical if declared else "")
    return with_region(language, declared.language if declared else "", host_of(address))


def _part(text: str, members: Sequence[int], ledger: Ledger) -> Part:
    return Part(text=text, lines=ledger.lines(members), spans=ledger.spans(members))


MARKED = frozenset({"table", "code", "list_item", "quote"})
"""Kinds that a block's marks are surer of than the zone model is of a heading."""


def _groups(blocks: Sequence[Block], story: Story) -> list[list[int]]:
    """Blocks of the body, those together that are one paragraph."""
    groups: list[list[int]] = []
    for i in story.body:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and blocks[i].resumes
            and {story.zones[before], story.zones[i]} == {BODY}
        ):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _body_part(
    members: Sequence[int], blocks: Sequence[Block], story: Story, ledger: Ledger
) -> BodyPart:
    block, zone = blocks[members[0]], story.zones[members[0]]
    if zone is HEADING and block.kind not in MARKED:
        kind, level = "heading", block.level if block.kind == "heading" else 0
    elif zone is CAPTION:
        kind, level = "caption", 0
    else:
        kind, level = block.kind or "paragraph", block.level
        if kind == "heading":  # marked as a heading, read as text: the reading counts
            kind, level = "paragraph", 0
    return BodyPart(
        text=reduce(join_texts, (blocks[i].text for i in members)),
        lines=ledger.lines(members),
        spans=ledger.spans(members),
        kind=kind,  # type: ignore[arg-type]  # a Kind: all assignments above are of its values
        level=level,
    )


def _paragraphs(body: Iterable[BodyPart]) -> list[str]:
    return [part.text for part in body if part.kind != "caption"]


def _teaser(draft: Draft, blocks: Sequence[Block], ledger: Ledger) -> Teaser:
    def joined(members: list[int], joint: str) -> str | None:
        texts = list(dict.fromkeys(blocks[i].text for i in members))
        return joint.join(texts) or None

    title = joined(draft.titles, " ")
    summary = joined(draft.texts, " ")
    return Teaser(
        title=title,
        summary=summary,
        meta=joined(draft.metas, " · "),
        section=blocks[draft.section].text if draft.section is not None else None,
        truncated=breaks_off(summary) if summary else (title or "").endswith(("…", "...")),
        lines=ledger.lines(draft.blocks),
        spans=ledger.spans(draft.blocks),
    )


NAME_LENGTH = 60
"""Characters up to which a comment's block may be its author or date line."""


def _comments(blocks: Sequence[Block], zones: Sequence[Zone], ledger: Ledger) -> Iterable[Part]:
    """One part a comment; the head of the next is its author's line or its date line.

    Such a line is short, and stands after what somebody said at length, or directly above a date
    line, or is a date line itself and the comment so far has one.
    """
    said = [i for i, zone in enumerate(zones) if zone is COMMENT]
    short = [len(blocks[i].text) < NAME_LENGTH for i in said]
    dates = [brief and looks_dated(blocks[i].text) for i, brief in zip(said, short, strict=True)]
    group: list[int] = []
    spoke = dated = False
    for i, brief, is_date, date_next in zip(said, short, dates, [*dates, False][1:], strict=True):
        head = brief and (dated if is_date else spoke or (dated and date_next))
        if group and (head or i - group[-1] > 3):
            yield _part("\n".join(blocks[j].text for j in group), group, ledger)
            group, spoke, dated = [], False, False
        group.append(i)
        spoke |= not brief
        dated |= is_date
    if group:
        yield _part("\n".join(blocks[j].text for j in group), group, ledger)


def _removed(
    document: Document, evidence: Sequence[Evidence], story: Story, ledger: Ledger
) -> Iterable[Removed]:
    """What is in no other part: boilerplate by reason, repeats, and a story that is none."""
    blocks = document.blocks
    reasons = reasons_for(document, evidence, story.zones, story.headline) | story.left_out
    group: list[int] = []
    before: tuple[Zone, str] | None = None
    for i, zone in enumerate(story.zones):
        reason = reasons.get(i)
        this = (zone, reason) if reason else None
        if group and (this != before or i != group[-1] + 1):
            yield _removal(group, before, blocks, ledger)  # type: ignore[arg-type]
            group = []
        if this:
            group.append(i)
        before = this
    if group:
        yield _removal(group, before, blocks, ledger)  # type: ignore[arg-type]


def _removal(
    group: list[int], what: tuple[Zone, str], blocks: Sequence[Block], ledger: Ledger
) -> Removed:
    return Removed(
        text="\n".join(blocks[i].text for i in group),
        lines=ledger.lines(group),
        spans=ledger.spans(group),
        zone=what[0],
        reason=what[1],
    )


MILLION = 1_000_000
"""Confidences are added up as whole millionths: the same sum on every version of Python."""


def _confidence(blocks: Sequence[Block], sure: Sequence[float]) -> float:
    """Expected share of the page's characters that are in the right zone; 1 for an empty page."""
    size = sum(len(block.text) for block in blocks)
    if not size:
        return 1.0
    right = sum(
        len(block.text) * round(share * MILLION) for block, share in zip(blocks, sure, strict=True)
    )
    return round(right / (MILLION * size), 3)
