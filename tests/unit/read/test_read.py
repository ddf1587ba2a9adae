"""Bytes → page: encodings, formats, and what cannot be read."""

import os
from pathlib import Path

import pytest

from articlecli import InputError, Options, extract
from articlecli.read import read_bytes, read_page
from articlecli.read.format import sniff

FRENCH = "La halle rouvrira à l'été, a annoncé le maire. Les étals étaient fermés depuis décembre."
RUSSIAN = "Музей речных буксиров открылся в субботу на старой пристани. Вход для детей бесплатный."
GREEK = "Το νέο πλοίο θα συνδέει τα μικρά νησιά τρεις φορές την εβδομάδα από την πρώτη Ιουνίου."
JAPANESE = "図書館は来週の月曜日に開館します。古い倉庫を改装した建物には十二万冊の本があります。"
CHINESE = "图书馆将于下周一正式向市民开放，藏书约十二万册，其中包括一个专门的航运史料室。"
POLISH = "Most zostanie zamknięty na osiem miesięcy, a kierowcy pojadą objazdem przez Zalesie."


def page(source: str | bytes, **choices: str):
    return read_page(source, url=None, options=Options(**choices))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-32"),
        (FRENCH, "windows-1252"),
        (FRENCH, "iso-8859-1"),
        (POLISH, "iso-8859-2"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (GREEK, "iso-8859-7"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (CHINESE, "gb18030"),
        (CHINESE, "big5"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    """Text in the web's usual encodings is read right without being told."""
    if encoding == "big5":
        text = "圖書館將於下週一正式向市民開放，藏書約十二萬冊，其中包括一個專門的航運史料室。"
    text = (text + "\n") * 3
    assert page(text.encode(encoding)).text == text


def test_named_encoding() -> None:
    """A named encoding is taken at its word; bytes that are not in it name the place."""
    assert page(GREEK.encode("cp1253"), encoding="cp1253").text == GREEK
    with pytest.raises(InputError, match="utf-8 at byte 3"):
        page(b"abc\xff", encoding="utf-8")
    with pytest.raises(InputError, match="not known"):
        page(b"abc", encoding="klingon")


def test_declared_encoding() -> None:
    """HTML's own declaration counts; one that is wrong does not."""
    html = '<html><head><meta charset="iso-8859-7"></head><body><p>' + GREEK + "</p></body></html>"
    assert GREEK in page(html.encode("iso-8859-7")).text
    wrong = html.replace("iso-8859-7", "no-such-thing").encode("utf-8")
    assert GREEK in page(wrong).text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04aaaa", "ZIP"),
        (b"\x1f\x8b\x08aaaa", "gzip"),
        (bytes(range(1, 32)) * 20, "binary"),
    ],
)
def test_binary(data: bytes, what: str) -> None:
    """What is no text is refused by name."""
    with pytest.raises(InputError, match=what):
        extract(data)


def test_notes() -> None:
    """Mojibake, NUL bytes and undecodable bytes are reported and left alone."""
    article = extract(f"{FRENCH}\n" + "dÃ©jÃ  vu, lâ€™Ã©tÃ©\n" + "a\0b")
    assert {"mojibake", "nul_bytes"} <= set(article.flags)
    assert "undecodable_bytes" in extract("a \ud800 b").flags


def test_empty() -> None:
    """An empty or blank page has no article, and says so."""
    for source in ("", " \n\xa0\n"):
        article = extract(source)
        assert (article.status, article.reason) == ("no_article", "empty page")
        assert article.removed == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><html><body><p>Hello</p></body></html>", "html"),
        ("<!-- made by hand -->\n<html><body>x</body></html>", "html"),
        ("<p>One <b>two</b></p>\n<p>Three</p>", "html"),
        ("The <div> tag is old.\nSo is <b>.\nText all the same.", "text"),
        ("#hashtag\n- a dash\n- another\nWords.", "text"),
        ("# Title\n\nSome [words](https://example.org/a).\n\n## More\n\n- item\n", "markdown"),
        ("Just text.\n\nAnother paragraph.", "text"),
        ("", "text"),
    ],
)
def test_sniff(text: str, kind: str) -> None:
    """HTML, Markdown and text are told apart by looking."""
    assert sniff(text) == kind


def test_html_road() -> None:
    """HTML takes the road of its blocks' text; scripts and hidden parts are left out."""
    body = "".join(f"<p>{FRENCH} {POLISH}</p>" for _ in range(4))
    article = extract(
        f"<html><head><title>La halle rouvre samedi matin</title></head><body><script>x()</script>"
        f"<h1>La halle rouvre samedi matin</h1>{body}</body></html>"
    )
    assert article.source.format == "html"
    assert article.title == "La halle rouvre samedi matin"
    assert "x()" not in article.text
    assert FRENCH in article.text


def test_files(tmp_path: Path) -> None:
    """Each way in which a file cannot be read has its own sentence."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name, what in (
        ("missing.txt", "does not exist"),
        ("", "is a folder"),
        ("empty.txt", "is empty"),
        ("broken", "link to a missing file"),
        ("loop", "leads to itself"),
    ):
        with pytest.raises(InputError, match=what):
            read_bytes(str(tmp_path / name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    """A file without permission is named."""
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(InputError, match="permission denied"):
        read_bytes(str(path))


def test_strange_name() -> None:
    """A path with a newline or a lone byte is printed on one line."""
    with pytest.raises(InputError) as caught:
        read_bytes("no\nsuch\udcfffile")
    assert "\n" not in str(caught.value)
    str(caught.value).encode()


@pytest.mark.parametrize("name", ["undefined", "utf-16", "unicode_escape", "utf-7", "nonsense"])
def test_declarations_that_cannot_be(name: str) -> None:
    """A declared encoding that ASCII bytes cannot be in, or that rewrites text, is passed over."""
    page = (
        f"<html><head><meta charset={name}></head><body><p>Caf\\u00e9 +AGE- open</p></body></html>"
    )
    article = extract(page.encode())
    assert article.source.encoding == "utf-8"
    assert article.title == "Caf\\u00e9 +AGE- open"
    with pytest.raises(InputError):
        extract(page.encode() + b"\xff", options=Options(encoding="undefined"))


def test_what_is_no_page() -> None:
    """A path object, nothing, and options that mean nothing are refused with the remedy."""
    with pytest.raises(TypeError, match="the page itself"):
        extract(Path("page.txt"))
    with pytest.raises(ValueError, match="is none of auto"):
        Options(input_format="xml")
    with pytest.raises(ValueError, match="ISO 639-1"):
        Options(language="french")
    assert extract("x", url="https://example.org/\udcff").source.url == "https://example.org/\ufffd"
