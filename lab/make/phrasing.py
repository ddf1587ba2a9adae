"""The words of a page that is put together: phrases, names, dates, in the page's language."""

import random
import re

from lab.make.stories import Parts, Story, phrase_table


class Phrasing:
    """Small texts by chance; all chance comes from one seeded generator."""

    def __init__(self, parts: Parts, seed: int) -> None:
        self.rng = random.Random(seed)
        self.parts = parts
        self.table = phrase_table()
        self.language = "en"
        self.others: list[Story] = []
        """Stories of the language, to borrow from."""

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
        lines = self.parts.menus.get(self.language)
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
            "es": f"hace {number} horas", "pl": f"{number} godz. temu",
            "ru": f"{number} часов назад", "it": f"{number} ore fa", "pt": f"há {number} horas",
            "el": f"πριν {number} ώρες",
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
            months = self.table["month"].get(self.language) or ()
            if len(months) < 12:  # some languages have stock phrases for a few months only
                months = self.table["month"]["en"]
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
