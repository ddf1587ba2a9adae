"""Verdicts that a rule changes."""

from collections.abc import Mapping, Sequence

from articlecli.document import Verdict
from articlecli.model.viterbi import confidence_of
from articlecli.zone import Zone


def changed(verdict: Verdict, zone: Zone, rule: str) -> Verdict:
    """The verdict with another zone, the model's confidence in that zone, and the rule's name."""
    if zone is verdict.zone:
        return verdict
    return Verdict(
        zone,
        confidence_of(verdict, zone),
        verdict.scores,
        verdict.unit,
        verdict.temperature,
        f"rule:{rule}",
    )


def with_zones(verdicts: Sequence[Verdict], zones: Sequence[Zone], rule: str) -> Sequence[Verdict]:
    """Verdicts with the zones that a rule gives them; the same sequence where none changes."""
    return with_changes(
        verdicts,
        {
            i: zone
            for i, (verdict, zone) in enumerate(zip(verdicts, zones, strict=True))
            if zone is not verdict.zone
        },
        rule,
    )


def with_changes(
    verdicts: Sequence[Verdict], zones: Mapping[int, Zone], rule: str
) -> Sequence[Verdict]:
    """The same, given the new zones alone: number of a block → its zone."""
    if not zones:
        return verdicts
    out = list(verdicts)
    for i, zone in zones.items():
        out[i] = changed(verdicts[i], zone, rule)
    return tuple(out)
