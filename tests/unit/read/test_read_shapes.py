"""Records and bytes in every shape that people bring: whole, damaged, lying."""

import bz2
import gzip
import json
import lzma
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from articlecli import InputError, Options, extract
from articlecli.batch.inputs import find_inputs
from articlecli.read import read_bytes, read_page
from articlecli.read.body import decoded
from articlecli.read.packed import zstd_module
from articlecli.read.records import Fields, Record, read_records

TITLE = "Lighthouse keepers of Brennholm go home"
PARAGRAPHS = (
    (
        "The last two keepers of the lighthouse at Brennholm went home on Friday, after the port put a "
        "lamp into the tower that needs nobody to watch over it."
    ),
    (
        "They had lived on the rock for eleven winters, and said that they would miss the storms more "
        "than the quiet days of summer when the boats came out."
    ),
    (
        "The port wants to let the house to guests from next year on, and has asked three builders what "
        "a new roof and a bath would cost."
    ),
)
STORY = "\n\n".join((TITLE, *PARAGRAPHS))
HTML = (
    f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
    + "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    + "</body></html>"
).encode()
ACCENTS = "Les gardiens du phare ont quitté l'île vendredi, après onze hivers passés là-bas. "


def warc(
    body: bytes,
    *headers: str,
    name: str = "1",
    kind: str = "response",
    length: int | None = None,
    more: str = "",
    media: str = "text/html",
) -> bytes:
    http = "\r\n".join(("HTTP/1.1 200 OK", f"Content-Type: {media}", *headers, "", ""))
    block = http.encode() + body
    size = len(block) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{name}>\r\n{more}"
        f"WARC-Target-URI: https://brennholm.example/{name}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def records(tmp_path: Path, data: bytes, kind: str = "warc", **fields: str) -> list[Record]:
    path = tmp_path / "records"
    path.write_bytes(data)
    return list(read_records(str(path), kind, Fields(**fields)))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def chunked(data: bytes) -> bytes:
    parts = [data[at : at + 100] for at in range(0, len(data), 100)]
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


