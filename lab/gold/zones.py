"""Zones as bits: a block of a gold page may be any of a set of zones."""

from articlecli.zone import Zone

ZONES = tuple(Zone)
BIT: dict[str, int] = {zone: 1 << i for i, zone in enumerate(ZONES)}
ZONE_OF = {bit: zone for zone, bit in BIT.items()}
SHORT = dict(
    zip(ZONES, ("T", "L", "M", "B", "H", "C", "TS", "TT", "TX", "TM", "K", "X"), strict=True)
)
"""Codes that people read and write; the names of the bits below."""
T, L, M, B, H, C, TS, TT, TX, TM, K, X = BIT.values()
STORY = L | B | H
STORY_ZONES = frozenset({Zone.LEAD, Zone.BODY, Zone.HEADING})
REST = T | M | C | TS | TT | TX | TM | K | X
TEASER = TS | TT | TX | TM
ANY = (1 << len(ZONES)) - 1
