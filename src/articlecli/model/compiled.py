"""The model by the core: what `features/`, `network.py` and `viterbi.py` do, done in C.

Those say what is computed and why, and run where no core was built. Here stands only what is handed
over to the core, and what comes back. `tests/laws/test_core.py` holds both to the same answers.
"""

from collections.abc import Sequence
from functools import cache

from articlecli._core import decode as decode_scores
from articlecli._core import network, pack, scores
from articlecli.document import Block, Verdict
from articlecli.errors import ModelError
from articlecli.evidence import Evidence
from articlecli.model import features as reference
from articlecli.model.file import ZONES, Model
from articlecli.model.viterbi import FINE_BITS, MILLION, STEP_BITS, powers, reaches, slope_of


def page_and_block_features(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> object:
    """Features of a page, in the core's own memory."""
    seen = reference.page_and_block_features(blocks, evidence)
    return pack(seen.page, seen.blocks)


def zone_scores(model: Model, features: object) -> list[tuple[int, ...]]:
    """As `network.zone_scores`, for features that are the core's.

    Raises:
        ModelError: The weights are of no network that `python -m lab export` writes.

    """
    return scores(_network(model), features)


def decode(model: Model, rows: Sequence[tuple[int, ...]]) -> list[Verdict]:
    """As `viterbi.decode`."""
    near, useful = reaches(model)
    found = decode_scores(
        list(rows), model.transitions, near, useful, slope_of(model.certainty),
        powers(), STEP_BITS, FINE_BITS,
    )  # fmt: skip
    unit, temperature = model.out_unit, model.header.temperature
    return [
        Verdict(ZONES[zone], share / MILLION, row, unit, temperature)
        for (zone, share), row in zip(found, rows, strict=True)
    ]


@cache
def _network(model: Model) -> object:
    try:
        return network(model.rows.table, model.width, model.numbers, model.header.shifts)
    except ValueError as error:
        raise ModelError(f"the zone model is damaged ({error}); reinstall articlecli") from None
