"""Another text of the page → what it changes in the scores of the zones."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from articlecli.document import Verdict
from articlecli.evidence import Evidence
from articlecli.model.file import ZONES, Model
from articlecli.model.form import decode
from articlecli.opinion.alignment import shares, words_of
from articlecli.output import Article
from articlecli.zone import BODY, BOILERPLATE, CAPTION, HEADING, LEAD, Zone

UNSURE, SURE = 0.75, 0.85
"""Confidence under which a page is doubtful, and from which none is."""
NOT_OF = frozenset({"product", "forum", "collection", "listing"})
"""Types of pages on which trafilatura takes what stands around for the story."""
MUCH = 0.75
"""Words of running text among the boilerplate, for each of the story, from which a page between the
two is doubtful."""
STORY = frozenset({LEAD, BODY, HEADING})
SAME = 0.8
"""Agreement from which two texts say the same, and nothing is decided anew."""
DISPUTED = 0.5
"""Agreement under which they still say something else after that."""
HELD = 0.6
"""Share of a block's words from which the other text holds it."""
GAINS: Mapping[Zone, float] = {LEAD: 4.0, BODY: 4.0, HEADING: 4.0, CAPTION: 2.0}
"""Logits that the zones of a story gain for a block that the other text holds. Nothing is taken
from the others: a text that is too short is the commoner mistake. These numbers were chosen on
half of the unseen sites (`docs/decisions/0005-a-second-opinion.md`)."""


def is_doubtful(
    article: Article, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> bool:
    """Whether a second opinion is worth its time.

    Of pages made for reading it is where no story was found, where the zones are unsure, and where
    they are not quite sure and much running text was taken for furniture.

    Args:
        article: What was made of the page.
        evidence: Of its blocks.
        verdicts: Those that it was made of, one a block.

    """
    if article.page_type in NOT_OF:
        return False
    if article.reason == "no story found" or article.confidence < UNSURE:
        return True
    if article.confidence >= SURE or article.status != "ok":
        return False
    told, left_out = 0, 0
    for own, verdict in zip(evidence, verdicts, strict=True):
        if verdict.zone in STORY:
            told += own.count
        elif verdict.zone is BOILERPLATE and own.sentence:
            left_out += own.count
    return left_out > MUCH * told


def agreement(first: str, second: str) -> float:
    """How far two texts say the same, 0–1: F1 of their words, in whatever order."""
    here, there = Counter(words_of(first)), Counter(words_of(second))
    size = here.total() + there.total()
    return 2 * (here & there).total() / size if size else 1.0


def with_opinion(
    evidence: Sequence[Evidence], verdicts: Sequence[Verdict], text: str, model: Model
) -> list[Verdict]:
    """Verdicts, decoded once more with what another text of the page says of its blocks.

    Args:
        evidence: Of the page's blocks.
        verdicts: The model's, one a block.
        text: What the other found on the page.
        model: The model that gave the verdicts.

    """
    gains = [round(GAINS.get(zone, 0.0) / model.out_unit) for zone in ZONES]
    scores = [
        tuple(map(sum, zip(verdict.scores, gains, strict=True)))
        if share >= HELD
        else verdict.scores
        for verdict, share in zip(verdicts, shares(evidence, text), strict=True)
    ]
    return [
        replace(new, by=old.by if new.zone is old.zone else "second_opinion")
        for new, old in zip(decode(model, scores), verdicts, strict=True)
    ]
