"""Blocks announcing other stories → teasers: headline, summary, facts and the header above."""

from collections.abc import Sequence

from msgspec import Struct

from articlecli.evidence import Evidence
from articlecli.text.folding import straight
from articlecli.text.lexicon import words_of
from articlecli.zone import (
    BOILERPLATE,
    TEASER_META,
    TEASER_SECTION,
    TEASER_TEXT,
    TEASER_TITLE,
    Where,
    Zone,
)

TEASER_ZONES = frozenset({TEASER_SECTION, TEASER_TITLE, TEASER_TEXT, TEASER_META})
_AMONG = TEASER_ZONES | {BOILERPLATE}
APART = 4
"""Blocks of anything else after which a header no longer speaks for the teasers below."""


class Draft(Struct, gc=False):
    """A teaser in the making: positions of its blocks."""

    section: int | None
    titles: list[int]
    texts: list[int]
    metas: list[int]
    buttons: list[int] = []
    """Links that say nothing but that the page can be read."""

    @property
    def blocks(self) -> list[int]:
        """All its blocks in page order."""
        return sorted(self.titles + self.texts + self.metas + self.buttons)


def pair_teasers(
    evidence: Sequence[Evidence],
    zones: Sequence[Zone],
    where: Where,
    whole: frozenset[int] = frozenset(),
) -> tuple[list[Draft], list[int]]:
    """Group the teaser blocks of a page.

    Args:
        evidence: Of all blocks of the page.
        zones: Their zones.
        where: By these zones.
        whole: Headlines below which a whole article stands, and no summary of some lines.

    Returns:
        Teasers in page order, and the positions of the section headers. Every block of a teaser
        zone is in exactly one of them.

    """
    drafts: list[Draft] = []
    headers: list[int] = []
    section: int | None = None
    last = -APART
    for run in _runs(zones, where):
        if run[0] - last > APART:
            section = None
        last = run[-1]
        current: Draft | None = None
        own = _facts_above(run, 0, zones)
        for at, i in enumerate(run):
            zone = zones[i]
            if zone is TEASER_SECTION:
                headers.append(i)
                section, current = i, None
                own = _facts_above(run, at + 1, zones)
                continue
            # Below the headline of a whole article, text is one more paragraph of it.
            goes_on = (
                current is not None and zone is TEASER_TEXT and not whole.isdisjoint(current.titles)
            )
            if current is None or (not goes_on and _begins(run, at, zones, current, evidence, own)):
                current = Draft(section, [], [], [])
                drafts.append(current)
            if zone is TEASER_TITLE:
                current.titles.append(i)
            elif zone is TEASER_TEXT:
                current.texts.append(i)
            else:
                current.metas.append(i)
    return drafts, headers


def _runs(zones: Sequence[Zone], where: Where) -> list[list[int]]:
    """Stretches of teaser blocks that nothing of the story interrupts."""
    runs: list[list[int]] = []
    for i in sorted([i for zone in TEASER_ZONES for i in where[zone]]):
        if runs and i - runs[-1][-1] <= 2 and zones[i - 1] in _AMONG:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _facts_above(run: Sequence[int], at: int, zones: Sequence[Zone]) -> int:
    """How many facts (kicker, date) stand from a place of the run on, above the first headline.

    Asked below each header, since each section has its own order; 0 where the headline is first.
    """
    count = 0
    for place in range(at, len(run)):
        if zones[run[place]] is not TEASER_META:
            break
        count += 1
    return count


def _begins(  # noqa: PLR0913, PLR0917
    run: Sequence[int],
    at: int,
    zones: Sequence[Zone],
    current: Draft,
    evidence: Sequence[Evidence],
    own: int,
) -> bool:
    """Whether the block at a place of the run begins another teaser.

    `own` facts stand above each headline, 0 where they stand below.
    """
    i = run[at]
    zone = zones[i]
    if zone is TEASER_TITLE:
        if not current.titles:
            return bool(current.texts) and not (current.metas and not current.texts)
        # A picture's alternative text and the headline are often the same line twice.
        return evidence[i].lower != evidence[current.titles[-1]].lower
    if zone is TEASER_TEXT:
        return len(current.texts) >= 3
    if not own or not (current.titles or current.texts):
        return False
    # Facts between two headlines: those directly above the next headline are its own.
    following = [zones[j] for j in run[at : at + own + 1]]
    stop = next((k for k, z in enumerate(following) if z is not TEASER_META), None)
    if stop is None or following[stop] is not TEASER_TITLE:
        return False
    return zones[run[at - 1]] is not TEASER_SECTION


def breaks_off(text: str) -> bool:
    """Whether a summary stops in the middle of a sentence.

    True for an ellipsis at the end, and for a last word that no sentence ends with. A text that
    merely lacks its full stop is taken for whole: half of the teasers on the gold pages do.
    """
    text = text.rstrip()
    if not text:
        return False
    if text.rstrip(" ])»\"'").endswith(("…", "...")):
        return True
    if text[-1] in ",;(-–" or len(text) < 25:
        return text[-1] in ",;("
    if not text[-1].isalpha():
        return False
    last = straight(text).rsplit(None, 1)[-1].rsplit("'", 1)[-1]
    return last.lower() in words_of("open_ends") and not last.isupper()
