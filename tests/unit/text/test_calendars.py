"""Dates as the world writes them: figures, eras, month names, glued and dotted dates."""

import pytest

from articlecli.text.calendars import load_months, load_weekdays
from articlecli.text.date_order import told_order
from articlecli.text.dates import find_date

CASES = """
en | 12.03.2024 | 2024-03-12
en | 12.03.24 | 2024-03-12
en | 03/04/24 | 2024-03-04
en-gb | 12/03/2024 | 2024-03-12
fr | 03/04/1998 | 1998-04-03
en | 20240312 | 2024-03-12
en | 20241312 | -
en | March 2024 | -
de | Mai 2024 | -
de | Publiziert6. November 2025 | 2025-11-06
de | 30.01.202430. Januar 2024 | 2024-01-30
de | 3.März 2024 | 2024-03-03
fr | 17/11/201917/11/2019 | 2019-11-17
ko | 2024. 3. 12. 오후 3:10 | 2024-03-12
he | 12 במרץ 2024 | 2024-03-12
hi | १२ मार्च २०२४ | 2024-03-12
bn | ১২ মার্চ ২০২৪ | 2024-03-12
ar | ١٢ مارس ٢٠٢٤ | 2024-03-12
th | 12 มีนาคม 2567 | 2024-03-12
th | 12 มี.ค. 67 | 2024-03-12
th | 12 มีนาคม 2024 | 2024-03-12
vi | 12 Tháng Ba 2024 | 2024-03-12
vi | 12 tháng mười một 2024 | 2024-11-12
vi | ngày 12 tháng 3 năm 2024 | 2024-03-12
vi | 12 tháng giêng 2024 | 2024-01-12
ja | 令和6年3月12日 | 2024-03-12
ja | 令和元年5月3日 | 2019-05-03
ja | 令和6年13月12日 | -
zh | 民國113年3月12日 | 2024-03-12
fa | ۲۲ اسفند ۱۴۰۲ | 2024-03-12
fa | ۱ فروردین ۱۴۰۳ | 2024-03-20
fa | 1402/12/22 | 2024-03-12
fa | تاریخ ۱۴۰۲/۱۲/۲۲ | 2024-03-12
fa | ۳۲ اسفند ۱۴۰۲ | -
pl | 12 listopada 2023 | 2023-11-12
hr | 12 listopada 2023 | 2023-10-12
lt | 2024 m. kovo 12 d. | 2024-03-12
hu | 2024. március 12. | 2024-03-12
hy | 12 մարտի 2024 | 2024-03-12
ms | 12 Mac 2024 | 2024-03-12
lv | 2024. gada 12. marts | 2024-03-12
en | Ann LeeMarch 12, 20246:05 PM | 2024-03-12
fr | 12 mars 202412 mars 2024 | 2024-03-12
en | 12 Mar '24 | 2024-03-12
de | 12.Mär.24 | 2024-03-12
pt | 12/mar/2024 | 2024-03-12
en | 12MAR2024 | 2024-03-12
en | Tue Mar 12 10:22:00 2024 | 2024-03-12
en | March the 12th, 2024 | 2024-03-12
en | Posted:Mar 12,2024 | 2024-03-12
ar | ١٢ مارس/آذار ٢٠٢٤ | 2024-03-12
zh | 24-03-12 | 2024-03-12
th | 3 มี.ค. 2568 14:05 น. | 2025-03-03
he | כ״ה באדר תשפ״ה | 2025-03-25
he | ג' בניסן ה'תשפ"ה | 2025-04-01
he | א' תשרי תש"ף | 2019-09-30
he | ל' חשוון תשפ"ד | -
he | ג' באדר תשפ"ה, 3.3.2025 | 2025-03-03
ar | ٢٤ رمضان ١٤٤٥هـ | -
ar | 24 رمضان 1445هـ - 3 أبريل 2024 | 2024-04-03
ar | 1445/09/24 | -
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_dates_of_the_world(case: str) -> None:
    """Language, line, day; "-" where the line tells none."""
    language, line, day = case.split(" | ")
    assert (find_date(line, language) or "-") == day


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("א' תשרי תש\"ס", "1999-09-11"),
        ('י"ד אדר א\' תשס"ח', "2008-02-20"),
        ('י"ד אדר ב\' תשס"ח', "2008-03-21"),
        ('י"ד אדר תשס"ט', "2009-03-10"),
        ('ט"ו ניסן תשע"ג', "2013-03-26"),
        ('כ"ט אלול תש"ף', "2020-09-18"),
    ],
)
def test_hebrew_days(date: str, day: str) -> None:
    """Years of one and two Adars, new years that are put off."""
    assert find_date(date, "he") == day


def test_names_come_from_cldr() -> None:
    """The file knows the months of many languages, and their weekdays."""
    assert load_months()["ogos"] == 8
    assert load_months("hr")["listopada"] == 10
    assert {"dienstag", "вторник"} <= load_weekdays()


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("11.24.2025\n03.05.2025", "en-us"),
        ("24.11.2025\n03.05.2025", "en-gb"),
        ("24.11.2025\n11.24.2025", None),
        ("03.05.2025\n192.168.24.10", None),
        ("03/05/2025\n3 May 2025", "en-gb"),
        ("03-05-2025\nMarch 5, 2025", "en-us"),
        ("03/05/2025\n3 May 2025\n5 March 2025", None),
        ("03/05/2025 02:00pm GMT", "en-gb"),
    ],
)
def test_order_is_told_by_the_other_dates(text: str, locale: str | None) -> None:
    """A date with a figure above twelve tells for all of its page."""
    assert told_order(text.splitlines()) == locale
    assert find_date("03.05.2025", "en-us") == "2025-03-05"


def test_order_is_told_by_a_declared_day() -> None:
    """A date that may be read both ways is the declared one, where one reading is."""
    assert told_order(["03/05/2025"], {"2025-05-03"}) == "en-gb"
    assert told_order(["03/05/2025"], {"2025-03-05"}) == "en-us"
    assert told_order(["03/05/2025"], {"2025-07-01"}) is None
