"""What of a page is in no other part, and why: a few words of a fixed list."""

from collections.abc import Iterable, Sequence

from articlecli.article.ledger import Ledger
from articlecli.article.story import Story
from articlecli.document import Block
from articlecli.evidence import Evidence
from articlecli.output import Removed
from articlecli.text.phrases import START, WHOLE, load_phrases
from articlecli.zone import BOILERPLATE, Zone

REASONS = {
    "skip_link": "skip link",
    "menu": "menu",
    "home": "menu",
    "services": "menu",
    "language": "menu",
    "search": "search",
    "login": "login or subscription",
    "subscribe": "login or subscription",
    "paywall": "paywall",
    "newsletter": "newsletter",
    "share": "share and follow",
    "social": "share and follow",
    "app": "share and follow",
    "comments": "comment form",
    "comment_form": "comment form",
    "reply": "comment form",
    "breadcrumb": "breadcrumb",
    "previous_next": "paging and buttons",
    "close": "paging and buttons",
    "read_more": "paging and buttons",
    "advertisement": "advertisement",
    "cookies": "cookies",
    "legal": "footer and legal",
    "rights_reserved": "footer and legal",
    "about_site": "footer and legal",
    "js_error": "technical notice",
    "shop": "shop",
}
"""Concept of `data/concepts.txt` → reason."""

LEGAL, OTHER = "footer and legal", "other boilerplate"
HIDDEN = "hidden"
"""The page hides it from those who see the page, and no stock phrase says what it is."""
COPYRIGHT = ("©", "copyright")
"""What the phrase table has for words of scripts with spaces only, and only beside a space."""


def reason_for(evidence: Evidence) -> str:
    """Reason for a boilerplate line: that of the longest stock phrase that it is or begins with."""
    if evidence.lower.startswith(COPYRIGHT):
        return LEGAL
    if not evidence.concepts:
        return OTHER
    sizes = {at: size for at, size in evidence.concepts.items() if at % 4 in (WHOLE, START)}
    longest = max(sizes.values(), default=0)
    names = load_phrases().names
    for at, size in sizes.items():
        if size == longest and (reason := REASONS.get(names[at // 4])):
            return reason
    return OTHER


def group_removed(
    blocks: Sequence[Block], evidence: Sequence[Evidence], story: Story, ledger: Ledger
) -> Iterable[Removed]:
    """What is in no other part: boilerplate by reason, repeats, and a story that is none."""
    group: list[int] = []
    before: tuple[Zone, str] | None = None
    for i, zone in enumerate(story.zones):
        reason = story.left_out.get(i)
        if reason is None and zone is BOILERPLATE:
            reason = reason_for(evidence[i])
            markup = blocks[i].markup
            if reason == OTHER and markup and markup.hidden:
                reason = HIDDEN
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
