"""Each generated file of the documents and its text."""

import re
from collections.abc import Callable
from pathlib import Path

from lab.docs.example import example
from lab.docs.help import help_page
from lab.docs.names import names_page
from lab.docs.schema import schema_file, schema_page
from lab.results import ROOT

DOCS = ROOT / "docs"
WHOLE: dict[str, Callable[[], str]] = {
    "reference/commands.md": help_page,
    "reference/python.md": names_page,
    "reference/schema.md": schema_page,
    "reference/schema.json": schema_file,
}
"""Files that are generated from first to last line."""
PARTS: dict[str, Callable[[], str]] = {"index.md": example}
"""Files of which what stands between two markers is generated."""
_MARKED = re.compile(r"(<!-- generated -->\n).*?(<!-- end -->)", re.DOTALL)


def stale_files() -> dict[Path, str]:
    """Files that differ from what the code says today, each with its new text."""
    stale = {}
    for name, make in WHOLE.items():
        path, text = DOCS / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale[path] = text
    for name, make in PARTS.items():
        path, part = DOCS / name, make()
        old = path.read_text(encoding="utf-8")
        text = _MARKED.sub(lambda found, part=part: f"{found[1]}{part}{found[2]}", old)  # type: ignore[misc]
        if text != old:
            stale[path] = text
    return stale
