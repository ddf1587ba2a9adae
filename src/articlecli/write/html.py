"""Article → a page of HTML with nothing but the article in it."""

from collections.abc import Iterable
from itertools import groupby

from articlecli.document import Image
from articlecli.output import Article, BodyPart, Teaser
from articlecli.write.escaping import attribute, escaped, quoted, safe_address
from articlecli.write.inline import Stretch, stretches, written
from articlecli.write.lists import Item, cells, nested, runs

FOOT = "</body>\n</html>\n"
_TAGS: dict[str, str] = {"strong": "strong", "emphasis": "em", "code": "code"}


def to_html(
    article: Article, *, teasers: bool = False, links: bool = True, images: bool = True
) -> str:
    """A whole page of HTML of one article, ending in a line end.

    Args:
        article: The article.
        teasers: Append the teasers, as an `<aside>`.
        links: Keep the links in the story's text.
        images: Put the story's pictures where the page has them; only their addresses are written.

    """
    head = html_head(article)
    return head + html_article(article, teasers=teasers, links=links, images=images) + FOOT


def html_head(article: Article | None = None) -> str:
    """What stands above the first article.

    Args:
        article: The only one of the page; `None` where there are several.

    """
    lines = ['<meta charset="utf-8">']
    language = None
    if article is not None:
        language = article.language
        lines.append(f"<title>{escaped(article.title or '')}</title>")
        told: list[tuple[str, str | None]] = [("author", name) for name in article.authors]
        told += [("date", article.published), ("description", article.lead)]
        told += [("keywords", ", ".join(article.keywords)), ("generator", "articlecli")]
        lines += [f'<meta name="{name}"{attribute("content", value)}>'
                  for name, value in told if value]  # fmt: skip
        if address := safe_address(article.source.url or ""):
            lines.append(f'<link rel="canonical"{attribute("href", address)}>')
    else:
        lines.append("<title>Articles</title>")
    head = "\n".join(lines)
    return (
        f"<!doctype html>\n<html{attribute('lang', language)}>\n<head>\n{head}\n</head>\n<body>\n"
    )


def html_article(
    article: Article, *, teasers: bool = False, links: bool = True, images: bool = True
) -> str:
    """The `<article>` alone, and the `<aside>` of its teasers."""
    lines = _header(article)
    if article.lead:
        lines += [f'<p class="lead">{escaped(line)}</p>' for line in article.lead.split("\n\n")]
    waiting = list(article.images) if images else []
    for kind, parts in runs(article.body):
        for part in parts[:1]:
            lines += _pictures_above(part, waiting)
        lines.append(_run(kind, parts, links=links))
    lines += map(_picture, waiting)
    lines += _sections(article.entries)
    out = f"<article{attribute('lang', article.language)}>\n" + "\n".join(lines) + "\n</article>\n"
    return out + (_teasers(article.teasers) if teasers and article.teasers else "")


def _header(article: Article) -> list[str]:
    lines = [f"<h1>{escaped(article.title)}</h1>"] if article.title else []
    told = [f'<span class="author">{escaped(name)}</span>' for name in article.authors]
    if article.published:
        day = article.published
        told.append(f"<time{attribute('datetime', day)}>{escaped(day)}</time>")
    if told:
        lines.append(f'<p class="byline">{" · ".join(told)}</p>')
    return ["<header>", *lines, "</header>"] if lines else []


def _run(kind: str, parts: list[BodyPart], *, links: bool) -> str:
    if kind == "list_item":
        return _list(nested(parts), links=links)
    if kind == "table":
        return _table(parts, links=links)
    if kind == "quote":
        lines = [f"<p>{_words(part, links=links)}</p>" for part in parts]
        return "<blockquote>\n" + "\n".join(lines) + "\n</blockquote>"
    part = parts[0]
    if kind == "heading":
        level = min(max(part.level, 2), 6)
        return f"<h{level}>{_words(part, links=links)}</h{level}>"
    if kind == "code":
        return f"<pre><code>{escaped(part.text)}</code></pre>"
    mark = ' class="caption"' if kind == "caption" else ""
    return f"<p{mark}>{_words(part, links=links)}</p>"


def _words(part: BodyPart, *, links: bool, start: int = 0) -> str:
    found = stretches(part.text, part.links if links else (), part.marks)
    words = written(part.text, found, escaped, _stretch, part=(start, len(part.text)))
    return words.replace("\n", "<br>\n")


def _stretch(one: Stretch, words: str) -> str:
    if one.kind == "link":
        address = safe_address(one.target)
        return f"<a{attribute('href', address)}>{words}</a>" if address else words
    tag = _TAGS[one.kind]
    return f"<{tag}>{words}</{tag}>"


def _list(items: list[Item], *, links: bool) -> str:
    """A list; where bullets and numbers take turns, one list follows the other."""
    out = []
    for numbered, run in groupby(items, key=lambda item: item.number is not None):
        same = list(run)
        first = same[0].number
        start = f' start="{first}"' if first not in (None, 1) else ""
        lines = []
        for item in same:
            below = "\n" + _list(item.below, links=links) + "\n" if item.below else ""
            lines.append(f"<li>{_words(item.part, links=links, start=item.start)}{below}</li>")
        tag = "ol" if numbered else "ul"
        out.append(f"<{tag}{start}>\n" + "\n".join(lines) + f"\n</{tag}>")
    return "\n".join(out)


def _table(parts: Iterable[BodyPart], *, links: bool) -> str:
    rows = []
    for part in parts:
        found = stretches(part.text, part.links if links else (), part.marks)
        row = [written(part.text, found, escaped, _stretch, part=cell) for cell in cells(part)]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _pictures_above(part: BodyPart, waiting: list[Image]) -> list[str]:
    """Pictures that stand above a part, taken from those that wait."""
    first = part.lines[0][0] if part.lines else 0
    above = [image for image in waiting if image.block < first]
    del waiting[: len(above)]
    return [_picture(image) for image in above]


def _picture(image: Image) -> str:
    address = safe_address(image.source)
    alt = quoted(image.alt)
    return f'<figure><img{attribute("src", address)} alt="{alt}"></figure>' if address else ""


def _teasers(teasers: Iterable[Teaser]) -> str:
    return "\n".join(["<aside>", *_sections(teasers), "</aside>"]) + "\n"


def _sections(teasers: Iterable[Teaser]) -> list[str]:
    lines: list[str] = []
    section: str | None = None
    for teaser in teasers:
        if teaser.section and teaser.section != section:
            lines.append(f"<h2>{escaped(teaser.section)}</h2>")
        section = teaser.section
        title = escaped(teaser.title or "")
        if title and (address := safe_address(teaser.url or "")):
            title = f"<a{attribute('href', address)}>{title}</a>"
        told = [f"<h3>{title}</h3>"] if title else []
        told += [f'<p class="meta">{escaped(teaser.meta)}</p>'] if teaser.meta else []
        told += [f"<p>{escaped(teaser.summary)}</p>"] if teaser.summary else []
        lines.append("<section>" + "".join(told) + "</section>")
    return lines
