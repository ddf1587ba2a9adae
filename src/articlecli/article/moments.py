"""When a story was published and changed, to the minute: as declared, else as its lines show it."""

from collections.abc import Iterator, Sequence

from articlecli.article.context import Context
from articlecli.article.fields import Choice
from articlecli.article.published import Label
from articlecli.text.clock import looks_timed, time_beside
from articlecli.text.dates import part_words
from articlecli.text.figures import with_figure
from articlecli.text.patterns import lazy

_MOMENT = lazy(
    r"((?:19|20)\d\d-\d\d-\d\d)[T ]+([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?:[.,]\d+)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_MIDNIGHT = "00:00:00"
"""What a day without a time of day is often declared with."""
TIME_TAG = "time_tag"
"""Name of the source of a day that has a moment of its own."""
DATE_LINE = "date_line"
"""Name of the source: the line of the story's date."""


def moments_of(
    context: Context, published: Choice[str], modified: str | None
) -> dict[str, tuple[str | None, str]]:
    """`published_at` and `modified_at`, ISO 8601 or `None`, each with the name of its source.

    Args:
        context: What the sources look at.
        published: Day of publication, ISO 8601, and who told it.
        modified: Day of the last change, likewise.

    """
    head = context.head
    tagged = published.source == TIME_TAG
    found: dict[str, tuple[str | None, str]] = {}
    kinds: Sequence[Label]
    for name, source, declared, day, kinds in (
        ("published_at", TIME_TAG if tagged else "declared_date",
         head.time if tagged else head.published, published.value, ("published", "plain")),
        ("modified_at", "modified_declared", head.modified, modified, ("updated",)),
    ):  # fmt: skip
        moment = _declared(declared, day)
        found[name] = (moment, source) if moment else (_shown(context, day, kinds), DATE_LINE)
    return found


def _declared(declared: str, day: str | None) -> str | None:
    """A declared moment, where it is about a known day; midnight is no time of day."""
    found = _MOMENT.search(declared) if day and declared else None
    if not day or not found:
        return None
    told, hour, minute, second, zone = found.groups()
    clock = f"{hour}:{minute}:{second or '00'}"
    if clock == _MIDNIGHT or not _near(told, day):
        return None
    zone = "Z" if zone in ("UTC", "GMT") else (zone or "").replace(":", "")
    return f"{told}T{clock}{f'{zone[:3]}:{zone[3:]}' if len(zone) == 5 else zone}"


def _shown(context: Context, day: str | None, kinds: Sequence[Label]) -> str | None:
    """The time beside a known day on the story's meta lines, or on lines about its headline."""
    if not day or not context.story.found:
        return None
    # To read a day takes longer than to see that there is no time.
    for line in filter(looks_timed, _lines(context)):
        for label, one in context.days.told(line):
            if one.day == day and label in kinds:
                clock = time_beside(part_words(line), one.start, one.end)
                if clock and not clock.startswith(_MIDNIGHT):
                    return f"{day}T{clock}"
    return None


def _lines(context: Context) -> Iterator[str]:
    """Lines with a figure: those of the meta, then those about the headline."""
    yield from context.figured
    yield from with_figure(context.near_title)


def _near(day: str, other: str) -> bool:
    """Whether two days can be one moment's in two zones."""
    from datetime import date

    try:
        return abs((date.fromisoformat(day) - date.fromisoformat(other)).days) <= 1
    except ValueError:
        return False
