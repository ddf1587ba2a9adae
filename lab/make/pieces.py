"""What stands around a story: menus, facts, captions, comments, teasers."""

import re

from lab.gold.pages import DomBlock
from lab.gold.zones import TM, TS, TT, TX, C, K, M, X
from lab.make.phrasing import Phrasing
from lab.make.stories import Parts


class Pieces(Phrasing):
    """Adds blocks with their zones to a page."""

    def __init__(self, parts: Parts, seed: int) -> None:
        super().__init__(parts, seed)
        self.blocks: list[DomBlock] = []
        self.zones: list[int] = []

    def _furniture(self, count: int) -> None:
        concepts = ("menu", "home", "services", "search", "login", "subscribe", "app", "language",
                    "video", "latest", "cookies", "close", "social", "contents")  # fmt: skip
        for _ in range(count):
            if self.rng.random() < 0.6:
                self._add(self._menu(), X, "li", True)
            else:
                self._add(self._cap(self._phrase(self.rng.choice(concepts))), X, "li", True)

    def _share(self, count: int) -> None:
        for _ in range(count):
            concept = self.rng.choice(("share", "social", "share", "comments"))
            self._add(self._cap(self._phrase(concept)), X, "li", True)

    def _newsletter(self) -> None:
        for concept in ("newsletter", "newsletter", "subscribe"):
            self._add(self._cap(self._phrase(concept)), X, "div")

    def _meta(self) -> bool:
        rng = self.rng
        made = False
        if rng.random() < 0.6:
            name = self._name()
            by = self._cap(self._phrase("by_author"))
            form = rng.random()
            if form < 0.5:
                self._add(f"{by} {name}", M, "p")
            elif form < 0.7:
                self._add(name, M, "p", True)
            else:
                self._add(by, M, "span")
                self._add(name, M, "span", True)
            made = True
        if rng.random() < 0.7:
            lead = self._cap(self._phrase("published")) + " " if rng.random() < 0.6 else ""
            self._add(lead + self._date(), M, "time")
            made = True
        if rng.random() < 0.2:
            self._add(self._cap(self._phrase("updated")) + " " + self._date(), M, "time")
        if rng.random() < 0.15:
            time = self._cap(self._phrase("reading_time"))
            joint, stop = rng.choice((" : ", " ", ": ")), rng.choice(("", "", "."))
            self._add(f"{time}{joint}{rng.randint(1, 12)} min{stop}", M, "span")
        return made

    def _caption(self) -> None:
        rng = self.rng
        credit = self._cap(self._phrase("photo_credit"))
        text = rng.choice(self.others).summary
        sentence = re.split(r"(?<=[.!?。])\s*", text)[0][:180]
        if rng.random() < 0.6:
            sentence += rng.choice((" ", " / ", " | ", " (", " © ")) + credit + " " + self._name()
        self._add(sentence, C, "figcaption")

    def _comments(self) -> None:
        rng = self.rng
        if rng.random() < 0.55:
            return
        count = rng.randint(1, 9)
        if rng.random() < 0.7:
            self._add(f"{count} {self._phrase('comments')}", X, "h3")
        for _ in range(count):
            self._add(self._name().split()[0] + rng.choice(("", "", "42", " 67")), K, "span")
            if rng.random() < 0.7:
                self._add(self._date(), K, "span")
            if self.language == "en" and self.parts.comments and rng.random() < 0.8:
                self._add(rng.choice(self.parts.comments)[:600], K, "p")
            else:
                text = rng.choice(rng.choice(self.others).body)[1]
                self._add(text[: rng.randint(40, 400)], K, "p")
            if rng.random() < 0.4:
                self._add(self._cap(self._phrase("reply")), X, "div", True)
        for _ in range(rng.randint(1, 4)):
            self._add(self._cap(self._phrase("comment_form")), X, "div")

    def _teasers(self, count: int, header: float) -> None:
        rng = self.rng
        if rng.random() < header:
            concept = rng.choice(
                ("related", "related", "related", "most_read", "latest", "follow_author")
            )
            self._add(self._cap(self._phrase(concept)), TS, rng.choice(("h2", "div", "h3")))
        before, after, text = rng.random() < 0.25, rng.random() < 0.35, rng.random() < 0.45
        dated = rng.random() < 0.6
        more = rng.choice((0.0, 0.0, 0.05, 0.9))
        for _ in range(count):
            other = rng.choice(self.others)
            fact = self._date() if dated else self._menu()
            if before:
                self._add(fact, TM, "span")
            self._add(other.title, TT, rng.choice(("h3", "a")), True)
            if after:
                self._add(fact if rng.random() < 0.8 else self._ago(), TM, "span")
            if text and other.summary:
                self._add(self._cut(other.summary), TX, "p")
            if rng.random() < more:
                self._add(self._cap(self._phrase("read_more")), X, "a", True)

    def _add(self, text: str, zone: int, tag: str, linked: bool = False) -> None:
        text = text.strip()
        if not text:
            return
        path = {"li": "html/body/nav/ul/li", "a": "html/body/div/a"}.get(
            tag, f"html/body/div/{tag}"
        )
        block = DomBlock([text], tag, path, "")
        block.linked, block.strong = [linked], [False]
        if tag == "p" and not linked and len(text) > 120 and self.rng.random() < 0.4:
            self._link(block, text)
        self.blocks.append(block)
        self.zones.append(zone)

    def _link(self, block: DomBlock, text: str) -> None:
        """Put a link or two into a paragraph, so that one line a text node cuts it."""
        words = text.split(" ")
        if len(words) < 12:
            return
        at = self.rng.randint(3, len(words) - 6)
        size = self.rng.randint(1, 3)
        block.pieces = [
            " ".join(words[:at]) + " ",
            " ".join(words[at : at + size]),
            " " + " ".join(words[at + size :]),
        ]
        block.linked, block.strong = [False, True, False], [False] * 3
