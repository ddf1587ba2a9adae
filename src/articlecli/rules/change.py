"""Verdicts that a rule changes."""

from collections.abc import Sequence

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
    """Verdicts with the zones that a rule gives them; one that keeps its zone stays as it is."""
    return [
        verdict if zone is verdict.zone else changed(verdict, zone, rule)
        for verdict, zone in zip(verdicts, zones, strict=True)
    ]
