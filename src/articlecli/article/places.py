"""Why a line was left out, by its form and its place among the others."""

import re
from collections.abc import Sequence

from articlecli.document import Document
from articlecli.evidence import Evidence
from articlecli.text.dates import looks_dated
from articlecli.text.folding import letters
from articlecli.text.patterns import lazy
from articlecli.zone import BOILERPLATE, TEASER_META, Zone

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
_ENDS = frozenset(".!?…。！？:;")


class Places:
    """A page's removed lines and what stands around them.

    Args:
        document: The page.
        evidence: Of its blocks.
        zones: Their zones.
        title: The story's title, if there is a story.

    """

    def __init__(
        self,
        document: Document,
        evidence: Sequence[Evidence],
        zones: Sequence[Zone],
        title: str | None,
    ) -> None:
        self._blocks, self._evidence, self._zones = document.blocks, evidence, zones
        count = len(zones)
        kept = [i for i, zone in enumerate(zones) if zone not in (BOILERPLATE, TEASER_META)]
        self._first, self._last = (kept[0], kept[-1]) if kept else (count // 2, count // 2 - 1)
        if kept and kept[0] == 0:  # the page's title stands above all
            self._first = next((i for i in kept if i > BARS), self._first)
        self._site = _site_names(document, title)
        self._runs = self._lengths_of_runs()
        self._before: dict[bytes, int] = {}
        for i, own in enumerate(evidence):
            self._before.setdefault(own.key, i)

    def reason_by_form(self, i: int) -> str | None:
        """What a line is whatever stands around it."""
        own = self._evidence[i]
        text = self._blocks[i].text
        if own.width <= 2 * SHORT and _may_be_contact(text) and _CONTACT.search(text):
            return "contact"
        if own.width <= SHORT:
            if self._site and letters(text) in self._site:
                return "site name"
            if _NUMBERS.fullmatch(text) or (looks_dated(text) and _is_mostly_date(text)):
                return "date or number"
            if text[0] == "#" and text[1:2].isalpha():
                return "tags and topics"
        if own.width >= REPEATED and self._before[own.key] < i:
            return "repeat of another line"
        return None

    def reason_by_place(self, i: int) -> str | None:
        """What a line is by the lines around it and by its place on the page."""
        own, block = self._evidence[i], self._blocks[i]
        linked = block.markup is not None and block.markup.linked >= LINKED
        if len(_BARS.findall(block.text)) >= BARS or _is_glued(own, block.text):
            if i < self._first or i > self._last:
                return "menu"
            return "list of links" if linked else "list of short lines"
        if i > self._last:
            return "foot of the page"
        if i < self._first:
            return "menu" if self._runs[i] >= RUN else "head of the page"
        if self._runs[i] >= RUN:
            return "list of links" if linked else "list of short lines"
        if own.sentence or own.width > SHORT:
            return "link" if linked else "text apart from the story"
        if linked:
            return "link"
        return "single short line"

    def _lengths_of_runs(self) -> list[int]:
        """Of each short line of boilerplate, how many stand together; 0 of others."""
        lengths = [0] * len(self._zones)
        start = None
        for i, zone in enumerate((*self._zones, None)):
            short = (
                zone is BOILERPLATE
                and not self._evidence[i].sentence
                and self._evidence[i].width <= SHORT
            )
            if short and start is None:
                start = i
            elif not short and start is not None:
                lengths[start:i] = [i - start] * (i - start)
                start = None
        return lengths


def _may_be_contact(text: str) -> bool:
    """Whether a line has a sign without which it is none; most have none, and no pattern runs."""
    return "@" in text or "+" in text or "(" in text or "://" in text or "www." in text


def _is_mostly_date(text: str) -> bool:
    """Whether a line with a date is hardly anything else."""
    return sum(char.isdigit() for char in text) >= DIGITS * len(text)


def _site_names(document: Document, title: str | None) -> frozenset[str]:
    """What the site calls itself: as declared, and what stands beside the title at the head."""
    names = [document.declared.site_name] if document.declared else []
    head = document.blocks[0].text if document.blocks else ""
    if title and title in head:
        names += re.split(r"\s[|·•»–—-]\s", head.replace(title, " "))
    return frozenset(folded for name in names if (folded := letters(name)))


def _is_glued(own: Evidence, text: str) -> bool:
    """Whether a line is the entries of a menu, run into each other."""
    if own.unspaced or own.count < ENTRIES or text[-1] in _ENDS:
        return False
    words = text.split()
    return 2 * sum(word[0].isupper() for word in words) > len(words) and ", " not in text
