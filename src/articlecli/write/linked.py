"""Text with the links in it: which of its words each one is."""

import re
from collections.abc import Callable

from articlecli.document import Link


def with_links(
    text: str,
    waiting: list[Link],
    plain: Callable[[str], str],
    linked: Callable[[Link], str],
) -> str:
    """Text with those of the links that it holds as whole words, in their order.

    Args:
        text: The words.
        waiting: The links; those that were found are taken from the list.
        plain: Writes what stands between them.
        linked: Writes a link.

    """
    out = ""
    while waiting:
        found = re.search(rf"(?<!\w){re.escape(waiting[0].text)}(?!\w)", text)
        if found is None:
            break
        out += plain(text[: found.start()]) + linked(waiting.pop(0))
        text = text[found.end() :]
    return out + plain(text)
