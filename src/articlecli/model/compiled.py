"""The model by the core: what `features/`, `network.py` and `viterbi.py` do, done in C.

Those say what is computed and why, and run where no core was built. Here stands only what is handed
over to the core, and what comes back. `tests/laws/test_core.py` holds both to the same answers.
"""

from array import array
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from articlecli._core import decode as by_scores
from articlecli._core import decode_again as by_verdicts
from articlecli._core import decoder, features, network, scores, tables
from articlecli.document import Block, Markup, Verdict
from articlecli.errors import ModelError
from articlecli.evidence import Evidence
from articlecli.model.features import html, slots
from articlecli.model.file import ZONES, Model
from articlecli.model.viterbi import LOSE, STEP_BITS, odds_of, reaches
from articlecli.zone import Zone


def page_and_block_features(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> object:
    """As `features.page_and_block_features`, in the core's own memory."""
    return features(_tables(), tuple(blocks), tuple(evidence))


def zone_scores(model: Model, seen: object) -> list[tuple[int, ...]]:
    """As `network.zone_scores`, for features that are the core's.

    Raises:
        ModelError: The weights are of no network that `python -m lab export` writes.

    """
    return scores(_network(model), seen)


def decode(model: Model, rows: Sequence[tuple[int, ...]]) -> tuple[Verdict, ...]:
    """As `viterbi.decode`."""
    return by_scores(_decoder(model), list(rows))


def decode_again(
    model: Model,
    verdicts: Sequence[Verdict],
    steps: Sequence[tuple[int, ...]],
    enough: Callable[[Sequence[Zone]], bool],
    by: str,
) -> tuple[Verdict, ...]:
    """As `viterbi.decode_again`."""
    return by_verdicts(_decoder(model), tuple(verdicts), tuple(steps), enough, by)


@lru_cache(maxsize=8)  # models of the user's own come and go
def _decoder(model: Model) -> object:
    coarse, fine = odds_of(model.certainty)
    return decoder(
        Verdict, ZONES, model.out_unit, model.header.temperature, "model", model.transitions,
        reaches(model), (array("q", coarse), array("q", fine)), STEP_BITS, LOSE,
    )  # fmt: skip


@lru_cache(maxsize=8)  # likewise
def _network(model: Model) -> object:
    try:
        return network(model.rows.table, model.width, model.numbers, model.header.shifts)
    except ValueError as error:
        raise ModelError(f"the zone model is damaged ({error}); reinstall articlecli") from None


@cache
def _tables() -> object:
    """What the features are numbered and measured by: each table stands where Python has it."""
    ranges = {name: getattr(slots, name) for name in _RANGES}
    numbers = {name: getattr(slots, name) for name in _NUMBERS}
    numbers |= {"NEAR_WORDS": html.NEAR, "FAR_WORDS": html.FAR}
    classes = bytes(slots.char_class(chr(code)) for code in range(128))
    # Characters beyond ASCII are asked for one by one, so that the core needs no tables of Unicode.
    ask = lru_cache(maxsize=4096)(slots.char_class)
    return tables(
        (Block, Evidence, Markup), slots.AT, ranges, numbers, html.STARTS, slots.KINDS, slots.SIGNS,
        classes, bytes(slots.STOPS), ask,
    )  # fmt: skip


_RANGES = ("LENGTHS", "WORDS", "SHARES", "COUNTS", "PLACES", "MASSES", "PAGE_MASSES", "LIKENESS",
           "PARTS", "SHARED", "SINCE", "DISTANCES")  # fmt: skip
_NUMBERS = ("SLOTS", "CONCEPTS", "HASHES", "ROWS", "MARKUP_HASHES", "PAIRED", "NEAR", "WIDE",
            "REACH", "LONGEST_HEAD", "LONGEST_PERIOD")  # fmt: skip
