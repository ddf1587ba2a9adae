"""Types of the gold pages, and those of them that were labelled by reading."""

from collections.abc import Iterator
from typing import Any

from lab.gold import pages
from lab.gold.labels import LETTERS, line_hash, read_labels

AS_TYPE = {"recipe": "article", "login": "other", "error": "other"}
"""Page types of the gold that are none of ours."""


def labelled_pages() -> Iterator[dict[str, Any]]:
    """Pages labelled by reading: the gold page with `page_type`, `story`, `lines` and `zones`.

    Those that came with the gold pages, then those of this repository whose reader told the type.
    """
    given = {(page["set"], page["id"]): page for page in pages.load("zones2")}
    labels = {key: told for key, told in read_labels().items() if "page_type" in told}
    for name in pages.SETS:
        for page in pages.load(name):
            key = page["set"], page["id"]
            if told := given.get(key):
                yield page | {key: told[key] for key in ("page_type", "story", "lines", "zones")}
            elif told := labels.get(key):
                tree = pages.parse(page["html"])
                title = pages.page_title(tree)
                lines = [title] if title else []
                lines += [block.text for block in pages.dom_blocks(tree)]
                if list(map(line_hash, lines)) == told["hashes"]:  # few ids are those of two pages
                    zones = [LETTERS[letter] for letter in told["zones"]]
                    told_of = {key: told[key] for key in ("page_type", "story")}
                    yield page | told_of | {"lines": lines, "zones": zones}
