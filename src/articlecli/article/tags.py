"""Why a block of HTML was left out, by its tags and the words of the classes above it."""

from functools import lru_cache

from articlecli.document import Markup

NEAR = 8
"""Words of the nearest elements that are looked at: those of `<body>` tell of the whole page."""
TAGS = {
    "button": "paging and buttons",
    "form": "form",
    "label": "form",
    "fieldset": "form",
    "legend": "form",
    "nav": "menu",
    "menu": "menu",
    "footer": "footer and legal",
    "aside": "sidebar",
    "figure": "picture or video",
    "dialog": "pop-up",
}
"""Tag → reason; the innermost decides."""
CLASSES = {
    reason: frozenset(words.split())
    for reason, words in {
        "breadcrumb": "breadcrumb breadcrumbs crumb crumbs",
        "cookies": "cookie cookies consent gdpr",
        "advertisement": "ad ads advert advertisement advertising sponsor sponsored",
        "share and follow": "share sharing social socials follow addtoany sharedaddy",
        "newsletter": "newsletter newsletters",
        "login or subscription": "login signin signup register subscribe subscription",
        "search": "search searchbox searchform",
        "comment form": "comment comments respond disqus",
        "paging and buttons": "pagination pager paging pagenav button btn prev next",
        "tags and topics": "tag tags topic topics keywords tagcloud",
        "about the author": "author bio byline",
        "links to other pages": "related recommended recommendation recommendations teaser teasers "
        "popular trending mostread latest more outbrain taboola",
        "pop-up": "modal popup overlay dialog",
        "menu": "menu menus nav navbar navigation navi topbar submenu megamenu dropdown",
        "footer and legal": "footer copyright colophon imprint legal",
        "sidebar": "sidebar aside widget rail",
        "shop": "cart basket price product products",
        "site name": "logo masthead sitename branding",
    }.items()
}
"""Reason → words of classes, ids and roles; the nearest word decides."""
REASON_OF = {word: reason for reason, words in CLASSES.items() for word in words}


def reason_by_tags(markup: Markup) -> str | None:
    """What the markup says a block is for; `None` where it does not tell."""
    return _by_path(markup.path) or _by_marks(markup.marks)


@lru_cache(maxsize=256)  # many blocks of a page stand in the same tags
def _by_path(path: str) -> str | None:
    return _innermost(TAGS, path.split("/"))


def _by_marks(marks: str) -> str | None:
    words = " ".join(marks.rsplit(None, NEAR)[-NEAR:])
    return _innermost(REASON_OF, words.replace("_", " ").replace("-", " ").split())


def _innermost(reasons: dict[str, str], words: list[str]) -> str | None:
    """The reason that the last of some words has that has any; of most places none has."""
    if reasons.keys().isdisjoint(words):
        return None
    return next(reasons[word] for word in reversed(words) if word in reasons)
