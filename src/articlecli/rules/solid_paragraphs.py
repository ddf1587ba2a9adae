"""Paragraphs of scripts that have neither spaces nor stops."""

from collections.abc import Sequence

from articlecli.document import Document, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import with_zones
from articlecli.text.patterns import lazy
from articlecli.text.words import count_words
from articlecli.zone import BODY, BOILERPLATE, LEAD, TEASER_TEXT, TEASER_TITLE, TITLE, Zone

MIN_WORDS = 16
"""Words from which such a block is a paragraph. Headlines have up to 14."""
MIN_LENGTH = 2 * MIN_WORDS
"""Characters that so many words have at least, half of them of such a script."""
MAX_BODY_GAP = 4.0
"""Largest gap (logits) between a block's own zone and `body`."""
_SOLID = lazy("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]")
_BODY = list(Zone).index(BODY)
_OUT = frozenset({BOILERPLATE, TEASER_TITLE, TEASER_TEXT})


def keep_solid_paragraphs(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Sequence[Verdict]:
    """Long blocks of Thai, Lao, Khmer and Burmese below the headline, nearly body, are body.

    The model has seen hardly any: a paragraph without a space or a full stop is one word to it.
    """
    del evidence
    blocks = document.blocks
    solid = [
        i
        for i, verdict in enumerate(verdicts)
        if verdict.zone in _OUT
        and len(text := blocks[i].text) >= MIN_LENGTH
        and _may_be_solid(text)
        and _SOLID.search(text)
    ]
    if not solid or not all(verdict.scores for verdict in verdicts):
        return verdicts
    zones = [verdict.zone for verdict in verdicts]
    title = next((i for i, zone in enumerate(zones) if zone in (TITLE, LEAD, BODY)), len(zones))
    for i in solid:
        verdict, text = verdicts[i], blocks[i].text
        gap = (max(verdict.scores) - verdict.scores[_BODY]) * verdict.unit
        if i > title and gap < MAX_BODY_GAP and count_words(text) >= MIN_WORDS:
            if 2 * len(_SOLID.findall(text)) > len(text):
                zones[i] = BODY
    return with_zones(verdicts, zones, "solid_paragraphs")


def _may_be_solid(text: str) -> bool:
    """Whether a character is from U+0800 to U+1FFF, told by its first byte in UTF-8.

    Few pages have one, and a pattern of so many characters takes long to compile.
    """
    data = b"" if text.isascii() else text.encode("utf-8", "surrogatepass")
    return b"\xe0" in data or b"\xe1" in data
