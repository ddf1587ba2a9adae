"""The lines of an explanation, one a row, the long runs folded; as rich text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.text import Text

from articlecli.explain import ExplainedLine, Explanation, Weight
from articlecli.show.palette import STYLES
from articlecli.show.safe import safe_line
from articlecli.zone import BOILERPLATE, Zone

FOLD, HEAD, TAIL = 8, 3, 1
"""Lines of the shortest run that is folded, and those of it that are shown at its ends."""
FOR, AGAINST = 3, 2
"""Weights that are named."""
LEAST = 0.05
"""Logits under which a weight is not worth a word."""

Run = tuple[int, int, bool]
"""First and last position, the last left out; whether they are folded away."""


def rows_of(
    explained: Explanation,
    positions: Sequence[int],
    *,
    fold: bool,
    why: bool,
    width: int,
) -> Iterator[Text]:
    """A row a line, with its weights below it where asked for.

    Args:
        explained: The page.
        positions: Which of its lines, in order.
        fold: Fold long runs of one zone.
        why: Name what weighed most.
        width: Columns.

    """
    for run, folded in folded_runs(explained.lines, positions) if fold else [(positions, False)]:
        if folded:
            yield _fold_row([explained.lines[i] for i in run])
            continue
        for i in run:
            line = explained.lines[i]
            yield _row(line, width)
            if why:
                yield Text(f"{'':9}{_who(line)}", style="dim")
                yield from _weight_rows(explained.weights(i))


def folded_runs(
    lines: Sequence[ExplainedLine], positions: Sequence[int]
) -> list[tuple[Sequence[int], bool]]:
    """Positions in order, those inside a long run of one zone apart and marked."""
    out: list[tuple[Sequence[int], bool]] = []
    start = 0
    for end in range(1, len(positions) + 1):
        if end < len(positions) and lines[positions[end]].zone is lines[positions[start]].zone:
            continue
        run = positions[start:end]
        if len(run) >= FOLD:
            out += [(run[:HEAD], False), (run[HEAD:-TAIL], True), (run[-TAIL:], False)]
        else:
            out.append((run, False))
        start = end
    return out


def number_of(line: ExplainedLine) -> str:
    """`12`, or `12-14` of a paragraph of several lines."""
    first, last = line.lines
    return str(first) if first == last else f"{first}-{last}"


def _row(line: ExplainedLine, width: int) -> Text:
    row = Text(no_wrap=True, overflow="ellipsis")
    row.append(f"{number_of(line):>7}  ", style="dim")
    row.append(f"{line.zone:14}", style=STYLES[line.zone])
    row.append(f" {line.confidence:4.0%}  ", style="bold red" if line.confidence < 0.5 else "dim")
    if line.by != "model":
        row.append(f"[{safe_line(line.by)}] ", style="yellow")
    if line.reason:
        row.append(f"{line.reason}: ", style="italic")
    if line.tags:
        row.append(f"<{' '.join(line.tags.split('/')[-2:])}> ", style="cyan")
    row.append(safe_line(line.text), style="dim" if line.zone is BOILERPLATE else "")
    row.truncate(width, overflow="ellipsis")
    return row


def _fold_row(lines: Sequence[ExplainedLine]) -> Text:
    zone: Zone = lines[0].zone
    reasons = Counter(line.reason for line in lines if line.reason)
    told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    row = Text(f"{'⋮':>7}  ", style="dim", no_wrap=True, overflow="ellipsis")
    row.append(f"{len(lines)} more lines: {zone}", style=STYLES[zone])
    row.append(f" ({told})" if told else "", style="italic")
    return row


def _who(line: ExplainedLine) -> str:
    kind, _, name = line.by.partition(":")
    if kind == "rule":
        return f"the rule {name} decided" + _own(line)
    if kind == "phrase":
        return f"your phrase “{safe_line(name)}” decided" + _own(line)
    if kind == "second_opinion":
        return "what trafilatura found decided" + _own(line)
    if kind == "text_model":
        return "the zone model for text decided, since the tags hid all of the page"
    if line.likeliest is not None:
        return "the sequence of zones on the page decided" + _own(line)
    return "the zone model decided"


def _own(line: ExplainedLine) -> str:
    return f"; the line's own scores speak for {line.likeliest}" if line.likeliest else ""


def _weight_rows(weights: Sequence[Weight]) -> Iterator[Text]:
    speakers = [
        ("for", "green", [w for w in weights if w.logits >= LEAST][:FOR]),
        ("against", "red", [w for w in weights if w.logits <= -LEAST][:AGAINST]),
    ]
    for side, style, some in speakers:
        if some:
            told = ", ".join(f"{weight.what} {weight.logits:+.1f}" for weight in some)
            yield Text(f"{'':9}{side} {told}", style=style)
