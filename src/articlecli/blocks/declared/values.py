"""Values in declarations: texts and attributes as they should be read."""

import re
from html import unescape

from selectolax.lexbor import LexborNode

from articlecli.text.characters import without_invisible

MOST_WORDS = 30
"""Keywords of one story; more are a list of everything that a site writes about."""


def attribute(node: LexborNode | None, name: str) -> str:
    """An attribute of an element, the empty string where either is missing."""
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def clean_text(value: object) -> str:
    """A declared text, unescaped (often twice), folded, without soft hyphens; empty for others."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and "&" not in value:
        return " ".join(value.split())
    # JSON may hold half a character.
    whole = value.encode("utf-8", "replace").decode()
    return " ".join(without_invisible(_plain(_plain(whole))).split())


def _plain(text: str) -> str:
    """A text unescaped; as it is where it holds a number that Python refuses (4,300 digits)."""
    try:
        return unescape(text)
    except ValueError:
        return text


def split_words(value: object) -> tuple[str, ...]:
    """Keywords, as a list or as a text with commas or semicolons; the first thirty."""
    words = re.split(r"[,;]", value) if isinstance(value, str) else value
    if not isinstance(words, list):
        return ()
    return tuple(word for told in words[:MOST_WORDS] if (word := clean_text(told)))
