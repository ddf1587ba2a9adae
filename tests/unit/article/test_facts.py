"""Facts beside the story: where each comes from, and when nothing is said."""

import time

import pytest

import articlecli
from articlecli.options import Options
from articlecli.text.names import split_names

BODY = "".join(
    f"<p>The harbour council met on day {n} and agreed that the old cranes be repaired before the "
    "winter storms come, since the ships need them every week of the year.</p>"
    for n in range(1, 6)
)
HTML = Options(input_format="html")


def extracted(
    head: str,
    *,
    title: str = "Cranes repaired",
    url: str | None = None,
    below: str = "",
    foot: str = "",
) -> articlecli.Article:
    """The article of a page with this head."""
    page = (
        f"<html lang=en><head>{head}</head><body><h1>{title}</h1>{below}{BODY}{foot}</body></html>"
    )
    return articlecli.extract(page, url=url, options=HTML)


@pytest.mark.parametrize(
    ("head", "given", "expected"),
    [
        ('<link rel=canonical href="/a/b#top"><base href="https://quay.example/x/">', None,
         "https://quay.example/a/b"),
        ('<link rel=canonical href="https://quay.example/">', "https://quay.example/a", "https://quay.example/a"),
        ('<link rel=canonical href="https://quay.example/"><meta property=og:url content="https://quay.example/c">',
         None, "https://quay.example/c"),
        ('<meta property=og:url content="https://quay.example/c">', None, "https://quay.example/c"),
        ('<link rel=canonical href="javascript:void(0)">', None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_url(head: str, given: str | None, expected: str | None) -> None:
    """The declared address, whole; never a front page's for a story."""
    assert extracted(head, url=given).url == expected


def test_a_page_of_text_has_the_address_that_was_given() -> None:
    """Text declares nothing."""
    article = articlecli.extract("A line.\n", url="https://quay.example/a")
    assert (article.url, article.sources["url"]) == ("https://quay.example/a", "given_address")


@pytest.mark.parametrize(
    ("published", "day", "moment"),
    [
        ("2024-05-01T12:30:05+0200", "2024-05-01", "2024-05-01T12:30:05+02:00"),
        ("2024-05-01 12:30Z", "2024-05-01", "2024-05-01T12:30:00Z"),
        ("2024-05-01T12:30:00.123", "2024-05-01", "2024-05-01T12:30:00"),
        ("2024-05-01T00:00:00Z", "2024-05-01", None),
        ("2024-05-01", "2024-05-01", None),
        ("20240501", "2024-05-01", None),
    ],
)
def test_moments(published: str, day: str, moment: str | None) -> None:
    """A time with its zone; midnight is what systems write where they know none."""
    article = extracted(f'<meta property="article:published_time" content="{published}">')
    assert (article.published, article.published_at) == (day, moment)


@pytest.mark.parametrize(
    ("line", "day", "moment"),
    [
        ("By Ann Lee | 3 March 2025, 14:05 CET", "2025-03-03", "2025-03-03T14:05:00+01:00"),
        ("Published 3 March 2025 at 2:05pm", "2025-03-03", "2025-03-03T14:05:00"),
        ("Published 3 March 2025 | Updated 4 March 2025 14:05", "2025-03-03", None),
        ("3 March 2025", "2025-03-03", None),
    ],
)
def test_moment_of_a_date_line(line: str, day: str, moment: str | None) -> None:
    """A time of day beside the date is read where none is declared."""
    article = extracted("", below=f"<p class=meta>{line}</p>")
    assert (article.published, article.published_at) == (day, moment)
    assert ("published_at" in article.sources) == (moment is not None)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("© 3 March 2024 Ann Lee", "2024-03-03"),
        ("Copyright (c) 03.03.2024 by Quay Press", "2024-03-03"),
        ("© 2024 Quay Press", None),
        ("© 2019-2024 Quay Press. Printed 3 March 2024", None),
    ],
)
def test_day_of_a_copyright_line(line: str, day: str | None) -> None:
    """A day that begins it is the page's; a year is no first of January."""
    article = extracted("", foot=f"<footer><p>{line}</p></footer>")
    assert article.published == day
    assert not day or article.sources["published"] == "copyright_line"


@pytest.mark.parametrize(
    ("head", "field", "held"),
    [
        ('<meta property="article:published_time" content="2024-05-01T12:30:05Z">', "published",
         'content="2024-05-01T12:30:05Z">'),
        ('<link rel="canonical" href="https://quay.example/a?b=1&amp;c=2">', "url", "&amp;c=2"),
        ('<meta name="news" content="Cranes"><meta name="keywords" content="Cranes, quay">', "keywords",
         'name="keywords"'),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "keywords": "caf\\u00e9 <b>"}</script>',
         "keywords", "NewsArticle"),
        ('<meta name="description" content="A &quot;café&quot; burns.">', "description", "burns"),
        ('<script>var x = "2024-05-01";</script><meta name="date" content="2024-05-01">', "published",
         '<meta name="date"'),
    ],
)  # fmt: skip
def test_where_a_declaration_stands(head: str, field: str, held: str) -> None:
    """The tag or script as it is in the page, and no other place of the same words."""
    page = f"<html lang=en><head>{head}</head><body><h1>Cranes repaired</h1>{BODY}</body></html>"
    start, end = articlecli.extract(page, options=HTML).declared_spans[field]
    assert held in page[start:end]
    assert page[start] == "<"
    assert page[end - 1] == ">"


