"""Gold pages with a title, as HTML and flattened, with and without the text of `<title>` above."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articlecli.document import Format
from lab.gold import pages
from lab.make.flatten import WAYS

SETS = ("more", "pool2", "wcxb", "daniel", "trafilatura", "fundus", "naeb")
HTML, TITLED = "html", "titled"
KNOWN = (HTML, TITLED, *WAYS)
"""`titled` is `wet` below the text of `<title>`; all other flat pages are without that."""


@dataclass(frozen=True, slots=True)
class TitleCase:
    """One page in one way."""

    page: dict[str, Any]
    way: str
    text: str
    on_page: bool
    """A block of the page has the gold's words and no others."""

    @property
    def format(self) -> Format:
        """What the page is read as."""
        return "html" if self.way == HTML else "markdown" if self.way == "markdown" else "text"


def title_cases(
    sets: Sequence[str], folds: Collection[int], ways: Sequence[str], limit: int | None
) -> Iterator[TitleCase]:
    """Pages of these folds of sites; at most `limit` of each set, the same ones each time."""
    for name in sets:
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for page in pages.load(name):
            if page.get("title") and pages.fold(pages.site(page)) in folds:
                found[page["set"]].append(page)
        for own in found.values():
            random.Random(1).shuffle(own)
            for page in own[:limit]:
                yield from _ways(page, ways)


def _ways(page: dict[str, Any], ways: Sequence[str]) -> Iterator[TitleCase]:
    tree = pages.parse(page["html"])
    if tree is None:
        return
    blocks = pages.dom_blocks(tree)
    gold = folded(page["title"])
    on_page = any(folded(block.text) == gold for block in blocks)
    for way in ways:
        if way == HTML:
            yield TitleCase(page, way, page["html"], on_page)
            continue
        made = WAYS["wet" if way == TITLED else way](blocks, random.Random(0))
        head = [pages.page_title(tree)] if way == TITLED else []
        yield TitleCase(page, way, "\n".join([*filter(None, head), *(t for t, _ in made)]), on_page)


def folded(text: str) -> str:
    """Letters and digits alone: titles are equal where these are."""
    return "".join(filter(str.isalnum, text.casefold()))
