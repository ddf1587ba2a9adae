"""Article → XML-TEI (P5), in the shape in which corpus linguists get pages of the web.

Header and text have the elements that trafilatura writes, so that what reads one reads the other:
`ab type="header"` for title and headings, `div type="entry"` for the story, `div type="comments"`.
Nothing that differs from run to run (the day of download) is written.
"""

from collections.abc import Iterable
from itertools import groupby

from articlecli import __version__
from articlecli.document import Image
from articlecli.output import Article, BodyPart, Teaser
from articlecli.write.escaping import attribute, escaped, safe_address
from articlecli.write.inline import Stretch, stretches, written
from articlecli.write.lists import Item, cells, nested, runs

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
CORPUS_HEAD = (
    f'{_DECLARATION}<teiCorpus xmlns="{NAMESPACE}">\n<teiHeader><fileDesc>'
    "<titleStmt><title>Articles</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>\n"
)
CORPUS_FOOT = "</teiCorpus>\n"
_RENDERED: dict[str, str] = {"strong": "#b", "emphasis": "#i"}


def to_tei(
    article: Article, *, teasers: bool = False, links: bool = True, images: bool = True
) -> str:
    """A whole XML document of one article, ending in a line end.

    Args:
        article: The article.
        teasers: Append the teasers, as a `div`.
        links: Keep the links in the story's text.
        images: Put the story's pictures where the page has them.

    """
    return _DECLARATION + tei_element(article, teasers=teasers, links=links, images=images)


def tei_element(
    article: Article, *, teasers: bool = False, links: bool = True, images: bool = True
) -> str:
    """The element `TEI` alone, for a corpus of several."""
    entry = _entry(article, links=links, images=images)
    comments = [f"<p>{_lines(part.text)}</p>" for part in article.comments]
    entry += _teasers(article.entries)
    divs = [_div("entry", entry), _div("comments", comments)]
    if teasers:
        divs.append(_div("teasers", _teasers(article.teasers)))
    language = attribute("xml:lang", article.language)
    return (
        f'<TEI xmlns="{NAMESPACE}">\n<teiHeader>\n{_header(article)}</teiHeader>\n'
        f"<text{language}>\n<body>\n" + "\n".join(divs) + "\n</body>\n</text>\n</TEI>\n"
    )


def _header(article: Article) -> str:
    url = article.source.url
    title = f'<title type="main">{escaped(article.title or "")}</title>'
    statement = title + "".join(f"<author>{escaped(one)}</author>" for one in article.authors)
    day = article.published
    date = f"<date{attribute('when', day)}>{escaped(day)}</date>" if day else ""
    address = safe_address(url or "")
    pointer = f'<ptr type="URL"{attribute("target", address)}/>' if address else ""
    published = f"<publisher>{escaped(article.site_name or 'unknown')}</publisher>{pointer}{date}"
    short = escaped(", ".join(one for one in (article.title, article.site_name, day) if one))
    note = f'<note type="sha256">{escaped(article.source.sha256)}</note>'
    lines = [
        "<fileDesc>",
        f"<titleStmt>{statement}</titleStmt>",
        "<publicationStmt><p/></publicationStmt>",
        f"<notesStmt>{note}</notesStmt>",
        f"<sourceDesc><bibl>{short}</bibl>",
        f"<biblFull><titleStmt>{statement}</titleStmt>",
        f"<publicationStmt>{published}</publicationStmt></biblFull></sourceDesc>",
        "</fileDesc>",
        f'<encodingDesc><appInfo><application version="{__version__}" ident="articlecli">',
        "<label>articlecli</label></application></appInfo></encodingDesc>",
        f"<profileDesc><abstract>{_abstract(article)}</abstract>",
    ]
    if article.language:
        lines.append(f"<langUsage><language{attribute('ident', article.language)}/></langUsage>")
    if article.keywords:
        terms = "".join(f"<term>{escaped(word)}</term>" for word in article.keywords)
        lines.append(f"<textClass><keywords>{terms}</keywords></textClass>")
    return "\n".join([*lines, "</profileDesc>"]) + "\n"


def _abstract(article: Article) -> str:
    if not article.lead:
        return "<p/>"
    return "".join(f"<p>{escaped(line)}</p>" for line in article.lead.split("\n\n"))


