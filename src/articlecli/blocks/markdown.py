"""Marks of Markdown: block marks of a line, inline marks taken off."""

import re

from articlecli.blocks.marks import NO_MARK, Mark

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"([*+-]|\d{1,3}[.)])\s+(.+)$", re.DOTALL)
_INLINE = re.compile(
    r"!\[([^\]]*)\]\([^)]*\)"  # picture
    r"|\[([^\]]*)\]\((?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"  # link
    r"|(\*\*|__)(?=\S)(.+?)(?<=\S)\3"  # strong
    r"|(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\5(?![\w*])"  # emphasis
    r"|`([^`]+)`"  # code
    r"|<(https?://[^>\s]+)>"  # bare address
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
        cells = [clean_inline(cell.strip()) for cell in line.strip("|").split("|")]
        return Mark("table", 0, " | ".join(cells))
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
    return _UNESCAPE.sub(r"\1", text)


def _words(match: re.Match[str]) -> str:
    return next((match[group] for group in (1, 2, 4, 6, 7, 8) if match[group] is not None), "")
