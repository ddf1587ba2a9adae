"""What a parser of HTML takes the square of: nests, options, attributes and names without end.

Browsers stop at 512 elements inside one another and go on beside the last. Tags beyond that are
left out here, before the page is parsed; their text stays.
"""

import re
from collections.abc import Iterator
from itertools import islice

from articlecli.blocks.source import Source, tag_counts
from articlecli.core import core_runs
from articlecli.text.patterns import lazy

DEEPEST = 512
SURPLUS = 2000
"""Depth, as far as the numbers of open and end tags tell, from which a page is looked at."""
MOST_OPTIONS = 2000
"""Choices of a form after which more are left out; no reader sees any. Not fewer than `SURPLUS`."""
LONGEST_TAG, MOST_ATTRIBUTES = 20_000, 1000
"""Characters of the longest tag, and attributes in it: a picture written in a tag has few."""
LARGE = 500_000
"""Characters of a page whose names are counted; in a smaller one they cost a parser little."""
MOST_NAMES = 5000
"""Different names of tags and attributes, which a parser compares with each other; a page of the
web has some hundred."""
MOST_COPIES = 1_000_000
"""Elements that a parser may make of formatting that is left open: 350 bytes each."""
MOST_OPEN = 20
"""Tags of formatting with attributes that are left open before others lose theirs."""
OTHER = "x-other"
"""Name of the tags whose own would be one too many."""
_OPEN = lazy(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]*)")
_ATTRIBUTE = lazy(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?""")
_UNREAD = (
    r"(?i)<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->)?"
    r"|<(script|style|textarea|title)\b[^<]*+(?:<(?!/\1\s*+>)[^<]*+)*+(?:</\1\s*+>)?"
)
"""What holds no tags, up to its end or that of the page: `.*?` would take ten times as long."""
_TAG = lazy(_UNREAD + r"|<(/?)([a-z][^\s/<>]*)[^<>]*>")
_FORMATS = lazy(r"(?i)<(?=[bcefistu])(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)[\s/]")
"""Tags of formatting with attributes, those that nobody reads too."""
_FORMAT = lazy(
    _UNREAD + r"|<(/?)(b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s/>])((?:[\s/]++"
    r"""|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?=>)|[^\s>"'][^\s>]*+))?+)*+)"""
)
_OPTION = lazy(r"(?i)<opt(?:ion|group)\b[^<>]*>")
_FLAT = frozenset(
    """
    area base br col embed hr img input link meta source track wbr p li dt dd tr td th tbody thead
    tfoot option html head body
    """.split()
)
"""Tags without an end, or whose end may be left out: they add nothing to a nest by themselves."""


def bound_page(page: str, source: Source | None = None) -> str:
    """A page that a parser reads in a time that grows as the page does.

    Args:
        page: The page.
        source: What its source tells, where that was read.

    """
    bound = _cut_tags(page)
    if not has_few_names(bound):
        bound = _with_few_names(bound)
    known = source if bound is page else None  # it tells of the page as it was
    tags = bound.count("<")
    if (known.deepest if known else tags) * tags >= MOST_COPIES:  # of one page in twenty
        bound = bound_formats(bound)
    if known and bound is page and known.deepest < SURPLUS and known.options <= MOST_OPTIONS:
        return page
    page = bound
    if tags < SURPLUS or tags - page.count("</") < SURPLUS:
        return page
    if page.count("<opt") + page.count("<OPT") > MOST_OPTIONS:
        page = "".join(_few_options(page))
    return bound_nests(page)


def bound_nests(page: str) -> str:
    """A page whose elements stand at most `DEEPEST` deep inside one another."""
    # Tags that need no end, and those in scripts, make it look deeper than it is, never flatter.
    if tag_counts(page)[0] < SURPLUS:
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


def bound_formats(page: str) -> str:
    """A page that leaves few different tags of formatting open.

    A parser opens all of them again in each paragraph that follows, but of equal ones three alone.
    """
    if len(_FORMATS.findall(page)) <= MOST_OPEN:  # most pages: this takes a fifth of the time
        return page
    opened = dict.fromkeys("b big code em font i s small strike strong tt u".split(), 0)

    def kept(match: re.Match[str]) -> str:
        name, attributes = (match[3] or "").lower(), match[4]
        if match[2]:
            opened[name] = max(opened[name] - 1, 0)
        elif attributes:
            if sum(opened.values()) >= MOST_OPEN:
                return f"<{match[3]}"
            opened[name] += 1
        return match[0]

    bound = _FORMAT.sub(kept, page)
    return page if bound == page else bound


def has_few_names(page: str) -> bool:
    """Whether a parser can take all names of a page's tags and attributes."""
    if len(page) < LARGE:
        return True
    if core_runs():
        from articlecli._core import few_names as of_core  # there only where it was built

        try:
            return of_core(page, MOST_NAMES)
        except UnicodeEncodeError:  # half a character, which no page has that was decoded
            pass
    return few_names(page, MOST_NAMES)


def few_names(page: str, most: int) -> bool:
    """Whether the tags and attributes of a page have so many different names at most."""
    names: set[str] = set()
    for _, name, attributes in set(_OPEN.findall(page)):
        names.add(name)
        if attributes:
            names.update(_ATTRIBUTE.findall(attributes))
        if len(names) > most:
            return False
    return True


def _with_few_names(page: str) -> str:
    """A page with its first `MOST_NAMES` names; other tags are `OTHER`, without attributes."""
    names: set[str] = set()

    def kept(match: re.Match[str]) -> str:
        end, name, attributes = match.groups()
        new = set() if end else {name, *_ATTRIBUTE.findall(attributes)} - names
        if len(names) + len(new) <= MOST_NAMES:
            names.update(new)
        else:
            attributes = ""
        return f"<{end}{name if name in names else OTHER}{attributes}"

    return _OPEN.sub(kept, page)


def _few_options(page: str) -> Iterator[str]:
    """Pieces of a page with `MOST_OPTIONS` choices; the text of more runs on in the last one."""
    at = 0
    for number, match in enumerate(_OPTION.finditer(page)):
        if number >= MOST_OPTIONS:
            yield page[at : match.start()]
            at = match.end()
    yield page[at:]


def _cut_tags(page: str) -> str:
    """A page without tags of more than `LONGEST_TAG` characters; itself where it has none."""
    kept = []
    at = start = 0
    while len(page) - start > LONGEST_TAG:
        end = page.rfind(">", start, start + LONGEST_TAG + 1)
        if end < 0:
            end = page.find(">", start)
            end = len(page) if end < 0 else end
            tag = page.rfind("<", start, end) + 1
            if tag and end - tag > LONGEST_TAG and page[tag].isalpha():
                own = page[tag:end]
                if (bound := _bound_tag(own)) is not own:
                    kept += [page[at:tag], bound]
                    at = end
        start = end + 1
    return "".join([*kept, page[at:]]) if kept else page


def _bound_tag(tag: str) -> str:
    """A long tag without its brackets, cut where its attributes have no end."""
    if next(islice(_ATTRIBUTE.finditer(tag), MOST_ATTRIBUTES, None), None) is None:
        return tag
    tag = tag[:LONGEST_TAG].rpartition(" ")[0]
    return tag + '"' * (tag.count('"') % 2)
