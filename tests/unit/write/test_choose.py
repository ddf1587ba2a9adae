"""What is asked for by name: fields, parts, rows; HTML, TEI, front matter, Parquet."""

import csv
import io
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from msgspec.structs import replace

from articlecli import extract, to_json, to_markdown, to_text
from articlecli.write.escaping import safe_address
from articlecli.write.fields import METADATA, PARTS, columns_of, known_fields, rows_of
from articlecli.write.render import Render
from articlecli.write.table import separated, table
from tests import SAMPLES
from tests.unit.write.made import HOSTILE, full, part

ARTICLE = full()


def rendered(**choices: object) -> str:
    return Render(**choices).article(ARTICLE).decode()  # type: ignore[arg-type]


def test_fields_come_in_the_order_asked_for() -> None:
    """JSON holds the fields named and nothing else."""
    told = json.loads(rendered(fields=("url", "title", "published", "words", "authors")))
    assert list(told) == ["url", "title", "published", "words", "authors"]
    assert told["url"] == "https://example.org/x?a=1&b=2"
    assert told["authors"][-1] == "Bo"
    assert ARTICLE.to_dict(["url", "words"]) == {"url": told["url"], "words": told["words"]}
    with pytest.raises(AttributeError):
        ARTICLE.to_dict(["nothing"])


def test_every_known_field_can_be_written() -> None:
    """All names that are known have a value."""
    for only in (None, *PARTS):
        names = known_fields(only)
        assert set(columns_of((), only)) <= set(names)
        for row in rows_of(ARTICLE, names, only):
            assert tuple(row) == names


def test_what_is_asked_for_by_name_needs_no_switch() -> None:
    """`--fields teasers` and `images` are there without `--teasers` and `--images`."""
    told = json.loads(rendered(format="jsonl", teasers=False, fields=("teasers", "images")))
    assert len(told["teasers"]) == len(told["images"]) == 2
    assert json.loads(rendered(fields=("body",)))["body"][0].get("links") is None


@pytest.mark.parametrize(
    ("only", "count"), [("body", 12), ("teasers", 2), ("comments", 1), ("removed", 1)]
)
def test_a_part_as_rows(only: str, count: int) -> None:
    """One row of each item, in every format of rows; the page's path stands first."""
    lines = [json.loads(line) for line in rendered(format="jsonl", only=only).split("\n")[:-1]]
    assert len(lines) == count
    assert all(next(iter(line)) == "path" for line in lines)
    assert json.loads(rendered(only=only)) == lines
    rows = list(csv.reader(io.StringIO(rendered(format="csv", only=only), newline="")))
    assert rows[0] == list(lines[0])
    assert len(rows) == count + 1
    assert rendered(format="tsv", only=only).count("\n") == count + 1


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_part_as_text(form: str) -> None:
    """The part alone: nothing of the title, nothing of the others."""
    signs = {"body": "P a", "teasers": "T1", "comments": "Z a", "removed": "R a"}
    for only, sign in signs.items():
        told = rendered(format=form, only=only, teasers=False)
        assert sign in told
        assert "T a" not in told
        for other in signs.keys() - {only}:
            assert signs[other] not in told


def test_metadata() -> None:
    """An object in JSON, lines in text, front matter in Markdown."""
    assert list(json.loads(rendered(only="metadata"))) == list(METADATA)
    assert "published: 2024-05-06\n" in rendered(format="text", only="metadata")
    assert yaml.safe_load(rendered(format="markdown", only="metadata").strip("-\n"))["lang"] == "en"


def test_csv_is_read_back_as_it_was() -> None:
    """Quotes, commas and line ends in a cell are the cell's own."""
    texts = ['a "b", c', "line\nend", "", "=1+1", "é\u2028"]
    read = next(csv.reader(io.StringIO(separated([texts], "csv"), newline="")))
    assert read == texts
    assert separated([["a\tb\nc", None, ["x", "y"], 1.5]], "tsv") == "a b c\t\tx; y\t1.5\n"


def test_table() -> None:
    """Columns are even, also with signs of double width; control characters never come out."""
    rows = [
        {"title": "青沙镇", "n": 12},
        {"title": "long " * 30, "n": 3},
        {"title": HOSTILE, "n": 4},
    ]
    told = table(rows, ("title", "n"), widest=20)
    assert "\x1b" not in told
    assert "…" in told
    lines = told.splitlines()
    assert lines[0].startswith("title")
    assert lines[2] == "青沙镇" + " " * 14 + "  12"
    assert len(lines) == 5
    assert table([], ("title",)) == "title\n─────\n"


class Seen(HTMLParser):
    """The tags, attributes and words of a page; whether every tag is closed in its place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.values: list[str] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.tags.append(tag)
        self.values += [value or "" for _, value in attrs]
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note it."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note it."""
        self.words += data


