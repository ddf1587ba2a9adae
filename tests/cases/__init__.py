"""Golden cases: a folder a page, and what a reader of that page would call right.

    tests/cases/SLUG/page.txt        the page as a scraper left it (or `page.html`, `page.md`)
    tests/cases/SLUG/expected.json   the article's fields, as they must be
    tests/cases/SLUG/zones           the zone of every line (of HTML, every block): `ZONE|text`

Where the tool is known to be wrong, the case still says what is right. In `zones` the margin is
then `RIGHT!TODAY`; of a field, `known_differences` in `expected.json` has the lines that differ and
why. Either is exact: a case fails when the tool becomes worse, and also when it becomes better, so
that a difference which is gone is taken out. A case whose zones or text are wrong beyond what
`test_cases.py` allows for any page has `zones` or `text` among its known differences too.
"""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from articlecli import Article, Options, extract
from articlecli.blocks import split_page
from articlecli.read import read_page
from articlecli.zone import Zone

HERE = Path(__file__).parent
CODES: dict[str, Zone | None] = {
    "T": Zone.TITLE,
    "L": Zone.LEAD,
    "M": Zone.META,
    "B": Zone.BODY,
    "H": Zone.HEADING,
    "C": Zone.CAPTION,
    "TS": Zone.TEASER_SECTION,
    "TT": Zone.TEASER_TITLE,
    "TX": Zone.TEASER_TEXT,
    "TM": Zone.TEASER_META,
    "K": Zone.COMMENT,
    "X": Zone.BOILERPLATE,
    ".": None,
}
"""What stands in the margin of `zones`; a point for a blank line."""
CODE_OF = {zone: code for code, zone in CODES.items()}
FIELDS = ("status", "reason", "page_type", "language", "title", "byline", "published", "lead",
          "body", "entries", "teasers", "comments", "flags")  # fmt: skip
"""What a case says of an article, in this order."""


class Row(NamedTuple):
    """A line of `zones`."""

    right: Zone | None
    """What a reader calls it."""
    today: Zone | None
    """What the tool calls it."""
    text: str

    def __str__(self) -> str:
        """The line as the file has it."""
        known = "" if self.right is self.today else f"!{CODE_OF[self.today]}"
        return f"{CODE_OF[self.right]}{known}|{self.text}"


def read_row(line: str) -> Row:
    """A line of `zones`, read."""
    margin, _, text = line.partition("|")
    right, _, today = margin.partition("!")
    return Row(CODES[right], CODES[today or right], text)


class Case:
    """A page, what is right, and what the tool makes of it today."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, folder.name
        self.page = next(folder.glob("page.*"))
        self.data = self.page.read_bytes()
        told = folder / "expected.json"
        self.expected: dict[str, Any] = json.loads(told.read_bytes()) if told.exists() else {}
        margin = folder / "zones"
        lines = margin.read_text(encoding="utf-8").split("\n")[:-1] if margin.exists() else []
        self.rows = [read_row(line) for line in lines]

    def __repr__(self) -> str:
        """The name, which pytest prints."""
        return self.name

    @property
    def known(self) -> dict[str, Any]:
        """Fields in which the tool is known to differ: the difference, and why."""
        return self.expected.get("known_differences", {})

    @cached_property
    def article(self) -> Article:
        """Today's article."""
        return extract(self.data, url=self.expected.get("url"))

    @cached_property
    def found(self) -> dict[str, Any]:
        """The article's fields as `expected.json` writes them."""
        article = self.article
        told = {name: getattr(article, name) for name in FIELDS}
        told["body"] = [[part.kind, part.text] for part in article.body]
        told["comments"] = [part.text for part in article.comments]
        told["flags"] = list(article.flags)
        for field in ("entries", "teasers"):
            told[field] = [
                {
                    name: value
                    for name in ("title", "summary", "meta", "section", "url", "truncated")
                    if (value := getattr(teaser, name))
                }
                for teaser in told[field]
            ]
        return told

    @cached_property
    def found_rows(self) -> list[tuple[Zone | None, str]]:
        """Zone and text of each line of the page, or of each block of HTML."""
        document = split_page(read_page(self.data, url=None, options=Options()))
        texts = [document.text[start:end] for start, end in document.lines]
        return list(zip(self.article.zones, texts, strict=True))

    def difference(self, name: str) -> list[str]:
        """Lines of a field that are right and missing (`- `), or there and wrong (`+ `)."""
        return list(differences(_lines(self.expected[name]), _lines(self.found[name])))


def _lines(value: Any) -> list[str]:
    """A field's value as lines of JSON: a list has one for each item."""
    items = value if isinstance(value, list) else [value]
    return [json.dumps(item, ensure_ascii=False) for item in items]


def differences(right: list[str], found: list[str]) -> Iterator[str]:
    """What has to go and what has to come to make one list of lines of another."""
    for _, a, b, c, d in SequenceMatcher(a=right, b=found, autojunk=False).get_opcodes():
        if right[a:b] != found[c:d]:
            yield from (f"- {line}" for line in right[a:b])
            yield from (f"+ {line}" for line in found[c:d])


def written(expected: dict[str, Any]) -> str:
    """`expected.json`: a line a field, a line an item, so that a change of one is a line in git."""
    out = []
    for name, value in expected.items():
        if isinstance(value, list) and value:
            inside = ",\n".join(f"    {line}" for line in _lines(value))
            out.append(f'  "{name}": [\n{inside}\n  ]')
        elif name == "known_differences":
            inside = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
            out.append(f'  "{name}": {inside}')
        else:
            out.append(f'  "{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(out) + "\n}\n"


def cases() -> list[Case]:
    """All cases, by name."""
    return [Case(page.parent) for page in sorted(HERE.glob("*/page.*"))]
