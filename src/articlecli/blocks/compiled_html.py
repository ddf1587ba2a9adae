"""The walk through the DOM by the core: what `walk.py`, `element.py` and `gather.py` do, done in C.

Those say what is done and why, and run where no core was built. Here stands only what is handed
over to the core; what is rare it asks them. `tests/laws/test_core_html.py` holds both to the same
blocks.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articlecli._core import walk as walk_nodes
from articlecli._core import walk_tables
from articlecli.blocks import element, gather, pictures
from articlecli.blocks.hidden import HIDDEN_TAGS, is_hidden
from articlecli.blocks.pictures import PICTURES, picture_of
from articlecli.blocks.tables import WIDEST, columns_of, inner_table, is_told_to_lay_out
from articlecli.blocks.walk import ANCHORS, MOST_EMPTY, NEAR, NO_LINE, ROWS, Walked, quotes_about
from articlecli.document import Block, Image, Link, Mark, Markup
from articlecli.text.characters import without_invisible

_SINGLE = (
    "hidden", "aria-hidden", "open", "style", "href", "value", "start", "reversed", "colspan",
)  # fmt: skip
"""Attributes that few elements are asked for."""


_HIDDEN = ", ".join(HIDDEN_TAGS)


def walk(
    tree: LexborHTMLParser, *, noscript: bool, language: str = "", above: Sequence[Block] = ()
) -> Walked:
    """As `walk.walk`, which takes off beforehand what the core passes over."""
    if tree.root is None:
        return Walked([*above], [], rows=False, kept=-1)
    start = sum([len(block.text) + 1 for block in above])
    return Walked(*walk_nodes(_tables(), tree.root, noscript, language, [*above], start))


def _bare(node: LexborNode) -> LexborNode:
    """An element without the tags inside it that no reader sees."""
    for inner in node.css(_HIDDEN):
        inner.decompose(recursive=False)
    return node


def _told_of_table(node: LexborNode, said: dict[str, str | None]) -> tuple[bool, bool]:
    told = element.told_of_table(node, said)
    if not any(told) or (told[0] and (is_told_to_lay_out(said) or _shows_table(node))):
        return told
    return element.told_of_table(_bare(node), said)


def _shows_table(node: LexborNode) -> bool:
    """Whether the first table inside of one stands in no tag that no reader sees."""
    at = inner_table(node)
    while at is not None and at.mem_id != node.mem_id and at.tag not in HIDDEN_TAGS:
        at = at.parent
    return at is not None and at.mem_id == node.mem_id


def _quotes_about(language: str, node: LexborNode) -> tuple[str, str]:
    """As `quotes_about`; a nest of `<q>` is searched once for what no reader sees, not at each."""
    near = islice(node.traverse(include_text=True), NEAR)
    if any(inner.tag in HIDDEN_TAGS for inner in near):
        _bare(node)
    return quotes_about(language, node)


@cache
def _tables() -> object:
    """What the core works with; each table stands where Python has it."""
    traits: dict[str, Iterable[str]] = {
        "block": element.BLOCK_TAGS, "passed": HIDDEN_TAGS, "pre": element.PREFORMATTED,
        "strong": element.BOLD, "emphasis": element.SLANTED, "code": element.TYPED,
        "raised": element.RAISED, "link": ("a",), "table": ("table",), "rows": element.ROWS_ABOVE,
        "in_table": ROWS, "line": ("tr",), "cell": element.CELLS, "item": ("li",),
        "ordered": ("ol",), "list": ("ul", "ol"), "line_break": ("br",), "noscript": ("noscript",),
        "quote": ("q",), "picture": PICTURES, "no_line": NO_LINE, "apart": gather.APART,
        "notes": gather.NOTES, "notes_beside": gather.NOTES_BESIDE, "time": ("time",),
        "term": ("dt",), "dialog": ("dialog",),
    }  # fmt: skip
    asks: dict[str, Callable[..., object]] = {
        "is_hidden": is_hidden, "picture": picture_of, "table": _told_of_table,
        "holds_blocks": element.holds_blocks, "numbering": element.numbering,
        "number_of": element.number_of, "columns_of": columns_of, "quotes": _quotes_about,
        "raised": gather.raised_text, "ends_sentence": gather.ends_sentence,
        "runs_on": gather.runs_on, "cleaned": gather.cleaned,
        "without_invisible": without_invisible, "code_text": gather.code_text,
    }  # fmt: skip
    classes: dict[str, type] = {
        "Block": Block,
        "Markup": Markup,
        "Link": Link,
        "Mark": Mark,
        "Image": Image,
    }
    of_pictures = {
        "SETS": pictures.SETS, "ADDRESSES": pictures.SOURCES, "SIGNS": pictures.EMOJIS,
        "PLACEHOLDERS": pictures.PLACEHOLDERS,
    }  # fmt: skip
    sizes = {
        "WIDEST": WIDEST, "MOST_EMPTY": MOST_EMPTY, "LONGEST_PATH": element.LONGEST_PATH,
        "LONGEST_MARKS": element.LONGEST_MARKS, "NESTED": element.NESTED, "TITLED": gather.TITLED,
        "SMALLEST": pictures.SMALLEST, "EMOJI": pictures.EMOJI,
    }  # fmt: skip
    return walk_tables(
        traits, element.KINDS, element.MARKED, _SINGLE,
        asks, classes, of_pictures, sizes, "".join(sorted(ANCHORS)), gather.INVISIBLE,
    )  # fmt: skip
