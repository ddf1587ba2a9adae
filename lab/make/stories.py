"""Parts that pages are put together from: stories, menus, comments, and the phrase table."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from articlecli.text.language import identify_language
from articlecli.text.lexicon import phrase_texts
from lab.gold import pages
from lab.gold.targets import page_targets
from lab.gold.zones import REST, STORY, H, K, L, T, X

SHORTEST = 400
"""Characters of the shortest story that is used; half of it where two of them make a word."""


@dataclass(frozen=True)
class Story:
    """A story of the training part, in pieces."""

    title: str
    lead: str
    body: list[tuple[str, str]]
    """`B` or `H`, and the text."""
    site: str

    @property
    def summary(self) -> str:
        """The lead, or the first paragraph that is long enough."""
        return self.lead or next((t for k, t in self.body if k == "B" and len(t) > 60), "")


def phrase_table() -> dict[str, dict[str, list[str]]]:
    """Concept → language → phrases."""
    table: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for language, text in phrase_texts().items():
        for line in text.splitlines():
            concept, _, phrases = line.partition(": ")
            table[concept][language] = phrases.split(" | ")
    return table


@dataclass(frozen=True)
class Parts:
    """What training pages lend."""

    stories: dict[str, list[Story]]
    """By language."""
    menus: dict[str, list[str]]
    """Lines of menus by language."""
    comments: list[str]


def parts_of(given: Iterator[dict], *, dev: bool) -> Parts:
    """The parts of pages of sites that may be trained on."""
    found: dict[str, list[Story]] = defaultdict(list)
    menus: dict[str, list[str]] = defaultdict(list)
    comments: list[str] = []
    for page in given:
        if pages.unseen(page) or (dev and pages.fold(pages.site(page)) == pages.DEV):
            continue
        tree = pages.parse(page["html"])
        if tree is None:
            continue
        dom = pages.dom_blocks(tree)
        made = page_targets(page, dom, pages.page_title(tree))
        if made is None or len(dom) > 1500:
            continue
        masks = made[0]
        title = page.get("title") or next(
            (b.text for b, m in zip(dom, masks, strict=True) if m == T), ""
        )
        body: list[tuple[str, str]] = []
        lead = ""
        for block, mask in zip(dom, masks, strict=True):
            if mask == L and not body:
                lead = lead or block.text
            elif mask & STORY and not mask & REST:
                body.append(("H" if mask == H else "B", block.text))
            elif mask == K and len(block.text) > 60:
                comments.append(block.text)
        language = identify_language(" ".join(t for _, t in body)) or "en"
        least = SHORTEST // 2 if language in ("zh", "ja") else SHORTEST
        if len(body) < 2 or sum(len(t) for _, t in body) < least:
            continue
        for block, mask in zip(dom, masks, strict=True):
            linked = all(block.linked)
            if mask & X and not mask & STORY and linked and len(block.text) < 25:
                menus[language].append(block.text)
        if title and len(title) < 160:
            found[language].append(Story(title, lead, body[:60], pages.site(page)))
    return Parts(found, menus, comments)
