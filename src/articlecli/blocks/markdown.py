"""Markdown → rows, by a parser of CommonMark with the tables of GitHub.

The parser says what each line is. Whether the lines of one paragraph belong together is left to
the evidence that plain text is judged by: crawlers write one line a paragraph, menus too, and
leave out the blank lines that Markdown asks for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from articlecli.blocks.front_matter import mark_front_matter
from articlecli.blocks.marks import NO_MARK, Mark
from articlecli.blocks.rows import Row
from articlecli.document import Kind, Span
from articlecli.text.characters import decode_entities, without_invisible
from articlecli.text.patterns import lazy
from articlecli.text.sentences import TERMINAL

PASSES = 4
"""Times that a page is parsed: a fence that never closes, or indents without meaning, cost one."""
BRACKETS = 1000
"""Brackets of a line from which they are none of links: the parser would take long to tell."""
PROSE = 60
"""Characters of the shortest indented line that is prose where it ends like a sentence."""
_FENCE = lazy(r"[ >]*(`{3,}|~{3,})[ \t]*$")
_TAG = lazy(r"(?i)<(?:(!--)|(script|style)\b|/?[a-z!?])")
_ENDS = {"!--": "-->", "script": r"(?i)</script\s*+>", "style": r"(?i)</style\s*+>"}
_TAG_END = lazy(r"[^<>]*>")
_OPEN_LINK = lazy(r"\]\(https?://[^\s()]*$")
_REST = lazy(r"\s{0,3}[^\s()]*\)")
_STRONG = lazy(r"(\*\*|__)(?=\S)([^*_]{1,500}?)(?<=\S)\1")
"""Marks that the parser leaves: signs of Chinese and Japanese beside them hide them from it."""
_ITEM = lazy(r"\s*(?:[*+•-]|\d{1,3}[.)])\s|\s*!?\[")
_NOTE = lazy(r"\[\^([^\]\s]{1,40})\](:?)")
_TASK = lazy(r"\[([ xX])\]\s+(?=\S)")
_REFERENCE = lazy(r" {0,3}\[[^\]]{1,500}\]:")


class _Line:
    """What the parser says of one line of the page."""

    __slots__ = ("joined", "mark", "silent", "text")

    def __init__(
        self, text: str, mark: Mark = NO_MARK, *, silent: bool = False, joined: bool = False
    ) -> None:
        self.text, self.mark, self.silent, self.joined = text, mark, silent, joined


def markdown_rows(text: str, spans: Sequence[Span]) -> list[Row]:
    """Rows of a page of Markdown: every non-blank line is one, also those that are only marks.

    Args:
        text: The decoded page.
        spans: Where its lines begin and end.

    """
    sources = [without_invisible(text[start:end].rstrip("\r")) for start, end in spans]
    sources = [line.replace("\0", " ") for line in sources]
    front = mark_front_matter(sources)
    parsed = ["" if number in front else line for number, line in enumerate(sources, 1)]
    _mend_addresses(parsed)
    parsed = [line.replace("[", "\\[") if line.count("[") > BRACKETS else line for line in parsed]
    found = _lines(parsed)
    rows: list[Row] = []
    gap = 0
    for number, (start, end) in enumerate(spans, 1):
        raw = text[start:end]
        if not raw.strip():
            gap += 1
            continue
        whole = raw.rstrip()
        folded = " ".join(sources[number - 1].split()) or "\ufffd"
        row = Row(number, start, start + len(whole), folded, gap, NO_MARK)
        line = found.get(number)
        if number in front:
            row.field, row.text = front[number].field, front[number].text or folded
            row.silent = front[number].silent
        elif line is None:  # the parser took it and shows nothing of it
            row.field = "other" if _REFERENCE.match(sources[number - 1]) else None
            row.silent = row.field is None
        else:
            row.mark, row.silent, row.joined = line.mark, line.silent, line.joined
            row.text = " ".join(line.text.split()) or folded
            row.silent = row.silent or not line.text.strip()
        rows.append(row)
        gap = 0
    return rows


def _mend_addresses(sources: list[str]) -> None:
    """Put addresses of links together that a program broke at their hyphens when it wrapped."""
    for i, (line, after) in enumerate(zip(sources, sources[1:], strict=False)):
        if line.endswith("-") and _OPEN_LINK.search(line) and (rest := _REST.match(after)):
            sources[i], sources[i + 1] = line + rest[0].strip(), after[rest.end() :]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    spans = MarkdownIt("commonmark", {"maxNesting": 20}).enable("strikethrough")

    def inline(state: StateCore) -> None:
        # Each bracket that is never closed is looked through once for each level of nesting.
        for token in state.tokens:
            if token.type == "inline":
                token.children = []
                spans.inline.parse(token.content, spans, state.env, token.children)

    parser.core.ruler.at("inline", inline)
    return parser


def _lines(sources: list[str]) -> dict[int, _Line]:
    """Line number → what it is; lines that only mark something are not among them."""
    for _ in range(PASSES):
        tokens = _parser().parse("\n".join(sources))
        wrong = False
        for token in tokens:
            if token.map is None:
                continue
            begin, end = token.map
            if token.type == "fence" and _is_open(token, sources):
                # It would take the rest of the page: it is a line of text.
                sources[begin] = sources[begin].replace("`", "\\`").replace("~", "\\~")
                wrong = True
            elif token.type == "code_block" and not _is_code(token.content):
                sources[begin:end] = [line.lstrip() for line in sources[begin:end]]
                wrong = True
        if not wrong:
            break
    found: dict[int, _Line] = {}
    walk = _Walk()
    for token in tokens:
        for number, line in walk.lines(token, sources):
            found.setdefault(number, line)
    return found


def _is_open(token: Token, sources: Sequence[str]) -> bool:
    if token.map is None:
        return False
    begin, end = token.map
    return end - begin < 2 or not _FENCE.match(sources[end - 1])


class _Walk:
    """Where in the nest of lists, quotes and tables the parser's tokens stand."""

    def __init__(self) -> None:
        self.lists: list[int | None] = []
        """Open lists: the number of the next item, `None` in lists without."""
        self.quotes = 0
        self.item = ""
        """Mark in front of the next paragraph, which is an item's first; the empty string else."""
        self.heading = 0
        self.row: tuple[int, list[str]] | None = None

    def lines(self, token: Token, sources: Sequence[str]) -> Iterator[tuple[int, _Line]]:
        """What a token says of the lines it stands for."""
        name, at = token.type, token.map
        if name == "inline":
            yield from self._inline(token)
        elif name in ("fence", "code_block") and at is not None:
            yield from _code(token, sources)
        elif name == "html_block" and at is not None:
            yield from _html(token, at[0] + 1)
        elif name.endswith("list_open"):
            start = token.attrs.get("start", 1)
            self.lists.append(int(start) if name == "ordered_list_open" else None)
        elif name.endswith("list_close"):
            self.lists.pop()
            self.item = ""
        elif name == "list_item_open":
            number = self.lists[-1]
            self.item = "-" if number is None else f"{token.info}{token.markup}"
        elif name in ("blockquote_open", "blockquote_close"):
            self.quotes += 1 if token.nesting > 0 else -1
        elif name == "heading_open":
            self.heading = int(token.tag[1:])
        elif name == "heading_close":
            self.heading = 0
        elif name == "tr_open" and at is not None:
            self.row = (at[0] + 1, [])
        elif name == "tr_close" and self.row is not None:
            number, cells = self.row
            self.row = None
            text = " | ".join(cells)
            yield number, _Line(text, Mark("table", len(cells), text))

    def _inline(self, token: Token) -> Iterator[tuple[int, _Line]]:
        lines = [_STRONG.sub(r"\2", decode_entities(line)) for line in _texts(token.children or ())]
        if self.row is not None:
            self.row[1].append(" ".join(" ".join(lines).split()))
            return
        if token.map is None:
            return
        first = token.map[0] + 1
        if self.heading:
            yield first, _Line(lines[0], Mark("heading", self.heading, " ".join(lines).strip()))
            return  # the rest of a heading of several lines, and its underline, are silent
        kind: Kind | None = "quote" if self.quotes else None
        for i, line in enumerate(lines):
            text = " ".join(line.split())
            mark = Mark("quote", 0, text) if kind else NO_MARK
            if self.item and not i and not self.quotes:
                text = _TASK.sub(lambda m: "☐ " if m[1] == " " else "☑ ", text, count=1)
                number = "" if self.item == "-" else self.item + " "
                level = min(len(self.lists), 6)
                mark = Mark("list_item", level, number + text)
            yield first + i, _Line(text, mark, joined=bool(self.lists) and i > 0)
        self.item = ""


