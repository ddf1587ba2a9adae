"""Parts of the story that the page hides."""

from collections.abc import Sequence

from articlecli.document import Block, Verdict
from articlecli.rules.change import with_zones
from articlecli.rules.sight import Sight
from articlecli.text.folding import letters
from articlecli.text.patterns import lazy
from articlecli.zone import BODY, BOILERPLATE, CAPTION, HEADING, LEAD

SMALL = 0.5
"""Share of what is seen of the story from which the hidden part is the story's: it unfolds, or a
script shows it."""
_UNFOLDS = lazy(
    r"accordion|collaps|faq|tab|panel|fold|expand|toggle|answer|more|spoiler|premium|subscriber"
)
"""Classes of what a reader opens with a click or by paying."""
_STORY = frozenset({LEAD, BODY, HEADING, CAPTION})


def drop_hidden_parts(sight: Sight) -> Sequence[Verdict]:
    """Take out what nobody sees: notices, forms, copies for other screens.

    What is hidden is often the story itself: a text that a script shows, tabs, answers that unfold.
    It stays where it unfolds; else it goes where it is the lesser part or says again what is seen.

    Source: a count of November 2026 of some 40 gold pages that hide a part of what the zones
    take for the story: most that hide less than a tenth lack it in the gold, most that hide more
    than they show have it.
    """
    blocks, verdicts = sight.blocks, sight.verdicts
    hidden = {i for i in sight.signs.hidden if verdicts[i].zone in _STORY}
    if not hidden:
        return verdicts
    zones = [verdict.zone for verdict in verdicts]
    story = {i: block for i, block in enumerate(blocks) if zones[i] in _STORY}
    seen = "\n".join(letters(block.text) for i, block in story.items() if i not in hidden)
    fresh = {i for i in hidden if letters(story[i].text) not in seen}
    few = sum(len(story[i].text) for i in fresh) < SMALL * len(seen)
    for i in hidden:
        if (few or i not in fresh) and not _unfolds(story[i]):
            zones[i] = BOILERPLATE
    return with_zones(verdicts, zones, "hidden_parts")


def _unfolds(block: Block) -> bool:
    """Whether a reader opens it; so are tabs of examples, whatever they are called."""
    markup = block.markup
    return block.kind == "code" or bool(markup and _UNFOLDS.search(markup.marks))
