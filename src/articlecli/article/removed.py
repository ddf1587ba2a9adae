"""Why a line was left out, in a few words of a fixed list."""

from articlecli.document import Block
from articlecli.text.phrases import Phrases

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
"""Concept of `data/phrases.txt` → reason."""

HIDDEN = "hidden"
"""The page hides it from those who see the page, and no stock phrase says what it is."""
OTHER = "other boilerplate"
FIRST_WORDS = 5


def reason_for(block: Block, phrases: Phrases) -> str:
    """Reason for a boilerplate line, from the stock phrase that it is or begins with."""
    line = block.text.lower().replace("’", "'").strip(" .:,;!?»›|>«-–•©0123456789()")
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
    return HIDDEN if block.markup and block.markup.hidden else OTHER
