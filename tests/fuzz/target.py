"""One input → reading and extraction, and the laws that hold of whatever comes out.

`target` is called by the coverage-guided fuzzer (`just fuzz`) and, on the corpus and on mutations of
it, by `test_fuzz.py`. The first byte of an input says what it is taken for. In the rest, byte 1
repeats what stands before it: the next byte says how many characters, the one after how often, in
tens. So bombs of digits and deep nests are a few bytes for the fuzzer to find.
"""

import os
import re
import tempfile
from pathlib import Path

from articlecli import Article, ArticleCliError, Options, extract
from articlecli.read.records import Fields, read_records
from articlecli.text.lines import line_spans
from tests.laws.pages import lines_of

CORPUS = Path(__file__).parent / "corpus"
DICTIONARY = Path(__file__).parent / "dictionary.txt"
KINDS = ("text", "html", "markdown", "auto", "auto", "jsonl", "warc", "mbox", "feed")
COMMANDS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LONGEST = 200_000
"""Bytes after which an input is repeated no more."""
MOST = 50_000
"""Bytes of the largest page in a file of records."""


def expanded(data: bytes) -> bytes:
    """An input with its repetitions made."""
    out, done = bytearray(), 0
    for repeat in re.finditer(rb"(?s)\x01(.)(.)", data):
        out += data[done : repeat.start()]
        done = repeat.end()
        unit, times = repeat[1][0] % 32 + 1, repeat[2][0] * 10
        out += out[-unit:] * min(times, max(0, LONGEST - len(out)) // unit)
    out += data[done:]
    return bytes(out)


def target(data: bytes) -> None:
    """Read and extract an input; raises where a law is broken."""
    if not data:
        return
    kind, page = KINDS[data[0] % len(KINDS)], expanded(data[1:])
    if kind in ("text", "html", "markdown"):
        check(page.decode("utf-8", "replace"), Options(input_format=kind))  # type: ignore[arg-type]
    elif kind == "auto":
        check(page, Options())
    else:
        for record in _records(page, kind):
            assert len(record.source or b"") <= MOST
            assert bool(record.problem) or record.source is not None
            if not record.problem and record.source:
                check(record.source, Options(input_format=record.input_format), record.url)


def _records(page: bytes, kind: str):
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(page)
    try:
        yield from read_records(file.name, kind, Fields(), most=MOST)
    except ArticleCliError:
        pass
    finally:
        os.unlink(file.name)


def check(page: str | bytes, options: Options, url: str | None = None) -> None:
    """The laws of one page."""
    try:
        article = extract(page, url=url, options=options)
    except ArticleCliError:
        return
    told = article.to_json()
    assert Article.from_json(told).to_json() == told
    for written in (article.to_text(), article.to_markdown(links=True), article.to_html()):
        assert not COMMANDS.search(written), "control characters are written"
    if isinstance(page, str) and article.source.format != "html":
        wanted = [n for n, (a, b) in enumerate(line_spans(page), 1) if page[a:b].strip()]
        assert lines_of(article) == wanted, "a line is lost, or there twice"
    assert extract(page, url=url, options=options).to_json() == told
