"""Addresses of the web: a local server that redirects, compresses, is slow, and gives too much."""

import gc
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from articlecli.errors import InputError
from articlecli.read.web import fetch, wait_for_turn
from tests.batch.test_batch import HTML, batch, report_of

pytest.importorskip("trafilatura")

LATIN = (
    "<html><body><h1>Le café de l'été</h1><p>"
    + "Une journée très agréable. " * 30
    + "</p></body></html>"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><link>{at}/</link>
<item><link>{at}/blog.html?a=1&amp;b=2</link></item><item><link>{at}/moved</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{at}/atom"/>
<entry><link rel="alternate" href="/blog.html"/></entry></feed>"""
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SITEMAP = (
    f'<?xml version="1.0"?><urlset {NAMESPACE}><url><loc>{{at}}/blog.html</loc></url></urlset>'
)
INDEX = (f'<?xml version="1.0"?><sitemapindex {NAMESPACE}><sitemap><loc>{{at}}/one.xml</loc></sitemap>'
         '</sitemapindex>')  # fmt: skip


pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
    ),
]


class Handler(BaseHTTPRequestHandler):
    """A small site."""

    asked: ClassVar[list[str]] = []

    def log_message(self, *_args) -> None:  # noqa: D102
        pass

    def give(self, body: bytes, kind: str = "text/html", **headers: str) -> None:  # noqa: D102
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:  # noqa: D102
        self.asked.append(self.path)
        at = f"http://{self.headers['Host']}"
        path = self.path.partition("?")[0]
        texts = {"/feed": FEED, "/atom": ATOM, "/one.xml": SITEMAP, "/index.xml": INDEX}
        try:
            if path in texts:
                self.give(texts[path].format(at=at).encode(), "application/xml")
            elif path == "/one.xml.gz":
                self.give(gzip.compress(SITEMAP.format(at=at).encode()), "application/gzip")
            elif path == "/blog.html":
                self.give(HTML.encode(), "text/html; charset=utf-8")
            elif path == "/moved":
                self.send_response(301)
                self.send_header("Location", "/blog.html")
                self.end_headers()
            elif path == "/round":
                self.send_response(302)
                self.send_header("Location", "/round")
                self.end_headers()
            elif path == "/packed":
                self.give(gzip.compress(HTML.encode()), Content_Encoding="gzip")
            elif path == "/latin":
                self.give(LATIN.encode("latin-1"), "text/html; charset=ISO-8859-1")
            elif path == "/lie":
                self.give(LATIN.encode(), "text/html; charset=ISO-8859-1")
            elif path == "/huge":
                self.give(b"<p>" + b"word " * 100_000)
            elif path == "/empty":
                self.give(b"")
            elif path == "/slow":
                self.send_response(200)
                self.end_headers()
                for _ in range(50):
                    self.wfile.write(b"<p>still here ")
                    time.sleep(0.2)
            else:
                self.send_error(404 if path != "/no" else 403)
        except (BrokenPipeError, ConnectionResetError):
            pass


@pytest.fixture
def site() -> Iterator[str]:
    """Address of the site."""
    Handler.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    gc.collect()  # here, where it is borne: trafilatura never closes the answers it has read


def run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "articlecli", *args]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60,
                          env={**os.environ, **env})  # fmt: skip


def test_extract_of_an_address(site: str) -> None:
    """The page is fetched, and its address after all redirections kept; nothing else is asked for."""
    done = run("extract", f"{site}/moved")
    assert (done.returncode, done.stderr) == (0, "")
    page = json.loads(done.stdout)
    assert page["source"]["url"] == f"{site}/blog.html"
    assert page["source"]["path"] == f"{site}/moved"
    assert page["status"] == "ok"
    assert Handler.asked == ["/moved", "/blog.html"]
    named = json.loads(run("extract", f"{site}/moved", "--url", "https://a.example/x").stdout)
    assert named["source"]["url"] == "https://a.example/x"


def test_encodings(site: str) -> None:
    """Compression of HTTP is taken off; an encoding that HTTP names counts if the bytes bear it out."""
    assert fetch(f"{site}/packed").data == HTML.encode()
    start = time.monotonic()
    done = run("extract", f"{site}/latin", f"{site}/lie")
    assert time.monotonic() - start > 1, "one server is asked once a second"
    one, two = map(json.loads, done.stdout.splitlines())
    assert one["title"] == two["title"] == "Le café de l'été"
    assert one["source"]["encoding"] == "cp1252"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/gone", "does not exist; check the address"),
        ("/no", r"cannot be fetched \(HTTP status 403\)"),
        ("/round", r"cannot be fetched \(too many redirects\)"),
        ("/huge", "is larger than 100000 bytes; see --page-size"),
        ("/empty", "is empty"),
    ],
)
def test_what_cannot_be_fetched(site: str, path: str, why: str) -> None:
    """Each has its sentence, and trafilatura's own log stays silent."""
    with pytest.raises(InputError, match=why):
        fetch(site + path, most=100_000)


# The connection that is given up in the middle is closed with its pool only.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_nobody_there_and_not_in_time(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not answer, and one that goes on for ever."""
    with pytest.raises(InputError, match="Connection refused"):
        fetch("http://127.0.0.1:9/x")
    from articlecli.cli import web

    monkeypatch.setattr(web, "SECONDS", 1.0)
    with pytest.raises(InputError, match="took longer than 1 s"):
        web.text_at(f"{site}/slow")
    import gc

    import trafilatura.downloads

    trafilatura.downloads.HTTP_POOL.clear()
    gc.collect()


def test_a_page_of_the_web_leads_to_no_private_server() -> None:
    """Only a host of the own network that the user named himself is asked."""
    from articlecli.read.web import _config

    assert _config("http://127.0.0.1/", 1)["DEFAULT"]["SSRF_PROTECTION"] == "off"
    assert _config("http://93.184.216.34/", 1)["DEFAULT"]["SSRF_PROTECTION"] == "on"


def test_urls_of_feeds_and_sitemaps(site: str) -> None:
    """Addresses, one a line; sitemaps inside a sitemap only where they are asked for."""
    done = run("urls", "--feed", f"{site}/feed", "--feed", f"{site}/atom")
    assert done.stdout.splitlines() == [
        f"{site}/blog.html?a=1&b=2",
        f"{site}/moved",
        f"{site}/blog.html",
    ]
    assert Handler.asked == ["/feed", "/atom"]
    for name in ("one.xml", "one.xml.gz"):
        assert run("urls", "--sitemap", f"{site}/{name}").stdout == f"{site}/blog.html\n"
    done = run("urls", "--sitemap", f"{site}/index.xml")
    assert (done.returncode, done.stdout) == (0, "")
    assert "lists 1 sitemaps" in done.stderr
    assert run("urls", "--sitemap", f"{site}/index.xml", "--nested").stdout == f"{site}/blog.html\n"
    done = run("urls", "--feed", f"{site}/blog.html", "--sitemap", f"{site}/gone")
    assert done.returncode == 1
    assert "lists no pages; check that it is a feed" in done.stderr
    assert "does not exist" in done.stderr
    assert run("urls").returncode == 2
    assert run("urls", "--feed", "feed.xml").returncode == 2


@pytest.mark.parametrize("output", ["out", "-"])
def test_a_list_of_addresses(site: str, tmp_path: Path, output: str) -> None:
    """What `urls` prints is what `batch -` takes; each page is asked for once, and in its turn."""
    listed = run("urls", "--feed", f"{site}/feed").stdout + f"{site}/gone\n{site}/huge\n"
    Handler.asked.clear()
    start = time.monotonic()
    done = batch(
        "-", "-o", output, "--page-size", "100000", check=1, input=listed.encode(), cwd=tmp_path
    )
    assert time.monotonic() - start > 3
    assert sorted(Handler.asked) == ["/blog.html", "/blog.html?a=1&b=2", "/gone", "/huge", "/moved"]
    if output == "-":
        pages = [json.loads(line) for line in done.stdout.splitlines()]
        assert os.listdir(tmp_path) == []
    else:
        out = tmp_path / "out"
        pages = [json.loads(path.read_text()) for path in sorted(out.glob("*.json"))]
        assert report_of(out)["reasons"] == {"failed: unreadable": 2}
        again = batch("-", "-o", output, "--page-size", "100000", "--update", check=1,
                      input=listed.encode(), cwd=tmp_path)  # fmt: skip
        assert b"4 pages" in again.stderr
        assert Handler.asked.count("/moved") == 1, "an address that is done is not asked for again"
        assert not (out / "_run" / "parts").exists()
    assert {page["source"]["url"] for page in pages} == {
        f"{site}/blog.html",
        f"{site}/blog.html?a=1&b=2",
    }


def test_one_server_has_its_pause(tmp_path: Path) -> None:
    """Two servers are asked at once, one server once a second."""
    start = time.monotonic()
    wait_for_turn("https://a.example/1", str(tmp_path))
    wait_for_turn("https://b.example/1", str(tmp_path))
    assert time.monotonic() - start < 0.9
    wait_for_turn("https://A.example/2", str(tmp_path))
    assert time.monotonic() - start > 0.9
