"""A teaser's blocks → what its card says: headline, summary, facts, address."""

from collections import Counter
from collections.abc import Iterable, Sequence

from articlecli.article.ledger import Ledger
from articlecli.article.teasers import Draft, breaks_off
from articlecli.document import Block
from articlecli.output import Teaser
from articlecli.text.addresses import whole_address
from articlecli.text.dates import looks_dated
from articlecli.text.folding import word_list
from articlecli.text.headlines import same_words
from articlecli.text.patterns import lazy

BULLETS = "•▪◦‣●■►▸·»›> "
"""Signs before a headline that are none of it."""
EDGES = " ,;|/·•"
"""Signs at the edges of a fact that separated it from the next."""
LINKED = 8
"""Characters of the shortest link that may be the headline in front of its date."""
BUTTON = 3
"""Words of the longest link beside a summary that is a button to the same page."""
_WORD = lazy(r"\w")
SAME_PAGE = 3
"""Links to one page in a row, at most: more lead to one place whatever they say."""


def one_card_a_page(drafts: Sequence[Draft], blocks: Sequence[Block], base: str) -> list[Draft]:
    """Teasers, those in a row that lead to the same page as one.

    The headline comes first, unless the same words stand above others too. What is linked below it
    is the summary, or a button to read on: the teaser has its lines, and its words stand nowhere.
    """
    targets = [_target(draft.titles, blocks, base) for draft in drafts]
    if not any(targets):
        return list(drafts)
    often = Counter(targets)
    titles = [" ".join(blocks[i].text for i in draft.titles) for draft in drafts]
    labels = {title for title, count in Counter(titles).items() if count > SAME_PAGE}
    out: list[Draft] = []
    last = ""
    for draft, target, title in zip(drafts, targets, titles, strict=True):
        above = out[-1] if out else None
        if (
            above is None
            or not target
            or target != last
            or often[target] > SAME_PAGE
            or draft.section != above.section
            or draft.blocks[0] != above.blocks[-1] + 1
        ):
            out.append(Draft(draft.section, *map(list, (draft.titles, draft.texts, draft.metas))))
            last = target
            continue
        if title not in labels and " ".join(blocks[i].text for i in above.titles) in labels:
            above.metas += above.titles
            above.titles[:] = draft.titles
        elif len(word_list(title)) <= BUTTON and (above.texts or draft.texts):
            above.buttons += draft.titles
        else:
            above.texts += draft.titles
        above.texts[:] = sorted(above.texts + draft.texts)
        above.metas[:] = sorted(above.metas + draft.metas)
    return out


def card(draft: Draft, blocks: Sequence[Block], ledger: Ledger, base: str) -> Teaser:
    """The teaser that some blocks make up.

    Args:
        draft: Its blocks.
        blocks: All blocks of the page.
        ledger: Their lines and spans.
        base: What relative addresses are relative to.

    """
    heads = [_head_and_date(blocks[i]) for i in draft.titles]
    title = _joined([head.lstrip(BULLETS) or head for head, _ in heads], " ")
    texts = [blocks[i].text for i in draft.texts]
    summary = _joined([text for text in texts if _adds(text, title)], " ")
    facts = [date for _, date in heads if date] + [blocks[i].text for i in draft.metas]
    meta = _joined([_bare(fact) for fact in facts if _adds(fact, title)], " · ")
    lines, spans = ledger.place(draft.blocks)
    return Teaser(
        title=title,
        summary=summary,
        meta=meta,
        section=blocks[draft.section].text if draft.section is not None else None,
        truncated=breaks_off(summary) if summary else (title or "").endswith(("…", "...")),
        lines=lines,
        spans=spans,
        url=_target([*draft.titles, *draft.texts], blocks, base) or None,
    )


def _target(members: Iterable[int], blocks: Sequence[Block], base: str) -> str:
    """Where the first link of some blocks leads."""
    for i in members:
        if markup := blocks[i].markup:
            for link in markup.links:
                if target := whole_address(link.target, base):
                    return target
    return ""


def _adds(text: str, title: str | None) -> bool:
    """Whether a text has words, and others than the headline."""
    words = text[:1].isalnum() or _WORD.search(text) is not None
    return words and not (title and same_words(text, title))


def _head_and_date(block: Block) -> tuple[str, str]:
    """A headline, and the date that stands behind its link on the same line."""
    links = block.markup.links if block.markup else ()
    if not links:
        return block.text, ""
    head = links[0].text
    rest = block.text[len(head) :]
    if len(head) >= LINKED and block.text.startswith(head) and rest and looks_dated(rest):
        return head, rest
    return block.text, ""


def _bare(fact: str) -> str:
    """A fact without what separated it from the next; "-20 %" keeps its sign."""
    fact = fact.strip(EDGES)
    return fact[2:] if fact[:2] in ("- ", "– ", "— ") else fact.removesuffix(" -")


def _joined(texts: Sequence[str], joint: str) -> str | None:
    if len(texts) < 2:  # as most are
        return (texts[0] or None) if texts else None
    return joint.join(filter(None, dict.fromkeys(texts))) or None
