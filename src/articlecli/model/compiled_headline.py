"""The headline by the core: what `headline.py` does, done in C.

That says what is looked at and why, and runs where no core was built. Here stands only what is
handed over to the core. `tests/laws/test_core_headline.py` holds both to the same answers.
"""

from collections.abc import Sequence
from functools import cache

from articlecli._core import candidates as by_core
from articlecli._core import headline_tables
from articlecli._core import weigh as weighed_by_core
from articlecli.document import Block, Markup, Verdict
from articlecli.evidence import Evidence
from articlecli.model import headline
from articlecli.text.phrases import WHOLE
from articlecli.zone import Zone


def candidates(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[int]:
    """As `headline.candidates`."""
    return by_core(_tables(html=_is_html(blocks)), tuple(blocks), tuple(verdicts))


def weigh(
    blocks: Sequence[Block],
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    members: Sequence[int],
) -> list[int]:
    """As `headline.weigh`."""
    tables = _tables(html=_is_html(blocks))
    return weighed_by_core(tables, tuple(blocks), tuple(evidence), tuple(verdicts), list(members))


def _is_html(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and blocks[0].markup is not None


@cache
def _tables(*, html: bool) -> object:
    """What the core weighs with; each table stands where Python has it."""
    own, zones = headline, tuple(Zone)
    return headline_tables(
        (Block, Evidence, Verdict, Markup), zones, tuple([zone in own.OF_STORY for zone in zones]),
        own.case_of, ("heading", own.DECLARED), own.load_weights(html=html), tuple(own.AT.values()),
        (own.CANDIDATES, own.ABOVE, own.BELOW, own.LONGEST, own.STORY, WHOLE, own.AT_TITLE),
        (own.REACH, own.CLOSE, own.STRONG, own.LINKED),
        (own.MARGINS, own.DISTANCES, own.COUNTS, own.SHARES), (own.SIGNS, own.TAGS, own.MARKS),
        ("".join(own.ENDS), tuple(own.ENDS.values())),
    )  # fmt: skip
