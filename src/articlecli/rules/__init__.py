"""Fifth stage: rules, what a whole page tells better than the model can. Verdicts → verdicts.

A rule is a pure function. It looks at all of a page and gives its verdicts, some of them changed;
each changed one says which rule changed it. Rules run in the order of `RULES`, after the model and
before the article. `tests/test_rules.py` has a page for each, and fails where one is missing.
"""

from collections.abc import Callable, Collection, Sequence

from articlecli.document import Document, Verdict
from articlecli.evidence import Evidence
from articlecli.late import load
from articlecli.rules.sight import Sight, sight_of
from articlecli.zone import BODY, COMMENT, LEAD, TITLE

__all__ = ["RULES", "apply_rules"]

Rule = Callable[[Sight], Sequence[Verdict]]
"""A page and its verdicts → its verdicts: those given, where nothing is changed."""
Need = Callable[[Sight], object]
"""Whether a page has what a rule looks for. Where it has not the rule would change nothing, and is
not loaded."""


def _is_empty(sight: Sight) -> bool:
    return not sight.where[BODY] and not sight.where[LEAD]


RULES: tuple[tuple[str, str, Need], ...] = (
    ("told_fields", "settle_told_fields", lambda sight: sight.signs.fields),
    ("headline", "find_headline", lambda sight: sight.blocks),
    ("only_paragraph", "promote_only_paragraph", _is_empty),
    ("solid_paragraphs", "keep_solid_paragraphs", lambda sight: sight.signs.solid),
    ("verse", "keep_verse", _is_empty),
    ("live_report", "keep_live_reports", lambda sight: sight.signs.times[2:]),
    ("plain_page", "keep_plain_pages_whole", lambda sight: sight.blocks),
    ("resumed_story", "resume_story", lambda sight: sight.signs.rows or sight.signs.questions[2:]),
    ("answers", "keep_answers", lambda sight: sight.signs.questions[2:]),
    ("numbered_sections", "settle_numbered_sections", lambda sight: sight.signs.numbers[2:]),
    ("forum_posts", "relabel_forum_posts", lambda sight: sight.where[COMMENT]),
    ("notices", "drop_notices", lambda sight: sight.signs.concepts),
    ("read_also", "relabel_read_also", lambda sight: sight.signs.concepts),
    ("hidden_parts", "drop_hidden_parts", lambda sight: sight.signs.hidden),
    ("html_tables", "keep_tables_whole", lambda sight: sight.signs.tagged_rows),
    ("appended_articles", "relabel_appended_articles", lambda sight: sight.where[TITLE][1:]),
    ("late_lead", "relabel_late_lead", lambda sight: sight.where[LEAD]),
    ("dateline", "relabel_above_dateline", lambda sight: sight.where[TITLE]),
)
"""Name, which is that of its module; function; and need of each rule, in the order in which they
run. `[2:]`: three at least."""


def apply_rules(
    document: Document,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    *,
    without: Collection[str] = (),
) -> Sequence[Verdict]:
    """Verdicts after all rules.

    Args:
        document: The page.
        evidence: Of its blocks, from `evidence_of`.
        verdicts: The model's, one a block.
        without: Names of rules that are left out, to see what each is worth.

    """
    sight = sight_of(document, evidence, verdicts)
    for name, function, need in RULES:
        if name not in without and need(sight):
            rule: Rule = load(f"rules.{name}", function)
            sight = sight.after(rule(sight))
    return sight.verdicts
