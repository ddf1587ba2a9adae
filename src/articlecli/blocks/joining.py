"""Lines → paragraphs: hard wrapping, sentences cut at links, words cut at the end of a line."""

from collections.abc import Sequence

from articlecli.blocks.marks import NO_MARK
from articlecli.blocks.measures import (
    ADDRESS,
    BYLINE,
    FULL,
    GOING_ON,
    HYPHENS,
    LEAST_FULL,
    LINK,
    MANY_HYPHENS,
    NEAR_WIDTH,
    WIDTHS,
)
from articlecli.blocks.rows import Row
from articlecli.text.joints import ends_inside_word, join_texts
from articlecli.text.lexicon import words_of
from articlecli.text.patterns import lazy
from articlecli.text.sentences import HYPHEN_SIGNS, LONG, TERMINAL, goes_on

_WORD = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_YEAR = lazy(r"(?:19|20)\d\d")


def wrap_width(rows: Sequence[Row]) -> int | None:
    """Column at which the page was hard-wrapped, `None` where it was not.

    A wrapped line is full: the next line's first word would not have fitted. Where most of the
    longer lines are full in that sense, the page was wrapped, provided that some of them go on as
    a paragraph does: summaries all cut at the same length are full too.
    """
    longest = 0
    for row in rows:
        # A long address may stick out of any column.
        if " " in row.text or len(row.text) < ADDRESS or not row.text.isascii():
            longest = max(longest, row.end - row.start)
    narrow, usual, wide = WIDTHS
    if not narrow <= longest <= wide or (longest < usual and not is_hyphenated(rows)):
        return None
    full = candidates = going_on = 0
    for row, after in zip(rows, rows[1:], strict=False):
        if row.end - row.start >= NEAR_WIDTH * longest:
            candidates += 1
            if after.gap == 0 and _is_full(row, after, longest):
                full += 1
                # In a script without spaces and capitals the stop at a line's end tells.
                unspaced = after.text[0] >= "\u2e80"
                long = after.end - after.start >= NEAR_WIDTH * longest
                going_on += (
                    row.text[-1] not in TERMINAL if unspaced else long or after.text[0].islower()
                )
    wrapped = full >= LEAST_FULL and full >= FULL * candidates and going_on >= GOING_ON * full
    return longest if wrapped else None


def is_hyphenated(rows: Sequence[Row]) -> bool:
    """Whether words are cut at the ends of the page's lines."""
    if not any(row.text[-1] in HYPHEN_SIGNS for row in rows):
        return False
    found = running = 0
    for row, after in zip(rows, rows[1:], strict=False):
        if after.gap == 0 and after.text[0].islower() and row.text[-1] not in TERMINAL:
            running += 1
            found += ends_inside_word(row.text, after.text)
    return found >= MANY_HYPHENS and found >= HYPHENS * running


def _is_full(row: Row, after: Row, width: int) -> bool:
    if ends_inside_word(row.text, after.text):
        return True
    first = after.text[0]
    word = first if first >= "\u2e80" else after.text.split(" ", 1)[0]
    return row.end - row.start + 1 + len(word) > width


def continues(run: Sequence[Row], row: Row, after: Row | None, width: int | None) -> bool:
    """Whether `row` goes on with the block that `run` began."""
    last = run[-1]
    if row.mark.kind == "code":
        # One listing, blank lines inside included.
        return last.mark.kind == "code" and row.mark.level == last.mark.level
    if row.silent or (run[0].silent and all(one.silent and not one.field for one in run)):
        return True
    if row.gap or row.cut or row.field or last.field:
        return False
    if row.mark.kind == "table" or last.mark.kind == "table":
        return False
    if row.mark.kind == "quote" and last.mark.kind == "quote":
        return True
    if row.joined:
        return True
    if row.mark is not NO_MARK or last.mark.kind in ("heading", "code"):
        return False
    if ends_inside_word(last.text, row.text):
        return True
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
        and len(row.text) < LINK
        and not _YEAR.search(row.text)  # a date line between headline and byline is no link
        and not _is_byline(after.text, None)
        and not (len(run) == 1 and _is_byline(row.text, None))
        and not _dates(after.text)
        and goes_on(row.text, after.text, long=LONG)
    )


def _is_byline(text: str, after: Row | None) -> bool:
    """Whether a line that begins in lower case is "by Anna Berg", and no cut sentence."""
    words = text.split()
    return (
        words[0].lower() in words_of("by")
        and 2 <= len(words) <= BYLINE
        and all(word[0].isupper() for word in (words[1], words[-1]))
        and (after is None or not goes_on(text, after.text, long=LONG))
    )


def _dates(text: str) -> bool:
    """Whether a line in small letters is a date or a time ("le 12 mars 2024", "hace 3 horas")."""
    return len(text) < 40 and text[-1] not in TERMINAL and any(char.isdigit() for char in text)


def page_words(rows: Sequence[Row]) -> frozenset[str]:
    """All words of a page that is set with hyphenation, in small letters; none of another."""
    if not is_hyphenated(rows):
        return frozenset()
    return frozenset(word for row in rows for word in _WORD.findall(row.text.lower()))


def join_rows(run: Sequence[Row], known: frozenset[str]) -> str:
    """The text of rows that are one paragraph; `known` as from `page_words`."""
    parts = [run[0].mark.text if run[0].mark.kind else run[0].text]
    for row in run[1:]:
        # Only the last line is looked at: a paragraph may be as long as the page.
        joined = join_texts(parts[-1], row.text, known)
        parts[-1:] = [joined[: len(joined) - len(row.text)], row.text]
    return "".join(parts)
