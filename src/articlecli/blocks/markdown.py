"""Marks of Markdown: block marks of a line, inline marks taken off."""

import re
from collections.abc import Sequence

from articlecli.blocks.marks import NO_MARK, OPENING, RULE, Mark
from articlecli.document import Span

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"([*+-]|\d{1,3}[.)])\s+(.+)$", re.DOTALL)
_INLINE = re.compile(
    # Every repeat is bounded: a page of brackets must not take the square of its length.
    r"!\[([^\[\]]{0,500})\]\([^()]{0,2000}\)"  # picture
    r"|\[([^\[\]]{0,500})\]\((?:<[^<>]{0,2000}>|[^()\s]{0,2000}(?:\([^()]{0,200}\)[^()\s]{0,200}){0,3})"
    r"(?:\s+\"[^\"]{0,500}\")?\)"  # link
    r"|(\*\*|__)(?=\S)((?:(?!\3).){1,1000})(?<=\S)\3"  # strong
    r"|(?<![\w*])([*_])(?=\S)([^*_]{1,1000}?)(?<=\S)\5(?![\w*])"  # emphasis
    r"|`([^`]{1,1000})`"  # code
    r"|<(https?://[^<>\s]{1,2000})>"  # bare address
)
_UNESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def markdown_mark(raw: str) -> Mark:
    """Block mark of a Markdown line; `NO_MARK` for a plain one.

    Args:
        raw: The line with its indent, without its line end.

    """
    line = raw.strip()
    if match := _HEADING.match(line):
        return Mark("heading", len(match[1]), clean_inline(match[2]))
    if line.startswith(">"):
        return Mark("quote", 0, clean_inline(line.lstrip("> ")))
    if line.startswith("|") and line.count("|") > 1:
        if not line.strip("|:- "):
            return Mark("table", RULE, "")
        cells = [clean_inline(cell.strip()) for cell in line.strip("|").split("|")]
        return Mark("table", len(cells), " | ".join(cells))
    if match := _ITEM.match(line):
        indent = len(raw) - len(raw.lstrip())
        number = "" if match[1] in "*+-" else match[1] + " "
        return Mark("list_item", 1 + min(indent // 2, 5), number + clean_inline(match[2]))
    return NO_MARK


def clean_inline(text: str) -> str:
    """Markdown's inline marks taken off, links and pictures left as their words."""
    for _ in range(3):  # a picture inside a link inside a strong: three layers are what occurs
        cleaned = _INLINE.sub(_words, text)
        if cleaned == text:
            break
        text = cleaned
    return " ".join(_UNESCAPE.sub(r"\1", text).split())


def fenced_lines(text: str, spans: Sequence[Span]) -> dict[int, Mark]:
    """Marks of the lines of code between fences, by line number.

    A fence ends at the next line of its own mark; one that never ends is none, so that a stray
    mark does not swallow the page.
    """
    out: dict[int, Mark] = {}
    if "```" not in text and "~~~" not in text:
        return out
    fences = [
        (number, text[start:end].lstrip()[:3])
        for number, (start, end) in enumerate(spans, 1)
        if text[start:end].lstrip().startswith(("```", "~~~"))
    ]
    closing: list[int | None] = []
    later: dict[str, int] = {}
    for number, mark in reversed(fences):
        closing.append(later.get(mark))
        later[mark] = number
    inside = 0
    for (number, _), end_number in zip(fences, reversed(closing), strict=True):
        if number <= inside or end_number is None:
            continue
        inside = end_number
        out[number], out[inside] = Mark("code", OPENING, ""), Mark("code", 0, "")
        for line in range(number + 1, inside):
            start, end = spans[line - 1]
            out[line] = Mark("code", 0, text[start:end].rstrip())
    return out


def _words(match: re.Match[str]) -> str:
    return next((match[group] for group in (1, 2, 4, 6, 7, 8) if match[group] is not None), "")
