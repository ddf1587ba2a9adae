"""Pages put together from pieces of labelled pages, every block's zone known by reading.

One page gives the head, another the story, a third the foot.

A network that meets a site's menu always above the same story learns the site by heart; here
the menus, teasers and comments of real pages stand round other stories. Nothing is kept in the
repository.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articlecli.blocks.from_html import html_blocks
from articlecli.document import Declared
from articlecli.text.language import identify_language
from lab.gold import pages
from lab.gold.labels import dom_labels, labelled_keys
from lab.gold.pages import DomBlock
from lab.gold.zones import STORY, B, L, M, T

Part = list[tuple[DomBlock, int]]

FOREIGN = 0.1
"""Share of the pages whose head and foot may be in another language than the story."""


@dataclass
class Cut:
    """A labelled page in three parts, and its `<title>`."""

    head: Part
    story: Part
    foot: Part
    title: str
    title_zone: int
    html_head: Declared


def cut(
    blocks: Sequence[DomBlock],
    zones: Sequence[int],
    title: str,
    title_zone: int,
    html_head: Declared,
) -> Cut | None:
    """The page before its headline, from there to the last line of the story, and after it.

    Returns:
        `None` for a page without a story.

    """
    body = [i for i, zone in enumerate(zones) if zone in (B, L)]
    if not body:
        return None
    first, last = body[0], max(i for i, zone in enumerate(zones) if zone & STORY == zone)
    heads = [i for i in range(max(first - 40, 0), first) if zones[i] == T]
    start = heads[-1] if heads else first
    while start and zones[start - 1] in (M, T):
        start -= 1
    parts = list(zip(blocks, zones, strict=True))
    head = [part for part in parts[:start] if part[1] not in (T, M)]
    return Cut(head, parts[start : last + 1], parts[last + 1 :], title, title_zone, html_head)


def cuts(*, dev: bool) -> dict[str, list[Cut]]:
    """Language → the labelled pages of sites that may be trained on."""
    found: dict[str, list[Cut]] = defaultdict(list)
    keys, seen = labelled_keys(), set()
    for name in (*pages.SETS, "zones"):
        for page in pages.load(name):
            key = (page["set"], page["id"])
            apart = pages.unseen(page) or (dev and pages.fold(pages.site(page)) == pages.DEV)
            if key not in keys or key in seen or apart:
                continue
            seen.add(key)
            tree = pages.parse(page["html"])
            if tree is None:
                continue
            blocks, title = pages.dom_blocks(tree), pages.page_title(tree)
            labelled = dom_labels(page, blocks, title)
            if labelled is None or not 10 <= len(blocks) <= 700:
                continue
            made = cut(blocks, labelled[0], title, labelled[1], html_blocks(page["html"])[0])
            if made:
                text = " ".join(block.text for block, _ in made.story)
                found[identify_language(text) or "xx"].append(made)
    return found


def spliced(found: dict[str, list[Cut]], language: str, rng: random.Random) -> tuple[Cut, Part]:
    """One page: the cut whose story it tells, and all its blocks."""
    own = found[language]
    everyone = [one for several in found.values() for one in several]
    others = everyone if len(own) < 4 or rng.random() < FOREIGN else own
    told = rng.choice(own)
    head = _some(rng.choice(others).head, rng)
    foot = list(rng.choice(others).foot)
    story = _shortened(told.story, rng) if rng.random() < 0.35 else told.story
    if rng.random() < 0.15:
        foot = foot[: rng.randint(0, len(foot))]
    if rng.random() < 0.1:
        foot = []
    if rng.random() < 0.12:  # two feet: more teasers, more comments
        foot = foot + rng.choice(others).foot
    return told, [*head, *story, *foot]


def _some(head: Part, rng: random.Random) -> Part:
    """A head, whole, without a stretch, or only its last blocks."""
    form = rng.random()
    if form < 0.5 or len(head) < 4:
        return head
    if form < 0.75:
        return head[rng.randint(0, len(head)) :]
    start = rng.randint(0, len(head) - 1)
    return head[:start] + head[rng.randint(start, len(head)) :]


def _shortened(story: Part, rng: random.Random) -> Part:
    """A story's beginning; whatever stands between its paragraphs stays."""
    body = [i for i, (_, zone) in enumerate(story) if zone == B]
    if len(body) < 4:
        return story
    return story[: body[rng.randint(0, len(body) // 2)] + 1]


def spliced_pages(
    count: int, seed: int = 11, *, dev: bool = False
) -> Iterator[tuple[str, list[DomBlock], list[int], str, int, Declared]]:
    """`count` pages: language, blocks, zones, `<title>`, its zone, what the page declares."""
    rng = random.Random(seed)
    found = cuts(dev=dev)
    languages = sorted(found)
    # English has most of the pages; square roots let the others speak too.
    weights = [len(found[language]) ** 0.7 for language in languages]
    for _ in range(count):
        language = rng.choices(languages, weights)[0]
        told, parts = spliced(found, language, rng)
        if len(parts) > 1200:
            parts = parts[:1200]
        blocks, zones = [b for b, _ in parts], [z for _, z in parts]
        yield language, blocks, zones, told.title, told.title_zone, told.html_head
