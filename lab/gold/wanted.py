"""The text that a page labelled line by line should give: what `Article.text` is measured against.

Lead, body and intertitles; of a list page its own entries too, as `text` has them: headlines,
summaries and facts. One place for all commands that score texts.
"""

from collections.abc import Sequence

from lab.gold.labels import dom_entries
from lab.gold.pages import DomBlock
from lab.gold.zones import STORY_ZONES, ZONE_OF


def story_text(dom: Sequence[DomBlock], labels: Sequence[int]) -> str:
    """Lead, body and intertitles, in page order; of a list its introduction.

    Args:
        dom: The page's DOM blocks.
        labels: Zone of each, as bits, from `dom_labels`.

    """
    told = zip(dom, labels, strict=True)
    return "\n".join(block.text for block, bits in told if ZONE_OF.get(bits) in STORY_ZONES)


def wanted_text(page: dict, dom: list[DomBlock], labels: Sequence[int]) -> str:
    """The same with the entries of a list page, in page order."""
    told = zip(dom, labels, dom_entries(page, dom), strict=True)
    return "\n".join(
        block.text for block, bits, own in told if own or ZONE_OF.get(bits) in STORY_ZONES
    )
