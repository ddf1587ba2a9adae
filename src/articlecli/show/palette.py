"""A colour for each zone, the same wherever zones are shown."""

from articlecli.zone import (
    BODY,
    BOILERPLATE,
    CAPTION,
    COMMENT,
    HEADING,
    LEAD,
    META,
    TEASER_META,
    TEASER_SECTION,
    TEASER_TEXT,
    TEASER_TITLE,
    TITLE,
    Zone,
)

STYLES: dict[Zone, str] = {
    TITLE: "bold green",
    LEAD: "green",
    META: "yellow",
    BODY: "bright_green",
    HEADING: "bold bright_green",
    CAPTION: "cyan",
    TEASER_SECTION: "bold blue",
    TEASER_TITLE: "blue",
    TEASER_TEXT: "bright_blue",
    TEASER_META: "bright_cyan",
    COMMENT: "magenta",
    BOILERPLATE: "bright_black",
}
"""Zone → style on a terminal: the sixteen colours that each terminal's own scheme has."""

HUES: dict[Zone, str] = {
    TITLE: "#1b7f3b",
    LEAD: "#1f7a58",
    META: "#7a6000",
    BODY: "#3c7a1e",
    HEADING: "#0f766e",
    CAPTION: "#0e7490",
    TEASER_SECTION: "#1d4ed8",
    TEASER_TITLE: "#3b63c4",
    TEASER_TEXT: "#4f6fa8",
    TEASER_META: "#5b6b8c",
    COMMENT: "#a21caf",
    BOILERPLATE: "#5f6673",
}
"""Zone → colour on a page of HTML: 4.5 : 1 and more against white, and against the report's mark
of a chosen line (WCAG 2.2, 1.4.3)."""