CODINGS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate, raw": raw_deflate,
    "br": None,
    "zstd": lambda data: zstd_module().compress(data),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_bodies_are_decoded(coding: str) -> None:
    """Each coding of the web, in chunks or not; what the header says and the body is not, stays."""
    pack = CODINGS[coding]
    if pack is None:
        import brotli

        pack = brotli.compress
    name = coding.partition(",")[0]
    packed = pack(HTML)
    assert decoded(packed, "", name) == HTML
    assert decoded(chunked(packed), "chunked", name.upper()) == HTML
    assert decoded(HTML, "chunked", name) == HTML
    long = pack(bytes(range(256)) * 400 + HTML * 50)
    assert len(decoded(long[: len(long) // 2], "", name)) > 0


def test_bodies_that_say_nothing() -> None:
    """A body shows what it is by its first bytes."""
    assert decoded(gzip.compress(HTML), "", "") == HTML
    assert decoded(gzip.compress(gzip.compress(HTML)), "", "gzip") == HTML
    assert decoded(HTML, "", "none, such") == HTML


def test_records_that_hold_no_page(tmp_path: Path) -> None:
    """Each says what it is; what is only about the crawl is no record."""
    found = records(
        tmp_path,
        warc(HTML, name="page")
        + warc(b"", name="again", kind="revisit")
        + warc(b"\x89PNG", name="picture", media="image/png")
        + warc(b"User-agent: *", name="robots.txt", media="text/plain")
        + warc(b"{}", name="data", media="application/json")
        + warc(b"", name="cut", more="WARC-Truncated: length\r\n")
        + warc(HTML[:-40], name="part", more="WARC-Truncated: length\r\n")
        + warc(b"x", name="asked", kind="request"),
    )
    told = {record.id: record.problem for record in found}
    assert list(told) == [f"urn:{n}" for n in "page again picture robots.txt data cut part".split()]
    assert told["urn:page"] is None
    for name, words in (("again", "revisit"), ("picture", "image/png"), ("robots.txt", "robots"),
                        ("data", "application/json"), ("cut", "cut off")):  # fmt: skip
        assert words in (told[f"urn:{name}"] or "")
    assert found[-1].notes == ("truncated",)


def test_warc_with_damage(tmp_path: Path) -> None:
    """Records before and behind damage come out; the damage is told; lengths that lie are mended."""
    one, two, three = (warc(HTML, name=n) for n in "123")
    found = records(tmp_path, one + b"rubbish\r\n\x00\xff\r\n\r\n" + two + three)
    assert [r.problem is None for r in found] == [True, False, True, True]
    found = records(tmp_path, one + two + three[:-100])
    assert [r.problem is None for r in found] == [True, True, False]
    assert "cut short" in (found[2].problem or "")
    for length in (10, 150, 1_000_000):
        found = records(tmp_path, one + warc(HTML, name="2", length=length) + three)
        assert [(r.id, r.problem) for r in found] == [(f"urn:{n}", None) for n in "123"]
        assert all(HTML in bytes(r.source) or r.id == "urn:2" for r in found)
    found = records(tmp_path, one.replace(b"Content-Length: ", b"Content-Length: x", 1) + two)
    assert [r.problem is None for r in found][0::2] == [False, True] or len(found) == 2


def test_gzip_with_damage(tmp_path: Path) -> None:
    """Members before and behind a damaged one are read, of WARC and of lines of JSON."""
    members = [gzip.compress(warc(HTML, name=str(n))) for n in range(20)]
    bad = bytearray(members[7])
    bad[80:120] = bytes(40)
    data = b"".join([*members[:7], bytes(bad), *members[8:]])
    good = [r.id for r in records(tmp_path, data) if r.problem is None]
    assert good == [f"urn:{n}" for n in range(20) if n != 7]
    assert sum(r.problem is not None for r in records(tmp_path, data)) >= 1
    *before, last = records(tmp_path, b"".join(members)[:-30])
    assert [r.problem for r in before] == [None] * 19
    assert "damaged or cut short" in (last.problem or "")
    rows = [gzip.compress(json.dumps({"text": str(n)}).encode() + b"\n") for n in range(5)]
    found = records(
        tmp_path, rows[0] + b"\x1f\x8b\x08\xff" + rows[1] + b"\0" * 9 + rows[2], "jsonl"
    )
    assert [r.source for r in found if r.problem is None] == ["0", "1", "2"]
    assert [r.problem is None for r in found] == [True, False, True, True]


def test_arc(tmp_path: Path) -> None:
    """The format before WARC: a line for each record."""
    http = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML
    data = (
        b"filedesc://x.arc 0.0.0.0 20010101000000 text/plain 4\n1 0\n\n"
        b"https://brennholm.example/ 1.2.3.4 20010101000000 text/html %d\n%s\n" % (len(http), http)
    )
    (found,) = records(tmp_path, data)
    assert (found.source, found.url, found.problem) == (HTML, "https://brennholm.example/", None)


def test_json_as_programs_write_it(tmp_path: Path) -> None:
    """Marks, NaN, halves of characters, bad bytes, long numbers and blank lines cost no record."""
    lines = [
        b'\xef\xbb\xbf{"text": "a", "n": NaN}',
        b"",
        b'{"text": "b \\ud83d", "n": -Infinity}\r',
        b'{"text": "c \xff"}',
        b'{"text": "d", "n": ' + b"9" * 5000 + b"}",
        b'{"text": ["e", "f"]}',
    ]
    found = records(tmp_path, b"\n".join(lines), "jsonl")
    assert [r.problem for r in found] == [None] * 5
    assert [r.id for r in found] == ["1", "3", "4", "5", "6"]
    assert found[-1].source == "e\nf"
    wide = '{"text": "é"}\n{"text": "ü"}\n'.encode("utf-16")
    assert [r.source for r in records(tmp_path, wide, "jsonl")] == ["é", "ü"]


def test_json_that_is_no_record(tmp_path: Path) -> None:
    """Each is told with line, field and remedy, and the next line is read."""
    lines = [
        '{"text": ' + "[" * 2000 + "]" * 2000 + "}",
        '{"text": ' + "[" * 200_000 + "]" * 200_000 + "}",
        '{"text": 3}',
        '{"title": "x"}',
        '{"text": ',
        '"words"',
        '{"text": "good"}',
    ]
    found = records(tmp_path, "\n".join(lines).encode(), "jsonl")
    assert [r.problem is None for r in found] == [False] * 6 + [True]
    for record, words in zip(
        found, ("line 1", "too deep in line 2", "a number and no text in its field text in line 3",
                "(title) in line 4", "no JSON in line 5", "a text in line 6"), strict=False,
    ):  # fmt: skip
        assert words in (record.problem or "")
        assert "; " in (record.problem or "")


def test_json_laid_out_otherwise(tmp_path: Path) -> None:
    """An array, on one line or many, and objects over several lines; fields inside others."""
    rows = [{"page": {"body": f"story {n}"}, "meta": [{"u": f"https://x.example/{n}"}]}
            for n in range(50)]  # fmt: skip
    for data in (
        json.dumps(rows),
        json.dumps(rows, indent=2),
        "\n".join(json.dumps(row, indent=1) for row in rows),
        "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]",
    ):
        found = records(tmp_path, data.encode(), "jsonl", text="page.body", url="meta.0.u")
        assert [(r.source, r.url) for r in found] == [
            (f"story {n}", f"https://x.example/{n}") for n in range(50)
        ]
    with pytest.raises(InputError, match="record 2"):
        records(tmp_path, b'[{"text": "a"},\n{"text": "b', "jsonl")


def test_one_bad_byte() -> None:
    """A page of UTF-8 stays one, whatever it declares; the byte is replaced and flagged."""
    text = ACCENTS * 3
    for bad in (b"\xff", b"\xe9", b"\xc3"):
        data = text[:60].encode() + bad + text[60:].encode()
        for page in (data, b'<html><meta charset="iso-8859-1"><p>' + data):
            read = read_page(page, url=None, options=Options())
            assert read.source.encoding == "utf-8"
            assert text[60:] in read.text
            assert read.notes == ("undecodable_bytes",)
    cut = read_page(text.encode()[:-1] + "é".encode()[:1], url=None, options=Options())
    assert cut.source.encoding == "utf-8"
    greek = "Οι φύλακες του φάρου έφυγαν την Παρασκευή από το νησί. " * 3
    wrong = b'<html><meta charset="iso-8859-1"><p>' + greek.encode("cp1253")
    assert greek in read_page(wrong, url=None, options=Options()).text


@pytest.mark.parametrize("name", ["iso2022_jp", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text",
    ["灯台の番人は金曜日に島を去りました。\n", "Смотрители маяка покинули остров в пятницу.\n"],
)
def test_encodings_without_a_declaration(name: str, text: str) -> None:
    """Japanese of seven bits, and two or four bytes a character without a mark."""
    assert read_page((text * 4).encode(name), url=None, options=Options()).text == text * 4
    korean = "등대지기는 금요일에 섬을 떠났다.\n"
    data = korean.encode("iso2022_kr")
    assert read_page(data, url=None, options=Options()).text == korean


@pytest.mark.parametrize(
    ("label", "codec"),
    [("x-user-defined", "cp1252"), ("windows-874", "cp874"), ("x-sjis", "cp932"),
     ("iso-8859-8-i", "iso8859-8"), ("ks_c_5601-1989", "cp949"), ("x-mac-cyrillic", "mac-cyrillic")],
)  # fmt: skip
def test_labels_of_the_web(label: str, codec: str) -> None:
    """Names of encodings that browsers know and Python does not."""
    words = {"cp1252": "d'été passé là", "cp874": "ผู้ดูแลประภาคาร", "cp932": "灯台の番人",
             "iso8859-8": "שומרי המגדלור", "cp949": "등대지기는", "mac-cyrillic": "Смотрители"}  # fmt: skip
    page = f'<html><meta charset="{label}"><p>'.encode() + words[codec].encode(codec)
    assert words[codec] in read_page(page, url=None, options=Options()).text


MAIL = """From: =?utf-8?q?J=C3=B8rn_Vik?= <j@brennholm.example>
To: all@brennholm.example
Subject: =?utf-8?b?TGlnaHRob3VzZSBrZWVwZXJzIG9mIEJyZW5uaG9sbSBnbyBob21l?=
Date: Fri, 08 Mar 2024 10:00:00 +0100
MIME-Version: 1.0
"""


def test_mails() -> None:
    """Quoted-printable or base64, text or HTML: subject, sender and date are the article's."""
    from base64 import encodebytes
    from quopri import encodestring

    body = "\n\n".join(PARAGRAPHS)
    plain = MAIL + "Content-Type: text/plain; charset=utf-8\n"
    quoted = plain + "Content-Transfer-Encoding: quoted-printable\n\n"
    quoted += encodestring(body.encode()).decode()
    html = "".join(f"<p>{one}</p>" for one in PARAGRAPHS).encode()
    both = (
        MAIL + 'Content-Type: multipart/alternative; boundary="b"\n\n--b\n'
        "Content-Type: text/plain\n\nRead this mail in HTML.\n--b\nContent-Type: text/html\n"
        "Content-Transfer-Encoding: base64\n\n" + encodebytes(html).decode() + "\n--b--\n"
    )
    for mail in (quoted, both, both.replace("\n", "\r\n")):
        article = extract(mail.encode())
        assert (article.title, article.byline, article.published) == (
            TITLE,
            "Jørn Vik",
            "2024-03-08",
        )
        assert all(one in " ".join(article.text.split()) for one in PARAGRAPHS)


@pytest.mark.parametrize(
    "header",
    [
        'Date: Fri, 99 Mar 99999 10:00:00\nContent-Type: text/plain; charset="a\0b"\n',
        "Date: x\nContent-Type: text/plain; charset*=a%00b''x\nSubject: =?a\0b?q?x?=\n",
        "Date: " + "9" * 5000 + "\nSubject: =?utf-8?b?x?= =?x\nContent-Transfer-Encoding: none\n",
        "Content-Type: multipart/mixed; boundary=b\nDate: \n\n--b\n",
        "From: " + "(" * 5000 + "\n",
        "From: " + "a:" * 5000 + "\n",
    ],
)  # fmt: skip
def test_mails_with_bad_headers(header: str) -> None:
    """They are read, or refused in a sentence."""
    mail = f"From: x\nMIME-Version: 1.0\n{header}\n{STORY}\n".encode()
    with suppress(InputError):
        extract(mail)


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain" + ";" * 400_000,
        "Content-Disposition: inline; " + "a=b;\n " * 60_000,
        "From: " + "a" * 60_000,
    ],
    ids=["type", "disposition", "sender"],
)
def test_mails_with_fields_without_end(header: str) -> None:
    """Such a field takes no square of its length, and the mail is read."""
    started = time.process_time()
    article = extract(
        f"Message-ID: <x>\nFrom: x\nMIME-Version: 1.0\n{header}\n\n{STORY}\n".encode()
    )
    assert STORY.split(".")[0].split()[-1] in article.text
    assert time.process_time() - started < 2


def test_mails_nested_too_deep() -> None:
    """Parts within parts end in one sentence."""
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000)
    )
    with pytest.raises(InputError, match=r"too deep|without a part of text"):
        extract(f"From: x\nMIME-Version: 1.0\n{head}".encode())


