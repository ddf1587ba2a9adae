"""Where the lines of a page begin and end; which of them hold a text."""

from articlecli.core import core_runs
from articlecli.document import Span


def line_spans(text: str) -> list[Span]:
    """Character span of every line, its line end left out.

    Lines end at LF, CRLF or CR and nowhere else: a form feed or U+2028 is white space inside a
    line, as every editor that shows line numbers has it. A line end at the very end of the text
    opens no further line; an empty text has no lines.
    """
    if "\r" in text:
        # One character for one, so that the spans hold; the CR of a CRLF becomes trailing space.
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _spans(text)


def by_python(text: str) -> list[Span]:
    """The spans of a text whose lines end at LF; the core has the same."""
    spans = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        spans.append((start, end))
        start = end + 1
    if spans[-1][0] == spans[-1][1]:
        spans.pop()
    return spans


def holding_by_python(lines: list[str], part: str) -> list[int]:
    """The numbers of the lines that hold a text, ascending; the core has the same."""
    return [i for i, line in enumerate(lines) if part in line]


if core_runs():
    from articlecli._core import holding as _holding
    from articlecli._core import line_spans as _spans
else:
    _spans, _holding = by_python, holding_by_python
holding = _holding
