"""Article → plain text: title, lead and body, one blank line between paragraphs."""

import re
from collections.abc import Iterable

from articlecli.output import Article, BodyPart, Teaser
from articlecli.write.escaping import printable

_NUMBER = re.compile(r"\d{1,3}[.)] ")


def to_text(article: Article, *, teasers: bool = False) -> str:
    """Clean text of one article, ending in a line end; empty where there is nothing to print."""
    groups = [article.lead] if article.lead else []
    before: BodyPart | None = None
    for part in article.body:
        if part.kind == "caption":
            continue
        line = part.text
        if part.kind == "list_item":
            mark = "" if _NUMBER.match(line) else f"{part.number}. " if part.number else "- "
            line = "  " * max(part.level - 1, 0) + mark + line
        joined = before is not None and before.kind == part.kind
        if joined and part.kind in ("list_item", "table"):
            groups[-1] += "\n" + line
        else:
            groups.append(line)
        before = part
    groups += _teasers(article.entries)
    if teasers:
        groups += _teasers(article.teasers)
    if article.title and groups:
        groups.insert(0, article.title)
    return printable("\n\n".join(groups)) + "\n" if groups else ""


def _teasers(teasers: Iterable[Teaser]) -> list[str]:
    groups: list[str] = []
    section: str | None = None
    for teaser in teasers:
        if teaser.section and teaser.section != section:
            groups.append(teaser.section)
        section = teaser.section
        lines = [line for line in (teaser.title, teaser.meta, teaser.summary) if line]
        groups.append("\n".join(lines))
    return groups
