"""Pages of a made-up site whose class names mislead, with the zones that a person gives them."""

import random

from articlecli.blocks import split_page
from articlecli.options import Options
from articlecli.read import read_page
from articlecli.teach.gold import GoldLine, GoldPage, zones_of
from articlecli.zone import BODY, BOILERPLATE, TITLE, Zone

WORDS = """the harbour crane turned slowly while gulls watched from the quay and a pilot counted
barges under grey clouds before noon when rope makers opened their doors to visitors from upriver
villages who brought apples honey wool and letters for the ferry crew""".split()


def sentence(rng: random.Random, words: int) -> str:
    """A sentence of so many words."""
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def page_of(seed: int) -> tuple[str, list[Zone]]:
    """A page of HTML, and the zone of each of its blocks.

    Paragraphs of the class `kwz-pitch` look like the story's own, and are the site's own notices.
    """
    rng = random.Random(seed)
    title = sentence(rng, 7)[:-1]
    parts, zones = [f"<h1>{title}</h1>"], [TITLE, TITLE]
    for _ in range(6):
        parts.append(f"<div class='kwz-tale'>{sentence(rng, 30)} {sentence(rng, 25)}</div>")
        parts.append(f"<div class='kwz-pitch'>{sentence(rng, 30)} {sentence(rng, 25)}</div>")
        zones += [BODY, BOILERPLATE]
    body = "<main>" + "\n".join(parts) + "</main>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>", zones


def gold_of(seed: int) -> GoldPage:
    """The page as a person labelled it."""
    html, zones = page_of(seed)
    page = read_page(html, url=None, options=Options(input_format="html"))
    blocks = split_page(page).blocks
    assert len(blocks) == len(zones)
    lines = [GoldLine(*b.lines, zone, b.text) for b, zone in zip(blocks, zones, strict=True)]
    return GoldPage(str(seed), page, blocks, zones_of(lines, blocks))
