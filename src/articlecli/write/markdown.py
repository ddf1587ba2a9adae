"""Article → Markdown that renders as the article's words, whatever characters they hold."""

import re
from collections.abc import Iterable
from itertools import groupby

from articlecli.types import Article, BodyPart

INDENT = 4
"""Spaces of an item below another: enough for every renderer, and too few for code."""
_INLINE = re.compile(r"([\\`*\[\]<>~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;))")
_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|(?:-+|=+|_{3,})$)")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def to_markdown(article: Article, *, teasers: bool = False) -> str:
    """Markdown of one article, ending in a line end; empty where there is nothing to print."""
    groups: list[str] = []
    if article.title:
        groups.append("# " + _heading(article.title))
    if article.lead:
        groups += [f"**{escape(line)}**" for line in article.lead.split("\n\n")]
    for kind, run in groupby(article.body, key=lambda part: part.kind):
        if kind == "list_item":
            groups.append(_list(run))
        elif kind == "table":
            groups.append(_table(run))
        else:
            groups += map(_part, run)
    if teasers:
        groups += _teasers(article)
    return "\n\n".join(groups) + "\n" if groups else ""


def escape(text: str) -> str:
    """Text with every character escaped that Markdown would take for a mark."""
    text = _INLINE.sub(r"\\\1", text)
    text = _START.sub(r"\\\1", text)
    return _NUMBER.sub(r"\1\\\2", text)


def _heading(text: str) -> str:
    """Text of a heading: number signs at its end would be taken for the heading's own."""
    return re.sub(r"(?<=\s)(?=#+$)", r"\\", escape(text))


def _list(items: Iterable[BodyPart]) -> str:
    lines: list[str] = []
    # Widths of the marks that an item stands under: its own begins below their text. A list begins
    # at the margin and goes one step deeper at a time: more would be code.
    widths: list[int] = []
    for item in items:
        del widths[max(item.level - 1, 0) :]
        number = re.match(r"(\d{1,3}[.)]) (.+)", item.text, re.DOTALL)
        mark, text = (number[1], number[2]) if number else ("-", item.text)
        lines.append(" " * sum(widths) + f"{mark} {escape(text)}")
        widths.append(max(INDENT, len(mark) + 1))
    return "\n".join(lines)


def _table(parts: Iterable[BodyPart]) -> str:
    rows = [[escape(cell.strip()) for cell in part.text.split(" | ")] for part in parts]
    # The head has as many cells as the widest row: cells beyond it would be lost.
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row) + " |" + " |" * (width - len(row)) for row in rows]
    lines.insert(1, "|---" * width + "|")
    return "\n".join(lines)


def _part(part: BodyPart) -> str:
    if part.kind == "heading":
        return "#" * min(max(part.level, 2), 6) + " " + _heading(part.text)
    if part.kind == "quote":
        return "> " + escape(part.text)
    if part.kind == "code":
        ticks = max((len(run) for run in re.findall(r"`{3,}", part.text)), default=2) + 1
        fence = "`" * max(ticks, 3)
        return f"{fence}\n{part.text}\n{fence}"
    if part.kind == "caption":
        return f"*{escape(part.text)}*"
    return escape(part.text)


def _teasers(article: Article) -> list[str]:
    groups: list[str] = []
    section: str | None = None
    for teaser in article.teasers:
        if teaser.section and teaser.section != section:
            groups.append("## " + escape(teaser.section))
        section = teaser.section
        title = f"**{escape(teaser.title)}**" if teaser.title else ""
        lines = [title, *(escape(line) for line in (teaser.meta, teaser.summary) if line)]
        groups.append("  \n".join(line for line in lines if line))
    return groups
