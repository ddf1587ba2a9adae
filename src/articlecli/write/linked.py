"""Text with the links in it: which of its words each one is."""

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
    out: list[str] = []
    at = done = 0
    for link in waiting:
        start = _whole(text, link.text, at)
        if start < 0:
            break
        out += [plain(text[at:start]), linked(link)]
        at = start + len(link.text)
        done += 1
    del waiting[:done]
    return "".join(out) + plain(text[at:])


def _whole(text: str, words: str, at: int) -> int:
    """Where words stand in a text, from a place on, that begin and end inside no other; -1."""
    first = at
    while (start := text.find(words, at)) >= 0:
        before, after = text[start - 1 : start], text[start + len(words) : start + len(words) + 1]
        if not (start > first and _is_word(before)) and not _is_word(after):
            return start
        at = start + 1
    return -1


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
