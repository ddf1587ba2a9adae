"""HTML → blocks in reading order, each with what the markup says of it.

What stands between two block-level tags (or `<br>`) is a block. Nothing is judged here: menus,
comments and hidden parts are blocks like the others, and their tags, classes and links become
features. Only what no reader sees (scripts, styles, templates, form choices, readings of ruby) is
left out. What a page hides (`hidden`, `display:none`) is a block that says so: it may be the story
(a text that unfolds, a tab, a page that a script shows), and `rules/hidden_parts.py` decides.
"""

import re
from collections.abc import Iterator
from html import escape

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks.declared import read_head
from articlecli.blocks.formulas import write_formulas
from articlecli.blocks.listings import take_off_numbers
from articlecli.blocks.nests import bound_page
from articlecli.blocks.said import flat_text, with_declared
from articlecli.blocks.source import EDIT_WORDS, Source, read_source
from articlecli.blocks.tables import with_rows
from articlecli.blocks.walk import Walked, numbered
from articlecli.core import core_runs
from articlecli.document import Block, Declared, Markup
from articlecli.text.patterns import lazy

if core_runs():
    from articlecli.blocks.compiled_html import walk
else:
    from articlecli.blocks.walk import walk

SCRIPTLESS = 400
"""Characters under which a page's `<noscript>` is shown: it may be all that such a page says. It is
also shown where it says twice as much as the rest."""
XHTML_HEAD = 1000
"""Characters in which a page says that it is XHTML."""
_XHTML = lazy(r"(?i)^\s*<\?xml|<!doctype[^>]*xhtml|<html[^>]*xmlns")
_SELF_ENDED = lazy(
    r"(?i)<(?=[tsin])(title|script|style|textarea|iframe|noscript|select)(\s[^<>]*|)/>"
)
_RAW = lazy(r"(?i)<(?:(script|style)\b|!\[CDATA\[)")
_CDATA = lazy(r"(?i)!\[CDATA\[")
_RAW_END, _CDATA_END = re.compile(r"(?i)</(?:script|style)>"), re.compile(r"\]\]>")
_EDIT_SECTIONS = "[class*='editsection'], [class*='edit-section']"
_EDIT_SIGNS = f"{_EDIT_SECTIONS}, a[href*='action=edit']"
_EDIT_LINKS = ", ".join(f"h{level} a[href*='action=edit']" for level in range(1, 7))


def html_blocks(html: str) -> tuple[Declared, list[Block]]:
    """Declared and blocks of a page, as `html_text` gives them."""
    return html_text(html)[:2]


def html_text(html: str) -> tuple[Declared, list[Block], str]:
    """Declared and blocks of a page, and its text.

    Returns:
        What `<head>` says, and the blocks: `<title>` first if there is one. A block's `lines` is
        its number, its `span` the place in the text of all blocks, one a line, which is the third.

    """
    data, source = _read(html)
    tree = LexborHTMLParser(data)
    head = read_head(tree, source)
    if source.formulas:
        write_formulas(tree)
    if source.code:
        take_off_numbers(tree, html)
    if source.edits:
        _take_off_edit_links(tree, html)
    above = [_title(head.title)] if head.title else []
    found = walk(tree, noscript=False, language=head.language, above=above)
    if found.kept >= 0 and _is_scriptless(found, head.title):
        found = walk(tree, noscript=True, language=head.language, above=above)
    blocks, images = found.blocks, found.images
    if found.rows:
        blocks = numbered(with_rows(blocks, images))
    text = flat_text(blocks)
    return replace(head, images=tuple(images)), with_declared(head, blocks, text), text


def _is_scriptless(found: Walked, title: str) -> bool:
    """Whether `<noscript>` may be all that a page says."""
    shown = sum([len(block.text) for block in found.blocks]) - len(title)
    return shown < SCRIPTLESS or found.kept > 2 * shown


def _title(text: str) -> Block:
    """The block of `<title>`, which stands above all others."""
    markup = Markup(path="html/head/title", marks="", linked=0.0, strong=False)
    return Block(text=text, lines=(1, 1), span=(0, len(text)), markup=markup)


def _read(page: str) -> tuple[bytes, Source]:
    """UTF-8 of a page as `as_html` gives it, and what its source tells; most stay as they are."""
    source = read_source(page)
    plain = _plain(bound_page(page, source))
    if plain is not page:
        source = read_source(plain)
    return plain.encode("utf-8", "ignore"), source


def _is_xhtml(page: str) -> bool:
    head = page[:XHTML_HEAD]
    small = head.lower()  # most pages say neither, and a pattern looks at each character
    return ("xml" in small or "xhtml" in small) and _XHTML.search(head) is not None


def as_html(page: str) -> str:
    """A page of XHTML as a parser of HTML understands it; other pages as they are.

    There an element that holds raw text may end in its own tag (`<script src="a" />`), which HTML
    reads on from to the end of the page, and text may stand in CDATA sections.
    """
    return _plain(bound_page(page))


def _plain(page: str) -> str:
    """As `as_html`, of a page whose nests are bound."""
    if not _is_xhtml(page):
        return page
    page = _SELF_ENDED.sub(r"<\1\2></\1>", page)
    return "".join(_without_cdata(page)) if "![" in page and _CDATA.search(page) else page


def _without_cdata(page: str) -> Iterator[str]:
    """Pieces of a page, its CDATA sections as text; those in scripts stay."""
    at = 0
    endless: set[bool] = set()  # what has no end from some place on has none behind it
    for start in _RAW.finditer(page):
        raw = start[1] is not None
        if start.start() < at or raw in endless:
            continue
        end = (_RAW_END if raw else _CDATA_END).search(page, start.end())
        if end is None:
            endless.add(raw)
            continue
        if not raw:
            yield page[at : start.start()]
            yield escape(page[start.end() : end.start()], quote=False)
            at = end.end()
        else:
            yield page[at : end.end()]
            at = end.end()
    yield page[at:]


def _take_off_edit_links(tree: LexborHTMLParser, html: str) -> None:
    """Take off the links by which a heading of a wiki is edited: controls, which nobody reads."""
    # To ask the parser takes a quarter of the time of looking through the page's text.
    if tree.css_first(_EDIT_SIGNS) is None or not any(sign in html for sign in EDIT_WORDS):
        return
    for node in tree.css(_EDIT_SECTIONS):
        node.decompose()
    for node in tree.css(_EDIT_LINKS):
        about = node.parent
        text = about.text().strip() if about is not None else ""
        if about is not None and about.tag == "span" and text[:1] == "[" and text[-1:] == "]":
            about.decompose()
        else:
            node.decompose()
