"""The golden pages: each `NAME.page` is a page with the zone of every line in its margin.

    python -m tests.cases.make        # writes samples/NAME.txt from every case

A case has a head (what is expected of the article, one `name: value` a line), a line `---`, and
the page: `ZONE|line`. `.|` is a blank line and `~|` one that holds a lone no-break space. Heads:

    makes       what kind of page it is
    wrap        hard-wrap the page at that column
    encoding    encoding of the sample, `utf-8` by default
    suffix      ending of the sample's name, `txt` by default
    status, language, title, byline, published, lead     fields of the article, as they must be
    headings    intertitles, parted by " | "
    flags       flags that must be set, parted by spaces
    teasers     how many headlines the teasers have
    truncated   headline of the one teaser that breaks off
    comments    how many comments there are
"""

import textwrap
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
ZONES = {
    "T": "title",
    "L": "lead",
    "M": "meta",
    "B": "body",
    "H": "heading",
    "C": "caption",
    "TS": "teaser_section",
    "TT": "teaser_title",
    "TX": "teaser_text",
    "TM": "teaser_meta",
    "K": "comment",
    "X": "boilerplate",
}


class Case(NamedTuple):
    """A golden page and what is expected of it."""

    name: str
    expected: dict[str, str]
    lines: list[str]
    zones: list[str | None]

    @property
    def sample(self) -> Path:
        """Where the page stands among the samples."""
        return SAMPLES / f"{self.name}.{self.expected.get('suffix', 'txt')}"

    @property
    def data(self) -> bytes:
        """The page as a scraper would leave it."""
        text = "\n".join(self.lines) + "\n"
        return text.encode(self.expected.get("encoding", "utf-8"))


def read_case(path: Path) -> Case:
    """Read one `.page` file."""
    head, _, page = path.read_text(encoding="utf-8").partition("---\n")
    expected = dict(line.split(": ", 1) for line in head.splitlines() if line)
    lines: list[str] = []
    zones: list[str | None] = []
    for line in page.splitlines():
        code, _, text = line.partition("|")
        if code in ".~":
            lines.append("\xa0" if code == "~" else "")
            zones.append(None)
            continue
        pieces = textwrap.wrap(text, int(expected["wrap"])) if "wrap" in expected else [text]
        lines += pieces
        zones += [ZONES[code]] * len(pieces)
    return Case(path.stem, expected, lines, zones)


def cases() -> list[Case]:
    """All golden pages, by name."""
    return [read_case(path) for path in sorted(HERE.glob("*.page"))]


if __name__ == "__main__":
    SAMPLES.mkdir(exist_ok=True)
    for case in cases():
        case.sample.write_bytes(case.data)
        print(case.sample.name, len(case.lines), "lines")
