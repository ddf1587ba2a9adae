"""One page of the report: its lines with their zones at the left, its article at the right."""

from collections.abc import Iterable, Iterator

from articlecli.document import Range
from articlecli.explain import ExplainedLine, Explanation
from articlecli.output import Article, Teaser
from articlecli.report.markup import Child, Html, joined, tag
from articlecli.report.pages import ReportPage
from articlecli.teach.gold import KEPT

UNSURE = 0.6
"""Confidence under which a line counts as unsure in the filters."""


def page_section(page: ReportPage, number: int, *, alone: bool) -> Html:
    """The section of a page; `number` names it, one alone has no way back to an index."""
    head = tag("h2", page.name, id=f"title-{number}")
    if page.explained is None:
        body: Html = tag("p", f"Could not be read: {page.problem}", class_="problem")
    else:
        body = tag(
            "div", _lines(page.explained), _article(page.explained.article), class_="columns"
        )
    back = None if alone else tag("a", "All pages", href="#index", class_="back")
    told = {}
    if page.explained is not None:
        source = page.explained.article.source
        told = {
            f"data_{name}": getattr(source, name) for name in ("path", "sha256", "format", "url")
        }
    return tag(
        "section",
        head,
        back,
        body,
        id=f"page-{number}",
        class_="page",
        aria_labelledby=f"title-{number}",
        **told,
    )


def _lines(explained: Explanation) -> Html:
    rows = [_line(line, explained.article.language) for line in explained.lines]
    head = tag("h3", "The page, line by line")
    return tag("div", head, tag("ol", *rows, class_="lines"), class_="left",
               tabindex=0, role="region", aria_label="The page, line by line")  # fmt: skip


def _line(line: ExplainedLine, language: str | None) -> Html:
    sure = f"{line.confidence:.0%}"
    text = line.text if len(line.text) <= KEPT else line.text[:KEPT] + "…"
    told = [str(line.zone), sure, f"by {line.by}", line.reason, line.tags]
    # The direction is that of the page's text: `dir` keeps the reason out of it.
    why = tag("em", line.reason, class_="reason", lang="en", dir="ltr") if line.reason else None
    return tag(
        "li",
        tag("span", _range(line.lines), class_="number"),
        tag("span", str(line.zone), class_="zone"),
        tag("span", why, text, class_="text", lang=language, dir="auto"),
        class_=f"line z-{line.zone}" + (" unsure" if line.confidence < UNSURE else ""),
        tabindex=-1,
        data_zone=str(line.zone),
        data_from=line.lines[0],
        data_to=line.lines[1],
        data_told=" · ".join(part for part in told if part),
        title=" · ".join(part for part in told if part),
    )


def _article(article: Article) -> Html:
    parts: list[Child] = [tag("h3", "The article")]
    if article.status == "no_article":
        parts.append(tag("p", f"No story: {article.reason}", class_="problem"))
    parts.append(tag("div", *_story(article), lang=article.language))
    parts += _fold("Entries", article.entries, _teasers(article.entries))
    parts += _fold("Other stories", article.teasers, _teasers(article.teasers))
    parts += _fold("Comments", article.comments, _comments(article))
    parts += _fold("Removed", article.removed, _removed(article))
    return tag("div", *parts, class_="right", tabindex=0, role="region", aria_label="The article")


def _story(article: Article) -> Iterator[Html]:
    if article.title:
        yield _part("h4", article.title, article.title_lines, "z-title")
    facts = [fact for fact in (article.byline, article.published, article.site_name) if fact]
    if facts:
        yield tag("p", " · ".join(facts), class_="facts")
    if article.lead:
        yield _part("p", article.lead, article.lead_lines, "z-lead")
    names = {"heading": ("h5", "z-heading"), "caption": ("p", "z-caption"),
             "code": ("pre", "z-body"), "table": ("pre", "z-body")}  # fmt: skip
    for part in article.body:
        name, zone = names.get(part.kind, ("p", "z-body"))
        sign = "• " if part.kind == "list_item" else ""
        yield _part(name, sign + part.text, part.lines, zone)


def _teasers(teasers: Iterable[Teaser]) -> Iterator[Html]:
    for teaser in teasers:
        told = [t for t in (teaser.title, teaser.summary, teaser.meta) if t]
        yield _part("p", " — ".join(told), teaser.lines, "z-teaser_title")


def _comments(article: Article) -> Iterator[Html]:
    for part in article.comments:
        yield _part("p", part.text, part.lines, "z-comment")


def _removed(article: Article) -> Iterator[Html]:
    for part in article.removed:
        yield _part("p", f"{part.reason}: {part.text}", part.lines, "z-boilerplate")


def _fold(what: str, parts: tuple[object, ...], rows: Iterator[Html]) -> list[Child]:
    if not parts:
        return []
    return [tag("details", tag("summary", f"{what} ({len(parts)})"), joined(rows))]


def _part(name: str, text: str, lines: tuple[Range, ...], zone: str) -> Html:
    told = " ".join(f"{first}-{last}" for first, last in lines)
    return tag(name, text, class_=f"part {zone}", data_lines=told or None, tabindex=-1, dir="auto")


def _range(lines: Range) -> str:
    return str(lines[0]) if lines[0] == lines[1] else f"{lines[0]}–{lines[1]}"
