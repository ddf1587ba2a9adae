"""The facts of a page, field by field, against gold: articlecli and other readers of metadata.

Of a field with gold: the share of its pages that are right, and the share of the given values that
are (precision). Of a field without, the share of pages on which it is filled.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from typing import Any

from articlecli.document import Format
from lab.gold import pages
from lab.make.flatten import lines_of
from lab.measure.peers import Page

Facts = Mapping[str, str | None]
Reader = Callable[[Page], Facts]
GOLD = ("title", "author", "date")
FILLED = ("url", "description", "image", "site")
SAMPLE = 100
"""Pages on which it is counted what is filled."""
SOURCED = {"title": "title", "author": "authors", "date": "published"}
"""Field with gold → its name in `Article.sources`."""


@dataclass
class Counts:
    """What was counted of some readers."""

    fields: dict[str, dict[str, Counter[str]]]
    """By reader and field: `gold`, `given`, `right`; `pages`, `filled`."""
    sets: dict[tuple[str, str, str], Counter[str]]
    """By reader, field and set of gold pages: `gold`, `given`, `right`."""
    sources: dict[tuple[str, str, str], Counter[str]]
    """By reader, field and source, of readers that name theirs: `given`, `right`."""
    errors: list[str]


def _articlecli(page: Page, text: str, kind: Format) -> Facts:
    import articlecli

    got = articlecli.extract(text, options=articlecli.Options(input_format=kind))
    told = {f"{field} from": got.sources.get(name) for field, name in SOURCED.items()}
    return {"title": got.title, "author": ", ".join(got.authors), "date": got.published,
            "url": got.url, "description": got.description, "image": got.image,
            "site": got.site_name, **told}  # fmt: skip


def _from_html(page: Page) -> Facts:
    return _articlecli(page, page["html"], "html")


def _from_text(page: Page) -> Facts:
    tree = pages.parse(page["html"])
    if tree is None:
        return {}
    lines, _ = lines_of(pages.dom_blocks(tree), "wet", pages.page_title(tree), random.Random(0))
    return _articlecli(page, "\n".join(lines), "text")


def _trafilatura(page: Page) -> Facts:
    from trafilatura import extract_metadata

    got = extract_metadata(page["html"])
    if got is None:
        return {}
    return {"title": got.title, "author": got.author, "date": got.date, "url": got.url,
            "description": got.description, "image": got.image, "site": got.sitename}  # fmt: skip


def _htmldate(page: Page) -> Facts:
    from htmldate import find_date

    return {"date": find_date(page["html"], original_date=True)}


def _extruct(page: Page) -> Facts:
    """The first value that extruct's JSON-LD, microdata, OpenGraph and Dublin Core have."""
    import extruct

    got = extruct.extract(page["html"], errors="ignore", uniform=True)
    told: dict[str, Any] = {}
    names = {"title": ("headline", "og:title"), "author": ("author", "article:author"),
             "date": ("datePublished", "article:published_time"), "url": ("og:url",),
             "description": ("description", "og:description"), "image": ("image", "og:image"),
             "site": ("og:site_name",)}  # fmt: skip
    things = [
        thing for kind in ("json-ld", "microdata", "opengraph") for thing in got.get(kind, ())
    ]
    for thing in things:
        for inner in thing.get("@graph") or [thing]:
            for field, keys in names.items():
                for value in (inner.get(key) for key in keys if isinstance(inner, dict)):
                    told[field] = told.get(field) or _text(value)
    return {**told, "date": (told.get("date") or "")[:10] or None}


def _turbohtml(page: Page) -> Facts:
    import turbohtml

    got = turbohtml.parse(page["html"]).article()
    return {"title": got.title, "author": got.byline, "date": (got.date or "")[:10] or None,
            "url": got.canonical, "description": got.description, "image": got.image,
            "site": got.site_name}  # fmt: skip


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value))) or None
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("url"))
    return value if isinstance(value, str) else None


READERS: dict[str, Reader] = {
    "articlecli, HTML": _from_html,
    "articlecli, text": _from_text,
    "trafilatura": _trafilatura,
    "htmldate": _htmldate,
    "extruct": _extruct,
    "turbohtml": _turbohtml,
}


def installed(name: str) -> bool:
    """Whether a reader can be asked."""
    return find_spec(name.partition(",")[0]) is not None


def gold_pages(sets: Sequence[str], folds: Sequence[int]) -> Iterator[Page]:
    """Pages of these folds of sites that have gold for a field."""
    for name in sets:
        for page in pages.load(name):
            if page.get("authors"):
                page["author"] = ", ".join(page["authors"])
            # The authors of recipes were taken from the declaration itself.
            if page["set"] == "recipe-scrapers":
                page.pop("author", None)
            if pages.fold(pages.site(page)) in folds and any(map(page.get, GOLD)):
                yield page


