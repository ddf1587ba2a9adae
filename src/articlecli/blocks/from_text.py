"""Lines of a flattened page → blocks, whatever program flattened it.

Three things are undone here: hard wrapping (80-column text, html2text), sentences cut at links
(one line a text node), and a headline glued to the menu in front of it. Each is undone only on
evidence from the page itself; in doubt a line stays a block of its own, since the zone model sees
the neighbours anyway and a wrong join cannot be mended later.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from articlecli.blocks.marks import BULLETS, NO_MARK, OPENING, RULE, Mark, bullet, columns
from articlecli.document import Block, Kind, Span
from articlecli.text.lexicon import words_of
from articlecli.text.sentences import CLOSERS, LONG, OPENERS, TERMINAL, goes_on

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_INSIDE_WORDS = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Those of them that stand inside words: they go without a trace, the others part words."""


_YEAR = re.compile(r"(?:19|20)\d\d")


class Row(Struct):
    """One non-blank line, or one part of a line that was cut in two."""

    number: int
    start: int
    end: int
    text: str
    gap: int
    mark: Mark


def text_blocks(text: str, lines: Sequence[Span], *, markdown: bool = False) -> list[Block]:
    """Blocks of a page that is text.

    Args:
        text: The decoded page.
        lines: Where its lines begin and end.
        markdown: Take `#`, `-`, `>`, fences, tables and inline marks for what they mean.

    Returns:
        Blocks in page order. Every non-blank line is in exactly one, save a line cut in two.

    """
    rows = _rows(text, lines, markdown=markdown)
    rows = _cut_glued(rows, text)
    width = wrap_width(rows)
    blocks: list[Block] = []
    run: list[Row] = []
    for index, row in enumerate(rows):
        after = rows[index + 1] if index + 1 < len(rows) else None
        if run and _continues(run, row, after, width):
            run.append(row)
            continue
        if run:
            blocks.append(_block(run))
        run = [row]
    if run:
        blocks.append(_block(run))
    return blocks


def _rows(text: str, spans: Sequence[Span], *, markdown: bool) -> list[Row]:
    if markdown:
        from articlecli.blocks.markdown import clean_inline, fenced_lines, markdown_mark
    hidden = _INVISIBLE.search(text) is not None
    fenced = fenced_lines(text, spans) if markdown else {}
    rows: list[Row] = []
    gap = 0
    for number, (start, end) in enumerate(spans, 1):
        raw = text[start:end]
        if hidden:
            raw = _INVISIBLE.sub(" ", _INSIDE_WORDS.sub("", raw))
        folded = " ".join(raw.split())
        if not folded:
            if not text[start:end].strip():
                gap += 1
                continue
            folded = "\ufffd"  # only invisible characters, yet not blank: it must be accounted for
        mark = NO_MARK
        if number in fenced:
            mark = fenced[number]
        elif markdown:
            mark = markdown_mark(raw)
            folded = clean_inline(folded) or folded
        elif folded[0] in BULLETS:
            mark = bullet(folded)
        elif "\t" in raw or "   " in raw:
            mark = columns(raw)
        whole = text[start:end].rstrip()
        rows.append(Row(number, start, start + len(whole), folded, gap, mark))
        gap = 0
    return rows if markdown else _without_lone_columns(rows)


def _without_lone_columns(rows: list[Row]) -> list[Row]:
    """A table has two rows alike at least: one line with a wide gap in it is text."""
    for i, row in enumerate(rows):
        if row.mark.kind != "table":
            continue
        near = [rows[j] for j in (i - 1, i + 1) if 0 <= j < len(rows)]
        if not any(other.mark.level == row.mark.level for other in near):
            rows[i] = Row(row.number, row.start, row.end, row.text, row.gap, NO_MARK)
    return rows


def _cut_glued(rows: list[Row], text: str) -> list[Row]:
    """Cut lines that hold a headline of the page after or before something else.

    "Home News Sport Storm hits the coast" is cut where a line "Storm hits the coast" stands
    elsewhere on the page. "Storm hits the coast - The Daily" is not: there a separator says that
    the page's title is meant, and taking the site's name off a title is the article stage's work.
    """
    heads: dict[str, str] = {}
    tails: dict[str, str] = {}
    for row in rows[:80]:  # a headline and its copies stand at the head of the page
        if 25 <= len(row.text) <= 150 and row.text.count(" ") >= 3:
            for known, end in ((heads, row.text[:12]), (tails, row.text[-12:])):
                if len(known.get(end, row.text)) >= len(row.text):
                    known[end] = row.text
    out: list[Row] = []
    for row in rows:
        size = len(row.text)
        if row.mark is NO_MARK and size > 30 and "](" not in text[row.start : row.end]:
            tail = tails.get(row.text[-12:], row.text)
            if size > len(tail) + 2 and row.text.endswith(tail):
                if _is_menu(row.text[: -len(tail)]):
                    out += _cut(row, size - len(tail), text)
                    continue
            head = heads.get(row.text[:12], row.text)
            if size > len(head) + 2 and row.text.startswith(head):
                if _begins(row.text[len(head) :].lstrip()):
                    out += _cut(row, len(head), text)
                    continue
        out.append(row)
    return out


