"""Blocks announcing other stories → teasers: headline, summary, facts and the header above."""

from collections.abc import Sequence

from msgspec import Struct

from articlecli.types import Block, Zone

TEASER_ZONES = frozenset(
    {Zone.TEASER_SECTION, Zone.TEASER_TITLE, Zone.TEASER_TEXT, Zone.TEASER_META}
)
APART = 4
"""Blocks of anything else after which a header no longer speaks for the teasers below."""


class Draft(Struct):
    """A teaser in the making: positions of its blocks."""

    section: int | None
    titles: list[int]
    texts: list[int]
    metas: list[int]

    @property
    def blocks(self) -> list[int]:
        """All its blocks in page order."""
        return sorted(self.titles + self.texts + self.metas)


def pair_teasers(blocks: Sequence[Block], zones: Sequence[Zone]) -> tuple[list[Draft], list[int]]:
    """Group the teaser blocks of a page.

    Args:
        blocks: All blocks of the page.
        zones: Their zones.

    Returns:
        Teasers in page order, and the positions of the section headers. Every block of a teaser
        zone is in exactly one of them.

    """
    drafts: list[Draft] = []
    headers: list[int] = []
    section: int | None = None
    last = -APART
    for run in _runs(zones):
        if run[0] - last > APART:
            section = None
        last = run[-1]
        ahead = _facts_come_first(run, zones)
        current: Draft | None = None
        for at, i in enumerate(run):
            zone = zones[i]
            if zone is Zone.TEASER_SECTION:
                headers.append(i)
                section, current = i, None
                continue
            if current is None or _begins(run, at, zones, current, blocks, ahead):
                current = Draft(section, [], [], [])
                drafts.append(current)
            if zone is Zone.TEASER_TITLE:
                current.titles.append(i)
            elif zone is Zone.TEASER_TEXT:
                current.texts.append(i)
            else:
                current.metas.append(i)
    return drafts, headers


def _runs(zones: Sequence[Zone]) -> list[list[int]]:
    """Stretches of teaser blocks that nothing of the story interrupts."""
    runs: list[list[int]] = []
    for i, zone in enumerate(zones):
        if zone in TEASER_ZONES:
            if runs and i - runs[-1][-1] <= 2 and zones[i - 1] in (*TEASER_ZONES, Zone.BOILERPLATE):
                runs[-1].append(i)
            else:
                runs.append([i])
    return runs


def _facts_come_first(run: Sequence[int], zones: Sequence[Zone]) -> bool:
    """Whether a run's teasers begin with their facts (kicker, date) and not with the headline."""
    for i in run:
        if zones[i] is Zone.TEASER_META:
            return True
        if zones[i] is not Zone.TEASER_SECTION:
            return False
    return False


def _begins(  # noqa: PLR0913, PLR0917
    run: Sequence[int],
    at: int,
    zones: Sequence[Zone],
    current: Draft,
    blocks: Sequence[Block],
    ahead: bool,  # noqa: FBT001
) -> bool:
    """Whether the block at a place of the run begins another teaser."""
    i = run[at]
    zone = zones[i]
    if zone is Zone.TEASER_TITLE:
        if not current.titles:
            return bool(current.texts) and not (current.metas and not current.texts)
        # A picture's alternative text and the headline are often the same line twice.
        return blocks[i].text.lower() != blocks[current.titles[-1]].text.lower()
    if zone is Zone.TEASER_TEXT:
        return len(current.texts) >= 3
    if not ahead or not (current.titles or current.texts):
        return False
    # Facts between two headlines: those directly above the next headline are its own.
    following = [zones[j] for j in run[at:]]
    stop = next((k for k, z in enumerate(following) if z is not Zone.TEASER_META), None)
    if stop is None or following[stop] is not Zone.TEASER_TITLE:
        return False
    own = _facts_above_first(run, zones)
    return stop <= own and zones[run[at - 1]] is not Zone.TEASER_SECTION


def _facts_above_first(run: Sequence[int], zones: Sequence[Zone]) -> int:
    """How many facts stand above the first headline of a run."""
    count = 0
    for i in run:
        if zones[i] is Zone.TEASER_META:
            count += 1
        elif zones[i] is not Zone.TEASER_SECTION:
            break
    return max(count, 1)


_OPEN_ENDS = frozenset(
    # Words no sentence ends with: articles, prepositions, conjunctions, auxiliaries.
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "à",
        "au",
        "aux",
        "en",
        "et",
        "ou",
        "où",
        "que",
        "qui",
        "dont",
        "par",
        "pour",
        "sur",
        "sous",
        "dans",
        "avec",
        "sans",
        "est",
        "sont",
        "était",
        "a",
        "ont",
        "avait",
        "sera",
        "seront",
        "ce",
        "cet",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "se",
        "s",
        "ne",
        "n",
        "qu",
        "plus",
        "très",
        "entre",
        "vers",
        "chez",
        "selon",
        "après",
        "avant",
        "depuis",
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "but",
        "that",
        "which",
        "who",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "its",
        "his",
        "her",
        "their",
        "our",
        "this",
        "these",
        "as",
        "than",
        "into",
        "over",
        "after",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "und",
        "oder",
        "aber",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "mit",
        "für",
        "auf",
        "aus",
        "bei",
        "im",
        "ins",
        "am",
        "an",
        "als",
        "wie",
        "ist",
        "sind",
        "war",
        "waren",
        "hat",
        "haben",
        "wird",
        "werden",
        "dass",
        "sich",
        "nach",
        "über",
        "el",
        "los",
        "las",
        "una",
        "unos",
        "de",
        "del",
        "al",
        "y",
        "o",
        "e",
        "en",
        "por",
        "para",
        "con",
        "sin",
        "que",
        "es",
        "son",
        "fue",
        "ha",
        "han",
        "su",
        "sus",
        "se",
        "il",
        "lo",
        "gli",
        "i",
        "dei",
        "della",
        "delle",
        "di",
        "da",
        "dal",
        "nel",
        "nella",
        "con",
        "per",
        "tra",
        "che",
        "è",
        "sono",
        "ha",
        "hanno",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "do",
        "da",
        "dos",
        "das",
        "no",
        "na",
        "nos",
        "nas",
        "em",
        "por",
        "para",
        "com",
        "e",
        "é",
        "são",
        "foi",
        "w",
        "we",
        "z",
        "ze",
        "na",
        "do",
        "od",
        "o",
        "i",
        "oraz",
        "że",
        "jest",
        "są",
        "się",
        "nie",
        "dla",
        "po",
        "przy",
        "przez",
        "jak",
        "który",
        "która",
        "в",
        "во",
        "на",
        "с",
        "со",
        "к",
        "из",
        "от",
        "по",
        "за",
        "о",
        "об",
        "и",
        "или",
        "что",
        "как",
        "для",
        "при",
        "это",
        "не",
        "который",
        "которая",
        "он",
        "она",
        "ο",
        "η",
        "το",
        "οι",
        "τα",
        "του",
        "της",
        "των",
        "τον",
        "την",
        "στο",
        "στη",
        "στην",
        "στον",
        "στις",
        "και",
        "με",
        "για",
        "από",
        "σε",
        "που",
        "να",
        "θα",
        "είναι",
        "het",
        "een",
        "van",
        "voor",
        "met",
        "op",
        "te",
        "aan",
        "bij",
        "naar",
        "en",
        "of",
        "dat",
        "die",
        "zijn",
        "wordt",
    ]
)


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
    last = text.replace("’", "'").rsplit(None, 1)[-1].rsplit("'", 1)[-1]
    return last.lower() in _OPEN_ENDS and not last.isupper()