def right(field: str, found: str, page: Page) -> bool:
    """Whether a value is what the gold has."""
    gold = str(page[field])
    if field == "date":
        # The gold of some sets is a moment in UTC, so the day before or after may be the page's.
        near = 1 if page.get("stamp") or len(gold) > 10 else 0
        try:
            apart = date.fromisoformat(found[:10]) - date.fromisoformat(gold[:10])
        except ValueError:  # the gold of one page has a thirteenth month
            return False
        return abs(apart.days) <= near
    if field == "author":
        return _names(found) == _names(gold)
    return _folded(found) == _folded(gold)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _names(text: str) -> set[str]:
    """Folded names; the gold of some pages is a list as Python prints it, or has no commas."""
    bare = re.sub(r"(?i)^(by|von|par|por)\s", "", text.strip().strip("[]"))
    if re.fullmatch(r"[\u4e00-\u9fff]{2,3}(?:\s+[\u4e00-\u9fff]{2,3})+", bare):
        bare = ",".join(bare.split())
    return {_folded(n) for n in re.split(r"(?i)[,;&/、，]|\band\b|\bund\b|\bet\b", bare)} - {""}


def facts(
    readers: Sequence[str], sets: Sequence[str], folds: Sequence[int], limit: int | None
) -> Counts:
    """Ask readers for the facts of gold pages, and count how often they are right."""
    fields: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    counts = Counts(fields, defaultdict(Counter), defaultdict(Counter), [])
    chosen = list(gold_pages(sets, folds))[: limit or None]
    sample = {page["id"] for page in chosen[:: max(1, len(chosen) // SAMPLE)][:SAMPLE]}
    for page in chosen:
        for name in readers:
            try:
                found = READERS[name](page)
            except Exception as error:  # another's fault counts as nothing found
                counts.errors.append(f"{name} {page['id']}: {error!r}")
                found = {}
            _count(page, name, found, counts)
            if page["id"] in sample:
                for field in FILLED:
                    fields[name][field].update(pages=1, filled=bool(found.get(field)))
    return counts


def _count(page: Page, name: str, found: Facts, counts: Counts) -> None:
    for field in filter(page.get, GOLD):
        value, source = found.get(field), found.get(f"{field} from")
        good = bool(value) and right(field, str(value), page)
        for counter in (counts.fields[name][field], counts.sets[name, field, page["set"]]):
            counter.update(gold=1, given=bool(value), right=good)
        if value and source:
            counts.sources[name, field, source].update(given=1, right=good)
        if not good:
            counts.errors.append(f"{name} {field} {page['set']}/{page['id']}: {value!r}"
                                 f"{f' from {source}' if value and source else ''}, "
                                 f"gold {page[field]!r}")  # fmt: skip


def table(counts: Counts) -> str:
    """Markdown: a row a reader; right (precision) of fields with gold, filled of the others."""
    heads = ["", *GOLD, *FILLED]
    rows = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, fields in counts.fields.items():
        cells = [name]
        for field in GOLD:
            c = fields[field]
            cells.append(
                f"{c['right'] / c['gold']:.3f} ({c['right'] / c['given']:.3f})"
                if c["given"]
                else "–"
            )
        cells += [f"{fields[field]['filled']} of {fields[field]['pages']}" for field in FILLED]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def table_of_sets(counts: Counts) -> str:
    """Markdown: a row a reader, field and set of gold pages."""
    rows = ["| reader | field | set | gold | right | precision |", "|---|---|---|---|---|---|"]
    for key, c in sorted(counts.sets.items()):
        precision = f"{c['right'] / c['given']:.3f}" if c["given"] else "–"
        rows.append(f"| {' | '.join(key)} | {c['gold']} | {c['right'] / c['gold']:.3f} "
                    f"| {precision} |")  # fmt: skip
    return "\n".join(rows)


def table_of_sources(counts: Counts) -> str:
    """Markdown: how often each source gave the value, and was right; the most used first."""
    rows = ["| reader | field | source | given | right | share |", "|---|---|---|---|---|---|"]
    used = sorted(counts.sources.items(), key=lambda item: (item[0][:2], -item[1]["given"]))
    for key, c in used:
        share = c["right"] / c["given"]
        rows.append(f"| {' | '.join(key)} | {c['given']} | {int(c['right'])} | {share:.3f} |")
    return "\n".join(rows)