def test_mailbox_and_feed(tmp_path: Path) -> None:
    """A record for each mail of a mailbox, and for each entry of a feed."""
    mail = f"From x Fri Mar  8 10:00:00 2024\n{MAIL}\n>From the start.\n\n{STORY}\n\n"
    found = records(tmp_path, (mail * 3).encode(), "mbox")
    assert [r.id for r in found] == ["1", "2", "3"]
    assert extract(found[0].source).title == TITLE
    feed = f"""<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/">
    <channel><title>Port</title><item><title>{TITLE}</title><link>https://x.example/1</link>
    <pubDate>Fri, 08 Mar 2024 10:00:00 +0100</pubDate><description>Short.</description>
    <c:encoded><![CDATA[{"".join(f"<p>{one}</p>" for one in PARAGRAPHS)}]]></c:encoded></item>
    <item><title>Other</title><description>Words.</description></item></channel></rss>"""
    first, second = records(tmp_path, feed.encode(), "feed")
    article = extract(first.source)
    assert (article.title, article.published, first.url) == (
        TITLE,
        "2024-03-08",
        "https://x.example/1",
    )
    assert second.problem is None
    with pytest.raises(InputError, match="no feed"):
        records(tmp_path, feed[:-30].encode(), "feed")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, None])
def test_packed_by_their_bytes(tmp_path: Path, pack) -> None:
    """Compressed files need no suffix, and a suffix without compression is no fault."""
    pack = pack or zstd_module().compress
    (tmp_path / "page").write_bytes(pack(HTML))
    (tmp_path / "page.gz").write_bytes(HTML)
    assert read_bytes(str(tmp_path / "page")) == HTML
    assert read_bytes(str(tmp_path / "page.gz")) == HTML


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{\\rtf1\\ansi Words.}", "rich text"),
        (b"\n%PDF-1.4\n", "PDF"),
        (b"PK\3\4" + bytes(26) + b"word/document.xml", "Word"),
        (b"PK\3\4" + bytes(26) + b"mimetypeapplication/epub+zip", "EPUB"),
        (b"PK\3\4" + bytes(26) + b"a.txt", "ZIP"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "articlecli batch"),
        (b'{"text": "a"}\n{"text": "b"}\n', "articlecli batch"),
        (b'[{"text": "a"}, {"text": "b"}]', "articlecli batch"),
        (b'{\n  "text": "a"\n}\n', "articlecli batch"),
        (b'<?xml version="1.0"?>\n<rss><channel></channel></rss>', "articlecli batch"),
        (b"From a Fri Mar  8 10:00:00 2024\nSubject: x\n\nWords.\n", "articlecli batch"),
        (b"day,high,low\n" + b"1,2,3\n" * 5, "CSV"),
        (b"2024-03-08 10:00:00 started\n" * 5, "log"),
        (b"<svg xmlns='x'></svg>", "SVG"),
    ],
)
def test_what_is_no_page(data: bytes, words: str) -> None:
    """It is told apart, with what to do, and never melted into one page."""
    with pytest.raises(InputError, match=words) as caught:
        extract(data)
    assert "; " in str(caught.value)


