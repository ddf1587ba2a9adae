"""Times of day beside dates."""

import pytest

from articlecli.text.clock import time_beside
from articlecli.text.dates import all_dates, part_words

CASES = """
en | 3 March 2025, 14:05 CET | 14:05:00+01:00
en | 3 March 2025 3:15 pm EST | 15:15:00-05:00
en | March 3, 2025 at 3:15 p.m. | 15:15:00
en | March 3, 2025 12:05 AM (GMT+7) | 00:05:00+07:00
en | Mon Mar 3 14:05:12 2025 | 14:05:12
en | 2025-03-03T14:05:00+0530 | 14:05:00+05:30
en | 2025-03-03 14:05 UTC | 14:05:00Z
en | Updated May 3, 20216:01 PM | 18:01:00
en | 3 March 2025 12.45pm | 12:45:00
en | 3 March 2025 @ 12:45 | 12:45:00
en | 3 Mar 2025 14:05 IST | 14:05:00
en | 3 March 2025 14.05 | -
en | 3 March 2025 €14.50 | -
en | 3 March 2025 5 min read | -
en | 3 March 2025, 5:30 min | -
en | 3 March 2025, 14:05 - 3 comments | 14:05:00
en | 3 March 2025 14:05 GMT - 5 | 14:05:00-05:00
en | 3 March 2025 - 24:10 | -
en | 3 March 2025, 13:05:77 pm | -
fr | Publié le 3 mars 2025 à 18h42 | 18:42:00
fr | 18:42, le 3 mars 2025 | 18:42:00
fr | 3 mars 2025, 18 h | 18:00:00
de | 3. März 2025, 14.05 Uhr | 14:05:00
de | 14:05 Uhr, Montag, 3. März 2025 | 14:05:00
es | 3 de marzo de 2025 a las 14:05 h | 14:05:00
fi | 3.3.2025 klo 14.05 | 14:05:00
ru | 3 марта 2025 в 14:05 МСК | 14:05:00+03:00
el | 3 Μαρτίου 2025, 3:15 μ.μ. | 15:15:00
id | Senin, 3 Maret 2025 14:05 WIB | 14:05:00+07:00
ja | 2025年3月3日 14:05 | 14:05:00
ja | 令和7年3月3日 14時05分 | 14:05:00
zh | 2025年3月3日 下午3:15 | 15:15:00
ko | 2025년 3월 3일 오후 2시 5분 | 14:05:00
th | 3 มี.ค. 2568 14:05 น. | 14:05:00
ar | ٣ مارس ٢٠٢٥ ٠٣:١٥ م | 15:15:00
fa | ۱۳ اسفند ۱۴۰۳ - ۱۴:۰۵ | 14:05:00
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_time_of_the_first_date(case: str) -> None:
    """Language, line, time; "-" where the line tells none."""
    language, line, time = case.split(" | ")
    line = part_words(line)
    first = all_dates(line, language)[0]
    assert (time_beside(line, first.start, first.end) or "-") == time
