"""Which teasers of a list page are its own entries."""

from collections.abc import Sequence

from articlecli.article.teasers import Draft
from articlecli.document import Block
from articlecli.evidence import Evidence
from articlecli.text.phrases import START, WHOLE, concept_at

NEAR = 6
"""Blocks from one entry to the next in one group."""
SEVERAL = 3
"""Entries of the shortest group that shows what the page's own are like."""
BESIDE = ("most_read", "latest", "related", "read_also")
"""What headers over other lists say."""


def own_entries(
    drafts: Sequence[Draft], blocks: Sequence[Block], evidence: Sequence[Evidence]
) -> tuple[list[Draft], list[Draft]]:
    """The entries of a list page, and the teasers beside them.

    Where most entries of the largest group have a summary or facts, bare headlines below "Most
    read" and the like are something else.

    Source: the entries of 131 list pages labelled by reading, by their characters: of all teasers
    .89 are entries; of those that are left by this rule .90, and none is missed.

    Args:
        drafts: All teasers of the page, in page order.
        blocks: All blocks of the page.
        evidence: Of each of them.

    """
    groups: list[list[Draft]] = []
    for draft in drafts:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and before.section == draft.section
            and draft.blocks[0] - before.blocks[-1] <= NEAR
        ):
            groups[-1].append(draft)
        else:
            groups.append([draft])
    if not groups:
        return [], []
    largest = max(groups, key=lambda group: sum(_size(draft, blocks) for draft in group))
    full = len(largest) >= SEVERAL and 2 * sum(map(_is_full, largest)) > len(largest)
    own: list[Draft] = []
    others: list[Draft] = []
    for group in groups:
        beside = full and not any(map(_is_full, group)) and _is_beside(group[0].section, evidence)
        (others if beside else own).extend(group)
    return own, others


def entry_texts(entries: Sequence[Draft], blocks: Sequence[Block]) -> list[str]:
    """The text of each entry: its lines in page order, each once and without its buttons."""
    told = (sorted(set(entry.blocks).difference(entry.buttons)) for entry in entries)
    return ["\n".join(dict.fromkeys(blocks[i].text for i in members)) for members in told]


def _is_full(draft: Draft) -> bool:
    """Whether an entry has a summary or facts."""
    return bool(draft.texts or draft.metas)


def _is_beside(header: int | None, evidence: Sequence[Evidence]) -> bool:
    """Whether a header says that what stands below it is no part of the list."""
    if header is None:
        return False
    said = evidence[header].concepts
    return any(concept_at(name, place) in said for name in BESIDE for place in (WHOLE, START))


def _size(draft: Draft, blocks: Sequence[Block]) -> int:
    return sum(len(blocks[i].text) for i in draft.blocks)
