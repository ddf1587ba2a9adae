"""A page's lines as a list to edit: zone, number, text, as `git rebase -i` lists commits."""

import re
from collections.abc import Sequence

from articlecli.errors import InputError
from articlecli.explain import ExplainedLine
from articlecli.show.safe import safe_line
from articlecli.zone import Zone

CODES = dict(zip(("t", "l", "m", "b", "h", "c", "ts", "tt", "tx", "tm", "k", "x"), Zone,
                 strict=True))  # fmt: skip
"""Short names of the zones."""
LONGEST = 200
"""Characters of a line that the list shows."""
FOOT = f"""\

# Correct the zone at the start of each line, then save and close the editor. Zones:
# {", ".join(f"{code} {zone}" for code, zone in list(CODES.items())[:6])},
# {", ".join(f"{code} {zone}" for code, zone in list(CODES.items())[6:])}
#
# A line that you delete is left without a zone: it is neither scored nor learned from.
# If you delete all of them, nothing is saved.
"""


def listing_of(lines: Sequence[ExplainedLine], zones: Sequence[Zone | None]) -> str:
    """The list; lines without a zone are comments in it."""
    rows = []
    for line, zone in zip(lines, zones, strict=True):
        row = f"{zone or '':14} {_number(line):>7}  {safe_line(line.text)[:LONGEST]}".rstrip()
        rows.append(row if zone else f"# {row.lstrip()}")
    return "\n".join(rows) + "\n" + FOOT


def zones_in(listing: str, lines: Sequence[ExplainedLine]) -> list[Zone | None]:
    """Zones that an edited list gives the lines of its page; `None` for those that it lacks.

    Lines that have the same number (parts of one line of the page) are told apart by their order.

    Raises:
        InputError: A row names no zone, or no line of the page.

    """
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        places.setdefault(_number(line), []).append(i)
    out: list[Zone | None] = [None] * len(lines)
    for row, raw in enumerate(listing.split("\n"), 1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        name, _, rest = raw.strip().partition(" ")
        number = rest.split(maxsplit=1)[0] if rest.strip() else ""
        if number not in places:
            raise InputError(f"names in row {row} no line of the page ({number or 'none'})",
                             "keep the numbers as they were", path="the list")  # fmt: skip
        if not places[number]:
            raise InputError(f"has line {number} twice, again in row {row}", "delete one of them",
                             path="the list")  # fmt: skip
        out[places[number].pop(0)] = zone_named(name, "the list", f" in row {row}")
    return out


def zone_named(name: str, path: str, place: str = "") -> Zone:
    """A zone by its name, its short name, or the start of its name.

    Args:
        name: As a person wrote it.
        path: Where it stands, for the message.
        place: Which row of that, a clause.

    Raises:
        InputError: No zone is meant, or more than one may be.

    """
    if name.lower() in CODES:
        return CODES[name.lower()]
    found = [zone for zone in Zone if zone.startswith(name.lower())]
    if len(found) != 1 and name not in found:
        told = f"names{place} no zone ({safe_line(name)})"
        raise InputError(told, f"write one of {', '.join(Zone)}", path=path)
    return found[0]


def corrected(
    lines: Sequence[ExplainedLine], zones: Sequence[Zone | None], changes: Sequence[str]
) -> list[Zone | None]:
    """Zones after corrections such as `12=body` or `30-45=x`.

    Raises:
        InputError: A correction is none, or names no line of the page.

    """
    out = list(zones)
    for change in changes:
        found = re.fullmatch(r"\s*(\d{1,15})(?:-(\d{1,15}))?\s*=\s*(\w+)\s*", change)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        at = [i for i, line in enumerate(lines) if first <= line.lines[0] and line.lines[1] <= last]
        if not found or not at:
            why = "names no whole line of the page" if found else "is no correction"
            raise InputError(why, "write one such as 12=body or 30-45=boilerplate", path=change)
        zone = zone_named(found[3], change)
        for i in at:
            out[i] = zone
    return out


def _number(line: ExplainedLine) -> str:
    first, last = line.lines
    return str(first) if first == last else f"{first}-{last}"
