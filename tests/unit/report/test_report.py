"""The report: one file that loads nothing, with every byte of a page escaped."""

import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from articlecli.options import Options
from articlecli.read.records import Fields
from articlecli.report import explain_inputs, report_html
from articlecli.report.markup import tag
from tests import SAMPLES

EVIL = (
    "<script>alert(1)</script> \" onload='x' & \x1b[31mred\x07 \u202egnihton\n\n"
    "The harbour's cranes </section><img src=https://evil.example/x> turn again, said <b>nobody</b>."
)


class Tags(HTMLParser):
    """Tags and attributes of a file, and whether each tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold that it ends the last one that is open."""
        assert self.open.pop() == tag


def report_of(path: Path, options: Options | None = None) -> str:
    """The report of a file or folder."""
    pages = explain_inputs([str(path)], options=options or Options(), fields=Fields(), most=100)
    return report_html(list(pages))


@pytest.fixture(scope="module")
def samples() -> str:
    """A report of all sample pages."""
    return report_of(SAMPLES)


def test_is_whole_and_loads_nothing(samples: str) -> None:
    """Tags are balanced, ids are unique, links stay inside, nothing has an address or a style."""
    tags = Tags()
    tags.feed(samples)
    tags.close()
    assert not tags.open
    ids = [attrs["id"] for _, attrs in tags.seen if "id" in attrs]
    assert len(ids) == len(set(ids))
    for name, attrs in tags.seen:
        assert not {"src", "srcset", "style", "action"} & attrs.keys()
        assert not any(key.startswith("on") for key in attrs)
        assert name not in ("link", "img", "iframe", "object", "base", "form")
        if "href" in attrs:
            assert (attrs["href"] or "")[1:] in ids
    assert "url(" not in samples
    assert "@import" not in samples


def test_policy_names_its_own_script_and_style(samples: str) -> None:
    """The policy forbids all but the style and the script whose hashes it has."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', samples)
    assert policy
    told = policy[1].replace("&#x27;", "'")
    assert told.startswith("default-src 'none';")
    assert "unsafe" not in told
    for name in ("style", "script"):
        [inner] = re.findall(f"<{name}>(.*?)</{name}>", samples, re.DOTALL)
        digest = b64encode(sha256(inner.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in told


def test_pages_are_escaped(tmp_path: Path) -> None:
    """Tags, quotes, escape sequences and overrides of direction of a page are text, or gone."""
    path = tmp_path / "evil.txt"
    path.write_text(EVIL, encoding="utf-8")
    told = report_of(path, Options(input_format="text"))
    assert told.count("<script>") == 1
    assert "<img" not in told
    assert "&lt;script&gt;alert(1)" in told
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
    tags = Tags()
    tags.feed(told)
    assert not any("onload" in attrs for _, attrs in tags.seen)


def test_markup_escapes_all_but_markup() -> None:
    """Text and attributes are escaped; elements are not, and an attribute may be left out."""
    inner = tag("b", "<i>")
    assert tag("p", "a & b", inner, title='"x"', hidden=True, lang=None, class_="c") == (
        '<p title="&quot;x&quot;" hidden class="c">a &amp; b<b>&lt;i&gt;</b></p>'
    )
    assert tag("meta", name="x") == '<meta name="x">'


def test_index_begins_with_the_least_certain(samples: str, tmp_path: Path) -> None:
    """Rows ascend in confidence; a page that cannot be read is a row too; one page has no index."""
    shares = re.findall(r'data-value="(0\.\d{3}|1\.000)">\d+%</td><td data-value="\d', samples)
    assert shares == sorted(shares)
    assert len(shares) == len(list(SAMPLES.iterdir()))
    (tmp_path / "a.txt").write_bytes((SAMPLES / "agency-en.txt").read_bytes())
    (tmp_path / "b.txt").write_bytes(b"")
    told = report_of(tmp_path)
    assert "2 pages: 1 with a story, 0 without, 1 failed." in told
    assert "is empty" in told
    assert "#index" not in report_of(tmp_path / "a.txt")


def test_command(tmp_path: Path) -> None:
    """The command writes the file and says of each page that cannot be read why."""
    out = tmp_path / "report.html"
    (tmp_path / "b.txt").write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-m", "articlecli", "report", str(SAMPLES / "agency-en.txt"),
         str(tmp_path / "b.txt"), "-o", str(out)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "b.txt is empty" in done.stderr
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
