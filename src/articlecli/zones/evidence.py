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
            for text in {line[:length], line[-length:]}:
                for phrase in known.get(text, ()):
                    if length == len(line) or _parted(line, text):
                        at = ZONES.index(phrase.zone)
                        added[at] += RULE if phrase.always else weight
        out.append(
            tuple(s + round(a / model.out_unit) for s, a in zip(row, added, strict=True))
            if any(added)
            else row
        )
    return out


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split()).strip(_EDGES)


def _parted(line: str, text: str) -> bool:
    """Whether the phrase ends at the end of a word of the line (scripts without spaces aside)."""
    after = line[len(text)] if line.startswith(text) else line[-len(text) - 1]
    return not after.isalnum() or after >= "\u2e80"
