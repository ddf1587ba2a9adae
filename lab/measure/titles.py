"""Titles against gold, by the way in which a page comes.

Some gold is the text of `<title>` with the site's name, or what a declaration says, and stands on
no line of the page: a title read off the page cannot equal it. So the share of right titles is
also given for pages on which the gold is a line.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import articlecli
from lab.make.title_cases import folded, title_cases

Counts = Mapping[tuple[str, str], Counter[str]]
ALL = "all"


def titles(
    sets: Sequence[str], folds: Sequence[int], ways: Sequence[str], limit: int | None
) -> tuple[Counts, list[str]]:
    """Counts by way and set, and a line an error.

    The counts: `pages`, `given`, `right`, `on_page`, `right_on_page`, and `other`, where the gold
    is one of the alternative titles.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    errors: list[str] = []
    for case in title_cases(sets, folds, ways, limit):
        options = articlecli.Options(input_format=case.format)
        got = articlecli.extract(case.text, options=options)
        gold = folded(case.page["title"])
        right = folded(got.title or "") == gold
        other = not right and gold in map(folded, got.alternative_titles)
        for name in (case.page["set"], ALL):
            counts[case.way, name].update(
                pages=1,
                given=bool(got.title),
                right=right,
                on_page=case.on_page,
                right_on_page=right and case.on_page,
                other=other,
            )
        if not right:
            where = "on the page" if case.on_page else "not on the page"
            errors.append(f"{case.way} {case.page['set']}/{case.page['id']} {got.status}: "
                          f"{got.title!r}, gold {where} {case.page['title']!r}")  # fmt: skip
    return counts, errors


def table(counts: Counts, *, by_set: bool) -> str:
    """Markdown: a row a way, and with `by_set` one a set of it."""
    rows = [
        "| | pages | right | precision | among other titles | gold on the page | right of those |",
        "|---|---|---|---|---|---|---|",
    ]
    for (way, name), c in sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] != ALL)):
        if name == ALL or by_set:
            cells = (f"{way} {'' if name == ALL else name}".strip(), c["pages"],
                     _share(c["right"], c["pages"]), _share(c["right"], c["given"]),
                     _share(c["other"], c["pages"]), c["on_page"],
                     _share(c["right_on_page"], c["on_page"]))  # fmt: skip
            rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"
