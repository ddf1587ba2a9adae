"""Dialects of declarations: JSON-LD that is not clean, libraries' tags, persons and publishers."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from articlecli.blocks.declared import read_head
from articlecli.document import Declared


def read(*head: str, body: str = "") -> Declared:
    """What a page declares with these scripts of JSON-LD or tags in its head."""
    tags = [t if t[0] == "<" else f'<script type="application/ld+json">{t}</script>' for t in head]
    return read_head(LexborHTMLParser(f"<html><head>{''.join(tags)}</head><body>{body}</body>"))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "author": "Anna Berg",}',
        '{"@type": "NewsArticle", /* who, */ "author": ["Anna Berg",], // there }\n}',
        '{"@type": "WebSite"} {"@type": "NewsArticle", "author": {"name": "Anna Berg"}}',
        '{"@type": "WebSite"}, [{"@type": ["Article", "Thing"], "author": [{"name": "Anna Berg"}]}];',
        '{"@graph": [{"@type": "WebPage", "author": {"@id": "#a"}}, {"@id": "#a", "name": "Anna Berg"}]}',
        '{"@type": "QAPage", "mainEntity": {"@type": "Question", "author": {"name": "Anna Berg"}}}',
        '{"@type": "Recipe", "author": {"@type": "Person", "name": "Anna Berg"}}',
        '{"@type": "Article", "url": "https://quay.example//a", "author": "Anna Berg",}',
    ],
)  # fmt: skip
def test_author_in_any_json_ld(script: str) -> None:
    """Comments, commas too many, several values, references, texts where things are expected."""
    assert read(script).authors == ("Anna Berg",)


def test_of_many_questions_none_is_the_pages() -> None:
    """A list of questions is no question and answer."""
    asked = '{"@type": "Question", "name": "How long?", "author": "Anna Berg"}'
    assert read(f'{{"@type": "FAQPage", "mainEntity": [{asked}, {asked}]}}').authors == ()


@pytest.mark.parametrize(
    "rest",
    ['<meta name=author content="Jon Holm">', '<meta name=citation_author content="Holm, Jon">'],
)
def test_a_person_before_an_organisation(rest: str) -> None:
    """The publisher is the author only where nobody else is named."""
    firm = '{"@type": "Article", "author": {"@type": "Organization", "name": "Quay Media"}}'
    assert read(firm, rest).authors == ("Jon Holm",)
    assert read(firm).authors == ("Quay Media",)


def test_several_author_tags() -> None:
    """All of one name, entities escaped twice decoded."""
    tags = '<meta name=author content="Zo&amp;euml; Berg"><meta name=author content="Jon Holm">'
    assert read(tags).authors == ("Zoë Berg", "Jon Holm")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<meta name=citation_publication_date content=20240501>", "2024-05-01"),
        ("<meta name=citation_date content=2024/05/01>", "2024/05/01"),
        ("<meta property=schema:datePublished content=2024-05-01>", "2024-05-01"),
        ("<meta name=dcterms.issued content=2024-05-01>", "2024-05-01"),
        ("<meta name=date content=yesterday><meta name=pubdate content=2024-05-01>", "2024-05-01"),
    ],
)
def test_dates(tag: str, expected: str) -> None:
    """The first that is a date; a library's digits are parted."""
    assert read(tag).published == expected


def test_hostile_scripts_take_no_time() -> None:
    """Comments and strings without an end are read once."""
    assert read("/*" * 50_000).authors == ()
    assert read('{"a": "' + '\\"//' * 50_000).authors == ()
    assert read("{," + " ," * 50_000).authors == ()