def test_text_that_only_looks_so() -> None:
    """Text in brackets, with commas or with times is text."""
    for text in ("[Update] " + STORY, "{Opinion} " + STORY, "10:15, harbour, news\n\n" + STORY,
                 "2024-03-08 10:00:00\n\n" + STORY, "From: the harbour\n\n" + STORY):  # fmt: skip
        assert PARAGRAPHS[1] in extract(text.encode()).text


def test_kinds_of_named_files(tmp_path: Path) -> None:
    """A file that is named itself is known by its bytes where its name says nothing."""
    for name, data in (("a.data", b'{"text": "a"}\n'), ("b", gzip.compress(warc(HTML))),
                       ("c.eml", MAIL.encode()), ("d.mbox", b""), ("e.page", HTML)):  # fmt: skip
        (tmp_path / name).write_bytes(data)
    found, _ = find_inputs([str(path) for path in sorted(tmp_path.iterdir())])
    assert [one.kind for one in found] == ["jsonl", "warc", "page", "mbox", "page"]


def test_numbers_too_long_for_python() -> None:
    """Character references and sizes of thousands of digits are no error."""
    bomb = "1" * 5000
    page = HTML.decode().replace(
        "<head>",
        f'<head><meta property="og:title" content="&amp;#{bomb};"><title>&#{bomb};</title>',
    )
    page = page.replace("<h1>", f'<img src="a.jpg" width="{bomb}"><h1>')
    assert PARAGRAPHS[1] in extract(page).text
