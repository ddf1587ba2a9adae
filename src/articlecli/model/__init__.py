"""Fourth stage: blocks and evidence → verdicts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from articlecli.document import Block, SiteCounts, Verdict
from articlecli.evidence import Evidence
from articlecli.model.adapted import model_for
from articlecli.model.form import decode, page_and_block_features, zone_scores
from articlecli.options import Adaptation

if TYPE_CHECKING:
    from articlecli.model.weights import PhraseTable

__all__ = ["label_blocks"]


def label_blocks(
    blocks: Sequence[Block],
    evidence: Sequence[Evidence],
    phrases: "PhraseTable | None" = None,
    shared: SiteCounts | None = None,
    own: Adaptation | None = None,
) -> Sequence[Verdict]:
    """Zone of every block of a page, with a confidence.

    Args:
        blocks: All blocks of one page in reading order.
        evidence: Of each of them, from `evidence_of`.
        phrases: Phrases of the user's own that speak for a zone, from `weights.phrase_table`.
        shared: How many pages of its site hold the lines of this one, where that is known.
        own: Models of the user's own, in place of those that ship.

    Returns:
        A label a block; empty for a page without blocks.

    Raises:
        ModelError: The model file is missing or damaged.

    """
    model = model_for(own, markup=any(block.markup for block in blocks))
    scores = zone_scores(model, page_and_block_features(blocks, evidence))
    if shared is not None:
        from articlecli.model.weights import with_furniture

        scores = with_furniture(scores, blocks, shared, model)
    verdicts = decode(model, scores)
    said = [phrases.said(own) for own in evidence] if phrases else []
    if not any(said):
        return verdicts
    from articlecli.model.weights import decided_by_phrases, with_phrases

    told = decode(model, with_phrases(scores, said, model))
    return decided_by_phrases(told, verdicts, said)
