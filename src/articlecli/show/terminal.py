"""An article on a terminal, as a person reads it: rich's renderables, of safe text only."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from articlecli.output import Article, BodyPart, Teaser
from articlecli.show.safe import safe, safe_line
from articlecli.text.addresses import host_of

MEASURE = 76
"""Columns of the text: lines of some twelve words are read with ease."""
MOST_NAMED = 4
"""Reasons that are named of what was removed."""


def console_of(*, colour: bool, width: int) -> Console:
    """A console that keeps what it is given, for `export`; styled where `colour` is set."""
    from io import StringIO

    return Console(
        file=StringIO(),
        force_terminal=colour,
        color_system="standard" if colour else None,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def printed(what: RenderableType, *, colour: bool, width: int) -> str:
    """What a console prints, with escape sequences where `colour` is set, and none otherwise."""
    console = console_of(colour=colour, width=width)
    console.print(what)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in text.split("\n"))


def article_view(article: Article, *, teasers: bool = True) -> RenderableType:
    """The article: title, byline and date, lead, body, teasers, and a line of what was removed."""
    parts: list[RenderableType] = []
    if article.status == "no_article":
        parts += [Text(f"No story on this page: {article.reason}.", style="bold yellow"), Text()]
    if article.title:
        parts.append(Text(safe_line(article.title), style="bold"))
    where = article.site_name or host_of(article.source.url or "")
    facts = [safe_line(fact) for fact in (article.byline, article.published, where) if fact]
    if facts:
        parts.append(Text(" · ".join(facts), style="dim"))
    if parts:
        parts.append(Text())
    if article.lead:
        parts += [Text(safe(article.lead), style="italic"), Text()]
    for part, after in zip(article.body, (*article.body, None)[1:], strict=True):
        together = after is not None and part.kind == after.kind == "list_item"
        parts += [_body(part), *([] if together else [Text()])]
    if article.entries:
        parts += _cards(f"{len(article.entries)} entries", article.entries)
    if teasers and article.teasers:
        parts += _cards(f"{len(article.teasers)} other stories on the page", article.teasers)
    if article.comments:
        parts.append(Text(f"{len(article.comments)} comments", style="bold magenta"))
    parts.append(Text(removed_line(article), style="dim"))
    return Padding(Group(*parts), (0, 1), expand=False)


def _body(part: BodyPart) -> RenderableType:
    text = safe(part.text)
    if part.kind == "heading":
        return Text(safe_line(text), style="bold")
    if part.kind == "list_item":
        sign = f"{part.number}." if part.number else "•"
        indent = 2 * max(part.level - 1, 0)
        return Padding(Text(f"{sign} {text}"), (0, 0, 0, indent))
    if part.kind == "quote":
        return Padding(Text(text, style="italic"), (0, 4))
    if part.kind == "caption":
        return Text(text, style="dim italic")
    if part.kind in ("code", "table"):
        return Padding(Text(text, no_wrap=part.kind == "table", overflow="ellipsis"), (0, 2))
    return Text(text)


def _cards(head: str, teasers: Iterable[Teaser]) -> Iterator[RenderableType]:
    yield Text(head, style="bold blue")
    section = None
    for teaser in teasers:
        yield _card(teaser, teaser.section if teaser.section != section else None)
        section = teaser.section
    yield Text()


def _card(teaser: Teaser, section: str | None) -> RenderableType:
    rows = [Text(safe_line(teaser.title), style="bold")] if teaser.title else []
    rows += [Text(safe_line(told)) for told in (teaser.summary,) if told]
    rows += [Text(safe_line(told), style="dim") for told in (teaser.meta, teaser.url) if told]
    head = Text(safe_line(section), style="dim") if section else None
    return Panel(Group(*rows), title=head, title_align="left", box=box.ROUNDED, border_style="blue")


def removed_line(article: Article) -> str:
    """How much of the page was removed and why, and how to see it."""
    reasons: Counter[str] = Counter()
    for part in article.removed:
        reasons[part.reason] += part.text.count("\n") + 1
    if not reasons:
        return f"Nothing was removed · confidence {article.confidence:.0%}"
    named = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common(MOST_NAMED))
    more = ", …" if len(reasons) > MOST_NAMED else ""
    page = article.source.path
    shown = safe_line(page) if page and page != "-" else "PAGE"
    return (
        f"Removed {reasons.total()} lines ({named}{more}) · confidence {article.confidence:.0%} · "
        f"articlecli explain {shown} shows them"
    )
