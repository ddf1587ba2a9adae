"""Page text in what is written: whatever it holds, it is read as text."""

import re

_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What XML 1.0 and HTML cannot hold or advise against, escaped or not."""
_COMMANDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
"""What moves a terminal's cursor, or the order of its letters (ECMA-48, Unicode TR 36)."""
_SAFE = re.compile(r"(?i)(?:https?|ftp|mailto):|[^:]*(?:[/?#]|$)")
"""Addresses with a scheme that runs nothing, and those without a scheme."""


def escaped(text: str) -> str:
    """Text for an element; control characters are dropped."""
    text = _FORBIDDEN.sub("", text).replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def printable(text: str) -> str:
    """Text that a terminal takes for no command: LF, tab and the end CR LF alone are left."""
    return _COMMANDS.sub(" ", text)


def attribute(name: str, value: str | None) -> str:
    """` name="value"`, the empty string where there is no value."""
    return f' {name}="{quoted(value)}"' if value else ""


def quoted(value: str) -> str:
    """Text for an attribute in double quotes."""
    return escaped(value).replace('"', "&quot;").replace("\n", "&#10;")


def safe_address(target: str) -> str | None:
    """An address that a reader can follow; `None` for one that runs a program (`javascript:`)."""
    target = re.sub(r"[\x00-\x20]+", "", target)
    return target if target and _SAFE.match(target) else None
