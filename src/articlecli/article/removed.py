"""Why a line was left out, in a few words of a fixed list."""

from articlecli.evidence import Evidence
from articlecli.text.phrases import START, WHOLE, load_phrases

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
