"""What holds of the code itself."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import articlecli
from articlecli.cli import cli

ROOT = Path(__file__).parents[1]
PACKAGE = Path(articlecli.__file__).parent
ROAD = ["data", "errors", "zone", "document", "options", "output", "text", "read", "blocks",
        "model", "rules", "article", "write", "extractor", "batch", "ext", "cli", "__main__"]  # fmt: skip
HEAVY = {"trafilatura", "lxml", "selectolax", "pyarrow", "ray", "numpy", "rich", "htmldate",
         "dateparser", "pebble", "fastwarc", "datatrove", "fsspec", "markdown_it", "yaml"}  # fmt: skip


def test_public_names() -> None:
    """`__all__` is sorted and every name in it is there."""
    assert articlecli.__all__ == sorted(articlecli.__all__)
    for name in articlecli.__all__:
        assert getattr(articlecli, name) is not None
    with pytest.raises(AttributeError):
        articlecli.nothing  # noqa: B018


def test_imports_go_down_the_road() -> None:
    """A stage imports from the stages before it and from none after it."""
    for path in PACKAGE.rglob("*.py"):
        stage = path.relative_to(PACKAGE).with_suffix("").parts[0]
        if stage == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("articlecli."):
                other = node.module.split(".")[1]
                if (stage, other) == ("output", "write"):
                    continue  # an article's methods hand it to the writers; the file says why
                assert ROAD.index(other) <= ROAD.index(stage), f"{path.name} imports {node.module}"


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


def test_no_module_is_too_long() -> None:
    """A module of more than 300 lines does more than one thing."""
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


def test_documents_are_finished() -> None:
    """No placeholder is left in a document, and every file of the package has its place in one."""
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents)
    assert "@@" not in text
    for path in PACKAGE.rglob("*.py"):
        if not path.name.startswith("__") and path.parent != PACKAGE:
            assert path.name in text, path.name
