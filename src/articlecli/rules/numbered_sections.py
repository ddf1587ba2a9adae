"""Intertitles that count on, `Section 1.`, `Section 2.` …, are intertitles all, or none is."""

from collections.abc import Sequence

from articlecli.document import Verdict
from articlecli.rules.change import with_changes
from articlecli.rules.sight import Sight
from articlecli.text.patterns import lazy
from articlecli.text.sentences import TERMINAL
from articlecli.zone import BODY, HEADING

FEWEST = 3
"""Sections from which lines count on: two figures may be chance."""
_NUMBERED = lazy(r"([^\W\d]{0,12}\s?§?\s?)(\d{1,3})(?=[.:)\s–-])")
"""A word for a section, or none, and its number."""


def settle_numbered_sections(sight: Sight) -> Sequence[Verdict]:
    """Lines of the story that begin alike and count on are intertitles where most of them are."""
    verdicts = sight.verdicts
    if 2 * len(set(sight.where[HEADING]).intersection(sight.signs.numbers)) <= FEWEST:
        return verdicts
    series: list[list[int]] = []
    begun: dict[str, list[int]] = {}  # the series of each word that counts on
    for i in sight.signs.numbers:
        zone = verdicts[i].zone
        if (zone is not HEADING and zone is not BODY) or sight.blocks[i].text[-1] in TERMINAL:
            continue
        found = _NUMBERED.match(sight.evidence[i].lower)
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
    zones = {}
    for members in series:
        heads = sum(verdicts[i].zone is HEADING for i in members)
        if 2 * heads > len(members):
            zones.update(dict.fromkeys(members, HEADING))
    return with_changes(verdicts, zones, "numbered_sections")
