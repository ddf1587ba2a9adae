"""The head of the report: all pages in a table that can be sorted, and plots of what they are."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from articlecli.report.markup import Html, tag
from articlecli.report.pages import ReportPage
from articlecli.text.words import count_words

BARS = 10
"""Bars of a plot of shares."""
LENGTHS = (0, 50, 100, 200, 400, 800, 1600, 3200)
"""Words at which the bars of the plot of lengths begin."""
LANGUAGES = 8
"""Languages that have a bar of their own."""
WIDTH, HEIGHT, HEAD, FOOT = 260, 120, 12, 18


class Row(Struct, frozen=True):
    """What the table says of a page."""

    number: int
    name: str
    outcome: str
    confidence: float
    words: int
    removed: float
    """Share of the page's characters that were removed, 0–1."""
    language: str
    page_type: str
    teasers: int


def row_of(page: ReportPage, number: int) -> Row:
    """The row of a page; one that failed has a confidence of 0."""
    if page.explained is None:
        return Row(number, page.name, "failed", 0.0, 0, 0.0, "", "", 0)
    article = page.explained.article
    size = sum(len(line.text) for line in page.explained.lines) or 1
    gone = sum(len(line.text) for line in page.explained.lines if line.part == "removed")
    return Row(
        number,
        page.name,
        "story" if article.status == "ok" else article.reason or "no story",
        article.confidence,
        count_words(article.text),
        gone / size,
        article.language or "?",
        article.page_type,
        len(article.teasers),
    )


def index_section(rows: Sequence[Row]) -> Html:
    """The index of the report: the least certain page first."""
    ordered = sorted(rows, key=lambda row: (row.confidence, row.number))
    heads = [("Page", "text"), ("Outcome", "text"), ("Confidence", "number"), ("Words", "number"),
             ("Removed", "number"), ("Language", "text"), ("Type", "text"),
             ("Teasers", "number")]  # fmt: skip
    head = tag("tr", *[_head(name, kind) for name, kind in heads])
    caption = tag("caption", "Pages, the least certain first", id="caption-index")
    rest = tag("tbody", *[_row(row) for row in ordered])
    table = tag("table", caption, tag("thead", head), rest)
    stories = sum(row.outcome == "story" for row in rows)
    failed = sum(row.outcome == "failed" for row in rows)
    without = len(rows) - stories - failed
    told = f"{len(rows)} pages: {stories} with a story, {without} without, {failed} failed."
    return tag("section", tag("h2", "All pages", id="title-index"), tag("p", told),
               tag("div", *_plots(rows), class_="plots"),
               tag("div", table, class_="scroll", tabindex=0, role="region",
                   aria_labelledby="caption-index"),
               id="index", class_="page index", aria_labelledby="title-index")  # fmt: skip


def _head(name: str, kind: str) -> Html:
    order = "ascending" if name == "Confidence" else None
    button = tag("button", name, type="button", data_kind=kind)
    number = "number" if kind == "number" else None
    return tag("th", button, scope="col", aria_sort=order, class_=number)


def _row(row: Row) -> Html:
    link = tag("a", row.name, href=f"#page-{row.number}")
    return tag(
        "tr",
        tag("td", link),
        tag("td", row.outcome),
        tag("td", f"{row.confidence:.0%}", data_value=f"{row.confidence:.3f}"),
        tag("td", str(row.words), data_value=row.words),
        tag("td", f"{row.removed:.0%}", data_value=f"{row.removed:.3f}"),
        tag("td", row.language),
        tag("td", row.page_type),
        tag("td", str(row.teasers), data_value=row.teasers),
        class_="least" if row.confidence < 0.6 else None,
    )


def _plots(rows: Sequence[Row]) -> list[Html]:
    done = [row for row in rows if row.outcome != "failed"]
    shares = [f"{100 * i // BARS}" for i in range(BARS)]
    lengths = [sum(row.words >= least for least in LENGTHS) - 1 for row in done]
    languages = Counter(row.language for row in done).most_common(LANGUAGES)
    types = Counter(row.page_type for row in done).most_common()
    return [
        _plot("Words of the story", [str(n) for n in LENGTHS], _counts(lengths, len(LENGTHS))),
        _plot("Removed, % of the page", shares, _counts([_bar(r.removed) for r in done], BARS)),
        _plot("Confidence, %", shares, _counts([_bar(r.confidence) for r in done], BARS)),
        _plot("Language", [name for name, _ in languages], [count for _, count in languages]),
        _plot("Page type", [name for name, _ in types], [count for _, count in types]),
    ]


def _bar(share: float) -> int:
    return min(int(share * BARS), BARS - 1)


def _counts(bars: Sequence[int], size: int) -> list[int]:
    counts = Counter(bars)
    return [counts[i] for i in range(size)]


def _plot(name: str, labels: Sequence[str], counts: Sequence[int]) -> Html:
    """Bars over their labels; read aloud as their numbers."""
    most, step = max(counts, default=0) or 1, WIDTH / (len(counts) or 1)
    told = ", ".join(f"{label}: {n}" for label, n in zip(labels, counts, strict=True) if n)
    bars: list[Html] = []
    for i, (label, count) in enumerate(zip(labels, counts, strict=True)):
        high = (HEIGHT - HEAD - FOOT) * count / most
        bars.append(tag("rect", x=f"{i * step + 1:.1f}", y=f"{HEIGHT - FOOT - high:.1f}",
                        width=f"{max(step - 2, 1):.1f}", height=f"{high:.1f}"))  # fmt: skip
        middle = f"{(i + 0.5) * step:.1f}"
        bars.append(tag("text", label, x=middle, y=HEIGHT - 5))
        if count:
            bars.append(tag("text", str(count), x=middle, y=f"{HEIGHT - FOOT - high - 3:.1f}"))
    picture = tag("svg", *bars, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img",
                  aria_label=f"{name}. {told}")  # fmt: skip
    return tag("figure", tag("figcaption", name), picture)
