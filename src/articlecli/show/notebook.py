"""An article in a notebook: its text, and the page's removed lines behind a fold."""

from html import escape

from articlecli.output import Article, Part
from articlecli.show.palette import HUES
from articlecli.show.safe import safe
from articlecli.zone import BOILERPLATE, COMMENT, TEASER_TITLE, Zone

MOST = 200
"""Removed parts and teasers that are shown: a notebook keeps all of it in its file."""


def article_html(article: Article) -> str:
    """HTML without scripts or addresses; each part has its zone's colour at its side."""
    head = escape(safe(article.title or f"No story ({article.reason})"))
    facts = " · ".join(escape(safe(f)) for f in (article.byline, article.published) if f)
    rows = [f"<h3>{head}</h3>", f"<p><small>{facts}</small></p>" if facts else ""]
    if article.lead:
        rows.append(_row(Zone.LEAD, f"<em>{escape(safe(article.lead))}</em>"))
    for part in article.body:
        text = escape(safe(part.text))
        zone = {"heading": Zone.HEADING, "caption": Zone.CAPTION}.get(part.kind, Zone.BODY)
        rows.append(_row(zone, f"<strong>{text}</strong>" if zone is Zone.HEADING else text))
    teasers = [
        _row(TEASER_TITLE, escape(safe(t.title or t.summary or ""))) for t in article.teasers
    ]
    rows.append(_fold("other stories", teasers))
    rows.append(_fold("comments", [_row(COMMENT, escape(safe(c.text))) for c in article.comments]))
    removed = [_row(BOILERPLATE, f"<small>{escape(p.reason)}</small> {_text(p)}")
               for p in article.removed]  # fmt: skip
    rows.append(_fold("removed parts", removed))
    rows.append(f"<p><small>confidence {article.confidence:.0%}</small></p>")
    return f'<div style="max-width:44em;line-height:1.5">{"".join(rows)}</div>'


def _text(part: Part) -> str:
    return escape(safe(part.text)).replace("\n", " · ")


def _row(zone: Zone, inner: str) -> str:
    return (
        f'<div title="{zone}" style="border-left:4px solid {HUES[zone]};padding:0 0 0 .7em;'
        f'margin:.5em 0">{inner}</div>'
    )


def _fold(what: str, rows: list[str]) -> str:
    if not rows:
        return ""
    more = f"<p>… {len(rows) - MOST} more</p>" if len(rows) > MOST else ""
    inner = "".join(rows[:MOST])
    return f"<details><summary>{len(rows)} {what}</summary>{inner}{more}</details>"
