"""What a program's type checker sees of articlecli. mypy checks this file; nothing runs it."""

from collections.abc import Iterator
from typing import Any, assert_type

from articlecli import (
    Adaptation,
    Article,
    ArticleCliError,
    Explanation,
    Extractor,
    InputError,
    ModelError,
    Options,
    Outcome,
    Phrase,
    Zone,
    extract,
    extract_file,
    extract_many,
    from_json,
    json_schema,
    parse_phrases,
    read_adaptation,
    to_json,
    to_markdown,
    to_text,
)

article = extract("a page", url="https://page.example/a", options=Options(language="fr"))
assert_type(article, Article)
assert_type(extract(b"a page"), Article)
assert_type(article.title, str | None)
assert_type(article.byline, str | None)
assert_type(article.published, str | None)
assert_type(article.text, str)
assert_type(article.confidence, float)
assert_type(article.flags, tuple[str, ...])
assert_type(article.zones, tuple[Zone | None, ...])
assert_type([part.text for part in article.body], list[str])
assert_type([teaser.url for teaser in article.teasers], list[str | None])
assert_type([line.zone for line in article.lines()], list[Zone])
assert_type(article.to_json(offsets=True), bytes)
assert_type(article.to_text(teasers=True), str)
assert_type(article.to_markdown(links=True), str)
assert_type(article.to_dict(), dict[str, Any])
assert_type(Article.from_json(b"{}"), Article)

assert_type(to_json(article), bytes)
assert_type(to_text(article), str)
assert_type(to_markdown(article), str)
assert_type(from_json("{}"), Article)
assert_type(parse_phrases("[body]\n*: un"), tuple[Phrase, ...])
assert_type(read_adaptation("my.model"), Adaptation)
assert_type(Options(model=read_adaptation("my.model")).model, Adaptation | None)
schema: bytes | str = json_schema()

outcomes: Iterator[Outcome] = iter(extract_many(["a page", b"another"]))

extractor = Extractor(Options(language="fr"))
assert_type(extractor.extract("a page", url=None), Article)
assert_type(extractor.explain("a page"), Explanation)
assert_type([line.zone for line in extractor.explain("a page").lines], list[Zone])
assert_type(extract_file("page.txt"), Article)
outcomes = extractor.extract_many(["a page"], workers=2)

errors: tuple[type[ArticleCliError], ...] = (InputError, ModelError)

extract(None)  # type: ignore[arg-type]
extract("a page", options="fr")  # type: ignore[arg-type]
Options(input_format="pdf")  # type: ignore[arg-type]
