"""The recipes of `docs/howto/` do what they say: each marked block is run.

`<!-- run: NAME … -->` before a block names the programs and packages it needs, besides articlecli. The
blocks of a page run in their order in one folder, which holds `pages/` (the samples) and `crawl/` (a
small WET file).
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import articlecli
from tests import ROOT, SAMPLES

HOWTO = ROOT / "docs" / "howto"
_BLOCK = re.compile(
    r"^<!-- run:?([\w -]*) -->\n```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
PROGRAMS = {"jq", "sqlite-utils", "datasette"}
RECIPES = sorted(path for path in HOWTO.glob("*.md") if "<!-- run" in path.read_text("utf-8"))


def blocks_of(path: Path) -> Iterator[tuple[set[str], str, str]]:
    """What each block needs, its language, and the block."""
    for needs, language, block in _BLOCK.findall(path.read_text(encoding="utf-8")):
        yield set(needs.split()), language, block


def missing(name: str) -> bool:
    """Whether a program or package is not on this machine."""
    beside = Path(sys.executable).parent / name
    if name in PROGRAMS:
        return not (shutil.which(name) or beside.exists())
    return importlib.util.find_spec(name) is None


def wet_of(pages: list[Path]) -> bytes:
    """A WET file of some pages."""
    out = b""
    for number, path in enumerate(pages):
        body = path.read_bytes()
        out += (
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        out += body + b"\r\n\r\n"
    return out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where recipes run: `pages/`, `crawl/`, and articlecli on the path as this one."""
    shutil.copytree(SAMPLES, tmp_path / "pages")
    (tmp_path / "crawl").mkdir()
    wet = wet_of(sorted(SAMPLES.glob("*.txt")))
    (tmp_path / "crawl" / "part.warc.wet").write_bytes(wet)
    program = tmp_path / "bin" / "articlecli"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m articlecli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the recipes are for a shell of Unix")
@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_recipe(path: Path, folder: Path) -> None:
    """All blocks of a page end well and say nothing on standard error that is an error."""
    blocks = list(blocks_of(path))
    assert len(blocks) == path.read_text(encoding="utf-8").count("<!-- run")
    lacking = sorted({name for needs, _, _ in blocks for name in needs if missing(name)})
    source = str(Path(articlecli.__file__).parents[1])
    here = str(Path(sys.executable).parent)
    env = {
        **os.environ,
        "PATH": os.pathsep.join([str(folder / "bin"), here, os.environ.get("PATH", "")]),
        "PYTHONPATH": os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")])),
        "HF_DATASETS_CACHE": str(folder / "cache"),
        "HF_HUB_OFFLINE": "1",
    }
    for needs, language, block in blocks:
        if any(name in lacking for name in needs):
            continue
        command = [sys.executable, "-c", block] if language == "python" else ["sh", "-euc", block]
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        assert done.stdout.strip() or "articlecli" in block or "insert" in block, block
    if lacking:
        pytest.skip(f"not on this machine: {', '.join(lacking)}")
