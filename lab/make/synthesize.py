"""Pages put together from the parts of training pages, every line's zone known.

Main-text gold does not tell a teaser from a menu. So stories of the training part are set among
furniture made from the phrase table (in the story's language) and among teasers made from the
headlines and first sentences of other stories of that language. Only pages of the training part
lend their parts; nothing here is kept in the repository.
"""

from collections.abc import Iterator

from articlecli.document import Declared
from lab.gold import pages
from lab.gold.pages import DomBlock
from lab.gold.zones import TS, TT, B, H, L, M, T, X
from lab.make.pieces import Pieces
from lab.make.stories import Parts, Story, parts_of


class Maker(Pieces):
    """Makes whole pages."""

    def page(self, language: str) -> tuple[list[DomBlock], list[int]]:
        """One page in a language."""
        self.blocks, self.zones, self.language = [], [], language
        rng = self.rng
        self.others = self.parts.stories[language]
        story = rng.choice(self.others)
        self.site = rng.choice((story.site.capitalize(), rng.choice(self.others).site.title()))
        kind = rng.random()
        if kind < 0.1:
            self._front()
            return self.blocks, self.zones
        if kind < 0.16:
            self._thread(story)
            return self.blocks, self.zones
        self._head(story)
        self._story(story)
        self._after()
        self._foot()
        return self.blocks, self.zones

    def _front(self) -> None:
        rng = self.rng
        if rng.random() < 0.7:
            motto = rng.choice((self.site, self._clause(rng.choice(self.others))))
            self._add(f"{self.site} {rng.choice('-|–:')} {motto}", X, "p")
        self._furniture(rng.randint(3, 20))
        named = rng.random() < 0.6
        for _ in range(rng.randint(3, 8)):
            if named:
                self._add(self._menu(), TS, "h2", rng.random() < 0.5)
            self._teasers(rng.randint(2, 8), header=0.0 if named else 0.9)
        self._foot()

    def _thread(self, story: Story) -> None:
        """A forum's thread: names and dates of the posters are facts, posts are the story."""
        rng = self.rng
        self._furniture(rng.choice((3, 6, 10, 16)))
        self._add(story.title, T, "h1")
        for number in range(rng.randint(2, 12)):
            self._add(self._name().replace(" ", rng.choice(("", "_", " "))), M, "div", True)
            for fact in (self._date(), f"#{number + 1}", f"{rng.randint(1, 9999)} posts"):
                if rng.random() < 0.5:
                    self._add(fact, M, "div")
            for _ in range(rng.choice((1, 1, 1, 2, 3))):
                text = rng.choice(rng.choice(self.others).body)[1]
                if self.language == "en" and self.parts.comments and rng.random() < 0.7:
                    text = rng.choice(self.parts.comments)
                self._add(text[: rng.randint(30, 700)], B, "p")
            for concept in ("reply", "share", "login"):
                if rng.random() < 0.3:
                    self._add(self._cap(self._phrase(concept)), X, "div", True)
        if rng.random() < 0.5:
            self._teasers(rng.randint(3, 8), header=0.8)
        self._foot()

    def _head(self, story: Story) -> None:
        rng = self.rng
        if rng.random() < 0.35:
            joint = rng.choice((" - ", " | ", " – ", " : ", " — ", " · "))
            self._add(story.title + joint + self.site, T, "p")
        if rng.random() < 0.5:
            links = [self._phrase("skip_link") for _ in range(rng.choice((1, 1, 2, 3)))]
            if rng.random() < 0.5:
                self._add(" ".join(links), X, "div", True)
            else:
                for link in links:
                    self._add(link, X, "div", True)
        if rng.random() < 0.3:
            self._add(self.site, X, "div", rng.random() < 0.5)
            if rng.random() < 0.3:
                self._add(self._clause(rng.choice(self.others)), X, "div")
        self._furniture(rng.choice((0, 3, 6, 10, 16, 25, 40)))
        if rng.random() < 0.15:
            self._teasers(rng.randint(1, 6), header=0.5)
        if rng.random() < 0.2:
            crumbs = [self._phrase("home"), *(self._menu() for _ in range(rng.randint(1, 2)))]
            joint = rng.choice((" > ", " / ", " » ", " "))
            self._add(joint.join(crumbs), X, "div")

    def _story(self, story: Story) -> None:
        rng = self.rng
        if rng.random() < 0.3:
            self._add(self._menu(), M, "span", True)
        self._add(story.title, T, "h1")
        if rng.random() < 0.15:
            self._add(story.title, T, "p")
        body = self._some(story)
        lead = story.lead
        if not lead and len(body) > 4 and body[0][0] == "B" and 70 < len(body[0][1]) < 420:
            if rng.random() < 0.6:
                lead = body.pop(0)[1]
        first = rng.random() < 0.6
        if lead and first:
            self._add(lead, L, "p")
        apart = self._meta()
        if rng.random() < 0.4:
            apart = True
            self._share(rng.randint(1, 5))
        if rng.random() < 0.35:
            apart = True
            self._caption()
        if lead and not first:
            self._add(lead, L if apart or story.lead else L | B, "p")
            if rng.random() < 0.5:
                if not self._meta():
                    self._share(2)
        for i, (kind, text) in enumerate(body):
            self._add(text, H if kind == "H" else B, "h2" if kind == "H" else "p")
            if i and i < len(body) - 1:
                self._inside()

    def _some(self, story: Story) -> list[tuple[str, str]]:
        """A story's body, or its first paragraphs; intertitles are put in where it has none."""
        rng = self.rng
        body = list(story.body)
        if rng.random() < 0.35:
            body = body[: rng.randint(1, 6)]
        while body and body[-1][0] == "H":
            body.pop()
        if len(body) > 4 and rng.random() < 0.35 and all(kind == "B" for kind, _ in body):
            step = rng.choice((1, 2, 3, 4))
            timed = step == 1 and rng.random() < 0.5  # a live blog
            for at in range(len(body) - rng.randint(1, 2), 0 if timed else 1, -step):
                text = rng.choice((self._clause(story), self._clause(rng.choice(self.others))))
                if rng.random() < 0.3:
                    text = rng.choice(self.others).title
                if timed:
                    text = f"{rng.randint(0, 23)}:{rng.randint(10, 59)} {text}"
                body.insert(at, ("H", text))
        if body and rng.random() < 0.08:
            at = rng.randint(1, len(body))
            items = [("B", self._clause(story)) for _ in range(rng.randint(3, 10))]
            body[at:at] = [("H", self._clause(story).split()[0].capitalize()), *items]
        return body or list(story.body)

    def _inside(self) -> None:
        rng = self.rng
        chance = rng.random()
        if chance < 0.02:
            self._add(self._phrase("advertisement"), X, "div")
        elif chance < 0.045:
            joint = rng.choice((" : ", ": ", " "))
            text = self._cap(self._phrase("read_also")) + joint + rng.choice(self.others).title
            self._add(text, TT, "p", True)
        elif chance < 0.06:
            self._teasers(rng.randint(1, 3), header=0.9)
        elif chance < 0.07:
            self._caption()
        elif chance < 0.08:
            self._add(self._phrase("newsletter"), X, "div")
            self._add(self._phrase("newsletter"), X, "div")

    def _after(self) -> None:
        rng = self.rng
        if rng.random() < 0.35:
            tags = [self._menu() for _ in range(rng.randint(2, 6))]
            label = self._cap(self._phrase("tags"))
            if rng.random() < 0.5:
                self._add(label + rng.choice((": ", " : ", " ")) + ", ".join(tags), M, "p")
            else:
                self._add(label, M, "div")
                for tag in tags:
                    self._add(tag, M, "li", True)
        if rng.random() < 0.15:
            self._meta()
        parts = [self._comments, lambda: self._share(rng.randint(1, 6)), self._newsletter]
        parts += [lambda: self._teasers(rng.randint(2, 8), header=0.85)] * rng.choice((1, 2, 3))
        rng.shuffle(parts)
        for part in parts:
            if rng.random() < 0.7:
                part()

    def _foot(self) -> None:
        rng = self.rng
        if rng.random() < 0.3:
            self._furniture(rng.randint(3, 20))
        for concept, most in (
            ("social", 5),
            ("about_site", 6),
            ("legal", 5),
            ("rights_reserved", 1),
        ):
            for _ in range(rng.randint(0, most)):
                text = self._cap(self._phrase(concept))
                if concept == "rights_reserved":
                    text = f"© {rng.randint(2003, 2026)} {self.site} - {text}"
                self._add(text, X, "li", True)
        if rng.random() < 0.15:
            self._add(self._phrase("skip_link") + " " + self._phrase("skip_link"), X, "div", True)


def synthetic_pages(
    count: int, seed: int = 7, *, dev: bool = False
) -> Iterator[tuple[str, list[DomBlock], list[int], str, int, Declared]]:
    """`count` pages: language, blocks, zones; `<title>` and what the page declares are empty."""
    given = (page for name in pages.SETS if name != "pool" for page in pages.load(name))
    yield from put_together(parts_of(given, dev=dev), count, seed)


def put_together(
    parts: Parts, count: int, seed: int
) -> Iterator[tuple[str, list[DomBlock], list[int], str, int, Declared]]:
    """`count` pages made of some parts."""
    found = parts.stories
    languages = sorted(lang for lang in found if len(found[lang]) >= 6)
    maker = Maker(parts, seed)
    # English has half of the stories; square roots let the others speak too.
    weights = [len(found[lang]) ** 0.5 for lang in languages]
    for _ in range(count):
        language = maker.rng.choices(languages, weights)[0]
        yield language, *maker.page(language), "", T, Declared()
