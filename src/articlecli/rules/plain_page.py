"""A page without any furniture is a story from its headline to its end."""

import re
from collections.abc import Sequence

from articlecli.document import Block, Document, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import with_zones
from articlecli.text.phrases import START, WHOLE, load_phrases
from articlecli.text.words import count_words
from articlecli.zone import BODY, BOILERPLATE, HEADING, LEAD, META, TEASER_TEXT, TEASER_TITLE, TITLE

SHORT = 60
"""Characters of the longest line in which a stock phrase is looked for."""
SENTENCE = 12
"""Words from which a block reads like running text."""
BARS = 3
"""Bars between the entries of a menu that is one line."""
_BARS = re.compile(r"\s[|·•/>»]\s|>>|[|│]")
MOST_SHORT = 0.5
"""Share of lines shorter than a sentence, lists and code left out, up to which a page is a text."""
INNOCENT = frozenset(
    """
    by_author published updated reading_time ago month weekday tags agency summary contents
    video photo_credit recipe home menu
    """.split()
)
"""Concepts of stock phrases that stories have too."""
_OUT = frozenset({BOILERPLATE, TEASER_TITLE, TEASER_TEXT})


def keep_plain_pages_whole(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Sequence[Verdict]:
    """If a page begins with its headline and no line is a stock phrase, all below it is story.

    Such a page was written or cut out as it is: a file of Markdown, a mail, the text of a print,
    what an extractor left. The zone model was trained on pages of the web, of which hardly any
    ends without a menu, and takes the last lines for one.
    """
    blocks = document.blocks
    zones = [verdict.zone for verdict in verdicts]
    if document.declared is not None and blocks and blocks[0].markup is not None:
        return verdicts
    told = [i for i, block in enumerate(blocks) if block.field is None]
    head = _headline(blocks, zones)
    if head is None or not told or any(_is_furniture(blocks[i], evidence[i]) for i in told):
        return verdicts
    below = [i for i in told if i > head]
    words = {i: count_words(blocks[i].text) for i in below}
    running = [i for i in below if words[i] >= SENTENCE]
    loose = [i for i in below if blocks[i].kind is None and words[i] < SENTENCE]
    if len(running) < 2 or len(loose) > MOST_SHORT * len(below):
        return verdicts
    for i in below:
        if zones[i] in _OUT and i > running[0] - 1:
            zones[i] = HEADING if blocks[i].kind == "heading" else BODY
    if zones[running[0]] not in (LEAD, BODY, META):
        zones[running[0]] = BODY
    return with_zones(verdicts, zones, "plain_page")


def _headline(blocks: Sequence[Block], zones: Sequence[object]) -> int | None:
    """The page's first line, if it is the headline; front matter and the like stand above it."""
    for i, block in enumerate(blocks):
        if zones[i] is TITLE:
            return i
        if block.field is None and len(block.text) >= SHORT:
            return None
        if block.field is None and i:
            return None
    return None


def _is_furniture(block: Block, evidence: Evidence) -> bool:
    """Whether a line is, or begins with, a stock phrase of the web, or is a whole menu."""
    if block.kind is None and len(_BARS.findall(block.text)) >= BARS:
        return True
    if len(block.text) > SHORT:
        return False
    if block.text[0] in "©Ⓒ" or block.text.endswith((">>", "»")):
        return True
    phrases = load_phrases()
    return any(
        slot % 4 in (WHOLE, START)
        and phrases.names[slot // 4] not in INNOCENT
        and (slot % 4 == WHOLE or len(block.text) < SHORT // 2)
        for slot in evidence.concepts
    )
