"""What the attributes of a picture say: its address, whether it is an icon, an emoji's sign."""

import re

from articlecli.text.patterns import lazy

SMALLEST = 60
"""Width or height from which a picture is no icon and no counter."""
SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "src")
"""Attributes that hold a picture's address; lazy pages have a placeholder in `src`."""
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
"""Attributes that hold several, with their widths."""
PLACEHOLDERS = ("spacer", "blank.", "pixel.", "placeholder", "logo", "icon")
"""What the names of pictures hold that are none."""
_PLACEHOLDER = lazy("|".join(map(re.escape, PLACEHOLDERS)))
PICTURES = ("img", "amp-img")
EMOJI, EMOJIS = 12, ("emoji", "smiley", "smilie", "emoticon")
"""Characters of the longest sign that a picture stands for, and class words of such pictures."""


def picture_of(attributes: dict[str, str | None]) -> tuple[str, str, str]:
    """Sign of an emoji, address of a picture that is neither that nor an icon, and its text."""
    sign = _emoji_of(attributes)
    source = "" if sign else _address_of(attributes)
    if source and _is_icon(source, attributes):
        source = ""
    return sign, source, attributes.get("alt") or ""


def _emoji_of(attributes: dict[str, str | None]) -> str:
    """The sign that a picture stands for, `""` for other pictures."""
    alt = attributes.get("alt") or ""
    if not alt or len(alt) > EMOJI:
        return ""
    words = (attributes.get("class") or "").lower()
    return alt if any(word in words for word in EMOJIS) else ""


def _address_of(attributes: dict[str, str | None]) -> str:
    """Address of a picture: the widest of a set, else the first that is no placeholder."""
    for name in SETS:
        if not (told := attributes.get(name)):
            continue
        widest, best = -1.0, ""
        for choice in told.split(", "):
            address, _, size = choice.strip().partition(" ")
            width = float(size[:-1]) if size[:-1].replace(".", "", 1).isdecimal() else 0.0
            if width > widest and address and not address.startswith("data:"):
                widest, best = width, address
        if best:
            return best
    for name in SOURCES:
        if (source := attributes.get(name)) and not source.startswith("data:"):
            return source
    return ""


def _is_icon(address: str, attributes: dict[str, str | None]) -> bool:
    """Whether a picture is an icon, a counter or a logo, by its name and its declared size."""
    name = address.partition("?")[0].rpartition("/")[2].lower()
    if name.endswith(".svg") or _PLACEHOLDER.search(name):
        return True
    for said in ("width", "height"):
        size = attributes.get(said) or ""
        if size.isdecimal() and len(size) < 9 and int(size) < SMALLEST:
            return True
    return False
