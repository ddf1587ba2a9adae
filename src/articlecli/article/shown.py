"""Where on the page a fact stands that was read off its lines."""

from collections.abc import Mapping
from typing import Any

from articlecli.article.context import Context
from articlecli.article.published import LONGEST_LINE
from articlecli.text.dates import looks_dated
from articlecli.text.names import split_names
from articlecli.zone import META, TITLE

_DECLARED = "declared"
"""In names of sources that read declarations only."""
_SHOWN_SITE = frozenset(("site_shown", "site_as_host"))
_SHOWN_DAY = frozenset(("confirmed_date", "meta_line", "near_title"))


def blocks_of_facts(context: Context, told: Mapping[str, Any]) -> dict[str, int]:
    """The block in which each fact stands that was read off the page; none for declared ones.

    Args:
        context: What the sources looked at.
        told: The facts, by field, and `sources`.

    """
    sources: Mapping[str, str] = told["sources"]
    found = {
        "byline": _of_names(context, told.get("byline"), sources.get("byline") or _DECLARED),
        "published": _of_day(context, told.get("published"), sources.get("published")),
        "site_name": _of_site(context, told.get("site_name"), sources.get("site_name")),
    }
    if context.story.title and "declared" not in (sources.get("title") or _DECLARED):
        found["title"] = context.story.title[0]
    return {name: at for name, at in sorted(found.items()) if at is not None}


def _of_names(context: Context, byline: str | None, source: str) -> int | None:
    """The first line with the first author's name, the story's meta before all others."""
    first = next(iter(split_names(byline)), "")
    if not first or source.startswith(_DECLARED):
        return None
    lines = context.page
    for place in (context.story.where[META], range(len(lines))):
        if (at := next((i for i in place if first in lines[i]), None)) is not None:
            return at
    return None


def _of_day(context: Context, day: str | None, source: str | None) -> int | None:
    """The first line of the meta that tells the day."""
    if not day or source not in _SHOWN_DAY:
        return None
    lines, where = context.page, context.story.where
    for i in sorted([*where[META], *where[TITLE]]):
        if len(lines[i]) <= LONGEST_LINE and looks_dated(lines[i]):
            if context.days.find([lines[i]]) == day:
                return i
    return None


def _of_site(context: Context, name: str | None, source: str | None) -> int | None:
    """The last line, the title's apart, with the site's name: its foot most often."""
    if not name or source not in _SHOWN_SITE:
        return None
    lines = context.page
    return next((i for i in range(len(lines) - 1, 0, -1) if name in lines[i]), None)
