"""Article → Markdown that renders as the article's words, whatever characters they hold."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile
from urllib.parse import quote

from msgspec.structs import replace

from articlecli.document import Image
from articlecli.output import Article, BodyPart, Teaser
from articlecli.write.escaping import printable
from articlecli.write.front_matter import front_matter as yaml_head
from articlecli.write.inline import Stretch, stretches, written
from articlecli.write.lists import cells, runs

INDENT = 4
"""Spaces of an item below another: enough for every renderer, and too few for code."""
_INLINE = re.compile(r"([\\`*\[\]<>~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;))")
_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|(?:-+|=+|_{3,})$)")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def to_markdown(
    article: Article,
    *,
    teasers: bool = False,
    links: bool = False,
    images: bool = False,
    front_matter: bool = False,
) -> str:
    """Markdown of one article, ending in a line end; empty where there is nothing to print.

    Args:
        article: The article.
        teasers: Append the teasers.
        links: Keep the links in the story's text.
        images: Put the story's pictures where the page has them.
        front_matter: Begin with what is known of the article, as YAML, the title among it and not
            above the text: what reads front matter prints the title itself.

    """
    groups: list[str] = []
    waiting = list(article.images) if images else []
    if article.lead:
        groups += [f"**{escape(line)}**" for line in article.lead.split("\n\n")]
    for kind, run in runs(article.body):
        parts = [part if links else replace(part, links=()) for part in run]
        groups += _pictures_above(parts[0], waiting)
        if kind == "list_item":
            groups.append(_list(parts))
        elif kind == "table":
            groups.append(_table(parts))
        else:
            # Paragraphs of one quotation are held together by the mark between them.
            groups.append("\n>\n".join(map(_part, parts)))
    groups += map(_picture, waiting)
    groups += _teasers(article.entries)
    if teasers:
        groups += _teasers(article.teasers)
    if front_matter:
        groups.insert(0, yaml_head(article).rstrip())
    elif article.title and groups:
        groups.insert(0, "# " + _heading(escape(article.title)))
    return printable("\n\n".join(groups)) + "\n" if groups else ""


def escape(text: str) -> str:
    """Text with every character escaped that Markdown would take for a mark."""
    text = _INLINE.sub(r"\\\1", text)
    text = _START.sub(r"\\\1", text)
    return _NUMBER.sub(r"\1\\\2", text)


def _pictures_above(part: BodyPart, waiting: list[Image]) -> list[str]:
    """Pictures that stand above a part, taken from those that wait."""
    first = part.lines[0][0] if part.lines else 0
    above = list(takewhile(lambda image: image.block < first, waiting))
    del waiting[: len(above)]
    return [_picture(image) for image in above]


def _picture(image: Image) -> str:
    return f"![{escape(image.alt)}]({_address(image.source)})"


def _address(target: str) -> str:
    """An address that ends where it should: spaces and brackets would end it early."""
    return re.sub(r"[\s()<>]", lambda sign: quote(sign[0], safe=""), target)


def _words(part: BodyPart, where: tuple[int, int] | None = None) -> str:
    """Words of a part, escaped, with its links and marks."""
    text, ends = part.text, set[int]()

    def write(one: Stretch, words: str) -> str:
        if one.kind == "link":
            return f"[{words}]({_address(one.target)})"
        outside = text[one.start - 1 : one.start], text[one.end : one.end + 1]
        # Signs that touch are taken for one sign.
        if one.start in ends or not (one.kind == "code" or _stands_out(words, *outside)):
            return words
        ends.add(one.end)
        if one.kind == "code":
            code = _code(text[one.start : one.end])
            return code.replace("|", "\\|") if part.kind == "table" else code
        sign = "**" if one.kind == "strong" else "*"
        return f"{sign}{words}{sign}"

    made = written(text, stretches(text, part.links, part.marks), escape, write, part=where)
    if len(part.marks) < 2 or _reads_as(made, text[slice(*where)] if where else text):
        return made
    # Signs of marks that touch inside a word may be read otherwise than they are meant.
    return written(text, stretches(text, part.links, ()), escape, write, part=where)


def _reads_as(made: str, text: str) -> bool:
    """Whether a reader of Markdown sees these words in it."""
    from markdown_it import MarkdownIt  # few parts have two marks

    tokens = MarkdownIt("commonmark").parseInline(made.replace("\\|", "|"))
    seen = "".join(one.content or " " * (one.type == "softbreak")
                   for token in tokens for one in token.children or ())  # fmt: skip
    return seen.split() == text.split()


def _stands_out(words: str, before: str, after: str) -> bool:
    """Whether signs about words are taken for emphasis (CommonMark's flanking runs)."""
    words = words.strip("*")
    return bool(words) and all(
        not inner.isspace() and (not _is_sign(inner) or not outer or outer.isspace()
                                 or _is_sign(outer))
        for outer, inner in ((before, words[0]), (after, words[-1]))
    )  # fmt: skip


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _code(text: str) -> str:
    """Code in a line: more backticks about it than are in it."""
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{gap}{text}{gap}{ticks}"


def _heading(text: str) -> str:
    """Text of a heading: number signs at its end would be taken for the heading's own."""
    return re.sub(r"(?<=\s)(?=#+$)", r"\\", text)


def _list(items: Iterable[BodyPart]) -> str:
    lines: list[str] = []
    # Widths of the marks that an item stands under: its own begins below their text. A list begins
    # at the margin and goes one step deeper at a time: more would be code.
    widths: list[int] = []
    for item in items:
        del widths[max(item.level - 1, 0) :]
        number = re.match(r"(\d{1,3}[.)]) (.+)", item.text, re.DOTALL)
        mark, start = (number[1], number.start(2)) if number else ("-", 0)
        if item.number and not number:
            mark = f"{item.number}."
        lines.append(" " * sum(widths) + f"{mark} {_words(item, (start, len(item.text)))}")
        widths.append(max(INDENT, len(mark) + 1))
    return "\n".join(lines)


def _table(parts: Iterable[BodyPart]) -> str:
    rows = []
    for part in parts:
        rows.append([_words(part, cell) for cell in cells(part)])
    # The head has as many cells as the widest row: cells beyond it would be lost.
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row) + " |" + " |" * (width - len(row)) for row in rows]
    lines.insert(1, "|---" * width + "|")
    return "\n".join(lines)


def _part(part: BodyPart) -> str:
    if part.kind == "heading":
        return "#" * min(max(part.level, 2), 6) + " " + _heading(_words(part))
    if part.kind == "quote":
        return "> " + _words(part)
    if part.kind == "code":
        ticks = max((len(run) for run in re.findall(r"`{3,}", part.text)), default=2) + 1
        fence = "`" * max(ticks, 3)
        return f"{fence}\n{part.text}\n{fence}"
    if part.kind == "caption":
        return f"*{_words(replace(part, marks=()))}*"
    return _words(part)


def _teasers(teasers: Iterable[Teaser]) -> list[str]:
    groups: list[str] = []
    section: str | None = None
    for teaser in teasers:
        if teaser.section and teaser.section != section:
            groups.append("## " + escape(teaser.section))
        section = teaser.section
        title = f"**{escape(teaser.title)}**" if teaser.title else ""
        if title and teaser.url:
            title = f"[{title}]({_address(teaser.url)})"
        lines = [title, *(escape(line) for line in (teaser.meta, teaser.summary) if line)]
        groups.append("  \n".join(line for line in lines if line))
    return groups
