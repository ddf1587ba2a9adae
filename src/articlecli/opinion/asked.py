"""trafilatura's text of a page, asked so that nothing of one page reaches another.

Its filter of duplicates, which remembers what earlier pages said, is off, and so are the settings
that a program may have changed for itself. What it keeps beside that are tables that change no
answer. Only its own rules run: its helpers (readability, jusText) take half as long again, and as
evidence brought nothing more. It is not imported before the first page that asks.
"""

import logging
from collections.abc import Callable
from functools import cache

from articlecli.text.patterns import lazy

LONGEST, MOST_TAGS, MOST_BLOCKS = 6_000_000, 25_000, 10_000
"""Characters, tags and blocks of the longest page that it is asked about: on some shapes its time
is the square of the number of elements."""
_SPANS = lazy(r"(?i)\b(?:col|row)span\s*=")
"""It writes out each cell that another covers, up to a thousand of them for one."""


def text_of(html: str, blocks: int) -> str | None:
    """The main text that it finds on a page, lines parted by line feeds; empty where it finds none.

    Args:
        html: The page, its nests bound (`blocks.from_html.as_html`).
        blocks: How many blocks it has.

    Returns:
        `None` where it is not asked, since the page is too long for it, or fails.

    Raises:
        MemoryError: As for any page that needs more than it may.

    """
    if len(html) > LONGEST or blocks > MOST_BLOCKS or html.count("<") > MOST_TAGS:
        return None
    try:
        return _extract()(_SPANS.sub("data-span=", html)) or ""
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # whatever it stumbles over, the first opinion stands
        return None


@cache
def _extract() -> Callable[[str], str | None]:
    import trafilatura
    from trafilatura.settings import use_config

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it would write to stderr
    config = use_config()

    def extract(html: str) -> str | None:
        found: str | None = trafilatura.extract(
            html, fast=True, include_comments=False, deduplicate=False, config=config
        )
        return found

    return extract