def test_where_front_matter_stands() -> None:
    """Of Markdown it is a line."""
    page = "---\ntitle: Cranes repaired\ndate: 2024-05-01\n---\n\n" + BODY.replace("<p>", "\n\n")
    article = articlecli.extract(page, options=Options(input_format="markdown"))
    start, end = article.declared_spans["published"]
    assert page[start:end] == "date: 2024-05-01"
    assert b"declared_spans" in article.to_json(offsets=True)
    assert b"declared_spans" not in article.to_json()


def test_a_shown_day_that_is_declared_to_be_of_a_change() -> None:
    """It is the change's, also where its line does not say so."""
    head = ('<meta property="article:published_time" content="2024-12-30">'
            '<meta property="article:modified_time" content="2025-06-02">')  # fmt: skip
    article = extracted(head, below="<p class=meta>June 2, 2025</p>")
    assert (article.published, article.modified) == ("2024-12-30", "2025-06-02")


def test_moment_of_an_update() -> None:
    """The time beside the day of an update is that of the change."""
    line = "Published 3 March 2025 14:05 | Updated 4 March 2025 15:06"
    article = extracted("", below=f"<p class=meta>{line}</p>")
    assert (article.modified, article.modified_at) == ("2025-03-04", "2025-03-04T15:06:00")


@pytest.mark.parametrize(
    ("changed", "expected"), [("2024-05-03", "2024-05-03"), ("2024-04-01", None)]
)
def test_no_change_before_the_publication(changed: str, expected: str | None) -> None:
    """A declared change that lies before the publication is of something else."""
    head = ('<meta property="article:published_time" content="2024-05-01">'
            f'<meta property="article:modified_time" content="{changed}">')  # fmt: skip
    assert extracted(head).modified == expected


@pytest.mark.parametrize(
    ("head", "expected", "source"),
    [
        ("<meta property=og:site_name content='The Quay Post'>", "The Quay Post", "site_declared"),
        # A motto beside the name, and the headline in front of it.
        (("<meta property=og:site_name content='Quay Post - all that floats'>"
         "<link rel=canonical href='https://www.quaypost.example/a'>"), "Quay Post", "site_declared"),
        (("<meta property=og:site_name content='Cranes repaired - The Quay Post'>"
         "<title>Cranes repaired - The Quay Post</title>"), "The Quay Post", "site_declared"),
        ("<meta property=og:site_name content='Quay Post - Lamp Post'>", "Quay Post - Lamp Post",
         "site_declared"),
        ('<script type="application/ld+json">{"@type": "WebSite", "name": "The Quay"}</script>',
         "The Quay", "publisher_declared"),
        ("<link rel=canonical href='https://www.quaypost.example/a'><title>Cranes - Quay Post</title>",
         "Quay Post", "site_in_title"),
        ("<link rel=canonical href='https://quaypost.example/a'><title>Cranes - Quay Post - Sea</title>",
         "Quay Post", "site_in_title"),
        ("<title>Cranes repaired - Harbour Eye</title>", "Harbour Eye", "site_shown"),
        ("<title>Cranes repaired - Lamp Room</title>", "Lamp Room", "site_shown"),
        ("<link rel=canonical href='https://shop.tidemark.example/a'><title>Cranes</title>",
         "TideMark", "site_as_host"),
        ("<title>Cranes repaired - Part 2</title>", None, None),
        ("<title>Cranes repaired - powered by Anchor</title>", None, None),
    ],
)  # fmt: skip
def test_site_name(head: str, expected: str | None, source: str | None) -> None:
    """Declared, or the part of the title that the host, a logo or the copyright line has too."""
    article = extracted(
        head,
        foot="<img src=a.png alt='Lamp Room logo'><p>TideMark</p>"
        "<footer>© 2024 Harbour Eye. Powered by Anchor</footer>",
    )
    assert (article.site_name, article.sources.get("site_name")) == (expected, source)


