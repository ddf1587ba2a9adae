"""Laws that hold for any flat page."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articlecli import Options, extract, from_json, to_json, to_markdown, to_text
from articlecli.text.lines import line_spans

from .pages import FLAT, lines_of

FORMATS = st.sampled_from(["auto", "text", "markdown"])


@settings(max_examples=150, deadline=None)
@given(FLAT, FORMATS)
def test_every_line_once(page: str, input_format: str) -> None:
    """Any text gives an article, and each non-blank line is in exactly one part of it."""
    article = extract(page, options=Options(input_format=input_format))
    if article.source.format == "html":  # there, lines are the page's blocks
        assert lines_of(article) == list(range(1, len(article.zones) + 1))
        return
    wanted = [n for n, (a, b) in enumerate(line_spans(page), 1) if page[a:b].strip()]
    assert lines_of(article) == wanted
    assert [n for n, zone in enumerate(article.zones, 1) if zone is not None] == wanted
    assert [n for n, sure in enumerate(article.confidences, 1) if sure is not None] == wanted


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """Bytes give an article or an error that says what is wrong; nothing else is raised."""
    from articlecli import InputError

    try:
        article = extract(data)
    except InputError as error:
        assert str(error).count("\n") == 0  # noqa: PT017
    else:
        assert from_json(to_json(article, offsets=True, links=True, images=True)) == article


@settings(max_examples=60, deadline=None)
@given(FLAT)
def test_json_round_trip(page: str) -> None:
    """The JSON with offsets, links and pictures holds all of it; text and Markdown never fail."""
    article = extract(page)
    assert from_json(to_json(article, offsets=True, links=True, images=True)) == article
    assert from_json(to_json(article, indent=2)).removed == from_json(to_json(article)).removed
    to_text(article, teasers=True)
    to_markdown(article, teasers=True)


@settings(max_examples=30, deadline=None)
@given(FLAT, FLAT)
def test_no_history(page: str, other: str) -> None:
    """What ran before does not change the result."""
    first = to_json(extract(page), offsets=True)
    extract(other)
    assert to_json(extract(page), offsets=True) == first


@settings(max_examples=60, deadline=None)
@given(FLAT)
def test_zones_agree_with_parts(page: str) -> None:
    """A line's zone is that of the part it stands in."""
    article = extract(page)
    if article.source.format == "html":
        return
    for part in article.removed:
        for first, last in part.lines:
            assert set(article.zones[first - 1 : last]) <= {part.zone, None}
    for part in article.body:
        expected = {"heading": "heading", "caption": "caption"}.get(part.kind, "body")
        for first, last in part.lines:
            assert set(article.zones[first - 1 : last]) <= {expected, None}
    for first, last in article.title_lines:
        assert set(article.zones[first - 1 : last]) <= {"title", None}
