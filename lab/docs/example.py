"""A page of `samples/` beside what comes out of it, for the first page of the documents."""

import json
from html import escape
from typing import Any

from articlecli import Extractor, Options
from articlecli.explain import ExplainedLine
from lab.results import ROOT

PAGE = "samples/local-news-en.txt"
SHOWN = ("status", "language", "title", "byline", "published", "lead", "body", "teasers",
         "removed", "confidence")  # fmt: skip
LONGEST = 64
"""Characters of a text in the JSON beside the page."""
REMOVED = 4
"""Removed parts that are shown of the JSON."""


def example() -> str:
    """The page with its zones, and its JSON, shortened."""
    path = ROOT / PAGE
    explained = Extractor(Options()).explain(path.read_bytes())
    source = path.read_text(encoding="utf-8").splitlines()
    rows = "\n".join(_row(line, source) for line in explained.lines)
    article = explained.article.to_dict()
    told = _json({name: article[name] for name in SHOWN})
    return (
        f'<div class="example" markdown>\n<ol class="page-lines" tabindex="0">\n{rows}\n</ol>\n\n'
        f"```json\n{told}\n```\n\n</div>\n"
    )


def _row(line: ExplainedLine, source: list[str]) -> str:
    first, last = line.lines
    inner = "<br>".join(escape(text) for text in source[first - 1 : last])
    return f'<li class="z-{line.zone}"><span>{line.zone}</span> {inner}</li>'


def _json(told: dict[str, Any]) -> str:
    """JSON with an object of a list on a line of its own, long texts cut."""
    rows = []
    for name, value in told.items():
        if isinstance(value, list | tuple) and value:
            shown = value[:REMOVED] if name == "removed" else value
            items = [f"    {_short(item)}" for item in shown]
            items += ["    …"] if len(shown) < len(value) else []
            rows.append(f'  "{name}": [\n' + ",\n".join(items) + "\n  ]")
        else:
            rows.append(f'  "{name}": {json.dumps(_cut(value), ensure_ascii=False)}')
    return "{\n" + ",\n".join(rows) + "\n}"


def _short(item: dict[str, Any]) -> str:
    cut = {
        key: _cut(value)
        for key, value in item.items()
        if key != "spans" and value not in (None, False)
    }
    return json.dumps(cut, ensure_ascii=False)


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST:
        return value[:LONGEST].rstrip() + " …"
    return value
