"""Pages put together from the parts of training pages, every line's zone known.

Main-text gold does not tell a teaser from a menu. So stories of the training part are set among
furniture made from the phrase table (in the story's language) and among teasers made from the
headlines and first sentences of other stories of that language. Only pages of the training part
lend their parts; nothing here is kept in the repository.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator

import gold
import pages
from pages import DomBlock

from articlecli.document import Declared
from articlecli.text.language import identify_language
from articlecli.text.lexicon import phrase_texts

SHORTEST = 400
"""Characters of the shortest story that is used; half of it where two of them make a word."""
KNOWN = ["fr", "en", "de", "es", "it", "pt", "pl", "ru", "el", "zh", "ja", "nl"]


class Story:
    """A story of the training part, in pieces."""

    def __init__(self, title: str, lead: str, body: list[tuple[str, str]], site: str) -> None:
        self.title, self.lead, self.body, self.site = title, lead, body, site

    @property
    def summary(self) -> str:
        return self.lead or next((t for k, t in self.body if k == "B" and len(t) > 60), "")


def phrase_table() -> dict[str, dict[str, list[str]]]:
    """Concept → language → phrases."""
    table: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for language, text in phrase_texts().items():
        for line in text.splitlines():
            concept, _, phrases = line.partition(": ")
            table[concept][language] = phrases.split(" | ")
    return table


def stories(
    given: Iterator[dict], *, dev: bool
) -> tuple[dict[str, list[Story]], dict[str, list[str]], list[str]]:
    """Stories by language, menu lines by language, and comments, of the training pages."""
    found: dict[str, list[Story]] = defaultdict(list)
    menus: dict[str, list[str]] = defaultdict(list)
    comments: list[str] = []
    for page in given:
        if pages.unseen(page) or (dev and pages.fold(pages.site(page)) == pages.DEV):
            continue
        tree = pages.parse(page["html"])
        if tree is None:
            continue
        dom = pages.dom_blocks(tree)
        from dataset import page_targets

        made = page_targets(page, dom, pages.page_title(tree))
        if made is None or len(dom) > 1500:
            continue
        masks = made[0]
        title = page.get("title") or next(
            (b.text for b, m in zip(dom, masks, strict=True) if m == gold.T), ""
        )
        body, lead = [], ""
        for block, mask in zip(dom, masks, strict=True):
            if mask == gold.L and not body:
                lead = lead or block.text
            elif mask & gold.STORY and not mask & gold.REST:
                body.append(("H" if mask == gold.H else "B", block.text))
            elif mask == gold.K and len(block.text) > 60:
                comments.append(block.text)
        language = identify_language(" ".join(t for _, t in body)) or "en"
        least = SHORTEST // 2 if language in ("zh", "ja") else SHORTEST
        if len(body) < 2 or sum(len(t) for _, t in body) < least:
            continue
        for block, mask in zip(dom, masks, strict=True):
            linked = all(block.linked)
            if mask & gold.X and not mask & gold.STORY and linked and len(block.text) < 25:
                menus[language].append(block.text)
        if title and len(title) < 160:
            found[language].append(Story(title, lead, body[:60], pages.site(page)))
    return found, menus, comments


class Maker:
    """Makes pages; all chance comes from one seeded generator."""

    def __init__(self, found, menus, comments, seed: int) -> None:
        self.rng = random.Random(seed)
        self.found, self.menus, self.comments = found, menus, comments
        self.table = phrase_table()
        self.blocks: list[DomBlock] = []
        self.zones: list[int] = []

    def page(self, language: str) -> tuple[list[DomBlock], list[int]]:
        """One page in a language."""
        self.blocks, self.zones, self.language = [], [], language
        rng = self.rng
        self.others = self.found[language]
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

    # parts of a page -----------------------------------------------------------------------

    def _front(self) -> None:
        rng = self.rng
        if rng.random() < 0.7:
            motto = rng.choice((self.site, self._clause(rng.choice(self.others))))
            self._add(f"{self.site} {rng.choice('-|–:')} {motto}", gold.X, "p")
        self._furniture(rng.randint(3, 20))
        named = rng.random() < 0.6
        for _ in range(rng.randint(3, 8)):
            if named:
                self._add(self._menu(), gold.TS, "h2", rng.random() < 0.5)
            self._teasers(rng.randint(2, 8), header=0.0 if named else 0.9)
        self._foot()

    def _thread(self, story: Story) -> None:
        """A forum's thread: names and dates of the posters are facts, posts are the story."""
        rng = self.rng
        self._furniture(rng.choice((3, 6, 10, 16)))
        self._add(story.title, gold.T, "h1")
        for number in range(rng.randint(2, 12)):
            self._add(self._name().replace(" ", rng.choice(("", "_", " "))), gold.M, "div", True)
            for fact in (self._date(), f"#{number + 1}", f"{rng.randint(1, 9999)} posts"):
                if rng.random() < 0.5:
                    self._add(fact, gold.M, "div")
            for _ in range(rng.choice((1, 1, 1, 2, 3))):
                text = rng.choice(rng.choice(self.others).body)[1]
                if self.language == "en" and self.comments and rng.random() < 0.7:
                    text = rng.choice(self.comments)
                self._add(text[: rng.randint(30, 700)], gold.B, "p")
            for concept in ("reply", "share", "login"):
                if rng.random() < 0.3:
                    self._add(self._cap(self._phrase(concept)), gold.X, "div", True)
        if rng.random() < 0.5:
            self._teasers(rng.randint(3, 8), header=0.8)
        self._foot()

    def _head(self, story: Story) -> None:
        rng = self.rng
        if rng.random() < 0.35:
            joint = rng.choice((" - ", " | ", " – ", " : ", " — ", " · "))
            self._add(story.title + joint + self.site, gold.T, "p")
        if rng.random() < 0.5:
            links = [self._phrase("skip_link") for _ in range(rng.choice((1, 1, 2, 3)))]
            if rng.random() < 0.5:
                self._add(" ".join(links), gold.X, "div", True)
            else:
                for link in links:
                    self._add(link, gold.X, "div", True)
        if rng.random() < 0.3:
            self._add(self.site, gold.X, "div", rng.random() < 0.5)
            if rng.random() < 0.3:
                self._add(self._clause(rng.choice(self.others)), gold.X, "div")
        self._furniture(rng.choice((0, 3, 6, 10, 16, 25, 40)))
        if rng.random() < 0.15:
            self._teasers(rng.randint(1, 6), header=0.5)
        if rng.random() < 0.2:
            crumbs = [self._phrase("home"), *(self._menu() for _ in range(rng.randint(1, 2)))]
            joint = rng.choice((" > ", " / ", " » ", " "))
            self._add(joint.join(crumbs), gold.X, "div")

    def _story(self, story: Story) -> None:
        rng = self.rng
        if rng.random() < 0.3:
            self._add(self._menu(), gold.M, "span", True)
        self._add(story.title, gold.T, "h1")
        if rng.random() < 0.15:
            self._add(story.title, gold.T, "p")
        body = self._some(story)
        lead = story.lead
        if not lead and len(body) > 4 and body[0][0] == "B" and 70 < len(body[0][1]) < 420:
            if rng.random() < 0.6:
                lead = body.pop(0)[1]
        first = rng.random() < 0.6
        if lead and first:
            self._add(lead, gold.L, "p")
        apart = self._meta()
        if rng.random() < 0.4:
            apart = True
            self._share(rng.randint(1, 5))
        if rng.random() < 0.35:
            apart = True
            self._caption()
        if lead and not first:
            self._add(lead, gold.L if apart or story.lead else gold.L | gold.B, "p")
            if rng.random() < 0.5:
                self._meta() or self._share(2)
        for i, (kind, text) in enumerate(body):
            self._add(text, gold.H if kind == "H" else gold.B, "h2" if kind == "H" else "p")
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

    def _clause(self, story: Story) -> str:
        """A few words of a story that may stand for an intertitle or a motto."""
        rng = self.rng
        text = rng.choice(story.body)[1]
        if self.language in ("zh", "ja"):
            pieces = [p for p in re.split(r"[，。！？、：；]", text) if 4 <= len(p) <= 16]
            return rng.choice(pieces) if pieces else text[:8]
        words = text.split()
        start = rng.randrange(max(len(words) - 8, 1))
        clause = " ".join(words[start : start + rng.randint(2, 7)]).strip(".,:;–-\"'«»“”()")
        return (clause[:1].upper() + clause[1:])[:70] or story.title

    def _inside(self) -> None:
        rng = self.rng
        chance = rng.random()
        if chance < 0.02:
            self._add(self._phrase("advertisement"), gold.X, "div")
        elif chance < 0.045:
            joint = rng.choice((" : ", ": ", " "))
            text = self._cap(self._phrase("read_also")) + joint + rng.choice(self.others).title
            self._add(text, gold.TT, "p", True)
        elif chance < 0.06:
            self._teasers(rng.randint(1, 3), header=0.9)
        elif chance < 0.07:
            self._caption()
        elif chance < 0.08:
            self._add(self._phrase("newsletter"), gold.X, "div")
            self._add(self._phrase("newsletter"), gold.X, "div")

    def _after(self) -> None:
        rng = self.rng
        if rng.random() < 0.35:
            tags = [self._menu() for _ in range(rng.randint(2, 6))]
            label = self._cap(self._phrase("tags"))
            if rng.random() < 0.5:
                self._add(label + rng.choice((": ", " : ", " ")) + ", ".join(tags), gold.M, "p")
            else:
                self._add(label, gold.M, "div")
                for tag in tags:
                    self._add(tag, gold.M, "li", True)
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
                self._add(text, gold.X, "li", True)
        if rng.random() < 0.15:
            self._add(
                self._phrase("skip_link") + " " + self._phrase("skip_link"), gold.X, "div", True
            )

    def _furniture(self, count: int) -> None:
        concepts = ("menu", "home", "services", "search", "login", "subscribe", "app", "language",
                    "video", "latest", "cookies", "close", "social", "contents")  # fmt: skip
        for _ in range(count):
            if self.rng.random() < 0.6:
                self._add(self._menu(), gold.X, "li", True)
            else:
                self._add(self._cap(self._phrase(self.rng.choice(concepts))), gold.X, "li", True)

    def _share(self, count: int) -> None:
        for _ in range(count):
            concept = self.rng.choice(("share", "social", "share", "comments"))
            self._add(self._cap(self._phrase(concept)), gold.X, "li", True)

    def _newsletter(self) -> None:
        for concept in ("newsletter", "newsletter", "subscribe"):
            self._add(self._cap(self._phrase(concept)), gold.X, "div")

    def _meta(self) -> bool:
        rng = self.rng
        made = False
        if rng.random() < 0.6:
            name = self._name()
            by = self._cap(self._phrase("by_author"))
            form = rng.random()
            if form < 0.5:
                self._add(f"{by} {name}", gold.M, "p")
            elif form < 0.7:
                self._add(name, gold.M, "p", True)
            else:
                self._add(by, gold.M, "span")
                self._add(name, gold.M, "span", True)
            made = True
        if rng.random() < 0.7:
            lead = self._cap(self._phrase("published")) + " " if rng.random() < 0.6 else ""
            self._add(lead + self._date(), gold.M, "time")
            made = True
        if rng.random() < 0.2:
            self._add(self._cap(self._phrase("updated")) + " " + self._date(), gold.M, "time")
        if rng.random() < 0.15:
            time = self._cap(self._phrase("reading_time"))
            joint, stop = rng.choice((" : ", " ", ": ")), rng.choice(("", "", "."))
            self._add(f"{time}{joint}{rng.randint(1, 12)} min{stop}", gold.M, "span")
        return made

    def _caption(self) -> None:
        rng = self.rng
        credit = self._cap(self._phrase("photo_credit"))
        text = rng.choice(self.others).summary
        sentence = re.split(r"(?<=[.!?。])\s*", text)[0][:180]
        if rng.random() < 0.6:
            sentence += rng.choice((" ", " / ", " | ", " (", " © ")) + credit + " " + self._name()
        self._add(sentence, gold.C, "figcaption")

    def _comments(self) -> None:
        rng = self.rng
        if rng.random() < 0.55:
            return
        count = rng.randint(1, 9)
        if rng.random() < 0.7:
            self._add(f"{count} {self._phrase('comments')}", gold.X, "h3")
        for _ in range(count):
            self._add(self._name().split()[0] + rng.choice(("", "", "42", " 67")), gold.K, "span")
            if rng.random() < 0.7:
                self._add(self._date(), gold.K, "span")
            if self.language == "en" and self.comments and rng.random() < 0.8:
                self._add(rng.choice(self.comments)[:600], gold.K, "p")
            else:
                text = rng.choice(rng.choice(self.others).body)[1]
                self._add(text[: rng.randint(40, 400)], gold.K, "p")
            if rng.random() < 0.4:
                self._add(self._cap(self._phrase("reply")), gold.X, "div", True)
        for _ in range(rng.randint(1, 4)):
            self._add(self._cap(self._phrase("comment_form")), gold.X, "div")

    def _teasers(self, count: int, header: float) -> None:
        rng = self.rng
        if rng.random() < header:
            concept = rng.choice(
                ("related", "related", "related", "most_read", "latest", "follow_author")
            )
            self._add(self._cap(self._phrase(concept)), gold.TS, rng.choice(("h2", "div", "h3")))
        before, after, text = rng.random() < 0.25, rng.random() < 0.35, rng.random() < 0.45
        dated = rng.random() < 0.6
        more = rng.choice((0.0, 0.0, 0.05, 0.9))
        for _ in range(count):
            other = rng.choice(self.others)
            fact = self._date() if dated else self._menu()
            if before:
                self._add(fact, gold.TM, "span")
            self._add(other.title, gold.TT, rng.choice(("h3", "a")), True)
            if after:
                self._add(fact if rng.random() < 0.8 else self._ago(), gold.TM, "span")
            if text and other.summary:
                self._add(self._cut(other.summary), gold.TX, "p")
            if rng.random() < more:
                self._add(self._cap(self._phrase("read_more")), gold.X, "a", True)

    # words ---------------------------------------------------------------------------------

    def _cut(self, text: str) -> str:
        rng = self.rng
        size = rng.choice((90, 130, 160, 200, 260))
        if len(text) <= size:
            return text
        form = rng.random()
        if form < 0.4:  # whole sentences
            ends = [m.end() for m in re.finditer(r"[.!?。](?=\s|$)|。", text[: size + 80])]
            if ends:
                return text[: ends[-1]]
        cut = text[:size] if self.language in ("zh", "ja") else text[:size].rsplit(" ", 1)[0]
        return cut + rng.choice(("…", "...", " ...", "", "", " […]"))

    def _phrase(self, concept: str) -> str:
        table = self.table[concept]
        return self.rng.choice(table.get(self.language) or table["en"])

    def _cap(self, text: str) -> str:
        form = self.rng.random()
        return text.upper() if form < 0.08 else text if form < 0.14 else text[:1].upper() + text[1:]

    def _menu(self) -> str:
        lines = self.menus.get(self.language)
        return self.rng.choice(lines) if lines else self._cap(self._phrase("services"))

    def _name(self) -> str:
        names = []
        for _ in range(6):
            _, text = self.rng.choice(self.rng.choice(self.others).body)
            pattern = r"\b[A-ZÀ-ÞΑ-ΩА-Я][\w'-]{2,} [A-ZÀ-ÞΑ-ΩА-Я][\w'-]{2,}\b"
            names += re.findall(pattern, text)[:2]
            if names:
                return self.rng.choice(names)
        return self.rng.choice(("Anna Berg", "M. Costa", "王芳", "Jan Nowak", "Élise Martin"))

    def _ago(self) -> str:
        number = self.rng.randint(1, 23)
        return {
            "fr": f"il y a {number} heures", "de": f"vor {number} Stunden", "zh": f"{number}小时前",
            "es": f"hace {number} horas", "pl": f"{number} godz. temu", "ru": f"{number} часов назад",
            "it": f"{number} ore fa", "pt": f"há {number} horas", "el": f"πριν {number} ώρες",
        }.get(self.language, f"{number} hours ago")  # fmt: skip

    def _date(self) -> str:
        rng = self.rng
        day, number, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2005, 2026)
        hour = f"{rng.randint(0, 23)}:{rng.randint(10, 59)}"
        if self.language in ("zh", "ja"):
            text = f"{year}年{number}月{day}日"
        elif rng.random() < 0.35:
            text = rng.choice(
                (
                    f"{day:02}/{number:02}/{year}",
                    f"{day}.{number}.{year}",
                    f"{year}-{number:02}-{day:02}",
                )
            )
        else:
            months = self.table["month"].get(self.language) or self.table["month"]["en"]
            month = months[number - 1]
            if self.language == "en":
                month = month.capitalize()
                text = rng.choice((f"{month} {day}, {year}", f"{day} {month} {year}"))
            elif self.language == "de":
                text = f"{day}. {month.capitalize()} {year}"
            else:
                text = f"{day} {month} {year}"
        form = rng.random()
        return f"{text} {hour}" if form < 0.2 else f"{text}, {hour}" if form < 0.3 else text

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


def synthetic_pages(
    count: int, seed: int = 7, *, dev: bool = False
) -> Iterator[tuple[str, list[DomBlock], list[int], str, int, Declared]]:
    """`count` pages: language, blocks, zones; `<title>` and what the page declares are empty."""
    given = (page for name in pages.SETS if name != "pool" for page in pages.load(name))
    found, menus, comments = stories(given, dev=dev)
    languages = sorted(lang for lang in found if len(found[lang]) >= 6)
    maker = Maker(found, menus, comments, seed)
    # English has half of the stories; square roots let the others speak too.
    weights = [len(found[lang]) ** 0.5 for lang in languages]
    for _ in range(count):
        language = maker.rng.choices(languages, weights)[0]
        yield language, *maker.page(language), "", gold.T, Declared()
