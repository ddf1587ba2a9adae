"""Listings: code whose lines a highlighter numbered, or laid out as a table.

Numbers beside the lines are no code. They are taken off before the walk, so that what is left of
such a table is its lines.
"""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articlecli.text.patterns import lazy

_SIGNS = (
    "gutter",
    "lineno",
    "line-n",
    "linenum",
    "lineNum",
    "line_n",
    "blob-num",
    "hljs-ln",
    '"lnt',
)
"""What the source of a page with numbered lines of code holds beside `<pre` or `<code`."""
_NUMBERS = (
    "td[class], th[class], span[class], a[class], div[class], pre[class], code[class], i[class],"
    "[data-line-number]"
)
_MARKS = lazy(
    r"(?i)(?:^|[-_\s])(?:gutter|line-?no(?:s|s?-\w+)?|line-?num(?:ber)?s?|blob-num|lnt?|"
    r"hljs-ln-(?:n|numbers|line-numbers))(?:$|[-_\s])"
)
"""Classes of elements that hold the numbers of lines."""
_ONLY_NUMBERS = lazy(r"[\s\d.:|]*")


def take_off_numbers(tree: LexborHTMLParser, html: str) -> None:
    """Take off the numbers of lines of code, and the buttons that copy it."""
    if tree.css_first("pre, code") is None:
        return
    for node in tree.css("pre button, .highlight button, .codehilite button"):
        node.decompose()
    if not any(sign in html for sign in _SIGNS):
        return
    for node in tree.css(_NUMBERS):
        said = node.attributes
        marked = "data-line-number" in said or _MARKS.search(said.get("class") or "")
        if marked and node.parent is not None and _ONLY_NUMBERS.fullmatch(node.text()):
            node.decompose()


def is_listing(table: LexborNode) -> bool:
    """Whether all that a table holds is code, a row a line or all lines in one cell."""
    if table.css_first("pre, code, [class*='code']") is None:
        return False
    if len(table.css("table")) > 1 or table.css_first("th") is not None:
        return False
    cells = [cell for cell in table.css("td") if cell.text().strip()]
    if not cells:
        return False
    return all(_is_code(cell) for cell in cells) and len(table.css("tr")) >= len(cells)


def _is_code(cell: LexborNode) -> bool:
    words = (cell.attributes.get("class") or "").lower()
    if "code" in words.replace("-", " ").replace("_", " ").split() or "blob-code" in words:
        return True
    inner = [node for node in cell.iter(include_text=True) if node.text().strip()]
    return len(inner) == 1 and inner[0].tag in ("pre", "code")
