"""What holds of the code itself."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import articlecli
from articlecli.cli import cli
from tests import ROOT

PACKAGE = Path(articlecli.__file__).parent
HEAVY = {"trafilatura", "lxml", "selectolax", "pyarrow", "ray", "numpy", "rich", "htmldate",
         "dateparser", "pebble", "filelock", "datatrove", "fsspec", "markdown_it", "yaml"}  # fmt: skip


def test_public_names() -> None:
    """`__all__` is sorted and every name in it is there."""
    assert articlecli.__all__ == sorted(articlecli.__all__)
    for name in articlecli.__all__:
        assert getattr(articlecli, name) is not None
    with pytest.raises(AttributeError):
        articlecli.nothing  # noqa: B018


@pytest.mark.parametrize(
    "args", [["--help"], ["extract", str(ROOT / "samples" / "regional-daily-fr.txt")]]
)
def test_light_on_start(args: list[str]) -> None:
    """Help and text extraction import no heavy library."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "articlecli", *args],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert not loaded & HEAVY


def test_a_sure_page_of_html_loads_no_second_opinion() -> None:
    """Neither trafilatura nor lxml is imported before the first page that is asked about."""
    page = str(ROOT / "tests" / "cases" / "html-news-en" / "page.html")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "articlecli", "extract", page],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "selectolax" in loaded
    assert not loaded & {"trafilatura", "lxml", "htmldate", "dateparser"}


def test_a_plain_batch_loads_no_extra(tmp_path: Path) -> None:
    """A batch of text on one machine imports nothing that an extra brings."""
    page = str(ROOT / "samples" / "regional-daily-fr.txt")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "articlecli", "batch", page,
         "-o", str(tmp_path / "out"), "--workers", "1"],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert not loaded & {"ray", "datatrove", "fsspec", "pyarrow", "numpy", "lxml", "trafilatura"}


def test_documented_options_exist() -> None:
    """README and docs name only options that the command has, and every option is named in help."""
    known = {"--help", "--version"}
    for command in cli.commands.values():
        for option in command.params:
            known |= {*option.opts, *option.secondary_opts}
    for path in [ROOT / "README.md", ROOT / "docs" / "output.md", ROOT / "docs" / "batch.md"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "articlecli" in line or "`--" in line:
                for option in re.findall(r"(?<![\w-])--[a-z][\w-]+", line):
                    assert option in known, f"{path.name}: {option}"


def test_commands_are_documented() -> None:
    """Every command stands in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in cli.commands:
        assert f"articlecli {name}" in readme


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_modules_say_what_they_are(path: Path) -> None:
    """Each begins with a docstring, whose first line is a sentence of some words."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, path
    assert len(said.split("\n\n", maxsplit=1)[0].split()) > 2


def documents() -> list[Path]:
    """All that is written for people."""
    names = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
    return [ROOT / name for name in names] + sorted((ROOT / "docs").rglob("*.md"))


def anchors_of(path: Path) -> set[str]:
    """What links into a document may name: its headings, lower-cased, hyphens for blanks."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_documents_name_what_exists(path: Path) -> None:
    """Links lead to files and headings that are there; so do named files and modules."""
    text = path.read_text(encoding="utf-8")
    assert "@@" not in text, "a placeholder is left"
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            name, _, anchor = target.partition("#")
            file = path.parent / name if name else path
            assert file.exists(), target
            assert not anchor or anchor in anchors_of(file), target
    if path.name == "CHANGELOG.md":
        return  # what it tells of old versions is gone by now
    for name in re.findall(r"`((?:src|tests|tools|docs|samples|\.ci)/[\w./-]+\.\w+)[`:]", text):
        if name.startswith("src/") and not (ROOT / "src").is_dir():
            continue  # the wheel is tested without it
        assert (ROOT / name).exists() or "SLUG" in name or name.startswith("tools/"), name
    for module in re.findall(r"python -m (tests[\w.]*)", text):
        assert (ROOT / module.replace(".", "/")).exists(), module


@pytest.mark.skipif(not (ROOT / "tools").is_dir(), reason="tools are not in this distribution")
def test_named_tools_exist() -> None:
    """A document names only tools that are there."""
    for path in documents():
        if path.name != "CHANGELOG.md":
            for name in re.findall(r"\btools/\w+\.py\b", path.read_text(encoding="utf-8")):
                assert (ROOT / name).exists(), f"{path.name}: {name}"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_nothing_of_an_input_is_run(path: Path) -> None:
    """No module evaluates, unpickles or starts anything; YAML is read with the safe loader."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            assert not names & {"pickle", "marshal", "shelve", "subprocess", "code", "runpy"}
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"eval", "exec", "os.system", "os.popen"}, called
            assert called != "yaml.load" or "SafeLoader" in ast.unparse(node)