def _texts(tokens: Sequence[Token]) -> list[str]:
    """Lines of a paragraph as a reader sees them: marks, tags and addresses taken off."""
    lines = [""]
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            lines.append("")
        elif token.type == "image":
            alt = _texts(token.children or ())
            lines[-1] += alt[0]
            lines += alt[1:]
        elif token.type == "html_inline":
            lines[-1] += " " if token.content[:3].lower() == "<br" else ""
            lines += [""] * token.content.count("\n")
        elif token.type == "text":
            lines[-1] += _NOTE.sub(r"[\1]\2", token.content)
        elif token.type == "code_inline":
            lines[-1] += token.content
    return lines


def _code(token: Token, sources: Sequence[str]) -> Iterator[tuple[int, _Line]]:
    if token.map is None:
        return
    begin, end = token.map
    first = begin + 1 if token.type == "code_block" else begin + 2
    lines = token.content.split("\n")
    level = begin + 1  # one listing does not run into the next
    if token.type == "fence":
        yield begin + 1, _Line("", Mark("code", level, ""), silent=True)
    last = end if token.type == "code_block" else end - 1
    for number, line in zip(range(first, last + 1), lines, strict=False):
        if sources[number - 1].strip():
            yield number, _Line(line or " ", Mark("code", level, line.rstrip()))
    if token.type == "fence":
        yield end, _Line("", Mark("code", level, ""), silent=True)


