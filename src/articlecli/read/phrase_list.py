"""A user's own phrases, from a file.

    # What a phrase list looks like. Phrases are parted by " | ", case does not matter.
    [boilerplate]
    fr: la lettre du soir | nos magazines
    [teaser_section, always]
    fr: dans la même rubrique

A header names a zone; `always` makes a rule of its phrases, otherwise they are evidence. The
language before the colon is for the reader of the file: a phrase is looked for on every page.
"""

import re

from articlecli.errors import InputError
from articlecli.options import Phrase
from articlecli.text.patterns import lazy
from articlecli.zone import Zone

_HEADER = lazy(r"\[\s*(\w+)\s*(?:,\s*(\w+)\s*)?\]")
_LINE = lazy(r"([\w*-]{1,12})\s*:\s*(\S.*)")


def parse_phrases(text: str, *, path: str | None = None) -> tuple[Phrase, ...]:
    """Phrases of a list.

    Args:
        text: The list.
        path: Where it came from, for the errors.

    Returns:
        Its phrases in order.

    Raises:
        InputError: A line is neither a header nor phrases, or a header names no zone.

    """
    zones = {str(zone): zone for zone in Zone}
    zone: Zone | None = None
    always = False
    out: list[Phrase] = []
    for number, raw in enumerate(re.split("\r\n?|\n", text.removeprefix("\ufeff")), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if header := _HEADER.fullmatch(line):
            zone = zones.get(header[1].lower())
            always = (header[2] or "").lower() == "always"
            if zone is None or (header[2] and not always):
                what, is_no = (header[1], "zone") if zone is None else (header[2], "'always'")
                raise InputError(
                    f"has {what!r} in line {number}, which is no {is_no}",
                    f"name one of {', '.join(zones)}, with ', always' for a rule",
                    path=path,
                )
            continue
        found = _LINE.fullmatch(line)
        if found is None or zone is None:
            raise InputError(
                f"has neither a header nor phrases in line {number}",
                "write a header such as [boilerplate], then 'fr: a phrase | another'",
                path=path,
            )
        for part in found[2].split(" | "):
            if "|" in part or not any(char.isalnum() for char in part):
                raise InputError(
                    f"has a phrase in line {number} that no line can hold: {part!r}",
                    "part phrases by ' | ', a bar between spaces",
                    path=path,
                )
            out.append(Phrase(part, zone, always))
    if not out:
        raise InputError("holds no phrase", "write some under a header", path=path)
    return tuple(out)
