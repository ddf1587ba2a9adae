"""Days that are told from the one on which a page was fetched."""

import pytest

from articlecli.text.ago import day_ago

CASES = """
en | 3 hours ago | 2025-03-02
en | Posted an hour ago | 2025-03-03
en | 5h ago | 2025-03-02
en | 3 hrs. ago | 2025-03-02
en | 2 days ago | 2025-03-01
en | Yesterday | 2025-03-02
en | Posted yesterday, 14:05 | 2025-03-02
en | Nothing new yesterday | -
en | Today's harbours | -
en | 2 weeks ago | -
en | 40 days ago | -
fr | Il y a 2 jours | 2025-03-01
fr | Aujourd'hui à 01:05 | 2025-03-03
de | vor 3 Stunden | 2025-03-02
es | hace 2 días | 2025-03-01
ja | 公開:3日前 | 2025-02-28
ru | 3 часа назад | 2025-03-02
pl | 3 godz. temu | 2025-03-02
tr | 2 saat önce | 2025-03-03
ko | 3시간 전 | 2025-03-02
zh | 3小时前 | 2025-03-02
fa | ۳ ساعت پیش | 2025-03-02
ar | قبل ساعتين | 2025-03-03
he | לפני יומיים | 2025-03-01
sr | pre 3 sata | 2025-03-02
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_days_of_the_past(case: str) -> None:
    """Language, line, day at two o'clock on 3 March 2025; "-" where the line tells none."""
    language, line, day = case.split(" | ")
    assert (day_ago(line, language, "2025-03-03T02:00:00Z") or "-") == day


@pytest.mark.parametrize(
    ("line", "fetched", "day"),
    [
        ("3 hours ago", "2025-03-03", None),
        ("3 days ago", "2025-03-03", "2025-02-28"),
        ("3 hours ago", "2025-03-03T02:00:00+05:30", "2025-03-02"),
        ("3 hours ago", "a Monday", None),
        ("3 hours ago", "2025-13-03", None),
    ],
)
def test_hours_need_a_time_of_day(line: str, fetched: str, day: str | None) -> None:
    """A day alone tells only days; what is no moment tells nothing."""
    assert day_ago(line, "en", fetched) == day
