"""Intertitles that count on, `Section 1.`, `Section 2.` …, are intertitles all, or none is."""

from collections.abc import Sequence

from articlecli.document import Document, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.change import with_zones
from articlecli.text.figures import holds_figure
from articlecli.text.patterns import lazy
from articlecli.text.sentences import TERMINAL
from articlecli.zone import BODY, HEADING

FEWEST = 3
"""Sections from which lines count on: two figures may be chance."""
LONGEST = 100
"""Characters of the longest intertitle."""
_NUMBERED = lazy(r"([^\W\d]{0,12}\s?§?\s?)(\d{1,3})(?=[.:)\s–-])")
"""A word for a section, or none, and its number."""


def settle_numbered_sections(
    document: Document,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
) -> Sequence[Verdict]:
    """Lines of the story that begin alike and count on are intertitles where most of them are."""
    series: list[list[int]] = []
    begun: dict[str, list[int]] = {}  # the series of each word that counts on
    for i, (block, own, verdict) in enumerate(
        zip(document.blocks, evidence, verdicts, strict=True)
    ):
        if verdict.zone is not HEADING and verdict.zone is not BODY:
            continue
        text = block.text
        if len(text) > LONGEST or text[-1] in TERMINAL or not holds_figure(own.lower[:16]):
            continue
        found = _NUMBERED.match(own.lower)
        if found is None:
            continue
        word, number = found[1], int(found[2])
        if number == 1:
            begun[word] = [i]
            series.append(begun[word])
        elif len(begun.get(word, ())) == number - 1:
            begun[word].append(i)
    series = [members for members in series if len(members) >= FEWEST]
    if not series:
        return verdicts
    zones = [verdict.zone for verdict in verdicts]
    for members in series:
        heads = sum(zones[i] is HEADING for i in members)
        if 2 * heads > len(members):
            for i in members:
                zones[i] = HEADING
    return with_zones(verdicts, zones, "numbered_sections")
