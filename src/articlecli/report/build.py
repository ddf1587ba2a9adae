"""The whole report: one file that loads nothing and whose only script is its own."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from articlecli import __version__
from articlecli.report.article import page_section
from articlecli.report.index import index_section, row_of
from articlecli.report.markup import Html, joined, tag
from articlecli.report.pages import ReportPage
from articlecli.show.palette import HUES
from articlecli.teach.gold import KEPT, SCHEMA, SUFFIX
from articlecli.zone import Zone

KEYS = """\
Arrows, or j and k: next and previous line · n and p: next and previous page · i: all pages ·
u: unsure lines ·
z: correct the zone · Esc: choose none"""


def report_html(pages: Sequence[ReportPage]) -> str:
    """The report of some pages, a whole file of HTML.

    A browser runs no script and loads no style but those whose hashes stand in its head, and asks
    no other machine for anything. Every byte of a page is escaped.
    """
    here = files("articlecli.report")
    style = _hues() + here.joinpath("report.css").read_text(encoding="utf-8")
    script = here.joinpath("report.js").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", _title(pages)),
        Html(f"<style>{style}</style>"),
    )
    alone = len(pages) == 1
    sections = [page_section(page, i, alone=alone) for i, page in enumerate(pages, 1)]
    if not alone:
        index = index_section([row_of(page, number) for number, page in enumerate(pages, 1)])
        sections.insert(0, index)
    body = tag(
        "body",
        tag(
            "header",
            tag("h1", "What became of each line"),
            _filters(),
            tag("p", KEYS, class_="keys"),
        ),
        tag("main", *sections),
        _bar(),
        tag("footer", tag("p", f"Made by articlecli {__version__}")),
        Html(f"<script>{script}</script>"),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _title(pages: Sequence[ReportPage]) -> str:
    return pages[0].name if len(pages) == 1 else f"{len(pages)} pages"


def _filters() -> Html:
    boxes = [
        tag("label", tag("input", type="checkbox", checked=True, value=str(zone)), str(zone),
            class_=f"z-{zone}")
        for zone in Zone
    ]  # fmt: skip
    unsure = tag("label", tag("input", type="checkbox", id="unsure"), "only unsure lines")
    letters = tag("input", type="checkbox", id="keys", checked=True)
    keys = tag("label", letters, "keys of one letter")
    shown = tag("fieldset", joined(boxes), unsure, keys, aria_label="Lines shown")
    return tag("details", tag("summary", "Lines shown"), shown, open=True, class_="filters")


def _bar() -> Html:
    """What is known of the chosen line, and what corrects and saves zones."""
    zones = [tag("option", str(zone), value=str(zone)) for zone in Zone]
    return tag(
        "div",
        tag("output", "Choose a line.", id="told", aria_live="polite"),
        tag("span",
            tag("label", "Zone ", tag("select", *zones, id="zone", disabled=True)),
            tag("button", "Save zones", type="button", id="save"),
            tag("button", "Copy zones", type="button", id="copy"),
            id="correct", data_schema=SCHEMA, data_suffix=SUFFIX, data_kept=KEPT, hidden=True),
        id="bar", role="region", aria_label="The chosen line",
    )  # fmt: skip


def _hues() -> str:
    """A colour a zone, as a property that the style sheet makes lighter in the dark."""
    return "".join(f".z-{zone}{{--hue:{hue}}}\n" for zone, hue in HUES.items())


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
