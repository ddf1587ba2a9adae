"""Sixth stage: blocks and their zones → article. Every non-blank line ends in exactly one part."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from articlecli.article import authors, fields, titles
from articlecli.article.body import body_parts, paragraphs
from articlecli.article.cards import card, one_card_a_page
from articlecli.article.confidence import confidences
from articlecli.article.context import Context
from articlecli.article.facts import facts_of
from articlecli.article.fields import choose
from articlecli.article.ledger import Ledger
from articlecli.article.links import base_of, pictures_of
from articlecli.article.removed import group_removed
from articlecli.article.shown import blocks_of_facts
from articlecli.article.story import ONLY_TEASERS, Story, find_story
from articlecli.article.teasers import Draft, pair_teasers
from articlecli.document import Block, Document, Span, Verdict
from articlecli.evidence import Evidence
from articlecli.model.page_type import PageType
from articlecli.options import Options
from articlecli.output import SCHEMA, Article, Part
from articlecli.zone import COMMENT, META


def assemble(
    document: Document,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    told: PageType,
    options: Options,
) -> Article:
    """Put the article of a page together.

    Args:
        document: The page.
        evidence: Of its blocks, from `evidence_of`.
        verdicts: A verdict a block, after all rules.
        told: What type of page it is.
        options: Which language was given, and of which pages no story is wanted.

    Returns:
        The article; with `status` `no_article` and a reason where the page holds no story.

    """
    page, blocks = document.page, document.blocks
    confidence, shares = confidences(blocks, verdicts)
    refused = _refused(confidence, told, options)
    story = find_story(document, evidence, verdicts, told, refused=refused)
    ledger = Ledger(document)
    drafts, headers = pair_teasers(evidence, story.zones, story.where, story.others)
    base = base_of(document)
    drafts = one_card_a_page(drafts, blocks, base)
    lead = "\n\n".join(blocks[i].text for i in story.lead)
    body = body_parts(blocks, story, ledger, base)
    said = [lead] * bool(lead) + paragraphs(body)
    entries: list[Draft] = []
    if story.reason == ONLY_TEASERS:
        from articlecli.article.entries import entry_texts, own_entries  # of lists only

        entries, drafts = own_entries(drafts, blocks, evidence)
        said += entry_texts(entries, blocks)
    text = "\n\n".join(said)
    context = Context(document, story, text or "\n".join(b.text for b in blocks), options.language)
    chosen = {"language": choose(fields.LANGUAGE, context)}
    context = replace(context, language=chosen["language"].value)
    for name, sources, without in (
        ("title", titles.TITLE, titles.TITLE),
        ("byline", authors.BYLINE, authors.BYLINE_WITHOUT_STORY),
        ("published", fields.PUBLISHED, fields.PUBLISHED_WITHOUT_STORY),
    ):
        chosen[name] = choose(sources if story.found else without, context)
    facts: dict[str, Any] = dict.fromkeys(chosen) | facts_of(context, chosen)
    places = blocks_of_facts(context, facts)
    meta = story.where[META]
    return Article(
        schema=SCHEMA,
        source=page.source,
        status="ok" if story.found else "no_article",
        reason=story.reason,
        page_type=told.name,
        page_type_confidence=told.confidence,
        **facts,
        lead=lead or None,
        body=body,
        text=text,
        entries=tuple([card(draft, blocks, ledger, base) for draft in entries]),
        teasers=tuple([card(draft, blocks, ledger, base) for draft in drafts]),
        comments=_comments(blocks, story, ledger),
        removed=tuple(group_removed(document, evidence, story, ledger)),
        confidence=confidence,
        flags=tuple(sorted({*story.flags, *page.notes})),
        title_lines=ledger.lines(story.title),
        lead_lines=ledger.lines(story.lead),
        meta=tuple([ledger.part(blocks[i].text, [i]) for i in meta]),
        teaser_sections=tuple([ledger.part(blocks[i].text, [i]) for i in headers]),
        title_spans=ledger.spans(story.title),
        lead_spans=ledger.spans(story.lead),
        images=pictures_of(document, story, base),
        zones=ledger.by_line(story.zones),
        declared_spans=_declared_spans(context, facts),
        source_lines={name: blocks[i].lines for name, i in places.items()},
        confidences=ledger.by_line(shares),
    )


def _comments(blocks: Sequence[Block], story: Story, ledger: Ledger) -> tuple[Part, ...]:
    if not story.where[COMMENT]:
        return ()
    from articlecli.article.comments import group_comments  # few pages have any

    return tuple(group_comments(blocks, story.where[COMMENT], ledger))


def _declared_spans(context: Context, facts: dict[str, Any]) -> dict[str, Span]:
    if context.document.declared is None:
        return {}
    from articlecli.article.declarations import spans_of_declarations  # few pages of text do

    return spans_of_declarations(context, facts)


def _refused(confidence: float, told: PageType, options: Options) -> str | None:
    """Why the caller wants no story of a page."""
    if confidence < options.min_confidence:
        return "not sure enough"
    if options.types and told.name not in options.types:
        return "another page type"
    return None
