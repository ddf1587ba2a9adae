"""Nests of tags without end, which a parser takes the square of their depth for.

Browsers stop at 512 elements inside one another and go on beside the last. Tags beyond that are
left out here, before the page is parsed; their text stays.
"""

import re

DEEPEST = 512
SURPLUS = 2000
"""Tags without an end tag from which a page is looked at; few pages have as many `<br>`."""
MANY = 20_000
"""End tags from which a page is looked at in any case: so many may close a nest as well."""
_TAG = re.compile(
    r"(?is)<!--(?:.*?-->|.*\Z)"
    r"|<(script|style|textarea|title)\b.*?(?:</\1\s*>|\Z)"
    r"|<(/?)([a-z][^\s/<>]*)[^<>]*>"
)
_FLAT = frozenset(
    """
    area base br col embed hr img input link meta source track wbr p li dt dd tr td th tbody thead
    tfoot option html head body
    """.split()
)
"""Tags without an end, or whose end may be left out: they add nothing to a nest by themselves."""


def bound_nests(page: str) -> str:
    """A page whose elements stand at most `DEEPEST` deep inside one another."""
    tags = page.count("<")
    if tags < SURPLUS or ((ends := page.count("</")) < MANY and tags - 2 * ends < SURPLUS):
        return page
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        tag = match[3]
        if tag is None or tag.lower() in _FLAT:
            return match[0]
        if match[2]:
            depth = max(depth - 1, 0)
            return match[0] if depth < DEEPEST else ""
        depth += 1
        return match[0] if depth <= DEEPEST else ""

    return _TAG.sub(kept, page)
