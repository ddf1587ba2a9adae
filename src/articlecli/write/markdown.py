"""Article → Markdown that renders as the article's words, whatever characters they hold."""

import re
from itertools import takewhile

from articlecli.types import Article, BodyPart

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
    before: BodyPart | None = None
    depth = 0
    for index, part in enumerate(article.body):
        # A list begins at the margin and goes one step deeper at a time: more is code.
        listed = before is not None and before.kind == "list_item"
        depth = min(part.level, depth + 1 if listed else 1)
        made = _part(part, depth)
        if before is not None and before.kind == part.kind and part.kind in ("list_item", "table"):
            groups[-1] += "\n" + made
        else:
            if part.kind == "table":
                # The head has as many cells as the widest row: cells beyond it would be lost.
                rows = takewhile(lambda row: row.kind == "table", article.body[index:])
                cells = part.text.count(" | ") + 1
                width = max(row.text.count(" | ") + 1 for row in rows)
                made += " |" * (width - cells) + "\n" + "|---" * width + "|"
            groups.append(made)
        before = part
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


def _part(part: BodyPart, depth: int) -> str:
    if part.kind == "heading":
        return "#" * min(max(part.level, 2), 6) + " " + _heading(part.text)
    if part.kind == "list_item":
        number = re.match(r"(\d{1,3}[.)]) (.+)", part.text, re.DOTALL)
        mark, text = (number[1], number[2]) if number else ("-", part.text)
        return "    " * max(depth - 1, 0) + f"{mark} {escape(text)}"
    if part.kind == "quote":
        return "> " + escape(part.text)
    if part.kind == "code":
        ticks = max((len(run) for run in re.findall(r"`{3,}", part.text)), default=2) + 1
        fence = "`" * max(ticks, 3)
        return f"{fence}\n{part.text}\n{fence}"
    if part.kind == "table":
        cells = [escape(cell.strip()) for cell in part.text.split(" | ")]
        return "| " + " | ".join(cells) + " |"
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