def _is_menu(words: str) -> bool:
    """Whether what stands before a headline is a menu: most of its words are capitalised."""
    each = words.split()
    named = sum(not word[0].islower() for word in each)
    return bool(each) and each[-1][-1].isalnum() and named >= 0.6 * len(each)


def _begins(rest: str) -> bool:
    """Whether what follows a headline begins something of its own, and is not its sentence."""
    return rest[:1].isalnum() and not rest[0].islower()


def _cut(row: Row, at: int, text: str) -> list[Row]:
    """The two parts of a line cut after `at` characters of its folded text."""
    # White space inside the line was folded: count what can be seen.
    left = sum(not char.isspace() for char in row.text[:at])
    place = row.start
    while left and place < row.end:
        left -= not (text[place].isspace() or _INVISIBLE.match(text[place]))
        place += 1
    return [
        Row(row.number, row.start, place, row.text[:at].strip(), row.gap, NO_MARK),
        Row(row.number, place, row.end, row.text[at:].strip(), 0, NO_MARK),
    ]


def wrap_width(rows: list[Row]) -> int | None:
    """Column at which the page was hard-wrapped, `None` where it was not.

    A wrapped line is full: the next line's first word would not have fitted. Where most of the
    longer lines are full in that sense, the page was wrapped, provided that some of them go on as
    a paragraph does: summaries all cut at the same length are full too.
    """
    longest = 0
    for row in rows:
        # A long address may stick out of any column.
        if " " in row.text or len(row.text) < 60 or not row.text.isascii():
            longest = max(longest, row.end - row.start)
    if not 40 <= longest <= 130:
        return None
    full = candidates = going_on = 0
    for row, after in zip(rows, rows[1:], strict=False):
        if row.end - row.start >= 0.75 * longest:
            candidates += 1
            if after.gap == 0 and _is_full(row, after, longest):
                full += 1
                # In a script without spaces and capitals the stop at a line's end tells.
                unspaced = after.text[0] >= "\u2e80"
                long = after.end - after.start >= 0.75 * longest
                going_on += (
                    row.text[-1] not in TERMINAL if unspaced else long or after.text[0].islower()
                )
    wrapped = full >= 3 and full >= 0.5 * candidates and going_on >= 0.3 * full
    return longest if wrapped else None


def _is_full(row: Row, after: Row, width: int) -> bool:
    first = after.text[0]
    word = first if first >= "\u2e80" else after.text.split(" ", 1)[0]
    return row.end - row.start + 1 + len(word) > width


def _continues(run: list[Row], row: Row, after: Row | None, width: int | None) -> bool:
    """Whether `row` goes on with the block that `run` began."""
    last = run[-1]
    if row.mark.kind == "code" and last.mark.kind == "code":
        return row.mark.level != OPENING  # one fence, blank lines inside included
    if row.gap or row.number == last.number:
        return False
    if row.mark.kind == "table" or last.mark.kind == "table":
        return row.mark.level == RULE and last.mark.kind == "table"
    if row.mark.kind == "quote" and last.mark.kind == "quote":
        return True
    if row.mark is not NO_MARK or last.mark.kind in ("heading", "code"):
        return False
    if width is not None:
        return _is_full(last, row, width)
    if goes_on(last.text, row.text):
        return not (len(run) == 1 and _is_byline(row.text, after))
    # "… said the mayor" / "Anna Berg" / "in an interview": the middle piece is a link.
    return (
        after is not None
        and after.gap == 0
        and after.mark is NO_MARK
        and len(last.text) > LONG
        and last.text[-1] not in TERMINAL
        and len(row.text) < 60
        and not _YEAR.search(row.text)  # a date line between headline and byline is no link
        and not _is_byline(after.text, None)
        and goes_on(row.text, after.text, long=LONG)
    )


def _is_byline(text: str, after: Row | None) -> bool:
    """Whether a line that begins in lower case is "by Anna Berg", and no cut sentence."""
    words = text.split()
    return (
        words[0] in words_of("by")
        and 2 <= len(words) <= 6
        and all(word[0].isupper() for word in (words[1], words[-1]))
        and (after is None or not goes_on(text, after.text, long=LONG))
    )


def _block(run: list[Row]) -> Block:
    first, last = run[0], run[-1]
    mark = first.mark
    kind: Kind | None = mark.kind
    if kind == "code":
        lines = ["\n" * (row.gap if i else 0) + row.mark.text for i, row in enumerate(run)]
        text = "\n".join(line for line in lines if line.strip("\n"))
    elif kind == "quote":
        text = " ".join(row.mark.text for row in run)
    else:
        alone = len(run) == 1 or kind == "table"
        text = (mark.text if kind else first.text) if alone else _join(run)
    return Block(
        text=text or first.text,
        lines=(first.number, last.number),
        span=(first.start, last.end),
        gap=first.gap,
        kind=kind,
        level=mark.level if kind in ("heading", "list_item") else 0,
    )


def _join(run: list[Row]) -> str:
    text = run[0].mark.text if run[0].mark.kind else run[0].text
    for row in run[1:]:
        tight = (
            row.text[0] in CLOSERS
            or text[-1] in OPENERS
            or (text[-1] > "\u2e7f" and row.text[0] > "\u2e7f")  # scripts without spaces
            or (text[-1] == "-" and text[-2:-1].isalpha() and row.text[0].islower())
        )
        text += row.text if tight else " " + row.text
    return text
