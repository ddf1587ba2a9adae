"""A verdict that a rule changes."""

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
