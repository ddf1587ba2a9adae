"""Where on the page a fact stands that was read off its lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from articlecli.article.context import Context
from articlecli.article.fields import DECLARED
from articlecli.text.dates import looks_dated
from articlecli.text.figures import with_figure
from articlecli.text.lines import holding
from articlecli.zone import META, TITLE

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
        "byline": _of_names(context, told.get("authors"), sources.get("byline") or DECLARED),
        "published": _of_day(context, told.get("published"), sources.get("published")),
        "site_name": _of_site(context, told.get("site_name"), sources.get("site_name")),
    }
    if context.story.title and DECLARED not in (sources.get("title") or DECLARED):
        found["title"] = context.story.title[0]
    return {name: at for name, at in sorted(found.items()) if at is not None}


def _of_names(context: Context, names: Sequence[str] | None, source: str) -> int | None:
    """The first line with the first author's name, the story's meta before all others."""
    if not names or source.startswith(DECLARED):
        return None
    first, lines = names[0], context.page
    for i in context.story.where[META]:
        if first in lines[i]:
            return i
    return next(iter(holding(lines, first)), None)


def _of_day(context: Context, day: str | None, source: str | None) -> int | None:
    """The first line of the meta that tells the day."""
    if not day or source not in _SHOWN_DAY:
        return None
    lines, where = context.page, context.story.where
    places = sorted([*where[META], *where[TITLE]])
    figured = frozenset(with_figure([lines[i] for i in places]))
    for i in places:
        if lines[i] in figured and context.days.find([lines[i]]) == day and looks_dated(lines[i]):
            return i
    return None


def _of_site(context: Context, name: str | None, source: str | None) -> int | None:
    """The last line, the title's apart, with the site's name: its foot most often."""
    if not name or source not in _SHOWN_SITE:
        return None
    return next(reversed(holding(context.page, name)), 0) or None
