"""A page without any furniture is a story from its headline to its end."""

from collections.abc import Mapping, Sequence
from functools import cache

from articlecli.document import Block, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import with_zones
from articlecli.rules.sight import Sight
from articlecli.text.patterns import lazy
from articlecli.text.phrases import START, WHOLE, load_phrases, match
from articlecli.text.scripts import holds_unspaced
from articlecli.text.words import count_words
from articlecli.zone import (
    BODY,
    BOILERPLATE,
    HEADING,
    LEAD,
    META,
    TEASER_TEXT,
    TEASER_TITLE,
    TITLE,
    Zone,
)

SHORT = 60
"""Characters of the longest line in which a stock phrase is looked for."""
SENTENCE = 12
"""Words from which a block reads like running text."""
BARS = 3
"""Bars between the entries of a menu that is one line."""
_BARS = lazy(r"\s[|·•/>»]\s|>>|[|│【]", needs="|·•/>»│【")
POEM = 30
"""Words of the shortest poem."""
HEADLINE = 120
"""Characters of the longest headline."""
STOPS = frozenset(".!?…,;:。！？，।؟።")
MOST_SHORT = 0.4
"""Share of lines shorter than a sentence, lists and code left out, up to which a page is a text."""
INNOCENT = frozenset(
    """
    by_author published updated reading_time ago month weekday tags agency summary contents
    video photo_credit recipe home menu
    """.split()
)
"""Concepts of stock phrases that stories have too."""
ASKING = frozenset("share login subscribe newsletter cookies comment_form".split())
"""Concepts that a line of furniture begins with."""
MOST = 60
"""Blocks of the longest page that is looked at without front matter."""
_OUT = frozenset({BOILERPLATE, TEASER_TITLE, TEASER_TEXT})


def keep_plain_pages_whole(sight: Sight) -> Sequence[Verdict]:
    """If a page begins with its headline and no line is a stock phrase, all below it is story.

    Such a page was written or cut out as it is: a file of Markdown, a mail, the text of a print,
    what an extractor left. The zone model was trained on pages of the web, of which hardly any
    ends without a menu, and takes the last lines for one.
    """
    blocks, evidence, verdicts = sight.blocks, sight.evidence, sight.verdicts
    if not blocks or blocks[0].markup is not None:
        return verdicts
    if len(blocks) > MOST and not sight.signs.fields:
        return verdicts
    told = [i for i, block in enumerate(blocks) if block.field is None]
    if not told or any(_is_phrase_alone(blocks[i], evidence[i]) for i in told):
        return verdicts  # so most pages end, and it takes no pattern
    if any(_is_furniture(blocks[i]) for i in told):
        return verdicts
    zones = [verdict.zone for verdict in verdicts]
    head = _headline(blocks, zones)
    if head is None:
        return verdicts
    below = [i for i in told if i > head]
    if not _is_text([blocks[i] for i in below]):
        return verdicts
    zones[head] = TITLE
    start = next(
        i
        for i in below
        if count_words(blocks[i].text) >= SENTENCE or blocks[i] is blocks[below[-1]]
    )
    for i in below:
        if zones[i] in _OUT and (i >= start or start == below[-1]):
            zones[i] = HEADING if blocks[i].kind == "heading" else BODY
    if TITLE not in {zones[i] for i in below} and zones[start] not in (LEAD, BODY, META):
        zones[start] = BODY
    return with_zones(verdicts, zones, "plain_page")


def _is_text(blocks: Sequence[Block]) -> bool:
    """Whether lines are a text: paragraphs, or the stanzas of a poem."""
    words = [count_words(block.text) for block in blocks]
    loose = sum(
        block.kind is None and count < SENTENCE for block, count in zip(blocks, words, strict=True)
    )
    if sum(count >= SENTENCE for count in words) >= 2:
        return loose <= MOST_SHORT * len(blocks)
    stopped = sum(block.text[-1] in STOPS for block in blocks)
    parts = sum(block.gap > 0 for block in blocks)
    return sum(words) >= POEM and parts >= 2 and 3 * stopped >= len(blocks) > 2 * parts


def _headline(blocks: Sequence[Block], zones: Sequence[Zone]) -> int | None:
    """The page's first line, if it is or may be the headline; front matter stands above it."""
    first = next((i for i, block in enumerate(blocks) if block.field in (None, "title")), None)
    if first is None:
        return None
    if TITLE in zones:
        badge = len(blocks[first].text) < SHORT and first + 1 < len(zones)
        return next((i for i in range(first, first + 1 + badge) if zones[i] is TITLE), None)
    text = blocks[first].text
    return first if len(text) <= HEADLINE and text[-1] not in STOPS else None


def _is_phrase_alone(block: Block, evidence: Evidence) -> bool:
    """Whether a short line is or begins with a stock phrase of the web, and is no menu."""
    return (
        len(block.text) <= SHORT and _is_phrase(evidence.concepts) and not _BARS.search(block.text)
    )


def _is_furniture(block: Block) -> bool:
    """Whether another line is furniture: a whole menu, a copyright, a button."""
    if block.kind is None and len(_BARS.findall(block.text)) >= BARS:
        return True
    if len(block.text) > SHORT:
        return False
    if block.text[0] in "©Ⓒ" or block.text.endswith((">>", "»")):
        return True
    if not _BARS.search(block.text):
        return False
    parts = [part.strip().lower() for part in _BARS.split(block.text) if part.strip()]
    phrases = load_phrases()
    return any(_is_phrase(match(phrases, part, unspaced=holds_unspaced(part))) for part in parts)


def _is_phrase(concepts: Mapping[int, int]) -> bool:
    return not _furniture().isdisjoint(concepts)


@cache
def _furniture() -> frozenset[int]:
    """Numbers of the stock phrases, as `match` tells them, that a story does not have."""
    names = enumerate(load_phrases().names)
    return frozenset(
        4 * concept + place
        for concept, name in names
        for place, known in ((WHOLE, name not in INNOCENT), (START, name in ASKING))
        if known
    )
