"""A user's own phrases → what they add to the scores of the zones."""

from collections.abc import Sequence

from articlecli.options import Phrase
from articlecli.types import Block
from articlecli.zones.model import ZONES, Model

WHOLE, END = 5.0, 2.5
"""Logits for a line that is the phrase, and for one that begins or ends with it: the model's own
scores of a line it is sure of lie some eight logits above the next."""
RULE = 1000.0
"""Logits for a phrase that is a rule: more than any line and any transition can weigh."""
_EDGES = " .,:;!?…()[]|>»›«<*•·-–—+#\"'“”„→"


def with_evidence(
    scores: Sequence[tuple[int, ...]],
    blocks: Sequence[Block],
    phrases: Sequence[Phrase],
    model: Model,
) -> list[tuple[int, ...]]:
    """Scores with the phrases' weight added.

    Args:
        scores: Twelve numbers a block, from `zone_scores`.
        blocks: The blocks they belong to.
        phrases: The user's phrases.
        model: Gives the unit of the scores.

    """
    known: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        known.setdefault(_plain(phrase.text), []).append(phrase)
    lengths = sorted({len(text) for text in known if text})
    out = []
    for block, row in zip(blocks, scores, strict=True):
        line = _plain(block.text)
        added = [0.0] * len(ZONES)
        for length in lengths:
            if length > len(line):
                break
            weight = WHOLE if length == len(line) else END
            found = set()
            if length == len(line) or _parted(line[length - 1 : length + 1]):
                found.add(line[:length])
            if length == len(line) or _parted(line[-length - 1 : len(line) - length + 1]):
                found.add(line[-length:])
            for phrase in (phrase for text in found for phrase in known.get(text, ())):
                added[ZONES.index(phrase.zone)] += RULE if phrase.always else weight
        out.append(
            tuple(s + round(a / model.out_unit) for s, a in zip(row, added, strict=True))
            if any(added)
            else row
        )
    return out


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split()).strip(_EDGES)


def _parted(pair: str) -> bool:
    """Whether a word ends between two characters (scripts without spaces aside)."""
    return not pair.isalnum() or max(pair) >= "\u2e80"
