"""Fifth stage: rules, what a whole page tells better than the model can. Verdicts → verdicts.

A rule is a pure function. It looks at all of a page and gives its verdicts, some of them changed;
each changed one says which rule changed it. Rules run in the order of `RULES`, after the model and
before the article. `tests/test_rules.py` has a page for each, and fails where one is missing.
"""

from collections.abc import Callable, Collection, Sequence

from articlecli.document import Document, Verdict
from articlecli.evidence import Evidence
from articlecli.rules.answers import keep_answers
from articlecli.rules.appended_articles import relabel_appended_articles
from articlecli.rules.dateline import relabel_above_dateline
from articlecli.rules.forum_posts import relabel_forum_posts
from articlecli.rules.headline import find_headline
from articlecli.rules.hidden_parts import drop_hidden_parts
from articlecli.rules.html_tables import keep_tables_whole
from articlecli.rules.late_lead import relabel_late_lead
from articlecli.rules.live_report import keep_live_reports
from articlecli.rules.notices import drop_notices
from articlecli.rules.numbered_sections import settle_numbered_sections
from articlecli.rules.only_paragraph import promote_only_paragraph
from articlecli.rules.plain_page import keep_plain_pages_whole
from articlecli.rules.read_also import relabel_read_also
from articlecli.rules.resumed_story import resume_story
from articlecli.rules.sight import Sight, sight_of
from articlecli.rules.solid_paragraphs import keep_solid_paragraphs
from articlecli.rules.told_fields import settle_told_fields
from articlecli.rules.verse import keep_verse

__all__ = ["RULES", "apply_rules"]

Rule = Callable[[Sight], Sequence[Verdict]]
"""A page and its verdicts → its verdicts: those given, where nothing is changed."""

RULES: tuple[tuple[str, Rule], ...] = (
    ("told_fields", settle_told_fields),
    ("headline", find_headline),
    ("only_paragraph", promote_only_paragraph),
    ("solid_paragraphs", keep_solid_paragraphs),
    ("verse", keep_verse),
    ("live_report", keep_live_reports),
    ("plain_page", keep_plain_pages_whole),
    ("resumed_story", resume_story),
    ("answers", keep_answers),
    ("numbered_sections", settle_numbered_sections),
    ("forum_posts", relabel_forum_posts),
    ("notices", drop_notices),
    ("read_also", relabel_read_also),
    ("hidden_parts", drop_hidden_parts),
    ("html_tables", keep_tables_whole),
    ("appended_articles", relabel_appended_articles),
    ("late_lead", relabel_late_lead),
    ("dateline", relabel_above_dateline),
)
"""Name and rule, in the order in which they run."""


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
    for name, rule in RULES:
        if name not in without:
            sight = sight.after(rule(sight))
    return sight.verdicts
