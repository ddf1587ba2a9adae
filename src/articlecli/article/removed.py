"""What of a page is in no other part, and why: a few words of a fixed list."""

from collections.abc import Iterable, Sequence

from articlecli.article.ledger import Ledger
from articlecli.article.story import Story
from articlecli.document import Block
from articlecli.output import Removed
from articlecli.text.phrases import Phrases, load_phrases
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

OTHER = "other boilerplate"
FIRST_WORDS = 5


def reason_for(text: str, phrases: Phrases) -> str:
    """Reason for a boilerplate line, from the stock phrase that it is or begins with."""
    line = text.lower().replace("’", "'").strip(" .:,;!?»›|>«-–•©0123456789()")
    known = phrases.concepts.get(line)
    if not known:
        words = line.split(" ", FIRST_WORDS)[:FIRST_WORDS]
        longest = phrases.first.get(words[0].rstrip(",:;."), 0)
        for size in range(min(len(words), longest), 0, -1):
            known = phrases.concepts.get(" ".join(words[:size]).rstrip(",:;."))
            if known:
                break
    for concept in known or ():
        if reason := REASONS.get(phrases.names[concept]):
            return reason
    return OTHER


def group_removed(blocks: Sequence[Block], story: Story, ledger: Ledger) -> Iterable[Removed]:
    """What is in no other part: boilerplate by reason, repeats, and a story that is none."""
    phrases = load_phrases()
    group: list[int] = []
    before: tuple[Zone, str] | None = None
    for i, zone in enumerate(story.zones):
        reason = story.left_out.get(i)
        if reason is None and zone is BOILERPLATE:
            reason = reason_for(blocks[i].text, phrases)
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
