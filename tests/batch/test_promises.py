"""Promises of `docs/security.md` that no other test holds: whole commands, as strangers meet them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import SAMPLES

SECRET = "nothing-of-yours"
WATCHED = """
import sys
opened = []
def watch(event, args):
    if event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        opened.append(repr((event, args)))
sys.addaudithook(watch)
from articlecli.__main__ import main
sys.argv[1:] = {argv!r}
try:
    main()
except SystemExit:
    pass
print("\\n".join(opened), file=sys.stderr)
"""


def watched(*argv: str) -> str:
    """What a command opens, files and addresses."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.format(argv=list(argv))], capture_output=True, timeout=120,
        check=False,
    )  # fmt: skip
    return done.stderr.decode()


def test_nothing_that_a_page_names_is_opened(tmp_path: Path) -> None:
    """Addresses and paths in pages, ids and addresses of records: none is a file or a server."""
    target = tmp_path / SECRET
    target.write_text("A secret.")
    story = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")
    paragraphs = "".join(f"<p>{one}</p>" for one in story.split("\n\n"))
    html = (
        f'<base href="file://{target}"><link rel=canonical href="file://{target}">'
        f'<link rel=stylesheet href="{target}"><meta property=og:image content="{target}">'
        f'<script src="http://{SECRET}.example/x.js"></script><img src="file://{target}">'
        f'<a href="http://{SECRET}.example/">x</a><iframe src="{target}"></iframe>{paragraphs}'
    )
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    feed = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{target}">'
        f'<!ENTITY % y SYSTEM "http://{SECRET}.example/y">%y;]><rss><channel><item><link>{target}'
        f"</link><description>&x; {story[:200].replace('&', '')}</description></item></channel></rss>"
    )
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    record = {"id": str(target), "url": f"file://{target}", "text": story, "path": str(target)}
    (tmp_path / "records.jsonl").write_text(json.dumps(record) + "\n")
    pages = [str(tmp_path / name) for name in ("page.html", "feed.xml", "records.jsonl")]
    for argv in (
        ["extract", pages[0], "--images", "--links", "--format", "json"],
        ["batch", *pages, "-o", str(tmp_path / "out"), "--workers", "1", "-q"],
        ["batch", *pages, "-q"],
    ):
        told = watched(*argv)
        assert "'open'" in told
        assert SECRET not in told.replace("\\\\", "\\")


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_nothing_of_a_run_is_more_open_than_the_umask(tmp_path: Path) -> None:
    """Outputs, notes and what is learned: nobody else may read them under a umask of 077."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes((SAMPLES / "agency-en.txt").read_bytes())
    for output in ("out", "out.jsonl"):
        subprocess.run(
            [sys.executable, "-m", "articlecli", "batch", str(tmp_path / "in"), "-q",
             "--learn-furniture", "-o", str(tmp_path / output)],
            umask=0o077, check=True, timeout=120,
        )  # fmt: skip
    made = [one for one in tmp_path.rglob("*") if one.relative_to(tmp_path).parts[0] != "in"]
    assert len(made) > 12
    assert [str(one) for one in made if one.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("command", ["extract", "batch"])
def test_a_disk_that_is_full_is_named(tmp_path: Path, command: str) -> None:
    """One sentence with the file that the user knows, and nothing unfinished beside it."""
    resource = pytest.importorskip("resource")
    pages = [tmp_path / f"{n}.txt" for n in range(9)]
    for page in pages:
        page.write_bytes((SAMPLES / "agency-en.txt").read_bytes())
    argv = ["batch", "-q"] if command == "batch" else ["extract", "--format", "jsonl"]
    done = subprocess.run(
        [sys.executable, "-m", "articlecli", *argv, *map(str, pages), "-o",
         str(tmp_path / "out.jsonl")],
        capture_output=True, timeout=120, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
    )  # fmt: skip
    told = done.stderr.decode()
    assert done.returncode == 1
    assert told.count("\n") == 1
    assert "out.jsonl cannot be written (File too large); check the disk and the path" in told
    assert [one.name for one in tmp_path.iterdir() if one.name[0] == "."] == []
