"""What a page is: HTML, Markdown or plain text."""

import re

from articlecli.document import Format

# Patterns are strings: they are compiled where a page gives cause, never at import.
_DOCUMENT = (
    r"(?is)\s*(?>(?:<\?xml[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*)"
    r"<(?:!doctype\s+html|html|head|body)\b"
)
_TAG = (
    r"(?i)<(/?)(?:p|div|span|a|h[1-6]|ul|ol|li|table|tr|td|br|img|article|section|main|header|footer|"
    r"nav|strong|em|b|i|meta|link|script|style|title|form|input|blockquote|figure)\b[^<>]{0,2000}>"
)
_MARKDOWN = (
    r"(?m)^#{1,6} \S",
    r"(?<!\w)!?\[[^\[\]\n]{0,500}\]\([^()\s]{1,2000}(?: \"[^\"\n]{0,500}\")?\)",
    r"(?<![*\w])\*\*\S[^*\n]{0,1000}\*\*(?![*\w])",
    r"(?m)^(?:```|~~~)",
    r"(?m)^\|.*\|[ \t]*\n\|[ :|-]+\|[ \t]*$",
    r"(?m)^\S.*\n(?:={3,}|-{3,})[ \t]*$",
    r"(?m)^[ \t]*[*+-] \S",
    r"(?m)^> \S",
)
_FRONT = r"\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n(?:[ \t#-].*\n|\r?\n)*[A-Za-z][\w .-]{0,40}[:=]"
_WEAK = 6
"""Signs from this one on are common in plain text too and count only beside another."""

SAMPLE = 50_000
"""Characters looked at."""


def sniff(text: str) -> Format:
    """Tell HTML, Markdown and plain text apart.

    HTML is a page that begins like one, or that has tags on a good share of its lines and closes
    some of them: a text that mentions `<div>` is text. Markdown has two signs of different kinds
    at least, one of them strong, on enough lines: a `#hashtag` or a list of dashes is text.
    """
    head = text[:SAMPLE].lstrip("\ufeff \t\r\n\0")
    if head.startswith("<") and re.match(_DOCUMENT, head):
        return "html"
    if head[:3] in ("---", "+++") and re.match(_FRONT, head):
        return "markdown"
    if "</" in head and not _is_marked_down(head):
        tags = re.findall(_TAG, head)
        visible = len(head.split("\n"))
        if len(tags) >= 3 and "/" in tags and (head.startswith("<") or len(tags) >= 0.5 * visible):
            return "html"
    if _is_marked_down(head):
        return "markdown"
    if not any(sign in head for sign in ("# ", "](", "**", "```", "~~~", "|-", "---", "===")):
        return "text"
    counts = [len(re.findall(pattern, head)) for pattern in _MARKDOWN]
    strong = sum(count > 0 for count in counts[:_WEAK])
    kinds = sum(count > 0 for count in counts)
    lines = sum(1 for line in head.split("\n") if line.strip())
    if strong and kinds >= 2 and sum(counts) >= max(3, 0.04 * lines):
        return "markdown"
    return "text"


def _is_marked_down(head: str) -> bool:
    """Whether a page that has tags is Markdown: READMEs begin with a picture in a `<p>`.

    Headings and fences at the heads of lines, two signs at least of different kinds, are none of
    HTML's, where a line of text in `<pre>` may look like one of them.
    """
    if not any(sign in head for sign in ("\n# ", "\n## ", "\n```", "\n~~~")):
        return False
    signs = [len(re.findall(pattern, head)) for pattern in _MARKDOWN[:_WEAK]]
    return signs[0] + signs[3] >= 2 and sum(count > 0 for count in signs) >= 2
