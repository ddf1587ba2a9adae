"""The documents as a site: generated parts are of today, every page has its place, nothing is fetched."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from articlecli.show.palette import HUES
from tests import ROOT

DOCS = ROOT / "docs"
if not (ROOT / "mkdocs.yml").exists():
    pytest.skip("the documents are in the repository only", allow_module_level=True)


def test_generated_parts_are_of_today() -> None:
    """`python -m lab docs` would change nothing: help, schema, names and the example are the code's.

    In a process of its own: what other tests loaded or set must not show in the help.
    """
    command = [sys.executable, "-m", "lab", "docs", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("stale: none\n", 0), "run python -m lab docs"


def test_every_page_is_in_the_navigation() -> None:
    """Each page of `docs/` stands in `mkdocs.yml` once, and nothing else does."""
    told = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = list(leaves(told["nav"]))
    assert sorted(listed) == sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))


def leaves(nav: Any) -> Iterator[str]:
    """The files of a navigation."""
    if isinstance(nav, str):
        yield nav
    else:
        for inner in nav.values() if isinstance(nav, dict) else nav:
            yield from leaves(inner)


def test_colours_are_those_of_the_report() -> None:
    """The first page colours zones as a report does."""
    style = (DOCS / "stylesheets" / "extra.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"^\.z-(\w+) \{ --hue: (#\w+) \}$", style, re.MULTILINE))
    assert found == {str(zone): hue for zone, hue in HUES.items()}


def test_pictures_are_there() -> None:
    """README shows the terminal and the report; the drawing loads no font from elsewhere."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = (DOCS / "images" / "terminal.svg").read_text(encoding="utf-8")
    assert "url(http" not in drawn
    assert "@font-face" not in drawn
    for name in ("terminal.svg", "report.png"):
        assert f"](docs/images/{name})" in readme


class Loads(HTMLParser):
    """What a page of HTML loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of a script, a picture, a frame, a style sheet."""
        told = dict(attrs)
        if tag in ("script", "img", "iframe", "source"):
            self.found.append(told.get("src") or "")
        elif tag == "link" and told.get("rel") not in ("canonical", "next", "prev"):
            self.found.append(told.get("href") or "")


def test_site_builds_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    """`mkdocs build --strict` ends well, and no page asks another machine for anything."""
    pytest.importorskip("material", reason="pip install 'articlecli[docs]'")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        loads = Loads()
        loads.feed(page.read_text(encoding="utf-8"))
        assert not [address for address in loads.found if "//" in address], page
