"""What is known of a page's lines from elsewhere → what it adds to the scores of the zones."""

from collections.abc import Sequence
from math import log, log2

from msgspec import Struct
from msgspec.structs import replace

from articlecli.document import Block, SiteCounts, Verdict
from articlecli.evidence import Evidence
from articlecli.model.file import ZONES, Model
from articlecli.options import Phrase
from articlecli.text.folding import phrase_line
from articlecli.text.scripts import holds_unspaced
from articlecli.zone import BODY, CAPTION, LEAD

WHOLE, END = 5.0, 2.5
"""Logits for a line that is the phrase, and for one that begins or ends with it: the model's own
scores of a line it is sure of lie some eight logits above the next."""
RULE = 1000.0
"""Logits for a phrase that is a rule: more than any line and any transition can weigh."""

SHARED, MOST = 2.5, 12.0
"""Logits against the zones of a story for a line that all pages of its site hold: so many for each
doubling of those pages beyond two, and at most. These and the four below were chosen on the sites
that training saw, where more took away as much as it mended (`docs/lab-book.md`)."""
FEWEST = 3
"""Pages that must hold a line before it weighs anything: one story in two copies stands on two."""
LEAST_SHARE = 0.1
"""Share of its site's pages that must hold it; from there to all of them by its logarithm."""
SHORT, LONG = 30, 300
"""Characters under which a shared line says nothing (`Material`, `Size: 2`: the rows of a table
that all products have), and above which less and less: versions of one story share those."""
AGAINST = frozenset({LEAD, BODY, CAPTION})
"""Not the title: a story's headline stands in the teasers of the site's other pages. Not headings:
all pages of one kind have the same."""


class PhraseTable(Struct, frozen=True):
    """A user's phrases, ready for look-up."""

    known: dict[str, tuple[Phrase, ...]]
    """Folded text → the phrases that it stands for."""
    lengths: tuple[int, ...]
    """Lengths of those texts in characters, ascending."""

    def said(self, evidence: Evidence) -> list[tuple[Phrase, float]]:
        """Phrases that a line is, begins or ends with, each with its weight in logits."""
        line = phrase_line(evidence.lower)
        out: list[tuple[Phrase, float]] = []
        for length in self.lengths:
            if length > len(line):
                break
            weight = WHOLE if length == len(line) else END
            found = set()
            if length == len(line) or _parted(line[length - 1 : length + 1]):
                found.add(line[:length])
            if length == len(line) or _parted(line[-length - 1 : len(line) - length + 1]):
                found.add(line[-length:])
            for phrase in (phrase for text in sorted(found) for phrase in self.known.get(text, ())):
                out.append((phrase, RULE if phrase.always else weight))
        return out


def phrase_table(phrases: Sequence[Phrase]) -> PhraseTable | None:
    """Phrases made ready; `None` where there are none."""
    known: dict[str, tuple[Phrase, ...]] = {}
    for phrase in phrases:
        if text := phrase_line(phrase.text):
            known[text] = (*known.get(text, ()), phrase)
    return PhraseTable(known, tuple(sorted({len(text) for text in known}))) if known else None


def with_phrases(
    scores: Sequence[tuple[int, ...]],
    said: Sequence[Sequence[tuple[Phrase, float]]],
    model: Model,
) -> list[tuple[int, ...]]:
    """Scores with the phrases' weight added.

    Args:
        scores: Twelve numbers a block, from `zone_scores`.
        said: The phrases of each block, from `PhraseTable.said`.
        model: Gives the unit of the scores.

    """
    out = []
    for own, row in zip(said, scores, strict=True):
        added = [0.0] * len(ZONES)
        for phrase, weight in own:
            added[ZONES.index(phrase.zone)] += weight
        out.append(
            tuple(s + round(a / model.out_unit) for s, a in zip(row, added, strict=True))
            if own
            else row
        )
    return out


def decided_by_phrases(
    verdicts: Sequence[Verdict],
    without: Sequence[Verdict],
    said: Sequence[Sequence[tuple[Phrase, float]]],
) -> list[Verdict]:
    """Verdicts, those marked with a phrase that have its zone and would not have it without.

    Args:
        verdicts: What the scores with the phrases give.
        without: What the scores without them give.
        said: The phrases of each block.

    """
    out = []
    for verdict, plain, own in zip(verdicts, without, said, strict=True):
        speakers = [pair for pair in own if pair[0].zone is verdict.zone]
        if verdict.zone is not plain.zone and speakers:
            heaviest = max(speakers, key=lambda pair: (pair[1], len(pair[0].text)))[0]
            out.append(replace(verdict, by=f"phrase:{heaviest.text}"))
        else:
            out.append(verdict)
    return out


def with_furniture(
    scores: Sequence[tuple[int, ...]], blocks: Sequence[Block], shared: SiteCounts, model: Model
) -> list[tuple[int, ...]]:
    """Scores less what speaks against a line of a story when other pages of the site have it too.

    Args:
        scores: Twelve numbers a block, from `zone_scores`.
        blocks: The blocks they belong to.
        shared: How many pages hold their lines.
        model: Gives the unit of the scores.

    """
    against = [zone in AGAINST for zone in ZONES]
    out = []
    for block, row, pages in zip(blocks, scores, shared.holding, strict=True):
        less = round(_weight(len(block.text), pages, shared.pages) / model.out_unit)
        out.append(
            tuple(s - less if a else s for s, a in zip(row, against, strict=True)) if less else row
        )
    return out


def weighs(pages: int, of: int) -> bool:
    """Whether it says anything of a line that so many of a site's pages hold it."""
    return pages >= FEWEST and pages >= LEAST_SHARE * of


def _weight(size: int, pages: int, of: int) -> float:
    """Logits for a line of so many characters that so many of a site's pages hold."""
    if size < SHORT or not weighs(pages, of):
        return 0.0
    share = 1 - log(min(pages / of, 1.0)) / log(LEAST_SHARE)
    return min(SHARED * log2(pages / 2), MOST) * share * min(1.0, LONG / size)


def _parted(pair: str) -> bool:
    """Whether a word ends between two characters (scripts without spaces aside)."""
    return not pair.isalnum() or holds_unspaced(pair)