def _is_code(content: str) -> bool:
    """Whether indented lines are code: crawlers indent items, links and whole paragraphs too."""
    lines = [line.rstrip() for line in content.split("\n") if line.strip()]
    items = sum(_ITEM.match(line) is not None or "](" in line for line in lines)
    prose = sum(len(line) >= PROSE and line[-1] in TERMINAL for line in lines)
    return 2 * (items + prose) < len(lines)


def _without_tags(html: str) -> Iterator[str]:
    """Pieces of a text outside its tags, comments and scripts, their line ends kept."""
    at = 0
    endless: set[str] = set()  # what has no end from some place on has none behind it
    for start in _TAG.finditer(html):
        if start.start() < at:
            continue
        kind = (start[1] or start[2] or "").lower()
        end = None
        if kind and kind not in endless:
            end = re.compile(_ENDS[kind]).search(html, start.end())
            if end is None:
                endless.add(kind)
        end = end or _TAG_END.match(html, start.end())
        if end is not None:
            yield html[at : start.start()]
            yield "\n" * html.count("\n", start.start(), end.end()) + " "
            at = end.end()
    yield html[at:]


def _html(token: Token, first: int) -> Iterator[tuple[int, _Line]]:
    """Lines of HTML inside Markdown, their tags taken off; headings stay headings."""
    content = token.content
    if (closed := content.rfind("-->")) < content.rfind("<!--"):  # one that never ends
        content = content[: closed + 1] + content[closed + 1 :].replace("<!--", "")
    content = "".join(_without_tags(content))
    tags = token.content.split("\n")
    for number, line in enumerate(content.rstrip("\n").split("\n"), first):
        text = " ".join(decode_entities(line).split())
        head = re.match(r"\s*<h([1-6])\b", tags[number - first])
        mark = Mark("heading", int(head[1]), text) if head and text else NO_MARK
        yield number, _Line(text, mark)
