"""Why a line was left out, by its form and its place among the others."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from articlecli.document import Block, Document
from articlecli.evidence import Evidence
from articlecli.text.dates import looks_dated
from articlecli.text.folding import letters
from articlecli.text.patterns import lazy
from articlecli.zone import BOILERPLATE, TEASER_META, Where

RUN = 3
"""Short lines of the shortest list."""
SHORT = 60
"""Width up to which a line may be an entry of a list."""
REPEATED = 12
"""Width from which a copy of a line is called one: short entries stand in several menus."""
LINKED = 0.7
"""Share of a block's characters in links from which it is a link."""
DIGITS = 0.3
"""Share of digits from which a line with a date is nothing else."""
BARS = 3
"""Bars between the entries of a menu that is one line."""
ENTRIES = 6
"""Capitalised words, and nothing that ends a sentence, from which a line is a glued menu."""
_BARS = lazy(r"\s[|·•/>»\-–]\s|[|│]")
_NUMBERS = lazy(r"[\W\d_]+(?:[^\W\d_]{1,3}[\W\d_]+)?")
_CONTACT = lazy(
    r"(?<![\w.+-])[\w.+-]++@[\w-]++\.\w"
    r"|\+\d[\d ()/.-]{6,}\d|\(\d{2,5}\)\s?\d[\d .-]{4,}\d|(?:https?://|www\.)\S{1,500}+$"
)
ENDS = frozenset(".!?…。！？:;")
"""Signs that end a sentence, or announce something."""
BAR_SIGNS = frozenset("|·•/>»-–│")
"""Signs that are a bar in `_BARS`: a line with fewer than `BARS` of them is no menu."""
LETTERS = ("ÀÖ", "Øö", "øʯ", "Ѐҁ", "ΑΡ", "Σώ", "一鿿", "ぁゖ", "ァヺ", "가힣", "את", "ءي")
"""First and last of ranges that are letters and nothing else: most letters that pages have."""
CORE_REASONS = (
    "site name", "repeat of another line", "menu", "list of links", "list of short lines",
    "foot of the page", "head of the page", "link", "text apart from the story",
    "single short line", "date or number",
)  # fmt: skip
"""Reasons that the core gives by itself, in its order; for others it asks the functions below."""
_APART = frozenset({BOILERPLATE, TEASER_META})


class Places:
    """A page's removed lines and what stands around them.

    Args:
        document: The page.
        evidence: Of its blocks.
        where: Positions of the blocks of each zone.
        title: The story's title, if there is a story.

    """

    def __init__(
        self,
        document: Document,
        evidence: Sequence[Evidence],
        where: Where,
        title: str | None,
    ) -> None:
        self._blocks, self._evidence = document.blocks, evidence
        self.removed = where[BOILERPLATE]
        """The lines in question."""
        kept = [of for zone, of in where.items() if of and zone not in _APART]
        middle = len(evidence) // 2
        self.first = min((of[0] for of in kept), default=middle)
        self.last = max((of[-1] for of in kept), default=middle - 1)
        """The first and the last line that was not removed and is no fact of a teaser."""
        if kept and self.first == 0:  # the page's title stands above all
            below = (i for of in kept for i in islice(of, BARS + 2) if i > BARS)
            self.first = min(below, default=self.first)
        self.site = _site_names(document, title)
        """What the site calls itself, letters alone."""

    @cached_property
    def _before(self) -> dict[bytes, int]:
        """The first block of each key."""
        keys = [own.key for own in self._evidence]
        return dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))

    def reason_by_form(self, i: int) -> str | None:
        """What a line is whatever stands around it."""
        if reason := self.reason_by_signs(i):
            return reason
        own = self._evidence[i]
        repeat = own.width >= REPEATED and self._before[own.key] < i
        return "repeat of another line" if repeat else None

    def reason_by_signs(self, i: int) -> str | None:
        """What a line is by its letters, figures and signs."""
        own = self._evidence[i]
        text = self._blocks[i].text
        plain = _is_plain(text)
        if not plain and own.width <= 2 * SHORT and _may_be_contact(text) and _CONTACT.search(text):
            return "contact"
        if own.width <= SHORT:
            if self.site and _letters(own) in self.site:
                return "site name"
            return None if plain else _of_signs(own, text)
        return None

    def is_menu(self, i: int) -> bool:
        """Whether a line is a menu by itself."""
        text = self._blocks[i].text
        return _has_bars(text) or _is_glued(self._evidence[i], text)

    def reason_by_place(self, i: int) -> str:
        """What a line is by the lines around it and by its place on the page."""
        own, block = self._evidence[i], self._blocks[i]
        above, below = i < self.first, i > self.last
        several = self._runs[i] >= RUN and not below
        if several or self.is_menu(i):
            return "menu" if above or below else _list(linked=_is_linked(block))
        if below:
            return "foot of the page"
        if above:
            return "head of the page"
        linked = _is_linked(block)
        if own.sentence or own.width > SHORT:
            return "link" if linked else "text apart from the story"
        if linked:
            return "link"
        return "single short line"

    @cached_property
    def _runs(self) -> dict[int, int]:
        """Of each removed line, how many short ones stand together there; 0 of others."""
        lengths = dict.fromkeys(self.removed, 0)
        run: list[int] = []
        for i in self.removed:
            if (own := self._evidence[i]).width > SHORT or own.sentence:
                continue
            if run and run[-1] + 1 != i:
                lengths.update(dict.fromkeys(run, len(run)))
                run = []
            run.append(i)
        lengths.update(dict.fromkeys(run, len(run)))
        return lengths


