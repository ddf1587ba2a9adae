"""What is hidden from those who see the page."""

from articlecli.text.patterns import lazy

HIDDEN_TAGS: list[str] = [
    "script", "style", "template", "svg", "iframe", "embed", "select", "datalist", "noembed",
    "link", "meta", "area", "title", "annotation", "annotation-xml", "video", "audio",
    "option", "optgroup", "rp", "rt",
]  # fmt: skip
"""Elements that no reader sees, whatever they say."""
HIDING = frozenset(("hidden", "aria-hidden", "style"))
"""Attributes that may hide an element: few have one, and all are asked."""
_STYLE = lazy(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")


def is_hidden(tag: str, said: dict[str, str | None]) -> bool:
    """Whether an element's own tag and attributes hide it: what style sheets do is not looked at.

    `hidden="until-found"` is shown to who searches the page; `aria-hidden` says what a screen
    reader passes over, which is a copy or an ornament.
    """
    if "hidden" in said:
        return said["hidden"] != "until-found"
    if said.get("aria-hidden") == "true" or (tag == "dialog" and "open" not in said):
        return True
    style = said.get("style")
    return style is not None and _STYLE.search(style) is not None
