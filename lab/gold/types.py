"""Types of the gold pages, and those of them that were labelled by reading."""

from collections.abc import Iterator
from typing import Any

from lab.gold import pages

AS_TYPE = {"recipe": "article", "login": "other", "error": "other"}
"""Page types of the gold that are none of ours."""


def labelled_pages() -> Iterator[dict[str, Any]]:
    """Pages labelled by reading: the gold page with `page_type`, `story`, `lines` and `zones`."""
    read = {(page["set"], page["id"]): page for page in pages.load("zones2")}
    for name in sorted({page["file"].partition(".")[0] for page in read.values()}):
        for page in pages.load(name):
            if told := read.get((page["set"], page["id"])):
                yield page | {key: told[key] for key in ("page_type", "story", "lines", "zones")}
