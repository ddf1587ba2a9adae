# What the core gives; `src/core/module.c` has it. Capsules are `object`s here.

from array import array
from collections.abc import Callable, Iterable, Sequence
from mmap import mmap
from typing import TypeVar

from selectolax.lexbor import LexborNode

from articlecli.blocks.rows import Row
from articlecli.document import Block, Image, Kind, Span, Verdict
from articlecli.evidence import Evidence
from articlecli.model.page_counts import Counts
from articlecli.output import Removed
from articlecli.rules.sight import Signs
from articlecli.zone import Zone

_T = TypeVar("_T")

VERSION: int  # of its calls, as `core.py` has it
SOURCES: str  # sum of the sources that it was built from

def sha256(data: bytes | mmap, /) -> str | None: ...
def where_zones_are(every: tuple[Zone, ...], zones: Sequence[Zone], /) -> dict[Zone, list[int]]: ...
def line_spans(text: str, /) -> list[Span]: ...
def holding(lines: list[str], part: str, /) -> list[int]: ...
def reader(
    calls: tuple[object, ...], sets: tuple[tuple[str, ...], ...], numbers: tuple[int, ...], /
) -> object: ...
def read_rows(
    reader: object, text: str, spans: Sequence[Span], /
) -> tuple[object, int, set[int]]: ...
def rows(make: type[Row], rows: object, /) -> list[Row]: ...
def joiner(
    calls: tuple[object, ...], sets: tuple[tuple[str, ...], ...], numbers: tuple[int, ...], /
) -> object: ...
def join(joiner: object, rows: object, /) -> list[Block]: ...
def network(
    table: bytes | memoryview,
    width: int,
    numbers: bytes | memoryview,
    shifts: tuple[tuple[int, int], ...],
    /,
) -> object: ...
def scores(network: object, features: object, /) -> list[tuple[int, ...]]: ...
def evidence_tables(
    make: type[Evidence],
    count_words: Callable[[str], int],
    folded: bytes,
    leads: bytes,
    terminal: str,
    closing: str,
    edges: str,
    line_edges: str,
    words: tuple[int, int, int],
    reaches: tuple[int, int],
    names: str,
    lines: str,
    /,
) -> object: ...
def evidence(tables: object, texts: list[str], /) -> tuple[Evidence, ...]: ...
def source(
    page: str,
    tags: tuple[tuple[str, str, tuple[str, ...]], ...],
    words: tuple[tuple[str, tuple[str, ...]], ...],
    /,
) -> tuple[int, int, int, int]: ...
def odd_signs(text: str, /) -> tuple[int, int, int]: ...
def few_names(page: str, most: int, /) -> bool: ...
def said(
    letters: Callable[[str], str],
    lines: str,
    headline: str,
    title: str,
    description: str,
    body: str,
    authors: tuple[str, ...],
    sizes: tuple[int, int, int, int, int],
    /,
) -> list[tuple[int, int]]: ...
def confidences(
    rounded: Callable[[int], float],
    classes: tuple[type[Block], type[Verdict]],
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    /,
) -> tuple[int, int, list[float]]: ...
def with_figure(holds_figure: Callable[[str], bool], lines: list[str], /) -> list[str]: ...
def removal_tables(
    classes: tuple[type, type, type],
    concepts: tuple[dict[int, str], dict[int, str]],
    reasons: tuple[str, ...],
    hidden: str,
    starts: tuple[str, ...],
    numbers: tuple[int, ...],
    shares: tuple[float, float],
    sets: tuple[tuple[str, ...], ...],
    /,
) -> object: ...
def tag_tables(tags: dict[str, str], classes: dict[str, str], near: int, /) -> object: ...
def reasons(
    tables: object,
    evidence: tuple[Evidence, ...],
    blocks: tuple[Block, ...],
    members: list[int],
    site: tuple[str, ...],
    around: tuple[int, int],
    ask: tuple[Callable[[int], str | None], Callable[[], object], Callable[[int], bool]],
    /,
) -> list[str]: ...
def ledger_tables(block: type[Block], removed: type[Removed], /) -> object: ...
def line_owners(
    tables: object, blocks: tuple[Block, ...], /
) -> tuple[list[int], list[int], bool]: ...
def by_line(
    lines: tuple[Span, ...],
    firsts: list[int],
    owned: dict[int, list[int]],
    values: Sequence[_T],
    /,
) -> tuple[_T | None, ...]: ...
def group_removed(
    tables: object,
    blocks: tuple[Block, ...],
    owned: dict[int, list[int]],
    zones: Sequence[Zone],
    members: Sequence[int],
    reasons: Sequence[str],
    left_out: Sequence[tuple[int, str]],
    /,
) -> list[Removed]: ...
def walk_tables(
    traits: dict[str, Iterable[str]],
    kinds: dict[str, Kind],
    marked: tuple[str, ...],
    single: tuple[str, ...],
    asks: dict[str, Callable[..., object]],
    classes: dict[str, type],
    pictures: dict[str, tuple[str, ...]],
    sizes: dict[str, int],
    anchors: str,
    invisible: str,
    /,
) -> object: ...
def walk(
    tables: object,
    root: LexborNode,
    noscript: bool,
    language: str,
    above: list[Block],
    start: int,
    /,
) -> tuple[list[Block], list[Image], bool, int]: ...
def tables(
    classes: tuple[type, ...],
    at: dict[str, int],
    ranges: dict[str, tuple[float, ...]],
    numbers: dict[str, int],
    facts: dict[str, int],
    kinds: dict[str, int],
    signs: str,
    ascii_class: bytes,
    ends: bytes,
    char_class: Callable[[str], int],
    /,
) -> object: ...
def features(
    tables: object, blocks: tuple[Block, ...], evidence: tuple[Evidence, ...], /
) -> object: ...
def decoder(
    make: type[Verdict],
    zones: tuple[Zone, ...],
    unit: float,
    temperature: float,
    by: str,
    transitions: tuple[tuple[int, ...], ...],
    reaches: tuple[int, int],
    odds: tuple[array[int], array[int]],
    step_bits: int,
    lose: int,
    /,
) -> object: ...
def decode(decoder: object, scores: list[tuple[int, ...]], /) -> tuple[Verdict, ...]: ...
def decode_again(
    decoder: object,
    verdicts: tuple[Verdict, ...],
    gains: tuple[tuple[int, ...], ...],
    enough: Callable[[list[Zone]], bool],
    by: str,
    /,
) -> tuple[Verdict, ...]: ...
def headline_tables(
    classes: tuple[type, type, type, type],
    zones: tuple[Zone, ...],
    story: tuple[int, ...],
    case_of: Callable[[str], int],
    says: tuple[str, str],
    weights: tuple[int, ...],
    places: tuple[int, ...],
    sizes: tuple[int, ...],
    limits: tuple[float, ...],
    ranges: tuple[tuple[float, ...], ...],
    texts: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    ends: tuple[str, tuple[int, ...]],
    /,
) -> object: ...
def candidates(
    tables: object, blocks: tuple[Block, ...], verdicts: tuple[Verdict, ...], /
) -> list[int]: ...
def weigh(
    tables: object,
    blocks: tuple[Block, ...],
    evidence: tuple[Evidence, ...],
    verdicts: tuple[Verdict, ...],
    members: list[int],
    /,
) -> list[int]: ...
def count_tables(
    make: type[Counts],
    classes: tuple[type, type, type, type],
    has_price: Callable[[str], bool],
    zones: tuple[Zone, ...],
    roles: tuple[int, ...],
    boilerplate: int,
    currencies: tuple[str, ...],
    half: float,
    sizes: tuple[int, ...],
    /,
) -> object: ...
def count_page(
    tables: object,
    blocks: tuple[Block, ...],
    evidence: tuple[Evidence, ...],
    verdicts: tuple[Verdict, ...],
    /,
) -> Counts: ...
def type_tables(
    counts: type[Counts],
    table: bytes | memoryview,
    width: int,
    sizes: tuple[int, int],
    names: tuple[str, ...],
    zones: tuple[Zone, ...],
    used: tuple[int, ...],
    /,
) -> object: ...
def page_sums(
    tables: object, counts: Counts, others: list[int], declares: bool, /
) -> list[int]: ...
def sign_tables(
    make: type[Signs],
    classes: tuple[type, type, type],
    rows: frozenset[str],
    table: str,
    asks: str,
    time_begins: str,
    scripts: tuple[str, ...],
    digits: str,
    sizes: tuple[int, int, int, int],
    concepts: tuple[int, ...],
    /,
) -> object: ...
def page_signs(
    tables: object, blocks: tuple[Block, ...], evidence: tuple[Evidence, ...], /
) -> Signs: ...
def pack(page: list[int], blocks: list[list[int]], /) -> object: ...
def unpack(features: object, /) -> tuple[list[int], list[list[int]]]: ...
