"""Pages of text by the core: what `rows.read_rows` and `paragraphs.join` do, done in C.

Those say what is done and why, and run where no core was built. Here stands only what is handed
over to the core, which asks Python back for what few lines have. `tests/laws/test_core_blocks.py`
holds both to the same answers.
"""

from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from articlecli._core import join as joined
from articlecli._core import joiner, read_rows, reader
from articlecli._core import rows as rows_of
from articlecli.blocks import glued, grids, joining, listing, printed, verse
from articlecli.blocks.marks import BULLETS, NO_MARK, bullet, columns
from articlecli.blocks.rows import ODD, Row
from articlecli.document import Block, Span
from articlecli.text.characters import WHITE, shown
from articlecli.text.joints import HYPHEN_SIGNS
from articlecli.text.sentences import CLOSERS, LONG, OPENERS, SPEECH, TERMINAL


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
    calls = (NO_MARK, shown, bullet, columns, grids.shape_of, grids.grid_of,
             printed.sheet_number, _class_of, listing.is_sure, listing.WORDS)  # fmt: skip
    sets = (WHITE, ODD, _signs(BULLETS), _signs(listing.SIGNS), _signs(grids.ENDS))
    numbers = (listing.WIDEST, grids.CELL, grids.LEAST, grids.WIDEST, glued.FIRST, *glued.HEADLINE,
               glued.SPACES, glued.MENU, glued.END, glued.ONE_LINE, glued.LONGEST,
               _percent(glued.SHARE), printed.LONGEST, printed.SHEET)  # fmt: skip
    return reader(calls, sets, numbers)


@cache
def _joiner() -> object:
    calls = (Row, Block, NO_MARK, joining.continues, _block_of, joining.page_words,
             verse.verse_lines, _class_of)  # fmt: skip
    sets = tuple(map(_signs, (TERMINAL, CLOSERS, OPENERS, HYPHEN_SIGNS, SPEECH, verse.OPEN)))
    numbers = (LONG, joining.NAME, joining.BYLINE, joining.MANY_HYPHENS, _percent(joining.HYPHENS),
               *joining.WIDTHS, joining.ADDRESS, _percent(joining.NEAR), joining.LEAST_FULL,
               _percent(joining.FULL), _percent(joining.GOING_ON), verse.LONGEST, verse.STANZA,
               verse.POEM)  # fmt: skip
    return joiner(calls, sets, numbers)


def _block_of(run: list[Row], known: frozenset[str]) -> Block:
    from articlecli.blocks.paragraphs import block_of

    return block_of(run, known)


def _signs(of: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(of))


def _percent(share: float) -> int:
    return round(100 * share)
