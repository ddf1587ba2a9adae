"""Date lines in many languages."""

import pytest

from articlecli.article.published import find_published
from articlecli.text.dates import find_date


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("Publié le 29 novembre 2017 à 18h32", "fr", "2017-11-29"),
        ("March 14, 2021 9:05 am", "en", "2021-03-14"),
        ("14. Oktober 2019, 8:12 Uhr", "de", "2019-10-14"),
        ("22 de enero de 2021", "es", "2021-01-22"),
        ("29 listopada 2017", "pl", "2017-11-29"),
        ("29 ноября 2017, 10:15", "ru", "2017-11-29"),
        ("3 Ιουνίου 2018", "el", "2018-06-03"),
        ("2020年5月3日 08:30", "zh", "2020-05-03"),
        ("2020-05-03T08:30:00Z", None, "2020-05-03"),
        ("03/04/2020", "fr", "2020-04-03"),
        ("03/04/2020", "en", "2020-03-04"),
        ("3 May 1850", "en", None),
        ("call 555 2020", "en", None),
        ("Aktualisiert am 28.01.2020-11:55", "de", "2020-01-28"),
    ],
)
def test_find_date(line: str, language: str | None, day: str | None) -> None:
    """A line's first full date, the order of its figures told by the language."""
    assert find_date(line, language) == day


def test_update_is_told_apart() -> None:
    """The date of publication wins over the date of an update that stands before it."""
    lines = ["Updated 5 May 2020", "Published 3 May 2020"]
    assert find_published(lines, "en") == "2020-05-03"
    assert find_published(lines[:1], "en") is None
    assert find_published(lines, "en", ["updated"]) == "2020-05-05"
