"""Pictures for README and documents: the terminal view, and the report in Chromium."""

import re
import shutil
import subprocess
import tempfile
from contextlib import chdir
from io import StringIO
from pathlib import Path

import click
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from articlecli import extract_file
from articlecli.options import Options
from articlecli.read.records import Fields
from articlecli.report import explain_inputs, report_html
from articlecli.show.terminal import MEASURE, article_view
from lab.results import ROOT

IMAGES = ROOT / "docs" / "images"
TERMINAL_PAGE = "samples/local-news-en.txt"
REPORT_PAGE = "samples/science-blog-en.html"
THEME = TerminalTheme(
    (24, 26, 31),
    (228, 228, 228),
    [(24, 26, 31), (224, 108, 117), (126, 200, 126), (214, 178, 100),
     (110, 160, 250), (205, 120, 220), (95, 190, 200), (228, 228, 228)],
    [(130, 136, 148), (240, 130, 138), (150, 220, 150), (230, 200, 130),
     (150, 190, 255), (225, 150, 240), (130, 215, 225), (255, 255, 255)],
)  # fmt: skip
"""Colours of the picture: background, text, the eight colours of a terminal, and bright ones."""
_FONT_FACE = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


def draw_terminal() -> Path:
    """What `articlecli extract` shows on a terminal, as SVG that loads no font."""
    console = Console(record=True, width=MEASURE + 4, file=StringIO())
    console.print(f"[bold]$[/] articlecli extract {TERMINAL_PAGE}\n", highlight=False)
    with chdir(ROOT):  # the page is named as a user names it
        console.print(article_view(extract_file(TERMINAL_PAGE)))
    drawn = console.export_svg(title="articlecli", theme=THEME, unique_id="articlecli")
    return _written("terminal.svg", _FONT_FACE.sub("", drawn).encode())


def draw_report(chromium: Path | None = None) -> list[Path]:
    """A page of the report, by day and by night, and the index of all samples.

    Raises:
        click.ClickException: No Chromium is found.

    """
    found = chromium or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise click.ClickException("no Chromium on this machine; name one with --chromium")
    return [
        _screenshot(str(found), REPORT_PAGE, "report.png", dark=False),
        _screenshot(str(found), REPORT_PAGE, "report-dark.png", dark=True),
        _screenshot(str(found), "samples", "report-index.png", dark=False),
    ]


def _screenshot(chromium: str, page: str, name: str, *, dark: bool) -> Path:
    with chdir(ROOT):
        pages = list(explain_inputs([page], options=Options(), fields=Fields(), most=50))
    text = report_html(pages)
    with tempfile.TemporaryDirectory() as folder:
        source, drawn = Path(folder, "report.html"), Path(folder, "drawn.png")
        source.write_text(text, encoding="utf-8")
        scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
        subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--user-data-dir={folder}/profile", "--window-size=1200,860", *scheme,
             f"--screenshot={drawn}", source.as_uri()],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        return _written(name, drawn.read_bytes())


def _written(name: str, data: bytes) -> Path:
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = IMAGES / name
    path.write_bytes(data)
    return path