def test_site_name_of_text() -> None:
    """The end of the first line, where the copyright line has it too."""
    story = "\n".join(
        f"The harbour council met on day {n} and agreed that the old cranes be repaired before the "
        "winter storms come, since the ships need them every week of the year."
        for n in range(1, 6)
    )
    page = f"Cranes repaired | Harbour Eye\nCranes repaired\n{story}\n© 2024 Harbour Eye\n"
    article = articlecli.extract(page)
    assert (article.site_name, article.sources["site_name"]) == ("Harbour Eye", "site_shown")


def test_image_and_licence_are_whole_addresses() -> None:
    """A logo stands for the site, so the next picture is taken."""
    article = extracted(
        "<base href='https://quay.example/'><meta property=og:image content='/site-logo.png'>"
        "<meta name=twitter:image content='/cranes.jpg'><link rel=license href='/by'>"
    )
    assert article.image == "https://quay.example/cranes.jpg"
    assert article.license == "https://quay.example/by"


def test_sections_keywords_and_other_titles() -> None:
    """Lists keep the order of the page, each value once."""
    article = extracted(
        "<meta property=article:section content=Harbour><meta property=article:tag content=sea>"
        "<meta property=article:tag content=ships><meta property=og:title content='What the council decided'>"
        "<meta name=twitter:title content='Cranes repaired | Quay'>"
    )
    assert article.categories == ("Harbour",)
    assert article.keywords == ("sea", "ships")
    assert article.alternative_titles == ("What the council decided",)


def test_sources_are_told_with_offsets_only() -> None:
    """The JSON is as short as it was."""
    article = extracted("<meta name=description content='On cranes.'>")
    assert article.sources["description"] == "description_declared"
    assert b'"sources"' in articlecli.to_json(article, offsets=True)
    assert b'"sources"' not in articlecli.to_json(article)


def test_lines_of_facts_that_the_page_shows() -> None:
    """A fact that was declared stands on no line; one that was read tells its own."""
    story = "\n".join(
        f"The harbour council met on day {n} and agreed that the old cranes be repaired before the "
        "winter storms come, since the ships need them every week of the year."
        for n in range(1, 6)
    )
    page = f"Cranes repaired | Harbour Eye\nBy Ann Lee\n3 May 2021\n{story}\n© 2024 Harbour Eye\n"
    article = articlecli.extract(page)
    assert article.source_lines == {
        "byline": (2, 2), "published": (3, 3), "site_name": (9, 9), "title": (1, 1)
    }  # fmt: skip
    assert b'"source_lines"' in articlecli.to_json(article, offsets=True)
    assert b'"source_lines"' not in articlecli.to_json(article)
    assert "byline" not in extracted("<meta name=author content='Ann Lee'>").source_lines


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ann Lee, Max Roe", ("Ann Lee", "Max Roe")),
        ("Ann Lee and Max Roe", ("Ann Lee", "Max Roe")),
        ("Ann Lee, PhD, Max Roe Jr.", ("Ann Lee, PhD", "Max Roe Jr.")),
        ("林海、陈明", ("林海", "陈明")),
        (None, ()),
    ],
)
def test_authors(byline: str | None, names: tuple[str, ...]) -> None:
    """A byline, name by name."""
    assert split_names(byline) == names


def test_authors_without_end() -> None:
    """A page that declares tens of thousands takes time that grows with their number."""
    names = tuple(f"Ann Lee {n}" for n in range(40_000))
    started = time.process_time()
    assert split_names(", ".join(names)) == names
    assert time.process_time() - started < 3  # 30 where each is compared with all before it
