"""The report in Chromium: what axe says of it, what keys do, and that it asks nobody for anything.

Needs `pip install 'articlecli[browser]'` and Chromium or Chrome.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from articlecli.options import Options
from articlecli.read.records import Fields
from articlecli.report import explain_inputs, report_html
from tests import SAMPLES

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)
if CHROMIUM is None:
    pytest.skip("no Chromium on this machine", allow_module_level=True)

expect = sync_api.expect  # waits for what a key or a click sets going

SCREENS = {"desk": (1280, 900), "phone": (390, 844)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVIL = "<script>alert(1)</script>\n<img src=https://x.example/i onerror=alert(2)>\n" * 20
ARABIC = "عاد السنونو إلى البرج القديم فوق المدينة بعد غياب طويل، وقال السكان إنهم سعداء. " * 9
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of some samples and of pages made for this test."""
    folder = tmp_path_factory.mktemp("report")
    for name in ("science-blog-en.html", "trade-paper-fr.txt", "blog-comments-fr.txt"):
        shutil.copy(SAMPLES / name, folder)
    (folder / "evil.txt").write_text(EVIL, encoding="utf-8")
    (folder / "arabic.txt").write_text(ARABIC, encoding="utf-8")
    (folder / "nothing.txt").write_bytes(b"")
    pages = list(explain_inputs([str(folder)], options=Options(), fields=Fields(), most=10))
    path = folder / "report.html"
    path.write_text(report_html(pages), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser without a window."""
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Any, report: Path) -> Iterator[Open]:
    """The report at a place in it; afterwards nothing was asked for, and nothing was complained of."""
    contexts, wrong = [], []

    def see(place: str = "", *, screen: str = "desk", scheme: str = "light") -> Any:
        width, height = SCREENS[screen]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on("request", lambda asked: asked.url.startswith("file:") or wrong.append(asked.url))
        page.goto(f"{report.as_uri()}{place}")
        return page

    yield see
    for context in contexts:
        context.close()
    assert wrong == []


def place_of(report: Path, name: str) -> str:
    """Where a page stands in the report."""
    names = sorted(path.name for path in report.parent.iterdir() if path != report)
    return f"#page-{names.index(name) + 1}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", list(SCREENS))
@pytest.mark.parametrize("name", ["", "science-blog-en.html", "arabic.txt", "nothing.txt"])
def test_axe_finds_nothing(browse: Open, report: Path, name: str, screen: str, scheme: str) -> None:
    """No rule of WCAG 2.2 AA and no best practice is broken, with a line chosen, and nothing is cut off."""
    page = browse(place_of(report, name) if name else "", screen=screen, scheme=scheme)
    for _ in range(8 if name else 0):
        page.keyboard.press("j")
    found = axe.Axe().run(page, options={"runOnly": RULES}).response
    told = [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 20
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keys(browse: Open, report: Path) -> None:
    """Letters go from line to line and page to page; they can be switched off; arrows do without."""
    page = browse(place_of(report, "science-blog-en.html"))
    told = page.locator("#told")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(told).to_contain_text("Line 2: boilerplate")
    page.keyboard.press("k")
    expect(told).to_contain_text("Line 1: title")
    page.keyboard.press("u")
    expect(page.locator("#unsure")).to_be_checked()
    page.keyboard.press("u")
    page.locator("#keys").uncheck()
    page.keyboard.press("n")
    page.wait_for_function(
        "place => location.hash === place", arg=place_of(report, "science-blog-en.html")
    )
    page.locator(".page:not([hidden]) .line[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(told).to_contain_text("Line 3: boilerplate")
    assert page.locator(".page:not([hidden]) .line[tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    expect(told).to_have_text("Choose a line.")
    page.locator("#keys").check()
    page.keyboard.press("i")
    expect(page.locator("#index")).to_be_visible()
    assert page.locator(".filters").is_hidden()


def test_a_chosen_line_is_seen(browse: Open, report: Path) -> None:
    """What keys choose is not behind the bar at the foot, on a phone either."""
    page = browse(place_of(report, "trade-paper-fr.txt"), screen="phone")
    for _ in range(12):
        page.keyboard.press("j")
        line = page.locator(".page:not([hidden]) .line.chosen").bounding_box()
        bar = page.locator("#told").bounding_box()
        assert line["y"] + min(line["height"], 200) <= bar["y"] + 1


def test_both_sides_meet(browse: Open, report: Path) -> None:
    """A click on a paragraph marks its lines, one on a line the paragraph; folds open for it."""
    page = browse(place_of(report, "science-blog-en.html"))
    here = page.locator(".page:not([hidden])")
    here.locator(".part", has_text="Following the herring").click()
    assert here.locator(".line.chosen").count() == 1
    here.locator(".line", has_text="Skip to content").click()
    assert here.locator("details[open] .part.chosen").count() == 1


def test_tables_are_sorted(browse: Open) -> None:
    """A column's button sorts by it and says so, by keyboard too."""
    page = browse()
    words = page.get_by_role("button", name="Words")
    words.focus()
    page.keyboard.press("Enter")
    counts = page.locator("tbody tr td:nth-child(4)").all_text_contents()
    assert list(map(int, counts)) == sorted(map(int, counts))
    assert page.locator("th:nth-child(4)").get_attribute("aria-sort") == "ascending"


def test_arabic_runs_from_the_right(browse: Open, report: Path) -> None:
    """A paragraph has the direction of its text."""
    page = browse(place_of(report, "arabic.txt"))
    for what in (".part", ".text"):
        found = page.locator(f".page:not([hidden]) {what}").first
        assert found.evaluate("one => getComputedStyle(one).direction") == "rtl"
