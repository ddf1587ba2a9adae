"""Rules: what a whole page tells better than the model can. Verdicts in, verdicts out.

A rule is a pure function. It looks at all of a page and gives its verdicts, some of them changed;
each changed one says which rule changed it. Rules run in the order of `RULES`, after the model and
before the article. `tests/test_rules.py` has a page for each, and fails where one is missing.
"""

from collections.abc import Callable, Collection, Sequence

from articlecli.document import Document, Verdict
from articlecli.rules.appended_articles import relabel_appended_articles
from articlecli.rules.forum_posts import relabel_forum_posts
from articlecli.rules.headline import find_headline
from articlecli.rules.hidden_parts import drop_hidden_parts
from articlecli.rules.html_tables import keep_tables_whole
from articlecli.rules.late_lead import relabel_late_lead
from articlecli.rules.notices import drop_notices
from articlecli.rules.only_paragraph import promote_only_paragraph

__all__ = ["RULES", "apply_rules"]

Rule = Callable[[Document, Sequence[Verdict]], list[Verdict]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("headline", find_headline),
    ("only_paragraph", promote_only_paragraph),
    ("forum_posts", relabel_forum_posts),
    ("notices", drop_notices),
    ("hidden_parts", drop_hidden_parts),
    ("html_tables", keep_tables_whole),
    ("appended_articles", relabel_appended_articles),
    ("late_lead", relabel_late_lead),
)
"""Name and rule, in the order in which they run."""


def apply_rules(
    document: Document, verdicts: Sequence[Verdict], *, without: Collection[str] = ()
) -> list[Verdict]:
    """Verdicts after all rules.

    Args:
        document: The page.
        verdicts: The model's, one a block.
        without: Names of rules that are left out, to see what each is worth.

    """
    out = list(verdicts)
    for name, rule in RULES:
        if name not in without:
            out = rule(document, out)
    return out
