"""Texts that are rows of data: logs, and values separated by commas."""

from collections.abc import Iterable
from itertools import islice
from math import ceil

from articlecli.text.patterns import lazy

ROWS = 5
"""Rows of the shortest."""
SAMPLE = 60
"""Rows looked at."""
SHARE = 0.85
"""Share of the rows that have the form."""
STRAY = SAMPLE - ceil(SHARE * SAMPLE)
"""Rows of the largest sample that may have another form."""
SENTENCE = 12
"""Words of a cell that is a text of its own: a table of texts may be an article's."""
_STAMP = lazy(
    r"[\[<(]?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d[.,\s]"
    r"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\s|\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \[)",
    needs=":[",
)


def kind_of_records(lines: Iterable[str]) -> str | None:
    """What data a text is, `None` where it is no data.

    Args:
        lines: Its lines; blank ones are passed over.

    Returns:
        The reason that the output gives, such as "a log, not a page".

    """
    stripped = filter(None, map(str.strip, islice(lines, 2 * SAMPLE)))
    rows = list(islice(stripped, STRAY + 1))
    # Words in the first row, and so many that begin with no time: no data, whatever comes below.
    may_be = (row for row in rows if ":" in row or "[" in row)
    if len(rows) > STRAY and " " in rows[0] and not any(map(_STAMP.match, may_be)):
        return None
    rows += islice(stripped, SAMPLE - len(rows))
    if len(rows) < ROWS:
        return None
    others = (row for row in rows if _STAMP.match(row) is None)
    most = len(rows) - ceil(SHARE * len(rows))
    if next(islice(others, most, None), None) is None:
        return "a log, not a page"
    whole = "\n".join(rows)
    for sign, name in ((",", "commas"), (";", "semicolons"), ("\t", "tabs")):
        if " " in rows[0].strip(sign):
            continue
        if whole.count(sign) < 2 * SHARE * len(rows):
            continue
        counts = [row.count(sign) for row in rows]
        usual = max(set(counts), key=counts.count)
        if usual >= 2 and counts.count(usual) >= SHARE * len(rows):
            cells = [cell for row in rows for cell in row.split(sign)]
            if max(cell.count(" ") for cell in cells) < SENTENCE:
                return f"values separated by {name}, not a page"
    return None
