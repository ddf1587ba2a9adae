"""Pages of text by the core: what `rows.read_rows` and `paragraphs.join` do, done in C.

Those say what is done and why, and run where no core was built. Here stands only what is handed
over to the core, which asks Python back for what few lines have. `tests/laws/test_core_blocks.py`
holds both to the same answers.
"""

from collections.abc import Callable, Collection, Sequence
from functools import cache, lru_cache

from articlecli._core import join as joined
from articlecli._core import joiner, read_rows, reader
from articlecli._core import rows as rows_of
from articlecli.blocks.marks import BULLETS, NO_MARK, bullet, columns
from articlecli.blocks.measures import (
    ADDRESS,
    BYLINE,
    CELL,
    CELL_ENDS,
    CODE_SIGNS,
    CODE_WIDTH,
    CODE_WORDS,
    FULL,
    GOING_ON,
    HEADLINE_END,
    HEADLINE_ROWS,
    HEADLINE_SPACES,
    HEADLINE_WIDTHS,
    HYPHENS,
    LEAST_FULL,
    LEAST_ROWS,
    LINK,
    LONGEST_LINE,
    MANY_HYPHENS,
    MENU_WIDTH,
    MOST_COLUMNS,
    NEAR_WIDTH,
    ONE_LINE,
    ONE_LINE_SHARE,
    POEM,
    SHEET_NUMBER,
    SHEET_ROWS,
    STANZA,
    VERSE_ENDS,
    VERSE_WIDTH,
    WIDTHS,
)
from articlecli.blocks.rows import ODD, Row
from articlecli.document import Block, Span
from articlecli.late import load
from articlecli.text.characters import WHITE, shown
from articlecli.text.sentences import CLOSERS, HYPHEN_SIGNS, LONG, OPENERS, SPEECH, TERMINAL


def plain_blocks(text: str, lines: Sequence[Span]) -> list[Block]:
    """Blocks of a page of plain text with line ends of one kind.

    Where no pass over its rows has anything to do, Python sees none of them.
    """
    rows, has, code = read_rows(_reader(), text, lines)
    if has or code:
        from articlecli.blocks.passes import passed  # few pages need one

        return join(passed(text, rows_of(Row, rows), has, code))
    return joined(_joiner(), rows)


def join(rows: list[Row]) -> list[Block]:
    """As `paragraphs.join`."""
    return joined(_joiner(), rows)


@lru_cache(maxsize=4096)
def _class_of(code: int) -> int:
    """What a character is, in bits: a letter, a small one, a letter or a digit, a numeral."""
    char = chr(code)
    numeral = char.isnumeric() and not char.isdecimal()
    return char.isalpha() | char.islower() << 1 | char.isalnum() << 2 | numeral << 3


@cache
def _reader() -> object:
    calls = (NO_MARK, shown, bullet, columns, _late("grids", "shape_of"), _late("grids", "grid_of"),
             _late("printed", "sheet_number"), _class_of, _late("listing", "is_sure"),
             CODE_WORDS)  # fmt: skip
    sets = (WHITE, ODD, _signs(BULLETS), _signs(CODE_SIGNS), _signs(CELL_ENDS))
    numbers = (CODE_WIDTH, CELL, LEAST_ROWS, MOST_COLUMNS, HEADLINE_ROWS, *HEADLINE_WIDTHS,
               HEADLINE_SPACES, MENU_WIDTH, HEADLINE_END, ONE_LINE, LONGEST_LINE,
               _percent(ONE_LINE_SHARE), SHEET_NUMBER, SHEET_ROWS)  # fmt: skip
    return reader(calls, sets, numbers)


@cache
def _joiner() -> object:
    calls = (Row, Block, NO_MARK, _late("joining", "continues"), _late("paragraphs", "block_of"),
             _late("joining", "page_words"), _late("verse", "verse_lines"), _class_of)  # fmt: skip
    sets = tuple(map(_signs, (TERMINAL, CLOSERS, OPENERS, HYPHEN_SIGNS, SPEECH, VERSE_ENDS)))
    numbers = (LONG, LINK, BYLINE, MANY_HYPHENS, _percent(HYPHENS), *WIDTHS, ADDRESS,
               _percent(NEAR_WIDTH), LEAST_FULL, _percent(FULL), _percent(GOING_ON), VERSE_WIDTH,
               STANZA, POEM)  # fmt: skip
    return joiner(calls, sets, numbers)


def _late(module: str, name: str) -> Callable[..., object]:
    """A function of this folder that the core asks of few lines, loaded with its first question."""

    def asked(*args: object) -> object:
        return load(f"blocks.{module}", name)(*args)

    return asked


def _signs(of: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(of))


def _percent(share: float) -> int:
    return round(100 * share)
