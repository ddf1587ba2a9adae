"""What a rule sees of a page, and which blocks have the signs that rules look for.

Most pages have nothing for most rules. The signs are looked for once, so that such a rule need not
look at each block.
"""

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from articlecli.core import core_runs
from articlecli.document import Block, Document, Markup, Verdict
from articlecli.evidence import Evidence
from articlecli.text.patterns import lazy
from articlecli.text.phrases import END, START, WHOLE, concept_at
from articlecli.zone import Where, Zone, where_zones_are

ASKS = "?？؟\u037e"
"""How questions end."""
TIME_BEGINS, TIMED = "[0123456789", 15
"""How a time of day begins, and characters of the longest line that is nothing else."""
CONCEPTS = {"forum": (WHOLE, START), "paywall": (WHOLE, START, END), "read_also": (START,),
            "reply": (WHOLE,)}  # fmt: skip
"""Stock phrases that rules look for, and where in a line."""
ROWS = frozenset({"table", "code"})
NUMBERED, BEGINNING = 100, 16
"""Characters of the longest line that may begin with a number, and of what is its beginning."""
SOLID = 32
"""Characters of the shortest paragraph that is looked at for scripts without spaces and stops."""
DIGITS = "\u0640"
"""From here on scripts have digits of their own."""
SCRIPTS = ("\u0e01\u0eff", "\u1000\u109f", "\u1780\u17ff")
"""First and last character of Thai and Lao, Burmese, Khmer, which have neither spaces nor stops."""
_NUMBER = lazy(f"[0-9{DIGITS}-\U0010ffff]")
SOLID_LETTERS = lazy(f"[{''.join('-'.join(script) for script in SCRIPTS)}]")
"""A letter of one of them."""


class Signs(Struct, frozen=True):
    """Which blocks have which sign: their numbers, ascending."""

    fields: list[int]
    """Their form says what they are for."""
    rows: list[int]
    """Rows of a table, or code."""
    tagged_rows: list[int]
    """Rows of a table of HTML."""
    hidden: list[int]
    """The page hides them."""
    questions: list[int]
    """They end in a question mark."""
    times: list[int]
    """They are no longer than a time of day, and begin as one may begin."""
    numbers: list[int]
    """Short lines that may begin with a number."""
    solid: list[int]
    """Long ones that hold Thai, Lao, Khmer or Burmese."""
    concepts: dict[int, list[int]]
    """Those that have a stock phrase of `CONCEPTS`, by its number (`phrases.concept_at`)."""


class Sight(Struct, frozen=True):
    """A page as a rule sees it."""

    document: Document
    evidence: Sequence[Evidence]
    """Of its blocks."""
    signs: Signs
    verdicts: Sequence[Verdict]
    """As the rules before left them."""
    where: Where
    """By these verdicts."""

    @property
    def blocks(self) -> Sequence[Block]:
        """All of the page."""
        return self.document.blocks

    @property
    def scored(self) -> bool:
        """All verdicts have the model's scores."""
        return all(verdict.scores for verdict in self.verdicts)

    def first(self, *zones: Zone) -> int | None:
        """The first block of any of some zones; `None` where there is none."""
        return min([i for zone in zones for i in self.where[zone][:1]], default=None)

    def after(self, verdicts: Sequence[Verdict]) -> "Sight":
        """The same page with other verdicts."""
        if verdicts is self.verdicts:
            return self
        return Sight(self.document, self.evidence, self.signs, verdicts, _where(verdicts))


def sight_of(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> Sight:
    """A page as the first rule sees it.

    Args:
        document: The page.
        evidence: Of its blocks, from `evidence_of`.
        verdicts: The model's, one a block.

    """
    signs = signs_of(document.blocks, evidence)
    return Sight(document, evidence, signs, verdicts, _where(verdicts))


def _where(verdicts: Sequence[Verdict]) -> Where:
    return where_zones_are([verdict.zone for verdict in verdicts])


def signs_of(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> Signs:
    """The signs of a page.

    Raises:
        ValueError: There is not as much evidence as there are blocks.

    """
    if core_runs():
        from articlecli._core import page_signs  # there only where it was built

        return page_signs(_tables(), tuple(blocks), tuple(evidence))
    return by_python(blocks, evidence)


@cache
def _tables() -> object:
    """What the core looks for; each table stands where Python has it."""
    from articlecli._core import sign_tables  # likewise

    return sign_tables(
        Signs, (Block, Evidence, Markup), ROWS, "table", ASKS, TIME_BEGINS, SCRIPTS,
        DIGITS, (NUMBERED, BEGINNING, SOLID, TIMED), tuple(_wanted()),
    )  # fmt: skip


@cache
def _wanted() -> frozenset[int]:
    """Numbers of `CONCEPTS`."""
    return frozenset([concept_at(name, at) for name, places in CONCEPTS.items() for at in places])


def by_python(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> Signs:
    """The form that says what is right, and runs where no core was built."""
    signs = Signs([], [], [], [], [], [], [], [], {})
    for i, (block, own) in enumerate(zip(blocks, evidence, strict=True)):
        text, markup = block.text, block.markup
        if block.field is not None:
            signs.fields.append(i)
        if block.kind in ROWS:
            signs.rows.append(i)
            if markup is not None and block.kind == "table":
                signs.tagged_rows.append(i)
        if markup is not None and markup.hidden:
            signs.hidden.append(i)
        if text[-1] in ASKS:
            signs.questions.append(i)
        if len(text) <= TIMED and text[0] in TIME_BEGINS:
            signs.times.append(i)
        if len(text) <= NUMBERED and _NUMBER.search(text, 0, BEGINNING):
            signs.numbers.append(i)
        if len(text) >= SOLID and not text.isascii() and SOLID_LETTERS.search(text):
            signs.solid.append(i)
        for concept in _wanted().intersection(own.concepts):
            signs.concepts.setdefault(concept, []).append(i)
    return signs