def _div(kind: str, lines: list[str]) -> str:
    if not lines:
        return f'<div type="{kind}"/>'
    return f'<div type="{kind}">\n' + "\n".join(lines) + "\n</div>"


def _entry(article: Article, *, links: bool, images: bool) -> list[str]:
    lines = []
    if article.title:
        lines.append(f'<ab rend="h1" type="header">{escaped(article.title)}</ab>')
    if article.lead:
        lines += [f'<p rend="lead">{escaped(line)}</p>' for line in article.lead.split("\n\n")]
    waiting = list(article.images) if images else []
    for kind, parts in runs(article.body):
        first = parts[0].lines[0][0] if parts[0].lines else 0
        above = [image for image in waiting if image.block < first]
        del waiting[: len(above)]
        lines += map(_picture, above)
        lines.append(_run(kind, parts, links=links))
    return lines + [_picture(image) for image in waiting]


def _run(kind: str, parts: list[BodyPart], *, links: bool) -> str:
    if kind == "list_item":
        return _list(nested(parts), links=links)
    if kind == "table":
        rows = [_row(part, links=links) for part in parts]
        return "<table>\n" + "\n".join(rows) + "\n</table>"
    if kind == "quote":
        lines = [f"<p>{_words(part, links=links)}</p>" for part in parts]
        return "<quote>" + "".join(lines) + "</quote>"
    part = parts[0]
    if kind == "heading":
        level = min(max(part.level, 2), 6)
        return f'<ab rend="h{level}" type="header">{_words(part, links=links)}</ab>'
    if kind == "code":
        return f"<p><code>{escaped(part.text)}</code></p>"
    mark = ' rend="caption"' if kind == "caption" else ""
    return f"<p{mark}>{_words(part, links=links)}</p>"


def _lines(text: str) -> str:
    """Text whose lines are kept."""
    return escaped(text).replace("\n", "<lb/>\n")


def _words(part: BodyPart, *, links: bool, start: int = 0) -> str:
    found = stretches(part.text, part.links if links else (), part.marks)
    return written(part.text, found, _lines, _stretch, part=(start, len(part.text)))


def _stretch(one: Stretch, words: str) -> str:
    if one.kind == "link":
        address = safe_address(one.target)
        return f"<ref{attribute('target', address)}>{words}</ref>" if address else words
    if one.kind == "code":
        return f"<code>{words}</code>"
    return f'<hi rend="{_RENDERED[one.kind]}">{words}</hi>'


def _list(items: list[Item], *, links: bool) -> str:
    out = []
    for numbered, run in groupby(items, key=lambda item: item.number is not None):
        lines = []
        for item in run:
            below = "\n" + _list(item.below, links=links) + "\n" if item.below else ""
            number = attribute("n", str(item.number) if numbered else None)
            words = _words(item.part, links=links, start=item.start)
            lines.append(f"<item{number}>{words}{below}</item>")
        mark = "ol" if numbered else "ul"
        out.append(f'<list rend="{mark}">\n' + "\n".join(lines) + "\n</list>")
    return "\n".join(out)


def _row(part: BodyPart, *, links: bool) -> str:
    found = stretches(part.text, part.links if links else (), part.marks)
    row = [written(part.text, found, escaped, _stretch, part=cell) for cell in cells(part)]
    return "<row>" + "".join(f"<cell>{cell}</cell>" for cell in row) + "</row>"


def _picture(image: Image) -> str:
    address = safe_address(image.source)
    told = f"<figDesc>{escaped(image.alt)}</figDesc>" if image.alt else ""
    return f"<figure><graphic{attribute('url', address)}/>{told}</figure>" if address else ""


def _teasers(teasers: Iterable[Teaser]) -> list[str]:
    lines = []
    section: str | None = None
    for teaser in teasers:
        if teaser.section and teaser.section != section:
            lines.append(f'<ab rend="h2" type="header">{escaped(teaser.section)}</ab>')
        section = teaser.section
        title = escaped(teaser.title or "")
        if title and (address := safe_address(teaser.url or "")):
            title = f"<ref{attribute('target', address)}>{title}</ref>"
        told = [title] if title else []
        told += [escaped(text) for text in (teaser.meta, teaser.summary) if text]
        lines.append("<p>" + "<lb/>".join(told) + "</p>")
    return lines
