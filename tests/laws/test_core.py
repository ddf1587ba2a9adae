"""The core and its Python form give the same answers, whatever a page holds.

Python says what is right. A core that is older than its sources fails here too: `just core`.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlecli import Options
from articlecli.blocks import split_page
from articlecli.core import core_runs
from articlecli.document import Block
from articlecli.errors import ModelError
from articlecli.evidence import evidence_of
from articlecli.model import features, network, viterbi
from articlecli.model.file import ZONES, Header, Model, Rows, load_model
from articlecli.options import InputFormat
from articlecli.read import read_page
from tests import ROOT, SAMPLES
from tests.cases import HERE as CASES

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

from articlecli import _core
from articlecli.model import compiled

PAGES = sorted([*SAMPLES.glob("*.*"), *CASES.glob("*/page.*")])


def compare(blocks: Sequence[Block]) -> None:
    """Features, scores, zones and confidences of a page, in both forms."""
    evidence = evidence_of(blocks)
    model = load_model(markup=any(block.markup for block in blocks))
    right = features.page_and_block_features(blocks, evidence)
    seen = compiled.page_and_block_features(blocks, evidence)
    page, rows = _core.unpack(seen)
    assert page == right.page
    for block, own, told in zip(blocks, rows, right.blocks, strict=True):
        assert own == told, block
    scores = network.zone_scores(model, right)
    assert compiled.zone_scores(model, seen) == scores
    assert compiled.decode(model, scores) == viterbi.decode(model, scores)


def blocks_of(source: str | bytes, kind: InputFormat | None = None) -> Sequence[Block]:
    """Blocks of a page."""
    options = Options(input_format=kind) if kind else Options()
    return split_page(read_page(source, url=None, options=options)).blocks


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_pages(path: Path) -> None:
    """The samples and the golden pages."""
    compare(blocks_of(path.read_bytes()))


def test_it_is_built_from_these_sources() -> None:
    """Where the sources are at hand, the core is theirs."""
    build = ROOT / "src" / "core" / "build.py"
    if not build.exists():
        pytest.skip("the sources are not here")
    from runpy import run_path

    assert run_path(str(build))["sources_sum"]() == _core.SOURCES, "run `just core`"
