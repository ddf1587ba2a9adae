"""Paragraphs of scripts that have neither spaces nor stops."""

from collections.abc import Sequence

from articlecli.document import Verdict
from articlecli.rules.change import with_changes
from articlecli.rules.sight import SOLID_LETTERS, Sight
from articlecli.text.words import count_words
from articlecli.zone import BODY, BOILERPLATE, LEAD, TEASER_TEXT, TEASER_TITLE, TITLE, Zone

MIN_WORDS = 16
"""Words from which such a block is a paragraph. Headlines have up to 14; so many have twice as
many characters at least (`sight.SOLID`), half of them of such a script."""
MAX_BODY_GAP = 4.0
"""Largest gap (logits) between a block's own zone and `body`."""
_BODY = list(Zone).index(BODY)
_OUT = frozenset({BOILERPLATE, TEASER_TITLE, TEASER_TEXT})


def keep_solid_paragraphs(sight: Sight) -> Sequence[Verdict]:
    """Long blocks of Thai, Lao, Khmer and Burmese below the headline, nearly body, are body.

    The model has seen hardly any: a paragraph without a space or a full stop is one word to it.
    """
    blocks, verdicts = sight.blocks, sight.verdicts
    solid = [i for i in sight.signs.solid if verdicts[i].zone in _OUT]
    if not solid or not sight.scored:
        return verdicts
    start = sight.first(TITLE, LEAD, BODY)
    if start is None:
        return verdicts
    found = {}
    for i in solid:
        verdict, text = verdicts[i], blocks[i].text
        gap = (max(verdict.scores) - verdict.scores[_BODY]) * verdict.unit
        if i > start and gap < MAX_BODY_GAP and count_words(text) >= MIN_WORDS:
            if 2 * len(SOLID_LETTERS.findall(text)) > len(text):
                found[i] = BODY
    return with_changes(verdicts, found, "solid_paragraphs")
