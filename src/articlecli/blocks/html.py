"""HTML → the text of its blocks, one a line, in reading order.

The plainest honest way: what stands between two block-level tags is a block. Titles, classes and
roles are not used yet; the block sequence then takes the same road as a page that came as text.
"""

import re

_BLOCK = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend
    li label main menu nav ol p pre search section summary table tbody td tfoot th thead textarea
    tr ul br
    """.split()
)
_HIDDEN = frozenset(
    """
    script style template head svg math iframe object embed canvas select title meta link
    noembed noframes map area datalist
    """.split()
)


def html_text(html: str) -> str:
    """Visible text of an HTML page, the page's title first, one line a block.

    Returns:
        Lines joined by LF; the empty string for a page without visible text.

    """
    import lxml.etree
    import lxml.html

    # lxml refuses text that declares its encoding, and stops at a NUL.
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html).replace("\x00", "")
    try:
        tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(huge_tree=True))
    except (lxml.etree.ParserError, ValueError):
        return ""
    title = tree.find("head/title")
    lines: list[str] = []
    pieces: list[str] = [title.text or ""] if title is not None else []

    def flush() -> None:
        folded = " ".join("".join(pieces).split())
        if folded:
            lines.append(folded)
        pieces.clear()

    flush()
    stack = [(tree, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        shown = tag is not None and tag not in _HIDDEN
        if shown and tag in _BLOCK:
            flush()
        if shown and not leaving:
            pieces.append(node.text or "")
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
        else:
            pieces.append(node.tail or "")
    flush()
    return "\n".join(lines)
