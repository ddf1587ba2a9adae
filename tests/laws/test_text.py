"""Laws that hold for any page."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articlecli import Options, extract, from_json, to_json, to_markdown, to_text
from articlecli.output import Article
from articlecli.text.lines import line_spans

WORDS = st.sampled_from(
    [
        "Menu",
        "Home",
        "Accès direct au menu",
        "Plus d'articles",
        "Lire aussi : la halle rouvre",
        "Publié le 3 mai 2020",
        "Par Marie Dupont",
        "The harbour opens again after a long winter of repairs.",
        "© 2020",
        "Subscribe now",
        "Ships came back on Monday, said the mayor, and the cranes moved for the first time in a year.",
        "Die Halle öffnet am Samstag wieder, sagte der Bürgermeister vor zweihundert Gästen im Rathaus.",
        "青沙镇老码头改建为公共图书馆，下周一开放。",
        "Читайте также",
        "2 commentaires",
        "Bonjour, merci pour cet article !",
        "# Title",
        "- item",
        "> quote",
        "```",
        "",
        " a ",
        " b ",
        "",
        "",
        "   ",
        "\xa0",
        "\t\tcell\tcell",
        "x…",
        "Storm hits the coast of Brittany tonight",
        "Home News Sport Storm hits the coast of Brittany tonight",
        "![ ](x.gif) ![ ](y.gif) Storm hits the coast of Brittany tonight",
        "[ ](x)",
        "| --- | --- |",
        "| a | b |",
        "~~~",
    ]
)
LINE = st.one_of(WORDS, st.text(max_size=40))
PAGE = st.lists(LINE, max_size=40).map("\n".join)
FORMATS = st.sampled_from(["auto", "text", "markdown"])


def lines_of(article: Article) -> list[int]:
    """Every line that some part of the article holds."""
    ranges = [*article.title_lines, *article.lead_lines]
    for parts in (
        article.meta,
        article.body,
        article.teaser_sections,
        article.teasers,
        article.comments,
        article.removed,
    ):
        for part in parts:
            ranges += part.lines
    return sorted(n for first, last in ranges for n in range(first, last + 1))


@settings(max_examples=150, deadline=None)
@given(PAGE, FORMATS)
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
        assert from_json(to_json(article, offsets=True)) == article


@settings(max_examples=60, deadline=None)
@given(PAGE)
def test_json_round_trip(page: str) -> None:
    """The JSON with offsets holds all that the article does; text and Markdown never fail."""
    article = extract(page)
    assert from_json(to_json(article, offsets=True)) == article
    assert from_json(to_json(article, indent=2)).removed == from_json(to_json(article)).removed
    to_text(article, teasers=True)
    to_markdown(article, teasers=True)


@settings(max_examples=30, deadline=None)
@given(PAGE, PAGE)
def test_no_history(page: str, other: str) -> None:
    """What ran before does not change the result."""
    first = to_json(extract(page), offsets=True)
    extract(other)
    assert to_json(extract(page), offsets=True) == first


@settings(max_examples=60, deadline=None)
@given(PAGE)
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