def _is_plain(text: str) -> bool:
    """Whether a line is letters and spaces, and so no address, number, date or row of bars."""
    return text.replace(" ", "").isalpha()


def _of_signs(own: Evidence, text: str) -> str | None:
    """What a short line is by its figures and its first sign."""
    first = text[0]
    if (not first.isalpha() and _NUMBERS.fullmatch(text)) or (
        _is_mostly_figures(own, text) and looks_dated(text)
    ):
        return "date or number"
    return "tags and topics" if first == "#" and text[1:2].isalpha() else None


def _letters(own: Evidence) -> str:
    """What `letters` gives for a line."""
    line = own.lower.replace(" ", "")
    return line if line.isalnum() else letters(own.lower)


def _has_bars(text: str) -> bool:
    """Whether bars part the entries of a menu."""
    return not _is_plain(text) and len(_BARS.findall(text)) >= BARS


def _may_be_contact(text: str) -> bool:
    """Whether a line has a sign without which it is none; most have none, and no pattern runs."""
    return "@" in text or "+" in text or "(" in text or "://" in text or "www." in text


def _is_mostly_figures(own: Evidence, text: str) -> bool:
    """Whether a line, if it has a date, is hardly anything else."""
    # The key has each figure of ASCII as 0.
    count = own.key.count(b"0") if text.isascii() else sum(map(str.isdigit, text))
    return count >= DIGITS * len(text)


def _is_linked(block: Block) -> bool:
    return block.markup is not None and block.markup.linked >= LINKED


def _list(*, linked: bool) -> str:
    return "list of links" if linked else "list of short lines"


def _site_names(document: Document, title: str | None) -> frozenset[str]:
    """What the site calls itself: as declared, and what stands beside the title at the head."""
    names = [document.declared.site_name] if document.declared else []
    head = document.blocks[0].text if document.blocks else ""
    if title and title in head:
        names += re.split(r"\s[|·•»–—-]\s", head.replace(title, " "))
    return frozenset(folded for name in names if (folded := letters(name)))


def _is_glued(own: Evidence, text: str) -> bool:
    """Whether a line is the entries of a menu, run into each other."""
    if own.unspaced or own.count < ENTRIES or text[-1] in ENDS:
        return False
    words = text.split()
    return 2 * sum(word[0].isupper() for word in words) > len(words) and ", " not in text
