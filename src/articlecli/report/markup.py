"""Tags whose text and attributes are escaped, whatever they hold."""

from collections.abc import Iterable
from html import escape

from articlecli.show.safe import safe

VOID = frozenset({"meta", "input", "br"})
"""Tags without an end. Those of SVG have one: left open they would hold what follows."""


class Html(str):
    """Text that is HTML already. Only `tag` and `joined` make it of what comes from a page."""

    __slots__ = ()


Child = str | Html | None


def tag(name: str, /, *children: Child, **attributes: str | float | bool | None) -> Html:
    """An element.

    Args:
        name: Its name.
        children: Text, which is escaped, and other elements; `None` is left out.
        attributes: A trailing underscore of a name is dropped, other underscores become hyphens;
            `True` is an attribute without a value, `False` and `None` are left out.

    """
    told = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        written = key.rstrip("_").replace("_", "-")
        told.append(f" {written}" if value is True else f' {written}="{_escaped(str(value))}"')
    head = f"<{name}{''.join(told)}>"
    if name in VOID:
        return Html(head)
    return Html(f"{head}{joined(children)}</{name}>")


def joined(children: Iterable[Child]) -> Html:
    """Children one after the other."""
    return Html(
        "".join(
            child if isinstance(child, Html) else _escaped(child)
            for child in children
            if child is not None
        )
    )


def _escaped(text: str) -> str:
    return escape(safe(text), quote=True)