def test_html() -> None:
    """Tags of its own only, all closed; words of the page stay words; no address runs a program."""
    page = ARTICLE.to_html(teasers=True)
    seen = Seen(page)
    assert not seen.open
    assert not {"script", "b"} & set(seen.tags)
    assert {"h1", "h3", "ol", "ul", "blockquote", "pre", "table", "aside", "img", "time"} <= set(
        seen.tags
    )
    assert seen.tags.count("a") == 2  # the link and the first teaser
    assert seen.tags.count("blockquote") == 1
    assert not [value for value in seen.values if value.startswith(("javascript", "data"))]
    assert 'P a <b>&amp; "q" [1m ]]> </script>' in seen.words
    assert not set(page) & {"\x1b", "\0", "\x0b", "\ufffe"}
    assert "<a " not in ARTICLE.to_html(links=False)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_html_and_tei_of_samples(path: Path) -> None:
    """Every sample gives a page whose words are those of the text, and well-formed XML."""
    from xml.etree import ElementTree as ET

    article = extract(path.read_bytes())
    words = "".join(Seen(article.to_html()).words.split())
    root = ET.fromstring(article.to_tei(teasers=True))
    entry = "".join("".join(root.itertext()).split())
    for line in article.text.split("\n\n"):
        for piece in line.replace(" | ", "\n").split("\n"):
            assert "".join(piece.split()).removeprefix("1.") in words
            assert "".join(piece.split()).removeprefix("1.") in entry


def test_tei_is_valid() -> None:
    """An article with everything, one with nothing, and a corpus keep to the schema."""
    etree = pytest.importorskip("lxml.etree")
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("tei.rng")))
    render = Render(format="tei", links=True, images=True).in_lines
    corpus = render.head + render.article(ARTICLE) + render.article(extract("")) + render.foot
    for told in (ARTICLE.to_tei(teasers=True), extract("").to_tei(), corpus.decode()):
        document = etree.fromstring(told.encode())
        assert schema.validate(document), schema.error_log
    assert "javascript" not in ARTICLE.to_tei(teasers=True)


def test_tei_is_valid_for_trafilatura() -> None:
    """The schema that trafilatura's own output is checked by takes it too."""
    xml = pytest.importorskip("trafilatura.xml")
    etree = pytest.importorskip("lxml.etree")
    # Its schema has no tables, pictures and code, which it writes all the same.
    kinds = ("table", "code")
    body = tuple(part for part in ARTICLE.body if part.kind not in kinds)
    told = replace(ARTICLE, body=body).to_tei(teasers=True, images=False)
    assert xml.validate_tei(etree.fromstring(told.encode()))
    assert xml.validate_tei(etree.fromstring(extract("").to_tei().encode()))


def test_front_matter() -> None:
    """YAML that reads back as the article's words; the title is not printed twice."""
    told = to_markdown(ARTICLE, front_matter=True)
    head, _, rest = told.removeprefix("---\n").partition("\n---\n")
    known = yaml.safe_load(head)
    assert known["title"] == ARTICLE.title
    assert known["author"] == ["Ann " + HOSTILE, "Bo"]
    assert known["date"] == date(2024, 5, 6)
    assert known["tags"] == [HOSTILE, "two"]
    assert known["source"] == ARTICLE.source.url
    assert not rest.lstrip().startswith("# ")
    assert to_markdown(extract(""), front_matter=True) == "---\n---\n"


def test_front_matter_takes_no_word_for_a_value() -> None:
    """`no`, `1` and `{` stay words."""
    for words in (
        "no",
        "1",
        "{",
        "# x",
        "a: b",
        "\u0085",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ):
        head = to_markdown(full(words), front_matter=True).split("---\n")[1]
        assert yaml.safe_load(head)["site"] == words


def test_a_quotation_of_two_paragraphs_is_one() -> None:
    """Quotes that follow each other render as one quotation."""
    article = replace(extract(""), body=(part("quote", "One."), part("quote", "Two.")))
    html = MarkdownIt("commonmark").render(to_markdown(article))
    assert html.count("<blockquote>") == 1
    assert html.count("<p>") == 2
    assert to_text(article) == "One.\n\nTwo.\n"


@pytest.mark.parametrize(
    "target", ["javascript:x", "JAVA\tscript:x", "data:text/html,x", "vbscript:x", ""]
)
def test_addresses_that_run_a_program(target: str) -> None:
    """They are not written."""
    assert safe_address(target) is None


@pytest.mark.parametrize(
    "target", ["https://e.org/a:b", "/a", "a.html", "?q=a:b", "#x", "mailto:a@e.org", "//e.org/x"]
)
def test_addresses_that_lead_somewhere(target: str) -> None:
    """They are."""
    assert safe_address(target) == target


def test_parquet_has_types(tmp_path: Path) -> None:
    """Dates are dates, numbers numbers, and teasers lists of structs that can be filtered."""
    pa = pytest.importorskip("pyarrow")
    compute = pytest.importorskip("pyarrow.compute")
    pq = pytest.importorskip("pyarrow.parquet")
    from articlecli.write.parquet import to_parquet

    lines = tmp_path / "x.jsonl"
    lines.write_bytes(
        to_json(ARTICLE, links=True, images=True) + b"\n" + to_json(extract("")) + b"\n"
    )
    to_parquet(str(lines), str(tmp_path / "x.parquet"))
    found = pq.read_table(tmp_path / "x.parquet")
    assert found.schema.field("published").type == pa.date32()
    assert found.schema.field("confidence").type == pa.float64()
    assert found.schema.field("keywords").type == pa.list_(pa.string())
    assert compute.sum(found["words"]).as_py() > 0
    assert found.filter(compute.field("confidence") < 0.9).num_rows == 1
    first, second = found.to_pylist()
    assert first["published"] == date(2024, 5, 6)
    assert first["teasers"][0]["truncated"] is True
    assert first["teasers"][0]["lines"] == [[20, 21]]
    assert first["body"][0]["links"][0]["target"].startswith("https://")
    assert first["images"][0]["block"] == 8
    assert json.loads(first["json"])["title"] == ARTICLE.title
    assert (second["published"], second["title"], second["body"]) == (None, None, [])
