"""What kind of page a page is, and how likely it is that it has a story.

A table of weights, a row a sign (`page_features.py`): the rows of the signs that a page has are
added up, and the sums are the page's scores. The weights are whole numbers, so the sums are exact.
`data/page-types.model` holds a line of JSON, the header, and the table; `python -m lab page-types`
writes it.
"""

from array import array
from functools import cache
from math import exp
from sys import byteorder

from msgspec import DecodeError, Struct
from msgspec.json import decode as decode_json

from articlecli.core import core_runs
from articlecli.document import Document
from articlecli.errors import ModelError
from articlecli.model.file import MOST, TYPES, UNSIGNED, Rows, cut_header, model_bytes
from articlecli.model.page_counts import WORDS, Counts
from articlecli.model.page_features import (
    BUCKETS,
    SHAPES,
    VERSION,
    ZONES_USED,
    other_features,
    page_features,
)
from articlecli.text.phrases import load_phrases
from articlecli.zone import PAGE_KINDS, PageKind, Zone

WIDTH = len(PAGE_KINDS) + 1
"""Scores of a page: one a type, and one for having a story."""
STORY, STORY_OF_LISTS = 0.3, 0.7
"""Probability of a story from which a page has one; of a page that looks like a list of others.
Chosen on one fold of sites apart from those trained on: of 502 stories 6 are lost, of 108 pages
without one 43 are given one; with one half for both, 8 and 40."""
FORMAT = 1
OF_ENTRIES = frozenset({"listing", "collection"})
"""Types whose pages consist of entries: announcements of other pages of the site."""


class Header(Struct, frozen=True):
    """The first line of the file."""

    format: int
    features: int
    unit: float
    """What a sum of 1 is worth, in logits."""
    bias: tuple[float, ...]
    """Logits that each score begins with."""
    trained: str
    """Day, ISO 8601."""
    command: str
    pages: int
    """Pages trained on."""


class PageType(Struct, frozen=True):
    """What a page is."""

    name: PageKind
    confidence: float
    """Probability that it is of this type, 0–1."""
    story: float
    """Probability that it has a story of its own, 0–1."""

    @property
    def has_story(self) -> bool:
        """Whether the page has a story; the claim that it has none needs evidence."""
        return self.story >= (STORY_OF_LISTS if self.name in OF_ENTRIES else STORY)


class TypeModel(Struct, frozen=True):
    """Weights of the types."""

    header: Header
    rows: Rows


@cache
def load_types() -> TypeModel:
    """The weights that ship with the package.

    Raises:
        ModelError: The file is missing, changed, or made for other signs.

    """
    try:
        head, table = cut_header(model_bytes(TYPES))
        header = decode_json(head, type=Header)
    except (DecodeError, ValueError) as error:
        raise ModelError(f"the page types cannot be read ({error}); reinstall articlecli") from None
    if (header.format, header.features, len(table)) != (FORMAT, VERSION, BUCKETS * WIDTH):
        raise ModelError("the page types were made for another version; reinstall articlecli")
    return TypeModel(header, Rows(table, WIDTH))


def page_type(document: Document, counts: Counts) -> PageType:
    """The type of a page; `other` for one without blocks.

    Args:
        document: The page.
        counts: Of its blocks, from `count_page`.

    Raises:
        ModelError: As `load_types`.

    """
    if not document.blocks:
        return PageType("other", 1.0, 0.0)
    scores = page_scores(document, counts)
    best = max(range(len(PAGE_KINDS)), key=scores.__getitem__)
    shares = [exp(max(score - scores[best], -30.0)) for score in scores[: len(PAGE_KINDS)]]
    story = 1 / (1 + exp(-min(max(scores[-1], -30.0), 30.0)))
    return PageType(PAGE_KINDS[best], round(1 / sum(shares), 3), round(story, 3))


def page_scores(document: Document, counts: Counts) -> list[float]:
    """Logits of each type, and of a story."""
    header = load_types().header
    sums = row_sums(document, counts)
    return [total * header.unit + bias for total, bias in zip(sums, header.bias, strict=True)]


def row_sums(document: Document, counts: Counts) -> list[int]:
    """The sum of the rows of all signs that a page has, a number a score."""
    if core_runs():
        from articlecli._core import page_sums  # there only where it was built

        declares = document.declared is not None
        return page_sums(_tables(), counts, other_features(document), declares)
    return by_python(document, counts)


@cache
def _tables() -> object:
    """What the core adds up; each table stands where Python has it."""
    from articlecli._core import type_tables  # likewise

    return type_tables(
        Counts, load_types().rows.table, WIDTH, (WORDS, SHAPES), load_phrases().names, tuple(Zone),
        ZONES_USED,
    )  # fmt: skip


def by_python(document: Document, counts: Counts) -> list[int]:
    """The form that says what is right, and runs where no core was built."""
    features, row = page_features(document, counts), load_types().rows.__getitem__
    sums = [0] * WIDTH
    for start in range(0, len(features), MOST):
        some = features[start : start + MOST]
        lanes = array("H")
        lanes.frombytes(sum(map(row, some)).to_bytes(2 * WIDTH, "little"))
        if byteorder == "big":
            lanes.byteswap()
        sums = [a + b - UNSIGNED * len(some) for a, b in zip(sums, lanes, strict=True)]
    return sums
